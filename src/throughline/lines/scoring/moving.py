"""What would move a score: the next rungs, the items on which much rests alone, and time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.lines.scoring.scheme import Scheme
from throughline.lines.scoring.score import Score, levels, total
from throughline.lines.scoring.seen import Row, seen

AHEAD = (30, 90, 180)
"""Days after which it is said what the score falls to if nothing new comes."""
MOST_ITEMS = 200
"""Of a line that rests on more, no single item is looked at alone: hardly anything rests on one."""


@dataclass(frozen=True, slots=True)
class Falls:
    """An item without which the score would be lower, and by how much."""

    item: str
    points: int


@dataclass(frozen=True, slots=True)
class Later:
    """What the score falls to on a day if no further evidence comes."""

    on: date
    total: int


@dataclass(frozen=True, slots=True)
class Moving:
    """What rests on one item alone, the most first, and what time will do."""

    falls: tuple[Falls, ...]
    later: tuple[Later, ...]


def moving(rows: Sequence[Row], scored: Score, scheme: Scheme) -> Moving:
    """Score again without each item, and on later days."""
    items = sorted({row.item for row in rows})
    falls = [Falls(item, scored.total - _again(rows, scored.on, scheme, item)) for item in items[:MOST_ITEMS]]
    if len(items) > MOST_ITEMS:
        falls = []
    later = [Later(day, _again(rows, scored.on, scheme, until=day)) for day in _ahead(scored.on)]
    return Moving(
        tuple(sorted((one for one in falls if one.points), key=lambda one: (-one.points, one.item))),
        tuple(one for one in later if one.total != scored.total),
    )


def _ahead(on: date) -> list[date]:
    return [on + timedelta(days=days) for days in AHEAD]


def _again(
    rows: Sequence[Row], on: date, scheme: Scheme, without: str = "", *, until: date | None = None
) -> int:
    held = [row for row in rows if row.seen_on <= on]
    return total(levels(seen(held, on=until or on, scheme=scheme, without=without), scheme), scheme)
