"""Vehicle registration marks: United Kingdom marks of every era, and foreign ones."""

import re

from throughline.selectors.kinds.cleaning import clean, fold, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_NUMBER = r"[1-9]\d{0,2}"
# The eras of mark (DVLA INF104), each matched whole. I, O, Q, U and Z are left out where they would confuse.
_ERAS = {
    "current": re.compile(r"([A-HJ-PR-Y]{2}\d{2})([A-HJ-PR-Z]{3})", re.ASCII),
    "prefix": re.compile(rf"([A-HJ-NPR-TV-Y]{_NUMBER})([A-HJ-PR-Z]{{3}})", re.ASCII),
    "suffix": re.compile(rf"([A-HJ-PR-Y][A-PR-Z]{{2}})({_NUMBER}[A-HJ-NPR-TV-Y])", re.ASCII),
    "q": re.compile(rf"(Q{_NUMBER})([A-HJ-PR-Z]{{3}})", re.ASCII),
    "northern ireland": re.compile(r"([A-Z]?(?:I[A-Z]|[A-Z]Z))([1-9]\d{0,3})", re.ASCII),
    "dateless": re.compile(r"([A-Z]{1,3})([1-9]\d{0,2})|([A-Z]{1,2})([1-9]\d{3})", re.ASCII),
    "reversed": re.compile(r"([1-9]\d{0,2})([A-Z]{1,3})|([1-9]\d{3})([A-Z]{1,2})", re.ASCII),
}
# French and Italian AB-123-CD, Spanish 1234 BCD: as long as a current mark, so never corrected into one.
_CONTINENTAL = re.compile(r"[A-Z]{2}\d{3}[A-Z]{2}|\d{4}[A-Z]{3}", re.ASCII)
_CURRENT_LENGTH = 7
_LETTER, _DIGIT = str.maketrans("0", "O"), str.maketrans("OI", "01")
_SHAPE = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z\d]{2,11}", re.ASCII)


def normalise_vehicle(raw: str) -> str:
    """A mark in capitals without spaces, 2 to 11 letters and digits (POLE data standard 065)."""
    mark = re.sub(r"[ .\-]", "", fold(clean(raw)))
    if not _SHAPE.fullmatch(mark):
        raise NotASelector(
            f"{quoted(raw.strip())} is not a vehicle mark: it has 2 to 11 letters and digits, "
            "with at least one of each."
        )
    return _corrected(mark)


def era_of(mark: str) -> str | None:
    """Which era of United Kingdom mark a key belongs to, or none for any other country."""
    return next((era for era, pattern in _ERAS.items() if pattern.fullmatch(mark)), None)


def _corrected(mark: str) -> str:
    """Mend O typed for 0, 0 for O and I for 1, only where nothing but a current-style mark can be meant."""
    if len(mark) != _CURRENT_LENGTH or era_of(mark) or _CONTINENTAL.fullmatch(mark):
        return mark
    mended = mark[:2].translate(_LETTER) + mark[2:4].translate(_DIGIT) + mark[4:].translate(_LETTER)
    changes = sum(before != after for before, after in zip(mark, mended, strict=True))
    return mended if changes == 1 and era_of(mended) == "current" else mark


def show_vehicle(key: str) -> str:
    """The mark with the space that its plate has; a foreign mark as it is."""
    era = era_of(key)
    found = _ERAS[era].fullmatch(key) if era else None
    return " ".join(part for part in found.groups() if part) if found else key


VEHICLE = Kind(
    name="vehicle",
    label="Vehicle mark",
    plural="Vehicle marks",
    hint="The registration mark, with or without the space.",
    example="AB12 CDE",
    weight=0.9,
    normalise=normalise_vehicle,
    show=show_vehicle,
)
