"""The pictures of an indicator: its share month by month, and each body beside others of its level in a funnel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.oversight.funnel import limits_of
from throughline.oversight.queries import BodyFigure, Count, Figures
from throughline.oversight.suppressing import SMALLEST
from throughline.web.oversight.words import cases_of, share_of

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 300, 52, 14, 14, 44
STEPS = 60
"""Points of a limit's curve."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A month or a body in a picture; ``text`` says what it is, ``label`` is written beside it."""

    x: float
    y: float
    text: str
    label: str = ""
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """Points joined by a line, as SVG takes them; a gap begins another."""

    points: str


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """Two lines by month: the nation and the reader's own body."""

    ticks: tuple[tuple[float, str], ...]
    nation: tuple[Curve, ...]
    own: tuple[Curve, ...]
    nation_dots: tuple[Dot, ...]
    own_dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Bodies of one level by cases and share, the common share, and the limits about it."""

    ticks: tuple[tuple[float, str], ...]
    common: float
    inner: tuple[Curve, Curve]
    outer: tuple[Curve, Curve]
    dots: tuple[Dot, ...]


def months_drawn(figures: Figures, body_name: str) -> MonthPicture:
    """The share of the nation and of the reader's own body in each month that has a case."""
    months = [month for month, _ in figures.months]
    at = {month: LEFT + (WIDTH - LEFT - RIGHT) * (n + 0.5) / len(months) for n, month in enumerate(months)}
    ticks = tuple((round(x, 1), f"{month:%b}") for month, x in at.items())
    return MonthPicture(
        ticks, _curves(figures.months, at), _curves(figures.own_months, at),
        _dots(figures.months, at, "The nation"), _dots(figures.own_months, at, body_name),
    )  # fmt: skip


def _dots(months: Sequence[tuple[date, Count]], at: dict[date, float], whose: str) -> tuple[Dot, ...]:
    return tuple(
        Dot(round(at[month], 1), _y(count.share), f"{whose}, {month:%B %Y}: {share_of(count)}, {cases_of(count)}")
        for month, count in months
        if count.share is not None
    )  # fmt: skip


def _curves(months: Sequence[tuple[date, Count]], at: dict[date, float]) -> tuple[Curve, ...]:
    """Lines through months that follow each other; where one has no figure the line is broken."""
    pieces: list[list[str]] = [[]]
    for month, count in months:
        if count.share is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{at[month]:.1f},{_y(count.share)}")
    return tuple(Curve(" ".join(piece)) for piece in pieces if len(piece) > 1)


def funnel_drawn(figures: Figures, level: str) -> Funnel | None:
    """The bodies of a level that are shown; None where fewer than two can be."""
    bodies = [body for body in figures.bodies if body.level == level and _counts(body)]
    if len(bodies) < 2:  # noqa: PLR2004 one alone is compared with nothing
        return None
    most = max(body.count.denominator or 0 for body in bodies)
    common = figures.common[level]

    def x(cases: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * cases / (most * 1.08), 1)

    sizes = [SMALLEST + (most - SMALLEST) * n / STEPS for n in range(STEPS + 1)]
    limits = [(x(size), limits_of(common, size)) for size in sizes]

    def curve(end: str) -> Curve:
        return Curve(" ".join(f"{at},{_y(getattr(limit, end))}" for at, limit in limits))

    return Funnel(
        tuple((x(most * n / 4), f"{most * n / 4:,.0f}") for n in range(5)), _y(common),
        (curve("low"), curve("high")), (curve("lowest"), curve("highest")),
        tuple(_dot(body, x(body.count.denominator or 0)) for body in bodies),
    )  # fmt: skip


def _counts(body: BodyFigure) -> bool:
    return body.verdict != ""


def _dot(body: BodyFigure, x: float) -> Dot:
    is_out = body.verdict.startswith("Far")
    text = f"{body.name}: {share_of(body.count)}, {cases_of(body.count)}. {body.verdict}"
    return Dot(x, _y(body.count.share or 0.0), text, body.code if is_out else "", is_out)


def _y(share: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)
