"""E-mail addresses."""

import re

from throughline.selectors.kinds.cleaning import clean, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_BEFORE = re.compile(r"[a-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})", re.ASCII)
_LONGEST_BEFORE, _LONGEST = 64, 254


def normalise_email(raw: str) -> str:
    """The address in lower case, its domain in ASCII (RFC 5321, IDNA); what stands before the @ is kept."""
    text = clean(raw)
    address = re.sub(r"^mailto:", "", text.strip("<> "), flags=re.IGNORECASE).lower()
    before, at, domain = address.rpartition("@")
    domain = _in_ascii(domain.removesuffix("."))
    key = f"{before}@{domain}"
    fits = len(before) <= _LONGEST_BEFORE and len(key) <= _LONGEST
    if not (at and fits and _BEFORE.fullmatch(before) and _DOMAIN.fullmatch(domain)):
        raise NotASelector(f"{quoted(text)} is not an e-mail address. Write one such as {EMAIL.example}.")
    return key


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def show_email(key: str) -> str:
    """As keyed: a domain in another alphabet stays in ASCII, so that none can pass for another."""
    return key


EMAIL = Kind(
    name="email",
    label="E-mail address",
    plural="E-mail addresses",
    hint="The whole address.",
    example="sam@mail.example",
    weight=0.95,
    normalise=normalise_email,
    show=show_email,
)
