"""Which cells of a workbook hold dates, and which day a serial number means."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from throughline.intelligence.workbook.package import Attributes, Package, whole

_STYLES: Final = "xl/styles.xml"
_BUILT_IN: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""The number formats that are dates or times in every workbook (ECMA-376 part 1, 18.8.30)."""
_NOT_THE_PATTERN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_LEAP_DAY_THAT_NEVER_WAS: Final = 60
"""Excel counts 29 February 1900, as Lotus 1-2-3 did: serials below stand one day off."""
_LAST_DAY: Final = 2_958_465
_SECONDS: Final = 86_400


def date_styles(package: Package) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a date or time."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = {"cellXfs": False}

    def start(name: str, given: Attributes) -> None:
        if name == "numFmt":
            codes[whole(given.get("numFmtId"))] = given.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            inside["cellXfs"] = name == "cellXfs"
        elif name == "xf" and inside["cellXfs"]:
            formats.append(whole(given.get("numFmtId")))

    if package.has(_STYLES):
        package.read(_STYLES, start)
    return frozenset(n for n, f in enumerate(formats) if f in _BUILT_IN or shows_a_date(codes.get(f, "")))


def shows_a_date(code: str) -> bool:
    """Whether a number format such as `dd/mm/yyyy` shows a date or a time; `0.00 "days"` does not."""
    return any(
        letter in "dmyhs" for letter in _NOT_THE_PATTERN.sub("", code.split(";", maxsplit=1)[0]).lower()
    )


def moment_of(serial: float, *, from_1904: bool) -> datetime | None:
    """The moment that a serial number means, or none if no calendar has it."""
    days = serial + (1462 if from_1904 else 0)
    if not 0 <= days <= _LAST_DAY:
        return None
    if days < _LEAP_DAY_THAT_NEVER_WAS:
        days += 1
    # To the second: 09:30 is kept as a fraction that is not quite exact.
    seconds = round(days * _SECONDS)
    return datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001 a cell has no time zone


def day_of(text: str, *, from_1904: bool) -> date | None:
    """The day of a serial number written as text, or none if it is not one of a date."""
    try:
        moment = moment_of(float(text), from_1904=from_1904)
    except (ValueError, OverflowError):
        return None
    return moment.date() if moment else None


def as_text(moment: datetime) -> str:
    """A date as 2026-01-31, with its time where it has one."""
    if moment.date() == date(1899, 12, 31):
        return f"{moment:%H:%M}"
    return (
        f"{moment:%Y-%m-%d}"
        if moment == datetime.combine(moment, datetime.min.time())
        else f"{moment:%Y-%m-%d %H:%M}"
    )
