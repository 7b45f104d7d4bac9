"""The map of lines as shapes for an SVG: curves between areas, dots on them, and the part of the country shown."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from throughline.lines.flows import Flow, position_of
from throughline.lines.picture import Area
from throughline.organisations.where import flat
from throughline.web.lines.land import HEIGHT, WIDTH, Land, at, land_paths
from throughline.web.words import plural

MOST_CURVES = 400
"""With at most 100 dots and labels under 500 things are drawn; the smallest flows are left to the table."""
MOST_DOTS, MOST_LABELS = 80, 10
COLOURS = ("#b10e1e", "#00386b", "#00613c", "#4c2c92", "#8a4b00", "#0f7a74")
"""For the areas from which most lines come, in that order; the rest are grey. The table says the same."""
OTHERS = "#505a5f"
_BEND = 0.16
_NARROWEST, _WIDEST = 1.2, 7.0
_SMALLEST_VIEW = 160.0
_ROOM = 0.12
_TWO = 2
_TYPE, _LETTER = 16.0, 0.58
"""The size of type on a picture of the whole country, and how wide a bold letter is of that."""
_FEW = 10
"""A flow of fewer lines is drawn thin, also where none has more."""
_FLATTEST = 0.6


@dataclass(frozen=True, slots=True)
class Curve:
    """One flow: its path, colour, width, and what it says to whoever points at it."""

    path: str
    colour: str
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One area: where, how large, its colour and its name."""

    x: float
    y: float
    radius: float
    colour: str
    says: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name written on the map: from its place on, or with ``end`` up to it, in type of a ``size``."""

    x: float
    y: float
    anchor: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything drawn. ``left_out`` counts flows too small to draw, and ``nowhere`` those whose place is not known."""

    view: str
    unit: float
    land: tuple[Land, ...]
    curves: tuple[Curve, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    left_out: int
    nowhere: int


@dataclass(frozen=True, slots=True)
class _Scene:
    """What curves and dots are drawn by: where each area is, its name, its colour, and the size of a pixel or so."""

    spots: Mapping[Area, tuple[float, float]]
    names: Mapping[Area, str]
    colours: Mapping[Area, str]
    unit: float


def picture_of(flows: Sequence[Flow], names: Mapping[Area, str], *, is_near: bool) -> Picture:
    """Draw these flows, the most lines first; near, no more of the country than they touch."""
    where = {area: position_of(area) for flow in flows for area in (flow.start, flow.end)}
    spots = {area: at(flat(*position)) for area, position in where.items() if position}
    placed = [flow for flow in flows if flow.start in spots and flow.end in spots]
    shown = placed[:MOST_CURVES]
    x, y, width, height = _view([spots[a] for f in shown for a in (f.start, f.end)] if is_near else [])
    leaving = Counter[Area]()
    for flow in shown:
        leaving[flow.start] += flow.lines
    colours = dict(zip((area for area, _ in leaving.most_common(len(COLOURS))), COLOURS, strict=False))
    scene = _Scene(spots, names, colours, width / WIDTH)
    dots = tuple(_dots(shown, scene))
    return Picture(
        f"{x:g} {y:g} {width:g} {height:g}", round(scene.unit, 3), land_paths(), tuple(_curves(shown, scene)),
        dots, tuple(_labels(dots, scene.unit, x, x + width)), len(placed) - len(shown), len(flows) - len(placed),
    )  # fmt: skip


def _curves(flows: Sequence[Flow], scene: _Scene) -> Iterable[Curve]:
    """The largest last, so that they lie on top."""
    most = max(_FEW, *(flow.lines for flow in flows)) if flows else _FEW
    for flow in reversed(flows):
        width = _NARROWEST + (_WIDEST - _NARROWEST) * math.sqrt(flow.lines / most)
        yield Curve(
            _curve(scene.spots[flow.start], scene.spots[flow.end], scene.unit),
            scene.colours.get(flow.start, OTHERS), round(scene.unit * width, 2),
            f"{scene.names[flow.start]} to {scene.names[flow.end]}: {plural(flow.lines, 'line')}",
        )  # fmt: skip


def _dots(flows: Sequence[Flow], scene: _Scene) -> Iterable[Dot]:
    touched = Counter[Area]()
    for flow in flows:
        for area in {flow.start, flow.end}:
            touched[area] += flow.lines
    most = max(touched.values(), default=1)
    for area, lines in touched.most_common(MOST_DOTS):
        (x, y), name = scene.spots[area], scene.names[area]
        radius = round(scene.unit * (4 + 6 * math.sqrt(lines / most)), 2)
        yield Dot(x, y, radius, scene.colours.get(area, OTHERS), name)


def _labels(dots: Sequence[Dot], unit: float, left: float, right: float) -> Iterable[Label]:
    """The names of the largest dots, each where it runs into no other and stays within the picture."""
    size, taken = _TYPE * unit, list[tuple[float, float, float]]()
    for dot in dots:
        long, gap = len(dot.says) * size * _LETTER, dot.radius + 3 * unit
        for anchor, start in (("start", dot.x + gap), ("end", dot.x - gap - long)):
            clear = all(
                abs(dot.y - y) > size or start > end or start + long < begin for y, begin, end in taken
            )
            if clear and left < start and start + long < right and len(taken) < MOST_LABELS:
                taken.append((dot.y, start, start + long))
                x = start if anchor == "start" else start + long
                yield Label(round(x, 1), round(dot.y + size / 3, 1), anchor, round(size, 2), dot.says)
                break


def _curve(start: tuple[float, float], end: tuple[float, float], unit: float) -> str:
    """From start to end, bent to the left of the way, so that there and back are two curves; a ring if both are one."""
    (x, y), (u, v) = start, end
    if start == end:
        r = 14 * unit
        return f"M{x:g} {y:g}m{-r:g} {-r:g}a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1 {-2 * r:g} 0Z"
    across, down = (x + u) / _TWO + (v - y) * _BEND, (y + v) / _TWO - (u - x) * _BEND
    return f"M{x:g} {y:g}Q{across:.1f} {down:.1f} {u:g} {v:g}"


def _view(spots: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The part of the picture to show: all of it, or what holds these places, in a shape that is not too long."""
    if not spots:
        return 0, 0, WIDTH, HEIGHT
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    room = 1 + _TWO * _ROOM
    width = max((right - left) * room, (bottom - top) * room * WIDTH / HEIGHT, _SMALLEST_VIEW)
    height = max((bottom - top) * room, width * _FLATTEST)
    x, y = (left + right - width) / _TWO, (top + bottom - height) / _TWO
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)
