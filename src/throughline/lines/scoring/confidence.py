"""How far a score can be relied on: from the grades, the independence and the age of its evidence, never in the score.

Unlike the score it may fall when evidence is added: much that is weakly graded makes a picture less sure.
"""

from dataclasses import dataclass
from datetime import timedelta

from throughline.kernel.explain import Reason
from throughline.lines.scoring.scheme import Judging
from throughline.lines.scoring.seen import Seen

HIGH, MEDIUM, LOW, NONE = "high", "medium", "low", "none"


@dataclass(frozen=True, slots=True)
class Confidence:
    """A word, and the three steps that it is made of."""

    level: str
    reasons: tuple[Reason, ...]


def confidence_in(held: Seen, by: Judging) -> Confidence:
    """Judge what stands on a day; ``none`` where there is no evidence at all."""
    if not held.days:
        return Confidence(NONE, ())
    good = sum(grade[:2] in by.well_graded for grade in held.grades.values())
    share = good / len(held.days)
    graded = sum(share >= least for least in by.share)
    bodies, items = len(held.bodies), len(held.days)
    apart = max(sum(bodies >= n for n in by.bodies), sum(items >= n for n in by.items))
    newest = max(held.days.values())
    fresh = sum(newest > held.on - timedelta(days=days) for days in by.days)
    steps = graded + apart + fresh
    level = HIGH if steps >= by.high else MEDIUM if steps >= by.medium else LOW
    return Confidence(
        level,
        (
            Reason("Grades", f"{graded} of 2", f"{good} of {_count(items, 'item')} from a source that is reliable or "
                   "untested, known directly or corroborated."),
            Reason("Independence", f"{apart} of 2", f"{_count(items, 'item')} of {_count(bodies, 'body', 'bodies')}."),
            Reason("Age", f"{fresh} of 2", f"The newest is of {newest.day} {newest:%B %Y}."),
        ),
    )  # fmt: skip


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
