"""Every kind of selector, and the one door through which text becomes a selector.

How telling one exact match is on its own (`Kind.weight`, 0 to 1), and why:

- 1.0   IMEI, IMSI, ICCID, national identifier: made to be unique, and most carry a check digit.
- 0.95  phone, e-mail, bank account: one holder at a time, but numbers are reissued and accounts shared.
- 0.9   vehicle, opaque: a vehicle is lent and its plate cloned; a pseudonym is as good as its data.
- 0.85  social handle: given up and taken by another, and a bare @handle may stand on any platform.
- 0.8   person by name and date of birth: two people may share both, more often with a common name.
- 0.65  UPRN, 0.6 address: one property, whose people change; a hostel or a block is many homes.
- 0.3   line name: many lines are called the same.
- 0.2   postcode: some fifteen homes.

How common a value turns out to be is matching's business; this is what is known before any is seen.
"""

import re
from dataclasses import dataclass

from throughline.selectors.kinds import national_id, social
from throughline.selectors.kinds.account import ACCOUNT
from throughline.selectors.kinds.address import ADDRESS
from throughline.selectors.kinds.brand import BRAND
from throughline.selectors.kinds.cleaning import LONGEST, clean, quoted, whole_number, without_marks
from throughline.selectors.kinds.email import EMAIL
from throughline.selectors.kinds.iccid import ICCID
from throughline.selectors.kinds.imei import IMEI
from throughline.selectors.kinds.imsi import IMSI
from throughline.selectors.kinds.kind import Kind, NotASelector
from throughline.selectors.kinds.likeness import loose_kinds, may_be_name, meant_kinds, sure_kinds
from throughline.selectors.kinds.national_id import NATIONAL_ID
from throughline.selectors.kinds.opaque import OPAQUE
from throughline.selectors.kinds.person import PERSON
from throughline.selectors.kinds.phone import PHONE
from throughline.selectors.kinds.postcode import POSTCODE
from throughline.selectors.kinds.social import SOCIAL
from throughline.selectors.kinds.uprn import UPRN
from throughline.selectors.kinds.vehicle import VEHICLE

__all__ = [
    "KINDS", "LONGEST_KEY", "Kind", "NotASelector", "Selector", "guess", "kind_named", "parse", "parse_many",
    "parts_of",
]  # fmt: skip

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PHONE, IMEI, IMSI, ICCID, VEHICLE, PERSON, NATIONAL_ID, ADDRESS, POSTCODE, UPRN, EMAIL, SOCIAL,
        ACCOUNT, BRAND, OPAQUE,
    )
}  # fmt: skip

LONGEST_KEY = 300

_ALSO_CALLED = {
    "phone": "tel telephone mobile mob msisdn number phone_number mobile_number landline",
    "imei": "imeisv handset",
    "iccid": "sim sim_card",
    "vehicle": "vrm vrn reg plate registration vehicle_mark",
    "person": "nominal name subject",
    "national_id": "nationalid",
    "address": "premises",
    "postcode": "post_code",
    "email": "e_mail mail mailto email_address",
    "social": "handle social_media username",
    "account": "bank bank_account iban sort_code",
    "brand": "line line_name brand_name",
    "opaque": "pseudonym",
}
_ALIASES = {alias: name for name, aliases in _ALSO_CALLED.items() for alias in aliases.split()}
# Words before a colon that say the kind and are also part of the value: NINO:..., snapchat:...
_PART_OF_VALUE = dict.fromkeys(
    (label.replace(" ", "_") for label in national_id.LABELS), NATIONAL_ID
) | dict.fromkeys((name.replace(" ", "_") for name in (*social.PLATFORMS, *social.ALSO_CALLED)), SOCIAL)
_PREFIXED = re.compile(r"([^:\uff1a;\n]{1,40})[:\uff1a](.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Selector:
    """One value of one kind, by its canonical key: equal selectors are the same thing seen."""

    kind: str
    key: str

    @property
    def shown(self) -> str:
        """The key as a person reads it."""
        return KINDS[self.kind].show(self.key)


def kind_named(name: str) -> Kind:
    """The kind with this name or a word in common use for it (tel, VRM, nominal...); raises NotASelector."""
    if kind := _kind_or_none(name):
        return kind
    raise NotASelector(f"{quoted(name)} is not a kind of selector. The kinds are {', '.join(KINDS)}.")


def parse(text: str, kind: str | None = None) -> Selector:
    """One selector from what was typed: "phone:07700 900123", or a bare value, its kind guessed unless given.

    Raises NotASelector with a sentence for the person who typed it.
    """
    named, value = _kind_and_value(text)
    if kind is not None:
        wanted = kind_named(kind)
        # A pseudonym is kept exactly, so nothing that looks like a kind is taken off it.
        return _selector(wanted, value if named is wanted and wanted is not OPAQUE else text)
    if named:
        return _selector(named, value)
    if guesses := guess(text):
        return guesses[0]
    raise NotASelector(_why_not(text))


def parse_many(text: str) -> list[Selector]:
    r"""Every selector in "kind:value;kind:value", each once, in the order given.

    A ; or : inside a value may be written \; or \: and a backslash before one \\. Every value needs its kind,
    since a file has no one to ask. Raises NotASelector naming the part at fault.
    """
    found: dict[Selector, None] = {}
    for place, part in enumerate(parts_of(text), 1):
        try:
            found[_named_selector(part)] = None
        except NotASelector as problem:
            raise NotASelector(f"Selector {place}, {quoted(part)}: {problem}") from problem
    return list(found)


def parts_of(text: str) -> list[str]:
    """The parts between semicolons that no backslash escapes, their escapes still in place."""
    parts = re.findall(r"(?:[^;\\]|\\.|\\\Z)+", text, re.DOTALL)
    return [part.strip() for part in parts if part.strip()]


def guess(text: str) -> list[Selector]:
    """Every selector that a value may be, most telling first; only the one where it names its kind.

    Never opaque, which anything could be; a line name only as a last resort, for free words.
    """
    try:
        named, value = _kind_and_value(text)
        if named:
            return [_selector(named, value)]
        words = whole_number(clean(text))
    except NotASelector:
        return []
    return _read_as(sure_kinds(words), words) or _read_as(loose_kinds(words), words)


def _read_as(names: list[str], words: str) -> list[Selector]:
    found = [one for name in names if (one := _try(KINDS[name], words))]
    return sorted(found, key=lambda one: -KINDS[one.kind].weight)


def _selector(kind: Kind, value: str) -> Selector:
    key = kind.normalise(value)
    if len(key) > LONGEST_KEY:
        raise NotASelector(f"{quoted(value)} is too long. Give one value, without the text around it.")
    return Selector(kind.name, key)


def _try(kind: Kind, value: str) -> Selector | None:
    try:
        return _selector(kind, value)
    except NotASelector:
        return None


def _named_selector(part: str) -> Selector:
    """One part of the file format."""
    named, value = _kind_and_value(re.sub(r"\\([\\;:])", r"\1", part))
    if named:
        return _selector(named, value)
    word, colon, _ = part.partition(":")
    if colon:
        kind_named(word.strip())
    raise NotASelector("it has no kind. Write the kind, a colon and the value, such as phone:07700 900123.")


def _folded_name(name: str) -> str:
    words = without_marks(name[:LONGEST]).lower()
    return "_".join(re.findall(r"[^\W_]+", words))


def _kind_or_none(name: str) -> Kind | None:
    folded = _folded_name(name)
    return KINDS.get(_ALIASES.get(folded, folded)) or _PART_OF_VALUE.get(folded)


def _kind_and_value(text: str) -> tuple[Kind | None, str]:
    if not (found := _PREFIXED.match(text)):
        return None, text
    if kind := _PART_OF_VALUE.get(_folded_name(found[1])):
        return kind, f"{found[1]}:{found[2]}"
    return _kind_or_none(found[1]), found[2]


def _why_not(text: str) -> str:
    try:
        words = clean(text)
        for name in meant_kinds(words):
            KINDS[name].normalise(words)
    except NotASelector as problem:
        return str(problem)
    if may_be_name(words):
        return (
            f"{quoted(words)} may be a person or a line. For a person add the date of birth, as in "
            f"{PERSON.example}. For the name of a line write brand: before it."
        )
    if (found := _PREFIXED.match(words)) and re.fullmatch(r"[A-Za-z _-]+", found[1]):
        return f"{quoted(found[1])} is not a kind of selector. The kinds are {', '.join(KINDS)}."
    return f"{quoted(words)} is not clearly any kind of selector. Say which, as in phone:07700 900123."
