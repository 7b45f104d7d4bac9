"""A chart as shapes and strokes: what the page and the PNG draw, in the same units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import sqrt

from throughline.network.chart.queries import ChartPage, ChartPart, OnChart
from throughline.web.charts.icons import SIGNS, WORDS, Sign

MARGIN = 90
SMALLEST = 700
"""A side of the picture is never less, so that a chart of three things is not drawn huge."""
LONGEST = 20
CLUSTER = 46
"""The radius of the largest community."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing: its sign, its middle, how much larger than the sign's box it is drawn, and what stands under it."""

    number: int
    sign: str
    x: int
    y: int
    scale: float
    label: str
    under: str
    title: str
    has_more: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """One link, with the months on which it begins and ends, for the slider."""

    one: int
    other: int
    x1: int
    y1: int
    x2: int
    y2: int
    width: float
    is_judged: bool
    is_marked: bool
    first: int
    last: int
    title: str


@dataclass(frozen=True, slots=True)
class Months:
    """The months over which links are known, and those between which they are shown now."""

    first: int
    last: int
    since: int
    until: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, and the part of the plane that it takes."""

    left: int
    top: int
    width: int
    height: int
    shapes: tuple[Shape, ...]
    strokes: tuple[Stroke, ...]
    months: Months
    key: tuple[tuple[str, str], ...]
    signs: dict[str, Sign]


def month_of(day: date) -> int:
    """Months counted from the year 0."""
    return day.year * 12 + day.month - 1


def month_words(month: int) -> str:
    """A counted month as people write it."""
    return f"{date(month // 12, month % 12 + 1, 1):%b %Y}"


def picture_of(
    chart: ChartPage | ChartPart, *, since: int = 0, until: int = 0, way: Collection[int] = ()
) -> Picture:
    """The picture of a chart; links outside the months are left out, and a way is drawn bold."""
    months = _months(chart, since, until)
    most = max((one.members for one in chart.spots), default=1)
    shapes = tuple(_shape(one, most, way) for one in chart.spots)
    steps = {frozenset(pair) for pair in zip(tuple(way), tuple(way)[1:], strict=False)}
    strokes = tuple(
        Stroke(
            s.one, s.other, *s.ends[0], *s.ends[1], round(1 + min(sqrt(s.times) / 2, 4), 1),
            "judged" in s.what, frozenset((s.one, s.other)) in steps, month_of(s.first), month_of(s.last), s.what,
        )
        for s in chart.strands
        if month_of(s.first) <= months.until and month_of(s.last) >= months.since
    )  # fmt: skip
    box = _box(chart)
    signs = dict.fromkeys(shape.sign for shape in shapes)
    return Picture(
        *box,
        shapes,
        strokes,
        months,
        tuple((sign, WORDS[sign]) for sign in WORDS if sign in signs),
        dict(SIGNS),
    )


def _box(chart: ChartPage | ChartPart) -> tuple[int, int, int, int]:
    xs, ys = [one.x for one in chart.spots] or [0], [one.y for one in chart.spots] or [0]
    width, height = max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 2 * MARGIN
    wide, tall = max(width, SMALLEST), max(height, SMALLEST // 2)
    return min(xs) - MARGIN - (wide - width) // 2, min(ys) - MARGIN - (tall - height) // 2, wide, tall


def _months(chart: ChartPage | ChartPart, since: int, until: int) -> Months:
    first = min((month_of(s.first) for s in chart.strands), default=0)
    last = max((month_of(s.last) for s in chart.strands), default=0)
    since = min(max(since or first, first), last)
    until = max(min(until or last, last), since)
    words = f"{month_words(since)} to {month_words(until)}" if last else ""
    return Months(first, last, since, until, words)


def sign_of(one: OnChart) -> str:
    """The sign of a thing: who is to be protected has one of their own."""
    return "protected" if one.is_protected and one.group == "person" else one.group


def _shape(one: OnChart, most: int, way: Collection[int]) -> Shape:
    is_cluster = one.group == "cluster"
    scale = round(max(CLUSTER * sqrt(one.members / most), 16) / 12, 2) if is_cluster else 1.5
    under = f"{one.members:,} things" if is_cluster else one.under
    said = [one.label, one.kind_label, one.under, f"{one.more} not drawn" if one.more else ""]
    return Shape(
        one.number, sign_of(one), one.x, one.y, scale, _short(one.label), _short(under), ", ".join(filter(None, said)),
        one.more > 0, one.number in way,
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
