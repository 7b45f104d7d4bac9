"""Where lines come from and where they sell, as flows between areas, of what the reader may know."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.picture import Area, Drawn, drawn_lines, fetched
from throughline.lines.queries import filtered_lines, line_rows
from throughline.lines.ranking import RankedRow, by_score
from throughline.lines.scoring.scheme import scheme
from throughline.lines.statements import BODY, TOWN
from throughline.lines.workflow import OPEN
from throughline.organisations.queries import body_cards
from throughline.organisations.towns import body_of_town, middle_of_body, position_of_town

MOST_ROWS = 25


@dataclass(frozen=True, slots=True)
class Flow:
    """The lines that come from one area and sell in another: each an area's code, and how many lines and the highest
    score of them. Within one area both are the same."""

    start: Area
    end: Area
    lines: int
    highest: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines a map shows: codes of areas, days since they were last seen, least score, a drug, who leads."""

    comes_from: str = ""
    sells_in: str = ""
    seen_within: int = 0
    least: int = 0
    drug: str = ""
    lead: str = ""

    @property
    def is_near(self) -> bool:
        """Whether an area is chosen, so that its towns are shown."""
        return bool(self.comes_from or self.sells_in)


@dataclass(frozen=True, slots=True)
class FlowMap:
    """The flows, most lines first; how many lines they are, how many have no known start or end; and the lines
    themselves, the highest score first, where an area is chosen."""

    flows: tuple[Flow, ...]
    lines: int
    unmapped: int
    is_cut: bool
    rows: tuple[RankedRow, ...]


def flow_map(reader: Reader, asked: Asked) -> FlowMap:
    """The flows of the open lines that the reader may know, as far as they may know them; journalled."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        found, is_cut = fetched(filtered_lines(cards, state=OPEN, body=asked.lead))
        drawn = drawn_lines(found, cards, on=clock.today(), scheme=scheme())
        fitting = [one for one in drawn if _fits(one, asked)]
        mapped = [one for one in fitting if one.gist.comes_from and one.gist.sells_in]
        first = by_score(fitting)[:MOST_ROWS] if asked.is_near else []
        held = {line.ref: line for line in found}
        rows = line_rows(reader, [held[one.ref] for one in first], cards)
        journal.note(Verb.CONSULT, "line map", why="looked at the map", refs=[one.ref for one in first])
    ranked = tuple(
        RankedRow(row, one.total, one.gist.confidence) for row, one in zip(rows, first, strict=True)
    )
    flows = tuple(_flows(mapped, asked))
    return FlowMap(flows, len(fitting), len(fitting) - len(mapped), is_cut, ranked)


def bodies_in(areas: Iterable[Area]) -> set[str]:
    """The codes of the bodies that these areas are, or that police these towns; an unknown town has none."""
    towns = body_of_town()
    return {value if kind == BODY else towns.get(value.casefold(), "") for kind, value in areas} - {""}


def position_of(area: Area) -> tuple[float, float] | None:
    """Latitude and longitude of an area: a body amid its towns, a town where it is; None if it is not known."""
    kind, value = area
    if kind == BODY:
        return middle_of_body().get(value)
    return position_of_town().get(value.casefold())


def _fits(line: Drawn, asked: Asked) -> bool:
    if asked.comes_from and asked.comes_from not in bodies_in(line.gist.comes_from):
        return False
    if asked.sells_in and asked.sells_in not in bodies_in(line.gist.sells_in):
        return False
    if asked.seen_within:
        since = clock.today() - timedelta(days=asked.seen_within)
        if line.gist.last_seen is None or line.gist.last_seen < since:
            return False
    return line.total >= asked.least and (not asked.drug or asked.drug in line.gist.drugs)


def _flows(lines: Sequence[Drawn], asked: Asked) -> Iterator[Flow]:
    """Each pair of areas once; between towns where an area is chosen and the town is known."""
    count: Counter[tuple[Area, Area]] = Counter()
    highest: dict[tuple[Area, Area], int] = defaultdict(int)
    for line in lines:
        starts = _ends(line.gist.comes_from, chosen=asked.comes_from, in_towns=asked.is_near)
        ends = _ends(line.gist.sells_in, chosen=asked.sells_in, in_towns=asked.is_near)
        for pair in {(start, end) for start in starts for end in ends}:
            count[pair] += 1
            highest[pair] = max(highest[pair], line.total)
    for (start, end), times in sorted(count.items(), key=lambda one: (-one[1], one[0])):
        yield Flow(start, end, times, highest[start, end])


def _ends(areas: Iterable[Area], *, chosen: str, in_towns: bool) -> set[Area]:
    """The bodies of some areas, or their towns; of an area that is chosen, what lies in it alone."""
    those = [one for one in areas if not chosen or chosen in bodies_in([one])]
    known = [
        (TOWN, value)
        for kind, value in those
        if kind == TOWN and (in_towns or not bodies_in([(kind, value)]))
    ]
    towns = {(kind, value.casefold()): (kind, value) for kind, value in known}
    bodies = bodies_in(those) - bodies_in(known)
    return {*towns.values(), *((BODY, code) for code in bodies)}
