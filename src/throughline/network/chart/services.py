"""Every way a link chart may change. Only whoever draws it may; what is added is what they may know."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Marking
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.network.chart.arranging import LAYOUTS, Ends, beside, clustered, laid_out
from throughline.network.chart.evidence import (
    OF_LINE,
    ONE_PERSON,
    ONE_PLACE,
    Tie,
    known_among,
    line_named,
    once,
    ties_among,
    ties_around,
)
from throughline.network.chart.models import ChartSpot, LinkChart
from throughline.network.chart.paths import shortest_way
from throughline.network.chart.queries import ChartPart, chart_part
from throughline.network.chart.spots import GROUP_ORDER, Spot
from throughline.network.chart.standing import Stood, standing_on
from throughline.network.figuring import DRAWN
from throughline.network.places import Place
from throughline.organisations.queries import body_ids
from throughline.selectors.registry import NotASelector, parse

AT_ONCE = 30
"""So many are added by one expansion, those most often seen together first; another brings the next."""
MOST = 6_000
"""Things on one chart, drawn or in clusters."""
FARTHEST = 1_000_000
LONGEST_NAME, LONGEST_NOTE = 100, 4_000


class ChartProblem(FieldProblem):
    """What is wrong with what was asked of a chart, for the field named."""


class UnknownChart(Exception):
    """There is no such chart of this person's, or nothing of the kind on it, or nothing to draw that they may know."""


@writes
def open_chart(*, by: Reader, start: Spot) -> str:
    """A new chart around a value or a line, with what stands nearest to it; its reference.

    Raises:
        UnknownChart: the reader may not know the value or line.
    """
    by.require(Permission.LINE_READ)
    found = line_named(start.key) if start.is_line else start
    if found is None or found not in known_among([found]):
        raise UnknownChart
    chart = _new_chart(by)
    chosen = [found, *_nearest(found, ties_around([found]), drawn={found})[:AT_ONCE]]
    ties = _ends(chosen, ties_among(chosen))
    _put(chart, chosen, laid_out("forces", _groups(chosen), ties))
    journal.note(Verb.COMBINE, "chart", chart.ref, why="opened a chart", drawn=len(chosen))
    return chart.ref


def _new_chart(by: Reader) -> LinkChart:
    marking = marking_for(owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation())
    marking.save()
    now = clock.now()
    return LinkChart.objects.create(
        marking=marking, owner=by.body, ref=new_ref("CH"), person=by.person, person_name=by.name, made_at=now,
        changed_at=now,
    )  # fmt: skip


def _own(by: Reader, ref: str) -> LinkChart:
    """The chart of this person's, held until the transaction ends."""
    by.require(Permission.LINE_READ)
    chart = LinkChart.objects.select_for_update(of=("self",)).filter(ref=ref, person=by.person).first()
    if chart is None:
        raise UnknownChart
    chart.changed_at = clock.now()
    chart.save(update_fields=["changed_at"])
    return chart


def _row(chart: LinkChart, number: int) -> ChartSpot:
    row = ChartSpot.objects.filter(chart=chart, number=number).first()
    if row is None:
        raise UnknownChart
    return row


def _spot(row: ChartSpot) -> Spot:
    return Spot(row.kind, row.key)


def _put(
    chart: LinkChart, spots: Sequence[Spot], places: Sequence[Place], there: Iterable[Stood] | None = None
) -> list[Stood]:
    """Put these on the chart, where ``there`` stand; one of those, hidden or not, is shown where it stands. All put."""
    stood = {row.spot: row for row in (standing_on(chart) if there is None else there)}
    taken = {row.number for row in stood.values()}
    put = [
        stood.get(spot) or Stood(_thrown(taken), spot, *at) for spot, at in zip(spots, places, strict=True)
    ]
    hidden = [row.number for row in put if row.is_hidden]
    if hidden:
        ChartSpot.objects.filter(chart=chart, number__in=hidden).update(is_hidden=False)
    fresh = [
        ChartSpot(chart=chart, number=row.number, kind=row.spot.kind, key=row.spot.key, x=row.x, y=row.y)
        for row in put
        if row.spot not in stood
    ]
    ChartSpot.objects.bulk_create(fresh, batch_size=2_000, ignore_conflicts=True)
    return [replace(row, is_hidden=False) for row in put]


def _thrown(taken: set[int]) -> int:
    """A number that none of those taken has; it is one of them from now on."""
    while True:
        number = secrets.randbelow(10**9) + 1
        if number not in taken:
            taken.add(number)
            return number


def _nearest(around: Spot, ties: Iterable[Tie], *, drawn: set[Spot]) -> list[Spot]:
    """What stands around one and is not drawn: lines and the same person first, then by how often seen together."""
    ranks: dict[Spot, tuple[int, int, int]] = {}
    for tie in ties:
        if around in tie.ends:
            other = tie.other if tie.one == around else tie.one
            rank = (-(tie.what in (OF_LINE, ONE_PERSON, ONE_PLACE)), -tie.times, -tie.last.toordinal())
            ranks[other] = min(rank, ranks.get(other, rank))
    return sorted(ranks.keys() - drawn, key=lambda spot: (ranks[spot], spot))


def _groups(spots: Iterable[Spot]) -> list[int]:
    return [GROUP_ORDER.index(spot.group) for spot in spots]


def _ends(spots: Sequence[Spot], ties: Iterable[Tie]) -> list[Ends]:
    place = {spot: n for n, spot in enumerate(spots)}
    return sorted({(min(pair), max(pair)) for t in ties for pair in [(place[t.one], place[t.other])]})


@dataclass(frozen=True, slots=True)
class Expanded:
    """The numbers of what was drawn, and it as the page takes it in, together with the thing that was expanded."""

    numbers: tuple[int, ...]
    part: ChartPart


@writes
def expand_spot(*, by: Reader, ref: str, number: int) -> Expanded:
    """Draw what stands around one thing of the chart, the nearest first; nothing that stands moves.

    Raises:
        UnknownChart: no such chart of this person's, or no such thing on it.
        ChartProblem: the chart is full.
    """
    chart = _own(by, ref)
    there = standing_on(chart)
    row = next((one for one in there if one.number == number), None)
    if row is None:
        raise UnknownChart
    shown = [one for one in there if not one.is_hidden]
    if len(shown) + AT_ONCE > MOST:
        raise ChartProblem("", f"A chart holds up to {MOST:,} things. Hide some, or open another.")
    ties = ties_around([row.spot])
    new = _nearest(row.spot, ties, drawn={one.spot for one in shown})[:AT_ONCE]
    put = _put(chart, new, beside((row.x, row.y), len(new), [(one.x, one.y) for one in shown]), there)
    journal.note(Verb.COMBINE, "chart", ref, why="expanded", added=len(new))
    numbers = tuple(one.number for one in put)
    around = once([*ties, *ties_around(new)]) if new else ties
    part = chart_part(by, chart, rows=[*shown, *put], only={number, *numbers}, around=around)
    return Expanded(numbers, part)


@writes
def widen_chart(*, by: Reader, ref: str) -> int:
    """Draw what stands around everything on the chart; beyond what can be drawn it is shown in clusters. How many.

    What stands keeps its place, unless nothing but a start of few stood there.
    """
    chart = _own(by, ref)
    rows = list(ChartSpot.objects.filter(chart=chart, is_hidden=False).order_by("number"))
    shown = [_spot(row) for row in rows]
    ties = ties_around(shown)
    ends: dict[Spot, int] = {}
    for tie in ties:
        for spot in tie.ends - set(shown):
            ends[spot] = ends.get(spot, 0) + tie.times
    new = sorted(ends, key=lambda spot: (-ends[spot], spot))[: MOST - len(shown)]
    every = [*shown, *new]
    found = ties_among(every)
    held = {spot: (row.x, row.y) for spot, row in zip(shown, rows, strict=True)}
    _put(chart, new, _beyond(every, found, held)[len(shown) :])
    journal.note(Verb.COMBINE, "chart", ref, why="widened", added=len(new))
    return len(new)


def _beyond(every: Sequence[Spot], ties: Sequence[Tie], held: Mapping[Spot, Place]) -> list[Place]:
    """Places of all: few stand beside what they are tied to, many on the disc of their community."""
    if len(every) > DRAWN:
        from throughline.network.chart.clusters import communities_of  # noqa: PLC0415 takes seconds

        return clustered(communities_of(every, ties), _ends(every, ties))
    tied: dict[Spot, list[Spot]] = {}
    for tie in ties:
        tied.setdefault(tie.one, []).append(tie.other)
        tied.setdefault(tie.other, []).append(tie.one)
    places = dict(held)
    for spot in every:
        if spot not in places:
            near = next((places[end] for end in tied.get(spot, ()) if end in places), (0, 0))
            places[spot] = beside(near, 1, list(places.values()))[0]
    return [places[spot] for spot in every]


@writes
def add_to_chart(*, by: Reader, ref: str, typed: str) -> int:
    """Draw one more value or line, by what a person types; its number.

    Raises:
        ChartProblem: it cannot be read, or there is nothing to draw that they may know.
    """
    chart = _own(by, ref)
    spot = line_named(typed.strip().upper())
    try:
        spot = spot or Spot(*_kind_and_key(typed))
    except NotASelector as problem:
        raise ChartProblem("value", str(problem)) from problem
    if spot not in known_among([spot]):
        raise ChartProblem(
            "value", "There is nothing on this that you may know, so there is nothing to draw."
        )
    rows = list(ChartSpot.objects.filter(chart=chart, is_hidden=False))
    middle = (
        round(sum(r.x for r in rows) / max(len(rows), 1)),
        round(sum(r.y for r in rows) / max(len(rows), 1)),
    )
    place = beside(middle, 1, [(row.x, row.y) for row in rows])
    journal.note(Verb.COMBINE, "chart", ref, why="added a value", added=1)
    return _put(chart, [spot], place)[0].number


def _kind_and_key(typed: str) -> tuple[str, str]:
    selector = parse(typed)
    return selector.kind, selector.key


@writes
def find_way(*, by: Reader, ref: str, one: int, other: int) -> tuple[int, ...]:
    """Draw a shortest way between two things of the chart, over all that the person may know; its numbers in order.

    Empty where there is none within the farthest that is looked. Of several as short the one most often seen.
    """
    chart = _own(by, ref)
    rows = {row.number: row for row in ChartSpot.objects.filter(chart=chart, is_hidden=False)}
    if one not in rows or other not in rows:
        raise UnknownChart
    way = shortest_way(_spot(rows[one]), _spot(rows[other]))
    drawn = {_spot(row): (row.x, row.y) for row in rows.values()}
    for before, spot in pairwise(way):
        if spot not in drawn:
            drawn[spot] = beside(drawn[before], 1, list(drawn.values()))[0]
    journal.note(Verb.COMBINE, "chart", ref, why="looked for a way", steps=max(len(way) - 1, 0))
    return tuple(one.number for one in _put(chart, way, [drawn[spot] for spot in way]))


@writes
def hide_spot(*, by: Reader, ref: str, number: int) -> None:
    """Take one thing off the drawing; its place and note are kept."""
    row = _row(_own(by, ref), number)
    ChartSpot.objects.filter(pk=row.pk).update(is_hidden=True)


@writes
def show_hidden(*, by: Reader, ref: str) -> int:
    """Draw again what was hidden, where it stood. How many."""
    return ChartSpot.objects.filter(chart=_own(by, ref), is_hidden=True).update(is_hidden=False)


@writes
def place_spots(*, by: Reader, ref: str, places: Mapping[int, Place]) -> None:
    """Keep the places to which things were moved."""
    rows = list(ChartSpot.objects.filter(chart=_own(by, ref), number__in=list(places)))
    for row in rows:
        row.x, row.y = (max(-FARTHEST, min(FARTHEST, part)) for part in places[row.number])
    ChartSpot.objects.bulk_update(rows, ["x", "y"])


@writes
def lay_out_chart(*, by: Reader, ref: str, layout: str, only: frozenset[int] | None = None) -> None:
    """Give every thing that is drawn (or ``only`` these) a new place by a layout: this alone moves what stands."""
    chart = _own(by, ref)
    if layout not in LAYOUTS:
        raise ChartProblem("layout", "Choose a layout.")
    drawn = ChartSpot.objects.filter(chart=chart, is_hidden=False).order_by("pk")
    rows = [row for row in drawn if only is None or row.number in only]
    spots = [_spot(row) for row in rows]
    ties = _ends(spots, ties_among(spots))
    tied = [sum(n in pair for pair in ties) for n in range(len(rows))] if layout == "rings" else []
    start = max(range(len(rows)), key=lambda n: (tied[n], -n), default=0) if tied else 0
    middle = _middle(rows) if only is not None else (0, 0)
    for row, (x, y) in zip(rows, laid_out(layout, _groups(spots), ties, start=start), strict=True):
        row.x, row.y = x + middle[0], y + middle[1]
    ChartSpot.objects.bulk_update(rows, ["x", "y"], batch_size=2_000)
    journal.note(Verb.ALTER, "chart", ref, why=f"laid out: {LAYOUTS[layout]}")


def _middle(rows: Sequence[ChartSpot]) -> Place:
    count = max(len(rows), 1)
    return round(sum(row.x for row in rows) / count), round(sum(row.y for row in rows) / count)


@writes
def note_on_spot(*, by: Reader, ref: str, number: int, note: str) -> None:
    """Write beside one thing; whoever may know it and the chart reads it."""
    row = _row(_own(by, ref), number)
    ChartSpot.objects.filter(pk=row.pk).update(note=note.strip()[:LONGEST_NOTE])
    journal.note(Verb.ALTER, "chart", ref, why="noted beside a thing")


@writes
def name_chart(*, by: Reader, ref: str, name: str, note: str = "") -> None:
    """Keep the chart under a name, with a note on the whole.

    Raises:
        ChartProblem: the name is blank or too long.
    """
    chart, name = _own(by, ref), " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ChartProblem("name", f"Give the chart a name of up to {LONGEST_NAME} characters.")
    chart.name, chart.note = name, note.strip()[:LONGEST_NOTE]
    chart.save(update_fields=["name", "note"])
    journal.note(Verb.ALTER, "chart", ref, why="named")


@writes
def share_chart(*, by: Reader, ref: str, bodies: Iterable[str], is_shared: bool) -> None:
    """Open the chart to the person's own body and to others by their codes, or close it again.

    Each who opens it sees of it what they may know themselves, so sharing discloses the name and the notes alone.
    """
    chart, codes = _own(by, ref), body_ids()
    if is_shared and not chart.name:
        raise ChartProblem("", "Give the chart a name before you share it.")
    to = sorted({codes[code] for code in bodies if code in codes} - {by.body}) if is_shared else []
    marking = Marking.objects.get(pk=chart.marking_id)
    marking.released, marking.bodies = bool(to), to
    marking.save(update_fields=["released", "bodies"])
    LinkChart.objects.filter(pk=chart.pk).update(is_shared=is_shared)
    journal.note(
        Verb.DISCLOSE if is_shared else Verb.ALTER, "chart", ref, why="shared" if is_shared else "no longer shared",
        to=to,
    )  # fmt: skip


@writes
def copy_chart(*, by: Reader, ref: str) -> str:
    """A chart of one's own with what one may know of another's, where it stands there; its reference."""
    by.require(Permission.LINE_READ)
    found = LinkChart.objects.filter(ref=ref).first()
    if found is None:
        raise UnknownChart
    rows = list(ChartSpot.objects.filter(chart=found, is_hidden=False))
    chart = _new_chart(by)
    _put(chart, [_spot(row) for row in rows], [(row.x, row.y) for row in rows])
    journal.note(Verb.COMBINE, "chart", chart.ref, why="copied", of=ref, drawn=len(rows))
    return chart.ref
