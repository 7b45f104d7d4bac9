"""What a body of evidence comes to: where the line comes from and sells, its levels, score and confidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.lines.scoring.confidence import confidence_in
from throughline.lines.scoring.scheme import Scheme
from throughline.lines.scoring.score import levels, total
from throughline.lines.scoring.seen import Row, seen
from throughline.lines.views import do_differ

_DIFFER_ON = {"exports from body": "exports from", "imports to body": "imports to", "brand": "brand",
              "own priority": "own priority"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gist:
    """What some rows of evidence say together as of a day: a pure function of the rows, the day and the scheme."""

    comes_from: tuple[tuple[str, str], ...]
    sells_in: tuple[tuple[str, str], ...]
    drugs: frozenset[str]
    bodies: frozenset[str]
    last_seen: date | None
    do_bodies_differ: bool
    levels: tuple[int, ...]
    total: int
    confidence: str


def gist_of(
    rows: Sequence[Row], areas: Iterable[tuple[str, tuple[str, str]]], *, on: date, scheme: Scheme
) -> Gist:
    """Work it out. ``areas`` are the statements on areas, each with its kind and its value as it was written."""
    held = seen(rows, on=on, scheme=scheme)
    reached = levels(held, scheme)
    sides = list(areas)
    return Gist(
        tuple(area for side, area in sides if side == "exports from"),
        tuple(area for side, area in sides if side == "imports to"),
        frozenset(held.words.get("drug", ())), held.bodies, max(held.days.values(), default=None), _differ(rows),
        reached, total(reached, scheme), confidence_in(held, scheme.confidence).level,
    )  # fmt: skip


def _differ(rows: Iterable[Row]) -> bool:
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if name := _DIFFER_ON.get(row.statement):
            said[name][row.body].add(row.word)
    return do_differ(said)
