"""Numbers the state gives a person: National Insurance, PNC, CRO, passport and driving licence."""

import re
from collections.abc import Callable

from throughline.kernel import clock
from throughline.selectors.kinds.check_digits import letter_of_23
from throughline.selectors.kinds.cleaning import clean, quoted, whole_number
from throughline.selectors.kinds.kind import Kind, NotASelector

# Prefixes that HMRC never gives (NIM39110). QQ is its own invented example, and is accepted as such.
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\d{6}[A-D]", re.ASCII)
_LICENCE = re.compile(r"([A-Z]{1,5}9{0,4})\d([0156]\d)(\d\d)\d[A-Z9]{2}[A-Z\d]{3}", re.ASCII)
_LICENCE_LENGTH, _LICENCE_WITH_ISSUE = 16, 18
_PNC = re.compile(r"(\d{4}|\d{2})/(\d{1,7})([A-Z])|(\d{4})(\d{7})([A-Z])", re.ASCII)
_CRO = re.compile(r"(\d{1,6})/(\d{2})([A-Z])", re.ASCII)
_CRO_SEARCH = re.compile(r"SF(\d{2})/(\d{1,6})([A-Z])", re.ASCII)
_PASSPORT = re.compile(r"(?!0{9})\d{9}", re.ASCII)

LABELS = {
    "nino": "NINO",
    "ni": "NINO",
    "ni number": "NINO",
    "national insurance": "NINO",
    "national insurance number": "NINO",
    "pnc": "PNC",
    "pncid": "PNC",
    "pnc id": "PNC",
    "cro": "CRO",
    "passport": "PASSPORT",
    "driving licence": "LICENCE",
    "licence": "LICENCE",
}
_LABELLED = re.compile(
    rf"({'|'.join(sorted(LABELS, key=len, reverse=True))})(?: no\.?| number)?[ :]+(.+)", re.IGNORECASE
)


def normalise_national_id(raw: str) -> str:
    """The number behind the name of its series, such as NINO:QQ123456C; the form tells the series."""
    text = clean(raw)
    labelled = _LABELLED.fullmatch(text)
    series, value = (LABELS[labelled[1].lower()], labelled[2]) if labelled else (None, text)
    compact = re.sub(r"[ .\-]", "", whole_number(value)).upper()
    candidates = [series] if series else list(_SERIES)
    for candidate in candidates:
        if key := _SERIES[candidate](compact):
            return f"{candidate}:{key}"
    raise NotASelector(
        f"{quoted(text)} is not a National Insurance, PNC, CRO, passport or driving licence number "
        "with the right check letter. Check it against the document."
    )


def _nino(value: str) -> str | None:
    return value if _NINO.fullmatch(value) else None


def _pnc(value: str) -> str | None:
    """YYYY/NNNNNNND, also from the short form YY/ND."""
    if not (found := _PNC.fullmatch(value)):
        return None
    year, serial, letter = (part for part in found.groups() if part is not None)
    this_year = clock.today().year
    if len(year) == len("99"):
        year = f"20{year}" if int(f"20{year}") <= this_year else f"19{year}"
    serial = serial.zfill(7)
    right = year[:2] in {"19", "20"} and int(year) <= this_year and letter_of_23(year[2:] + serial) == letter
    return f"{year}/{serial}{letter}" if right else None


def _cro(value: str) -> str | None:
    """NNNNNN/YYD, or SFYY/ND for a file without fingerprints, whose serial is checked unpadded."""
    if found := _CRO_SEARCH.fullmatch(value):
        year, serial, letter = found[1], found[2].lstrip("0") or "0", found[3]
        return f"SF{year}/{serial}{letter}" if letter_of_23(year + serial) == letter else None
    if found := _CRO.fullmatch(value):
        serial, year, letter = found[1].zfill(6), found[2], found[3]
        return f"{serial}/{year}{letter}" if letter_of_23(year + serial) == letter else None
    return None


def _passport(value: str) -> str | None:
    return value if _PASSPORT.fullmatch(value) else None


def _licence(value: str) -> str | None:
    """16 characters; the two of the issue number, which change with each card, are dropped."""
    number = value[:_LICENCE_LENGTH] if len(value) == _LICENCE_WITH_ISSUE else value
    found = _LICENCE.fullmatch(number)
    if not found or len(number) != _LICENCE_LENGTH or len(found[1]) != len("MORGA"):
        return None
    # A woman's month has 50 added.
    return number if 1 <= int(found[2]) % 50 <= 12 and 1 <= int(found[3]) <= 31 else None  # noqa: PLR2004 months, days


_SERIES: dict[str, Callable[[str], str | None]] = {
    "NINO": _nino,
    "PNC": _pnc,
    "CRO": _cro,
    "LICENCE": _licence,
    "PASSPORT": _passport,
}
_SHOWN = {"NINO": "NINO", "PNC": "PNC", "CRO": "CRO", "LICENCE": "Driving licence", "PASSPORT": "Passport"}


def show_national_id(key: str) -> str:
    """The series and the number, such as PNC 2003/0123456X."""
    series, _, number = key.partition(":")
    if series == "NINO":
        number = " ".join((number[:2], number[2:4], number[4:6], number[6:8], number[8]))
    return f"{_SHOWN[series]} {number}"


NATIONAL_ID = Kind(
    name="national_id",
    label="National identifier",
    plural="National identifiers",
    hint="A National Insurance, PNC, CRO, passport or driving licence number.",
    example="NINO QQ 12 34 56 C",
    weight=1.0,
    normalise=normalise_national_id,
    show=show_national_id,
)
