"""What ties one thing to another, read through the lock: what the present reader may not know ties nothing.

Four kinds of tie: seen together in one item, said of a line, judged to be one person, and (as a pointer alone) held by
another body. All run inside ``reading(reader)``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from throughline.lines.members import is_merged
from throughline.lines.models import CountyLine, Evidence, LineMerge
from throughline.lines.queries import standing_evidence
from throughline.matching.models import LinkJudgement, PlaceJudgement
from throughline.matching.people.around import Spoken, said_of
from throughline.matching.people.who import DIFFERENT, SAME, standing
from throughline.network.chart.spots import LINE, Spot
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS

TOGETHER, OF_LINE = "seen together", "said of the line"
ONE_PERSON, ONE_PLACE = "judged one person", "judged one place"
CROWD = 50
"""An item that names more values than this ties none of them: it says little of any two."""
NEWEST = 200
"""Of one value so many items are looked at, the newest."""
NAMED = 5
"""Of a tie so many items are named."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two spots: what it is, in how many items, on which days, and some of the items, newest first."""

    one: Spot
    other: Spot
    what: str
    times: int
    first: date
    last: date
    refs: tuple[str, ...]
    role: str = ""

    @property
    def ends(self) -> frozenset[Spot]:
        return frozenset((self.one, self.other))


_AROUND = """
with n as (select * from unnest(%(kinds)s::text[], %(keys)s::text[]) with ordinality as n(kind, key, place)),
seen as (
  select n.place, s.source_ref, s.seen_on from n cross join lateral (
    select source_ref, seen_on from selectors_sighting s where s.key = n.key and s.kind = n.kind
     order by s.id desc limit %(newest)s) s),
beside as (
  select seen.place, seen.source_ref, seen.seen_on, o.kind, o.key,
         count(*) over (partition by seen.place, seen.source_ref) as crowd
    from seen join selectors_sighting o on o.source_ref = seen.source_ref)
select b.place, b.kind, b.key, count(*), min(b.seen_on), max(b.seen_on),
       (array_agg(b.source_ref order by b.seen_on desc, b.source_ref))[1:%(named)s]
  from beside b join n on n.place = b.place
 where b.crowd <= %(crowd)s and (b.kind, b.key) <> (n.kind, n.key) group by 1, 2, 3
"""
_AMONG = """
with n as (select * from unnest(%(kinds)s::text[], %(keys)s::text[]) with ordinality as n(kind, key, place)),
seen as materialized (
  select n.place, s.source_ref, s.seen_on from n cross join lateral (
    select source_ref, seen_on from selectors_sighting s where s.key = n.key and s.kind = n.kind
     order by s.id desc limit %(newest)s) s),
small as materialized (select source_ref from seen group by 1 having count(*) between 2 and %(crowd)s)
select a.place, b.place, count(*), min(a.seen_on), max(a.seen_on),
       (array_agg(a.source_ref order by a.seen_on desc, a.source_ref))[1:%(named)s]
  from small join seen a using (source_ref) join seen b using (source_ref) where a.place < b.place group by 1, 2
"""


def ties_around(spots: Iterable[Spot]) -> list[Tie]:
    """Every tie of these with anything at all, each once."""
    wanted = sorted(set(spots))
    return once([*_together_around(wanted), *_of_lines(wanted), *_judged(wanted)])


def ties_among(spots: Iterable[Spot]) -> list[Tie]:
    """The ties between these alone: for many at once, since what else stands beside them is not read."""
    wanted = sorted(set(spots))
    among = set(wanted)
    others = [*_of_lines(wanted), *_judged(wanted)]
    return once([*_together_among(wanted), *(tie for tie in others if tie.ends <= among)])


def once(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once, in the order of its ends."""
    found = {(tie.what, tie.ends): tie for tie in ties}
    return sorted(
        found.values(), key=lambda tie: (min(tie.one, tie.other), max(tie.one, tie.other), tie.what)
    )


def _asked(spots: Sequence[Spot]) -> dict[str, Any]:
    return {
        "kinds": [spot.kind for spot in spots], "keys": [spot.key for spot in spots],
        "newest": NEWEST, "crowd": CROWD, "named": NAMED,
    }  # fmt: skip


def _values(spots: Iterable[Spot]) -> list[Spot]:
    return [spot for spot in spots if not spot.is_line]


def _together_around(spots: Sequence[Spot]) -> list[Tie]:
    values = _values(spots)
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, _asked(values))
        return [
            Tie(values[place - 1], Spot(kind, key), TOGETHER, times, first, last, tuple(refs))
            for place, kind, key, times, first, last, refs in cursor.fetchall()
        ]


def _together_among(spots: Sequence[Spot]) -> list[Tie]:
    values = _values(spots)
    with connection.cursor() as cursor:
        cursor.execute(_AMONG, _asked(values))
        return [
            Tie(values[one - 1], values[other - 1], TOGETHER, times, first, last, tuple(refs))
            for one, other, times, first, last, refs in cursor.fetchall()
        ]


# --- Lines ----------------------------------------------------------------------------------------------------------


def line_named(ref: str) -> Spot | None:
    """The line of this reference, or the one that stands for it; None where the reader may not know it."""
    line = CountyLine.objects.filter(ref=ref).first()
    return Spot(LINE, is_merged(line) or line.ref) if line else None


def _of_lines(spots: Sequence[Spot]) -> list[Tie]:
    """What the standing evidence says of a line: its numbers, people with their roles, places and vehicles."""
    if not spots:
        return []
    refs = [spot.key for spot in spots if spot.is_line]
    about = Q(value__in=[spot.key for spot in _values(spots)])
    if refs:
        ids = set(CountyLine.objects.filter(ref__in=refs).values_list("pk", flat=True))
        ids |= set(_merges().filter(head__in=ids).values_list("line_id", flat=True))
        about |= Q(line__in=ids)
    rows = list(standing_evidence().filter(about, kind__in=list(KINDS)).order_by("seen_on", "pk"))
    heads, wanted = _heads({row.line_id for row in rows}), set(spots)
    grouped: dict[tuple[Spot, Spot], list[Evidence]] = defaultdict(list)
    for row in rows:
        pair = Spot(LINE, heads[row.line_id]) if row.line_id in heads else None, Spot(row.kind, row.value)
        if pair[0] is not None and (pair[0] in wanted or pair[1] in wanted):
            grouped[pair[0], pair[1]].append(row)
    return [_line_tie(*pair, found) for pair, found in grouped.items()]


def _merges() -> QuerySet[LineMerge]:
    return LineMerge.objects.filter(undone_at__isnull=True, overtaken_by="")


def _heads(lines: set[int]) -> dict[int, str]:
    """The reference of the line that stands for each, where the reader may know it."""
    if not lines:
        return {}
    refs = dict(CountyLine.objects.filter(pk__in=lines).values_list("pk", "ref"))
    merged = dict(_merges().filter(line__in=lines).values_list("line_id", "head__ref"))
    return {line: merged.get(line, ref) for line, ref in refs.items()}


def _line_tie(line: Spot, value: Spot, rows: Sequence[Evidence]) -> Tie:
    roles = dict.fromkeys(row.detail for row in rows if row.statement == "role" and row.detail)
    firsts = [min(filter(None, (row.from_on, row.seen_on))) for row in rows]
    lasts = [max(filter(None, (row.to_on, row.seen_on))) for row in rows]
    refs = dict.fromkeys(row.source_ref for row in reversed(rows))
    return Tie(
        line, value, OF_LINE, len(rows), min(firsts), max(lasts), tuple(refs)[:NAMED], ", ".join(roles)
    )


def roles_of(people: Iterable[Spot]) -> dict[Spot, tuple[str, ...]]:
    """The roles that standing evidence gives each, in any line that the reader may know."""
    wanted = {spot.key: spot for spot in people}
    said = standing_evidence().filter(statement="role", value__in=wanted).order_by("pk")
    found: dict[Spot, dict[str, None]] = defaultdict(dict)
    for kind, value, role in said.exclude(detail="").values_list("kind", "value", "detail"):
        if wanted[value].kind == kind:
            found[wanted[value]][role] = None
    return {spot: tuple(roles) for spot, roles in found.items()}


# --- People and addresses judged to be one, and what other bodies hold ----------------------------------------------


def _judged(spots: Sequence[Spot]) -> list[Tie]:
    return [
        *_judged_one(spots, "person", ONE_PERSON, LinkJudgement.objects.all()),
        *_judged_one(spots, "address", ONE_PLACE, PlaceJudgement.objects.all()),
    ]


def _judged_one(spots: Sequence[Spot], kind: str, what: str, judgements: QuerySet[Spoken]) -> list[Tie]:
    """Pairs that somebody judged to be one and nobody judged to be two, of values that the reader may know."""
    keys = [spot.key for spot in spots if spot.kind == kind]
    rows = list(judgements.filter(Q(key_a__in=keys) | Q(key_b__in=keys)).order_by("pk")) if keys else []
    verdicts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, ends), verdict in standing(said_of(rows)).items():
        verdicts[ends].add(verdict)
    agreed = {ends for ends, all_said in verdicts.items() if SAME in all_said and DIFFERENT not in all_said}
    known = known_among(Spot(kind, key) for ends in agreed for key in ends) if agreed else set()
    on = {tuple(sorted((row.key_a, row.key_b))): row.at.date() for row in rows}
    return [
        Tie(one, other, what, 1, on[ends], on[ends], ())
        for ends in sorted(agreed)
        for one, other in [(Spot(kind, ends[0]), Spot(kind, ends[1]))]
        if one in known and other in known
    ]


def known_among(spots: Iterable[Spot]) -> set[Spot]:
    """Those of these that the reader may know: seen in something open to them, or on a line by open evidence."""
    wanted = set(spots)
    keys = [spot.key for spot in wanted if not spot.is_line]
    seen = Sighting.objects.filter(key__in=keys).values_list("kind", "key").distinct()
    said = standing_evidence().filter(value__in=keys).values_list("kind", "value").distinct()
    refs = [spot.key for spot in wanted if spot.is_line]
    lines = CountyLine.objects.filter(ref__in=refs).values_list("ref", flat=True)
    found = {Spot(kind, key) for kind, key in [*seen, *said]} | {Spot(LINE, ref) for ref in lines}
    return found & wanted


def days_of(ties: Iterable[Tie]) -> Mapping[Spot, tuple[date, date]]:
    """The first and last day on which each is tied to anything."""
    found: dict[Spot, tuple[date, date]] = {}
    for tie in ties:
        for spot in (tie.one, tie.other):
            first, last = found.get(spot, (tie.first, tie.last))
            found[spot] = min(first, tie.first), max(last, tie.last)
    return found
