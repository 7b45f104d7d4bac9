"""The objects of reports in the order in which their reports last changed, for a machine that reads on where it ended.

A report that is written in a long transaction is seen late, with the moment at which that transaction began. So nothing
is given out from the moment on at which the oldest transaction that is still under way began: whoever asks for what was
added after the last that they hold misses nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.whole_reports import whole_reports
from throughline.interop.cursors import opened, sealed
from throughline.interop.models import StixName
from throughline.interop.stix.names import EXTENDED, HOUSE, SPEC, Thing, at
from throughline.interop.stix.out import report_things
from throughline.organisations.queries import body_coded

LOOKED_THROUGH = 1_000
"""Reports that one page opens at most, of which none may hold what is asked for."""
TOGETHER = 50
WHY = "read by TAXII"
FEED = "objects"
START = datetime(1970, 1, 1, tzinfo=UTC)
_ID = re.compile(r"[a-z0-9-]{3,250}--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COMMON = frozenset({HOUSE["id"], EXTENDED})
"""Objects that come with every report."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which objects are asked for; what is empty asks for all."""

    ids: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    specs: frozenset[str] = frozenset()

    def takes(self, thing: Thing, version: str) -> bool:
        """Whether an object is asked for. There is one version of each, the present one: the first, and the last."""
        return (
            (not self.ids or thing["id"] in self.ids)
            and (not self.types or thing["type"] in self.types)
            and (not self.versions or bool(self.versions & {"all", "first", "last", version}))
            and (not self.specs or SPEC in self.specs)
        )


EVERYTHING = Match()


@dataclass(frozen=True, slots=True)
class Added:
    """An object, the moment since which it stands so here, and its version."""

    thing: Thing
    added: str
    version: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of objects in their order, and the cursor from which the next goes on ('' at the end)."""

    objects: list[Added]
    next: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A change of a report, and how many of the report's objects were given out already."""

    at: datetime
    number: int
    given: int = 0


_HORIZON = """
select least(now(), min(xact_start)) from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
"""
_CHANGED = """
select c.at, c.id, r.ref, r.id from interop_change c join intelligence_report r on r.id = c.thing
 where c.kind = 'report' and (c.at, c.id) >= (%(at)s, %(number)s) and c.at > %(after)s and c.at < %(horizon)s
   and not exists (select from interop_change n
                    where n.kind = 'report' and n.thing = c.thing and (n.at, n.id) > (c.at, c.id))
   and (%(owner)s::smallint is null or r.owner = %(owner)s)
   and (%(named)s::bigint[] is null or r.id = any(%(named)s))
 order by c.at, c.id limit %(size)s
"""


def objects_added(
    reader: Reader, *, size: int, owner: str = "", after: datetime | None = None, cursor: str = "",
    match: Match = EVERYTHING,
) -> Found:  # fmt: skip
    """The next objects of reports that the reader may know, of one body or of all. Each report is journalled.

    Args:
        after: only what was added after this moment.
        cursor: where the page before ended.

    Raises:
        UnknownPlace: the cursor is none of ours.
    """
    reader.require(Permission.REPORT_READ)
    place, page = _place(cursor), _Page(size, match)
    body = body_coded(owner) if owner else None
    asked: dict[str, Any] = {"after": after or START, "owner": body.id if body else None, "size": TOGETHER}
    with reading(reader), connection.cursor() as sql:
        sql.execute(_HORIZON)
        asked |= {"horizon": sql.fetchone()[0], "named": _named(match.ids)}
        for _ in range(LOOKED_THROUGH // TOGETHER):
            sql.execute(_CHANGED, {**asked, "at": place.at, "number": place.number})
            rows = sql.fetchall()
            stopped = _turn(reader, page, rows, place)
            if stopped or len(rows) < TOGETHER or page.has_all():
                break
            place = stopped = _Place(rows[-1][0], rows[-1][1] + 1)
        _remember(page.given)
    return Found(
        page.objects, sealed(FEED, stopped.at.isoformat(), stopped.number, stopped.given) if stopped else ""
    )


def _turn(
    reader: Reader, page: "_Page", rows: Sequence[tuple[datetime, int, str, int]], place: _Place
) -> _Place | None:
    """Put the objects of these reports on the page; where it was full, the place to go on from."""
    reports = {one.ref: one for one in whole_reports(reader, [ref for _, _, ref, _ in rows], why=WHY)}
    for moment, number, ref, report in rows:
        things = report_things(reports[ref], moment)
        begun = place.given if (moment, number) == (place.at, place.number) else 0
        passed = page.take(things[begun:], moment, report)
        if passed is not None:
            return _Place(moment, number, begun + passed)
    return None


class _Page:
    """So many objects at most, each once, with the report that it came with."""

    def __init__(self, size: int, match: Match) -> None:
        self.size = size
        self.match = match
        self.objects: list[Added] = []
        self.given: dict[str, int] = {}

    def take(self, things: Sequence[Thing], moment: datetime, report: int) -> int | None:
        """Add what is asked for; once the page is full, how many of these objects were passed by then."""
        added = at(moment)
        for passed, thing in enumerate(things):
            version = thing.get("modified") or thing.get("created") or added
            if thing["id"] in self.given or not self.match.takes(thing, version):
                continue
            if len(self.objects) == self.size:
                return passed
            self.given[thing["id"]] = report
            self.objects.append(Added(thing, added, version))
        return None

    def has_all(self) -> bool:
        """Whether objects were asked for by their ids, and all of them stand here."""
        return bool(self.match.ids) and self.match.ids <= self.given.keys()


def _remember(given: Mapping[str, int]) -> None:
    StixName.objects.bulk_create(
        [StixName(name=UUID(name[-36:]), report=report) for name, report in given.items() if name not in _COMMON],
        ignore_conflicts=True,
    )  # fmt: skip


def _named(ids: frozenset[str]) -> list[int] | None:
    """The reports that objects were given out with; none where all reports may hold one of them."""
    if not ids or ids & _COMMON:
        return None
    names = [UUID(name[-36:]) for name in ids if _ID.fullmatch(name)]
    return list(StixName.objects.filter(name__in=names).values_list("report", flat=True))


def _place(cursor: str) -> _Place:
    if not cursor:
        return _Place(START, 0)
    moment, number, given = opened(FEED, cursor)
    return _Place(datetime.fromisoformat(moment), int(number), int(given))
