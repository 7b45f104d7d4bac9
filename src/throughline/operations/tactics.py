"""What became of lines after work on them, by tactic: silent for how long, replaced, or back on a known number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.queries import standing_evidence
from throughline.operations.survival import Spell, Step, median_of, product_limit, share_at, with_width
from throughline.tasking.models import Bid, Result

LOOKED_AT: Final = (7, 28, 90)
"""Days after the work at which the shares are given."""


@dataclass(frozen=True, slots=True)
class After:
    """One piece of work: its tactics, and the days after it until each thing was first seen (None: not yet).

    ``followed`` is the days from the work until today.
    """

    tactics: tuple[str, ...]
    followed: int
    seen: int | None
    replaced: int | None
    returned: int | None


@dataclass(frozen=True, slots=True)
class Lasting:
    """The share at each of the days of LOOKED_AT, with 95% intervals; None past the longest that any was followed."""

    at: tuple[Step | None, ...]
    median: int | None
    ended: int


@dataclass(frozen=True, slots=True)
class TacticRow:
    """What became of lines after works with a tactic; ``line_days`` are those in which they were silent, together."""

    tactic: str
    works: int
    line_days: int
    silent: Lasting
    not_replaced: Lasting
    not_returned: Lasting


def effect_of_tactics(reader: Reader) -> tuple[TacticRow, ...]:
    """For each tactic, from the results and the evidence that the reader may know; most works first. Journalled.

    Works with several tactics count under each, and a line worked on twice counts twice: the intervals take works to
    be independent, and nothing here shows that a tactic caused what followed.
    """
    reader.require(Permission.TASK_READ)
    with reading(reader):
        works = [
            (list(tactics), line, clock.day_of(at))
            for tactics, line, at in Result.objects.values_list("bid__tactics", "bid__line_id", "at")
        ]
        known = set(Bid.objects.values_list("line_id", flat=True)) if works else set()
        rows = standing_evidence().filter(line__in=[line for _, line, _ in works if line in known])
        seen = defaultdict(list)
        for line, statement, value, on in rows.values_list("line_id", "statement", "value", "seen_on"):
            seen[line].append((on, statement, value))
        journal.note(Verb.CONSULT, "tactics", why="looked at what became of lines", works=len(works))
    return rows_of(
        [after(tactics, day, seen[line], clock.today()) for tactics, line, day in works if seen[line]]
    )


def after(tactics: Iterable[str], day: date, seen: Sequence[tuple[date, str, str]], today: date) -> After:
    """What was seen of a line after work on a day; each sight is its day, statement and value."""
    numbers = {value for on, statement, value in seen if statement == "number" and on <= day}
    later = [(on, statement, value) for on, statement, value in seen if day < on <= today]

    def first(days: Iterable[date]) -> int | None:
        return min(((on - day).days for on in days), default=None)

    return After(
        tuple(tactics), (today - day).days, first(on for on, _, _ in later),
        first(on for on, statement, value in later if statement == "number" and value not in numbers),
        first(on for on, statement, value in later if statement == "number" and value in numbers),
    )  # fmt: skip


def rows_of(works: Sequence[After]) -> tuple[TacticRow, ...]:
    """The works by tactic, those with most works first."""
    by_tactic: Mapping[str, list[After]] = defaultdict(list)
    for work in works:
        for tactic in work.tactics:
            by_tactic[tactic].append(work)
    rows = [
        TacticRow(
            tactic, len(own), sum(w.followed if w.seen is None else w.seen for w in own),
            _lasting([(w.seen, w.followed) for w in own]), _lasting([(w.replaced, w.followed) for w in own]),
            _lasting([(w.returned, w.followed) for w in own]),
        )
        for tactic, own in by_tactic.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.works, row.tactic)))


def _lasting(found: Sequence[tuple[int | None, int]]) -> Lasting:
    spells = [Spell(followed if days is None else days, days is not None) for days, followed in found]
    steps, longest = product_limit(spells), max((spell.days for spell in spells), default=0)
    is_over = bool(steps) and steps[-1].share == 0

    def at(day: int) -> Step:
        step = share_at(steps, day)
        return with_width(step, sum(spell.days >= day for spell in spells) if step.share else len(spells))

    return Lasting(
        tuple(at(day) if longest >= day or is_over else None for day in LOOKED_AT),
        median_of(steps), sum(spell.has_ended for spell in spells),
    )  # fmt: skip
