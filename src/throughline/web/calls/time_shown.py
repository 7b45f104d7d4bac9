"""When and where numbers are used, as the time map shows it: a grid of days and hours, cells by hour, and a sketch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from throughline.clashes.grid import HELMERT_ERROR, NotOnGrid, from_wgs84, to_reference, within
from throughline.telecoms.numbers import shown
from throughline.telecoms.sites import Site
from throughline.telecoms.time_map import CellUse, Hours, TimeMap
from throughline.web.calls.drawn import Dots, dots_of
from throughline.web.calls.forms import WeekForm
from throughline.web.fields import Choice
from throughline.web.sketch import Sketch, sketch_of
from throughline.web.words import day, number, plural

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_SITE: Final = "No list of cell sites that you may know has it"
_DISPUTED: Final = "Lists of cell sites put it in different places"


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell by its number on the pictures: where it stands, and how often it was used at which hours."""

    number: int
    cell: str
    stands: str
    times: int
    by_hour: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class TimeMapShown:
    """Everything that the time map shows; ``span`` says of which days, ``by_hour`` has the hours that were used."""

    numbers: str
    form: WeekForm
    span: str
    times: int
    busiest: str
    days: Dots | None
    by_hour: tuple[tuple[str, Hours], ...]
    cells: tuple[CellRow, ...]
    cells_drawn: Dots | None
    sketch: Sketch | None
    others: str


def time_map_shown(found: TimeMap) -> TimeMapShown:
    """A time map for its page."""
    columns = ((hour, tuple(row[hour] for row in found.days)) for hour in range(24))
    by_hour = tuple((f"{hour:02}:00", counts) for hour, counts in columns if any(counts))
    placed = [(n, *spot) for n, one in enumerate(found.cells, 1) if (spot := _spot(one.site))]
    return TimeMapShown(
        ", ".join(map(shown, found.numbers)), _weeks(found), _span(found.week) if found.week else "the whole time",
        sum(map(sum, found.days)), _busiest(found.days), dots_of([name[:3] for name in DAYS], found.days), by_hour,
        tuple(_row(n, one) for n, one in enumerate(found.cells, 1)),
        dots_of([f"{n}. {one.cell}" for n, one in enumerate(found.cells, 1)], [one.hours for one in found.cells]),
        sketch_of(placed), _others(found),
    )  # fmt: skip


def _weeks(found: TimeMap) -> WeekForm:
    choices = [
        Choice(week.begins.isoformat(), f"{_span(week.begins)}: {plural(week.times, 'time')}")
        for week in found.weeks
    ]
    start = {"week": found.week.isoformat() if found.week else ""}
    return WeekForm(start=start, choices={"week": choices})


def _span(monday: date) -> str:
    return f"{day(monday)} to {day(monday + timedelta(days=6))}"


def _busiest(days: Sequence[Hours]) -> str:
    """The busiest hour of the week in words; blank where nothing was."""
    times, name, hour = max(
        (times, -row, -hour) for row, hours in enumerate(days) for hour, times in enumerate(hours)
    )
    return f"{DAYS[-name]} from {-hour:02}:00, {plural(times, 'time')}" if times else ""


def _others(found: TimeMap) -> str:
    if not found.other_cells:
        return ""
    return f"Not listed: {plural(found.other_cells, 'further cell')}, used {plural(found.other_times, 'time')} in all."


def _row(place: int, one: CellUse) -> CellRow:
    by_hour = ", ".join(f"{hour:02}:00 {number(times)}" for hour, times in enumerate(one.hours) if times)
    stands = _stands(one.site) if one.site else _DISPUTED if one.is_disputed else _NO_SITE
    return CellRow(place, one.cell, stands, one.times, by_hour, one.first, one.last)


def _spot(site: Site | None) -> tuple[int, int] | None:
    """Metres east and north on the British National Grid; None where it does not reach, as in Northern Ireland."""
    if site is None:
        return None
    try:
        if site.latitude is not None and site.longitude is not None:
            return from_wgs84(site.latitude, site.longitude)
        return within(round(site.easting or 0), round(site.northing or 0))
    except NotOnGrid:
        return None


def _stands(site: Site) -> str:
    """Its place, postcode, grid reference (or degrees where there is none) and the way that it faces."""
    spot = _spot(site)
    where = to_reference(*spot, spread=HELMERT_ERROR) if spot else f"{site.latitude}, {site.longitude}"
    facing = "" if site.azimuth is None else f"facing {site.azimuth:g}°"
    return ", ".join(part for part in (site.place, site.postcode, where, facing) if part)
