"""What a value written without its kind looks like: surely, possibly, or meant to be."""

import re
from collections.abc import Callable

from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.phone import normalise_phone
from throughline.selectors.kinds.vehicle import era_of, normalise_vehicle

_Looks = Callable[[str, str], bool]
"""Asked of the value as cleaned, and of the same without separators."""


def sure_kinds(words: str) -> list[str]:
    """The kinds whose form this has; their own rules then say whether it is one."""
    return _kinds_of(_SURE, words)


def loose_kinds(words: str) -> list[str]:
    """The kinds it may be where it is none of the sure ones: bare digits, marks from abroad, free words."""
    return _kinds_of(_LOOSE, words)


def meant_kinds(words: str) -> list[str]:
    """The kinds it was probably meant to be, whose own sentence explains best what is wrong."""
    return [name for looks, name in _MEANT if looks.fullmatch(words)]


def may_be_name(words: str) -> bool:
    """Whether these are two to six words, as in the name of a person or of a line."""
    return _NAMES.fullmatch(words) is not None


def _kinds_of(looks: dict[str, _Looks], words: str) -> list[str]:
    compact = re.sub(r"[ .\-/()]", "", words)
    return [name for name, fits in looks.items() if fits(words, compact)]


def _compact(pattern: str) -> _Looks:
    compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)
    return lambda _words, compact: compiled.fullmatch(compact) is not None


def _opens(pattern: str) -> _Looks:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda words, _compact: compiled.match(words) is not None


def _imei(words: str, compact: str) -> bool:
    # 234 and 235 open the IMSIs of the UK, 00 a number dialled abroad as well as a test handset.
    if not re.fullmatch(r"(?!23[45])\d{15,16}", compact):
        return False
    return not (compact.startswith("00") and _reads(normalise_phone, words))


def _mark(words: str, compact: str) -> bool:
    if re.fullmatch(r"[A-Z]{2}-?\d{3}-?[A-Z]{2}", words, re.IGNORECASE):
        return True
    key = _reads(normalise_vehicle, compact)
    return key is not None and era_of(key) is not None


def _reads(normalise: Callable[[str], str], value: str) -> str | None:
    try:
        return normalise(value)
    except NotASelector:
        return None


_SURE: dict[str, _Looks] = {
    "imei": _imei,
    "imsi": _compact(r"23[45]\d{12}"),
    "iccid": _compact(r"89\d{16,18}F?"),
    "national_id": lambda _words, compact: not compact.isdigit(),
    "phone": _compact(r"\+\d{7,15}|0\d{9,15}|44\d{9,11}|7\d{9}"),
    "email": lambda words, _compact: "@" in words and " " not in words,
    "account": _opens(r"\d\d-\d\d-\d\d|\d{6} \d{8}$|\d{8} \d\d-|[A-Z]{2}\d\d ?[A-Z\d]{4}"),
    "vehicle": _mark,
    "social": _opens(r"@\S|https?://|www\.|\S+ (?:on \w+|\(\w+\))$|[\w ]+[:/]"),
    "person": lambda _words, _compact: True,
    "address": lambda words, _compact: " " in words,
    "postcode": lambda words, compact: len(compact) <= len("NR141AA") and "-" not in words,
}
_LOOSE: dict[str, _Looks] = {
    "imei": _compact(r"(?!00)\d{14}|23[45]\d{12,13}"),
    "imsi": _compact(r"23[45]\d{11}"),
    "national_id": _compact(r"[1-9]\d{8}"),
    "account": _compact(r"\d{14}"),
    "uprn": _compact(r"[1-9]\d{7,11}|0\d{11}"),
    "vehicle": lambda words, compact: len(compact) <= len("AB123CDE") and words.count(" ") <= 1,
    # One word, or words that call themselves a line: two words alone are as likely a person's name.
    "brand": lambda words, _compact: bool(
        re.fullmatch(r"[^\W\d_]+|[^\d:@]{1,40} line", words, re.IGNORECASE)
    ),
}
_MEANT = (
    (re.compile(r"\S*@\S+\.\w+"), "email"),
    (re.compile(r"@.+"), "social"),
    (re.compile(r"(?!0)\d{15}"), "imei"),
    (re.compile(r"89\d{16,18}F?"), "iccid"),
    (re.compile(r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-Z]|\d{4}/\d{7}[A-Z]", re.IGNORECASE), "national_id"),
    (re.compile(r".+\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}"), "person"),
    (re.compile(r"[+=\"'(\d][\d ().,/+E\"-]{2,}", re.IGNORECASE), "phone"),
)
_NAMES = re.compile(r"[^\W\d_]+(?:[ ,.'-]+[^\W\d_]+){1,5}")
