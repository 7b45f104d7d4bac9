"""Networks as their pages show them: phases to choose from, people in words, and the chart as shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from urllib.parse import urlencode

from throughline.network.change import Change, Shift
from throughline.network.places import SIDE
from throughline.network.queries import Chart, Drawn, KeyPerson, NetworkPage

NAMES = {
    "degree": "Ties", "strength": "Weight of ties", "betweenness": "Betweenness", "brokerage": "Brokerage",
    "constraint": "Constraint", "group_brokerage": "Brokerage between groups", "network_capital": "Network capital",
    "disruption": "Loss without them", "coordinator": "As co-ordinator", "gatekeeper": "As gatekeeper",
    "itinerant": "As itinerant", "liaison": "As liaison",
}  # fmt: skip
FOREMOST = 3
"""Reasons beside a name; the rest opens."""
LABELLED = 60
"""On a chart of more things than this only the first by rank are named."""
SMALLEST, LARGEST = 7, 22
NEAR = 12
"""Of those to whom somebody is tied, so many are named."""


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """A phase to choose: its address ends in this."""

    text: str
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """One measure of a person, and the points that it gives ('' where it is told and not scored)."""

    name: str
    value: str
    points: str


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One of the key people."""

    rank: int
    label: str
    id: str
    score: str
    roles: str
    community: int
    reasons: tuple[str, ...]
    more: tuple[str, ...]
    measures: tuple[MeasureShown, ...]
    protect: str
    pursue: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing on the chart: a ``kind`` of person, protected, thing or community, its place, size and name,
    and where and how the name is set."""

    kind: str
    x: int
    y: int
    size: float
    label: str
    label_at: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """One link on the chart."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: float


@dataclass(frozen=True, slots=True)
class ChartShown:
    """The chart, for a square of this side."""

    side: int
    shapes: tuple[Shape, ...]
    strokes: tuple[Stroke, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThingRow:
    """The same thing in the table beside the chart."""

    label: str
    community: int
    members: int
    roles: str
    kind: str
    rank: int
    near: str
    more: int


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What changed from a phase to the next."""

    heading: str
    figures: str
    happened: tuple[str, ...]
    first: str
    appear: str
    disappear: str
    rise: str
    fall: str


def phases_shown(page: NetworkPage, phase: str) -> list[PhaseShown]:
    """The whole and each phase."""
    if not page.phases:
        return []
    each = (
        PhaseShown(f"Phase {p}" if p.isdigit() else p, f"?{urlencode({'phase': p})}", p == phase)
        for p in page.phases
    )
    return [PhaseShown("The whole", "?", not phase), *each]


def people_shown(people: Sequence[KeyPerson]) -> list[PersonShown]:
    """The key people in words."""
    return [
        PersonShown(
            one.rank, one.label, one.id if one.id != one.label else "", f"{one.score:.1f}", ", ".join(one.roles),
            one.community, one.reasons[:FOREMOST], one.reasons[FOREMOST:],
            tuple(_measure(one, name) for name in NAMES if name in one.measures),
            one.advice.protect, one.advice.pursue,
        )
        for one in people
    ]  # fmt: skip


def _measure(one: KeyPerson, name: str) -> MeasureShown:
    points = f"{one.points[name]:.1f}" if name in one.points else ""
    return MeasureShown(NAMES[name], f"{one.measures[name]:.4g}", points)


def changes_shown(changes: Sequence[Change]) -> list[ChangeShown]:
    """Each change in words."""
    return [
        ChangeShown(
            f"From phase {one.before} to {one.after}",
            f"{one.people_before} people became {one.people}, {one.ties_before} ties became {one.ties}.",
            (*(f"In phase {one.before}: {what}" for what in one.happened_before),
             *(f"In phase {one.after}: {what}" for what in one.happened)),
            f"{one.first} stays first" if one.first == one.first_before else f"{one.first_before}, then {one.first}",
            ", ".join(one.appear) or "Nobody", ", ".join(one.disappear) or "Nobody",
            _shifts(one.rise), _shifts(one.fall),
        )
        for one in changes
    ]  # fmt: skip


def _shifts(shifts: Sequence[Shift]) -> str:
    return ", ".join(f"{one.key} (from {one.before} to {one.after})" for one in shifts) or "Nobody"


def chart_shown(chart: Chart) -> ChartShown:
    """The chart as shapes and strokes; what is protected is told by its shape, and not by colour alone."""
    drawn, most = chart.drawn, max((link.ties for link in chart.links), default=1)
    strokes = tuple(
        Stroke(
            drawn[n.source].x, drawn[n.source].y, drawn[n.target].x, drawn[n.target].y,
            round(1 + 3 * (n.ties - 1) / max(most - 1, 1), 1),
        )
        for n in chart.links
    )  # fmt: skip
    shapes = tuple(_shape(one, chart) for one in drawn)
    # Drawn from the least to the first, so that who matters most lies on top.
    return ChartShown(SIDE, shapes[::-1], strokes, tuple(sorted({shape.kind for shape in shapes})))


def _shape(one: Drawn, chart: Chart) -> Shape:
    size, kind = _size(one, chart), _kind(one)
    if kind == "community":
        return Shape(kind, one.x, one.y, size, str(one.community), one.x, "middle")
    is_left = one.x > SIDE * 0.85
    at = one.x - size - 4 if is_left else one.x + size + 4
    label = _name(one) if one.number < LABELLED else ""
    return Shape(kind, one.x, one.y, size, label, round(at, 1), "end" if is_left else "start")


def _size(one: Drawn, chart: Chart) -> float:
    if chart.is_clustered:
        most = max(other.members for other in chart.drawn)
        return round(SMALLEST + (2 * LARGEST - SMALLEST) * sqrt(one.members / most), 1)
    if not one.rank:
        return SMALLEST
    return round(max(SMALLEST, LARGEST - 1.5 * (one.rank - 1)), 1)


def _kind(one: Drawn) -> str:
    if one.members > 1:
        return "community"
    if one.is_protected:
        return "protected"
    return "person" if one.is_person else "thing"


def _name(one: Drawn) -> str:
    return one.id if len(one.id) <= 24 else f"{one.id[:23]}…"  # noqa: PLR2004 as long as fits beside a shape


def rows_shown(chart: Chart, *, offset: int, size: int) -> list[ThingRow]:
    """What is drawn as rows of a table, in the order of the chart."""
    near: dict[int, list[int]] = {one.number: [] for one in chart.drawn}
    for link in chart.links:
        near[link.source].append(link.target)
        near[link.target].append(link.source)
    rows = []
    for one in chart.drawn[offset : offset + size]:
        others = sorted(near[one.number])
        named = ", ".join(chart.drawn[n].id for n in others[:NEAR])
        rows.append(
            ThingRow(
                one.id, one.community, one.members, ", ".join(one.roles), _kind(one), one.rank, named,
                max(0, len(others) - NEAR),
            )
        )  # fmt: skip
    return rows
