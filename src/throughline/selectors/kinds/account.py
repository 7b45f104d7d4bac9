"""Bank accounts: a sort code and account number, or an IBAN."""

import re

from throughline.selectors.kinds.check_digits import passes_mod_97
from throughline.selectors.kinds.cleaning import clean, quoted, whole_number
from throughline.selectors.kinds.kind import Kind, NotASelector

_WORDS = re.compile(r"\b(?:iban|sort code|account|acc|a/c|number|no|and)\b[.:]?", re.IGNORECASE)
_DOMESTIC = re.compile(r"(\d{6})(\d{8})", re.ASCII)
_ACCOUNT_FIRST = re.compile(r"(\d{8})[ ,/]+(\d{2}[ -]?\d{2}[ -]?\d{2})", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z\d]{11,30}", re.ASCII)
_BRITISH_IBAN = re.compile(r"GB\d{2}[A-Z]{4}(\d{6})(\d{8})", re.ASCII)


def normalise_account(raw: str) -> str:
    """Sort code/account number, or an IBAN in capitals; a British IBAN is keyed by the former, inside it."""
    text = clean(raw)
    value = whole_number(" ".join(_WORDS.sub(" ", text).split()))
    if turned := _ACCOUNT_FIRST.fullmatch(value):
        value = f"{turned[2]} {turned[1]}"
    compact = re.sub(r"[ .,:/\-]", "", value).upper()
    found = _DOMESTIC.fullmatch(compact) or _in_iban(compact, text)
    if isinstance(found, str):
        return found
    if found is None or not int(found[2]):
        raise NotASelector(
            f"{quoted(text)} is not a bank account. Give the 6 digits of the sort code and the 8 of the "
            f"account (with any 0 in front), such as {ACCOUNT.example}, or an IBAN."
        )
    return f"{found[1]}/{found[2]}"


def _in_iban(compact: str, text: str) -> re.Match[str] | str | None:
    if not _IBAN.fullmatch(compact):
        return None
    if not passes_mod_97(compact):
        raise NotASelector(f"The check digits of IBAN {quoted(text)} are wrong, so it is mistyped: check it.")
    return _BRITISH_IBAN.fullmatch(compact) if compact.startswith("GB") else compact


def show_account(key: str) -> str:
    """12-34-56 12345678, or the IBAN in fours."""
    if "/" not in key:
        return " ".join(key[start : start + 4] for start in range(0, len(key), 4))
    return f"{key[:2]}-{key[2:4]}-{key[4:6]} {key[7:]}"


ACCOUNT = Kind(
    name="account",
    label="Bank account",
    plural="Bank accounts",
    hint="Sort code and account number, or an IBAN.",
    example="12-34-56 12345678",
    weight=0.95,
    normalise=normalise_account,
    show=show_account,
)
