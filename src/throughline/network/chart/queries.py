"""Reading link charts: the list, one as it is drawn for its reader, and its key people. Each look is journalled."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item
from throughline.lines.known import Known, of
from throughline.lines.models import CountyLine
from throughline.lines.picture import Area
from throughline.lines.queries import known_lines
from throughline.matching.models import Hit
from throughline.network.chart.evidence import Tie, days_of, roles_of, ties_among, ties_around
from throughline.network.chart.models import LinkChart
from throughline.network.chart.spots import GROUP_ORDER, LINE, Spot
from throughline.network.chart.standing import Stood, standing_on
from throughline.network.figuring import DRAWN
from throughline.network.key_people import VERSION
from throughline.network.places import Place
from throughline.network.queries import KeyPerson
from throughline.network.reasons import advice_for, reasons_for
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.models import Sighting

CLUSTERED = 220
"""Between the middles of two communities, on the whole."""


@dataclass(frozen=True, slots=True)
class HeldBy:
    """That another body holds the same value, as a hit says; ``is_open`` where the reader may read what it holds."""

    hit: str
    body_name: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OnChart:
    """One thing as it is drawn. A cluster has ``members`` above 1, and the number of one of its things.

    ``areas`` are those from which and in which a line is known to sell.
    """

    number: int
    kind: str
    kind_label: str
    group: str
    label: str
    under: str
    is_protected: bool
    members: int
    x: int
    y: int
    note: str
    more: int
    first: date | None
    last: date | None
    held_by: tuple[HeldBy, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Strand:
    """What is drawn between two things: what ties them, in how many items, when, some of the items, and of both
    ends the place and what it is called."""

    one: int
    other: int
    what: str
    times: int
    first: date
    last: date
    refs: tuple[str, ...]
    ends: tuple[Place, Place]
    labels: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChartPage:
    """A chart as its reader may know it."""

    ref: str
    name: str
    note: str
    by: str
    body_name: str
    changed_at: datetime
    is_own: bool
    is_shared: bool
    shared_with: tuple[str, ...]
    spots: tuple[OnChart, ...]
    strands: tuple[Strand, ...]
    is_clustered: bool
    within: int
    left_out: int
    hidden: int
    total: int
    handling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartPart:
    """Some things of a chart of the reader's own, with what ties them to anything drawn; ``total`` stand on it."""

    ref: str
    total: int
    spots: tuple[OnChart, ...]
    strands: tuple[Strand, ...]
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A chart in the list."""

    ref: str
    name: str
    by: str
    body_name: str
    is_own: bool
    is_shared: bool
    changed_at: datetime


def chart_list(reader: Reader, *, offset: int = 0, size: int = 25) -> tuple[tuple[ChartRow, ...], bool]:
    """The reader's own charts and those shared with them, the last changed first, and whether there are more."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        found = list(LinkChart.objects.order_by("-changed_at", "-pk")[offset : offset + size + 1])
        journal.note(
            Verb.CONSULT, "chart list", why="looked at a list", refs=[one.ref for one in found[:size]]
        )
    rows = tuple(
        ChartRow(
            c.ref,
            c.name,
            c.person_name,
            cards[c.owner].name,
            c.person == reader.person,
            c.is_shared,
            c.changed_at,
        )
        for c in found[:size]
    )
    return rows, len(found) > size


def chart_page(
    reader: Reader, ref: str, *, within: int = 0, only: frozenset[int] | None = None, why: str = "opened the chart",
) -> ChartPage | None:  # fmt: skip
    """A chart as it is drawn for the reader; None when they may not know of it.

    One of more than DRAWN things is drawn as its communities, and with ``within`` (the number of a thing) as the
    community of that thing alone. With ``only`` these things alone are given, with what ties them to others drawn.
    """
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        chart = LinkChart.objects.filter(ref=ref).first()
        if chart is None:
            return None
        every = standing_on(chart)
        journal.note(Verb.CONSULT, "chart", ref, why=why, owner=chart.owner)
        rows = [row for row in every if not row.is_hidden]
        drawn = _drawn(reader, rows, within, only, cards)
        handling = _handling(rows) if only is None else ()
    return ChartPage(
        ref=ref, name=chart.name, note=chart.note, by=chart.person_name, body_name=cards[chart.owner].name,
        changed_at=chart.changed_at, is_own=chart.person == reader.person, is_shared=chart.is_shared,
        shared_with=tuple(cards[body].name for body in chart.bodies), spots=drawn.spots, strands=drawn.strands,
        is_clustered=drawn.is_clustered, within=drawn.within, left_out=drawn.left_out,
        hidden=len(every) - len(rows), total=len(rows), handling=handling,
    )  # fmt: skip


def chart_part(
    reader: Reader, chart: LinkChart, *, rows: Sequence[Stood], only: Collection[int], around: Sequence[Tie]
) -> ChartPart:
    """Some of what stands on the reader's own chart, by ties that were read already. Inside ``reading(reader)``."""
    shown = [row for row in rows if row.number in only]
    drawn = _of_few(reader, rows, shown, around, body_cards())
    return ChartPart(chart.ref, len(rows), drawn.spots, drawn.strands)


@dataclass(frozen=True, slots=True)
class _Drawing:
    spots: tuple[OnChart, ...]
    strands: tuple[Strand, ...]
    is_clustered: bool = False
    within: int = 0
    left_out: int = 0


def _drawn(
    reader: Reader, rows: Sequence[Stood], within: int, only: frozenset[int] | None, cards: Mapping[int, BodyCard],
) -> _Drawing:  # fmt: skip
    if len(rows) > DRAWN and only is None:
        return _of_many(reader, rows, within, cards)
    shown = [row for row in rows if only is None or row.number in only]
    return _of_few(reader, rows, shown, ties_around(row.spot for row in shown), cards)


def _of_few(
    reader: Reader, rows: Sequence[Stood], shown: Sequence[Stood], around: Sequence[Tie], cards: Mapping[int, BodyCard],
) -> _Drawing:  # fmt: skip
    """Those that are shown, one by one, with what ties them to anything drawn, of all the ties around them."""
    number = {row.spot: row for row in rows}
    ties = [tie for tie in around if tie.ends <= number.keys()]
    return _Drawing(_on_chart(reader, shown, ties, cards, _more(around, number)), _strands(ties, number))


def _more(around: Iterable[Tie], drawn: Mapping[Spot, Stood]) -> dict[Spot, int]:
    """How many things stand around each that are not drawn."""
    found: dict[Spot, set[Spot]] = defaultdict(set)
    for tie in around:
        for here, there in ((tie.one, tie.other), (tie.other, tie.one)):
            if here in drawn and there not in drawn:
                found[here].add(there)
    return {spot: len(others) for spot, others in found.items()}


def _of_many(reader: Reader, rows: Sequence[Stood], within: int, cards: Mapping[int, BodyCard]) -> _Drawing:
    from throughline.network.chart.clusters import communities_of  # noqa: PLC0415 takes seconds

    rows = sorted(rows, key=lambda row: row.spot)
    spots = [row.spot for row in rows]
    ties = ties_among(spots)
    of = dict(zip(spots, communities_of(spots, ties), strict=True))
    asked = next((of[spot] for spot, row in zip(spots, rows, strict=True) if row.number == within), None)
    if asked is None:
        return _as_clusters(rows, ties, of)
    tied = Counter(spot for tie in ties for spot in tie.ends)
    members = sorted((row for row in rows if of[row.spot] == asked), key=lambda row: -tied[row.spot])
    number = {row.spot: row for row in members[:DRAWN]}
    inside = [tie for tie in ties if tie.ends <= number.keys()]
    shown = _on_chart(reader, members[:DRAWN], inside, cards, {})
    return _Drawing(shown, _strands(inside, number), within=within, left_out=max(len(members) - DRAWN, 0))


def _as_clusters(rows: Sequence[Stood], ties: Sequence[Tie], of: Mapping[Spot, int]) -> _Drawing:
    """Each community of two or more as one thing in the middle of its own, named after the most tied of them."""
    members: dict[int, list[Stood]] = defaultdict(list)
    for row in rows:
        members[of[row.spot]].append(row)
    shown = [c for c in sorted(members) if len(members[c]) > 1][:DRAWN]
    tied = Counter(spot for tie in ties for spot in tie.ends)
    days = days_of(ties)
    first = {c: max(members[c], key=lambda row: (tied[row.spot], -row.number)) for c in shown}
    drawn = _closer({c: _cluster(members[c], first[c], days) for c in shown})
    between: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        one, other = sorted((of[tie.one], of[tie.other]))
        if one != other and one in drawn and other in drawn:
            between[one, other].append(tie)
    return _Drawing(
        tuple(drawn.values()),
        tuple(
            Strand(drawn[one].number, drawn[other].number, "ties between", len(found), min(t.first for t in found),
                   max(t.last for t in found), (), ((drawn[one].x, drawn[one].y), (drawn[other].x, drawn[other].y)),
                   (drawn[one].label, drawn[other].label))
            for (one, other), found in sorted(between.items())
        ),
        is_clustered=True, left_out=sum(len(members[c]) for c in members if c not in drawn),
    )  # fmt: skip


def _closer(drawn: Mapping[int, OnChart]) -> dict[int, OnChart]:
    """The same nearer to each other, as their things are not drawn between them: names can be read."""
    ends = [*((one.x, one.y) for one in drawn.values())]
    wide = max((max(axis) - min(axis) for axis in zip(*ends, strict=True)), default=0)
    by = min(1.0, CLUSTERED * len(drawn) ** 0.5 / max(wide, 1))
    return {c: replace(one, x=round(one.x * by), y=round(one.y * by)) for c, one in drawn.items()}


def _cluster(rows: Sequence[Stood], first: Stood, days: Mapping[Spot, tuple[date, date]]) -> OnChart:
    groups = Counter(row.spot.group for row in rows)
    held = ", ".join(f"{groups[group]} {group}" for group in GROUP_ORDER if groups[group])
    ends = [days[row.spot] for row in rows if row.spot in days]
    return OnChart(
        first.number, "cluster", "Community", "cluster", f"{first.spot.label} and {len(rows) - 1:,} more", held,
        is_protected=False, members=len(rows), x=round(sum(row.x for row in rows) / len(rows)),
        y=round(sum(row.y for row in rows) / len(rows)), note="", more=0,
        first=min((end[0] for end in ends), default=None), last=max((end[1] for end in ends), default=None),
    )  # fmt: skip


def _on_chart(
    reader: Reader, rows: Sequence[Stood], ties: Sequence[Tie], cards: Mapping[int, BodyCard],
    more: Mapping[Spot, int],
) -> tuple[OnChart, ...]:  # fmt: skip
    from throughline.network.chart.clusters import protection_of  # noqa: PLC0415 the library is not loaded by it

    spots = [row.spot for row in rows]
    roles, days, held = roles_of(spots), days_of(ties), _held_by(reader, spots, cards)
    known = _known(reader, [spot.key for spot in spots if spot.is_line])
    out = []
    for row, spot in zip(rows, spots, strict=True):
        said = roles.get(spot, ())
        protected = protection_of(spot, said)
        under = [*said, *(["child"] if protected.is_child else [])] if spot.group == "person" else [*said]
        if spot.kind == LINE:
            under = [spot.key]
        first, last = days.get(spot, (None, None))
        line = known.get(spot.key) if spot.kind == LINE else None
        areas = of(line.facts, "exports from", "imports to") if line else ()
        out.append(
            OnChart(
                row.number, spot.kind, spot.kind_label, spot.group, line.name if line else spot.label, ", ".join(under),
                bool(protected) and spot.kind != LINE, 1, row.x, row.y, row.note, more.get(spot, 0), first, last,
                held.get(spot, ()), tuple((fact.kind, fact.value) for fact in areas),
            )
        )  # fmt: skip
    return tuple(sorted(out, key=lambda one: (GROUP_ORDER.index(one.group), one.label, one.number)))


def _known(reader: Reader, refs: Sequence[str]) -> dict[str, Known]:
    """What the reader may know of these lines, by reference."""
    lines = list(CountyLine.objects.filter(ref__in=refs))
    found = known_lines(reader, lines) if lines else {}
    return {line.ref: found[line.pk] for line in lines}


def _held_by(
    reader: Reader, spots: Iterable[Spot], cards: Mapping[int, BodyCard]
) -> dict[Spot, tuple[HeldBy, ...]]:
    """Hits of the reader's body on these: whom to ring, and whether what they hold is open."""
    wanted = {spot for spot in spots if spot.kind != LINE}
    if not wanted or not reader.may(Permission.HIT_READ):
        return {}
    keys = [spot.key for spot in wanted]
    hits = [
        hit for hit in Hit.objects.filter(key__in=keys).order_by("pk") if Spot(hit.kind, hit.key) in wanted
    ]
    hits = [hit for hit in hits if reader.body in (hit.body_a, hit.body_b)]
    seen = set(
        Sighting.objects.filter(key__in=[hit.key for hit in hits])
        .values_list("kind", "key", "owner")
        .distinct()
    )
    found: dict[Spot, tuple[HeldBy, ...]] = {}
    for hit in hits:
        other = hit.body_b if hit.body_a == reader.body else hit.body_a
        spot = Spot(hit.kind, hit.key)
        held = HeldBy(hit.ref, cards[other].name, (hit.kind, hit.key, other) in seen)
        found[spot] = (*found.get(spot, ()), held)
    return found


def _strands(ties: Iterable[Tie], drawn: Mapping[Spot, Stood]) -> tuple[Strand, ...]:
    """All that ties two things as one stroke."""
    grouped: dict[frozenset[Spot], list[Tie]] = defaultdict(list)
    for tie in ties:
        grouped[tie.ends].append(tie)
    return tuple(_strand(found, drawn[found[0].one], drawn[found[0].other]) for found in grouped.values())


def _strand(ties: Sequence[Tie], one: Stood, other: Stood) -> Strand:
    what = dict.fromkeys(f"{tie.what}: {tie.role}" if tie.role else tie.what for tie in ties)
    refs = dict.fromkeys(ref for tie in ties for ref in tie.refs)
    return Strand(
        one.number, other.number, "; ".join(what), max(tie.times for tie in ties), min(tie.first for tie in ties),
        max(tie.last for tie in ties), tuple(refs), ((one.x, one.y), (other.x, other.y)),
        (ties[0].one.label, ties[0].other.label),
    )  # fmt: skip


def _handling(rows: Iterable[Stood]) -> tuple[str, ...]:
    """The conditions that items under handling code C set for the use of what stands on the chart, each once."""
    seen = Sighting.objects.filter(key__in=[row.spot.key for row in rows], conditions__gt=0)
    items = Item.objects.filter(ref__in=seen.values("source_ref"), handling="C").select_related("marking")
    said = {
        f"{item.marking.action} {item.marking.sanitisation}: {item.marking.instructions}" for item in items
    }
    return tuple(sorted(said))


@dataclass(frozen=True, slots=True)
class KeyOnChart:
    """The key people of a chart, by a method that has a name."""

    ref: str
    name: str
    people: tuple[KeyPerson, ...]
    things: int
    version: str = VERSION


def chart_key_people(reader: Reader, ref: str) -> KeyOnChart | None:
    """Who matters most among the people of a chart, of what the reader may know; None as for the chart. Journalled."""
    from throughline.network.chart.clusters import key_people_among  # noqa: PLC0415 takes seconds

    reader.require(Permission.LINE_READ)
    with reading(reader):
        chart = LinkChart.objects.filter(ref=ref).first()
        if chart is None:
            return None
        spots = sorted(row.spot for row in standing_on(chart) if not row.is_hidden)
        found = key_people_among(spots, ties_among(spots), roles_of(spots))
        journal.note(
            Verb.CONSULT, "chart", ref, why="looked at key people", owner=chart.owner, people=len(found)
        )
    return KeyOnChart(ref, chart.name, tuple(
        KeyPerson(
            one.who.label, one.who.label, one.ranked.rank, one.ranked.score, one.ranked.measures, one.ranked.points,
            tuple(reasons_for(one.ranked.measures, one.ranked.points, one.who.attributes)), one.who.roles,
            one.community + 1, advice_for(one.who.roles, one.who.attributes, one.ranked.points),
        )
        for one in found
    ), len(spots))  # fmt: skip


def note_taken(reader: Reader, ref: str, *, kind: str, things: int) -> None:
    """Write down that a chart left as a file."""
    with reading(reader):
        journal.note(Verb.DISCLOSE, "chart", ref, why="took it as a file", kind=kind, things=things)
