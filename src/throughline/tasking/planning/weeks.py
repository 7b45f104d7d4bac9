"""When chosen work is done: each body's days laid out week by week, the last stage after the earlier ones.

Work is laid in turn, what goes first before the rest and then by gain a day. Its earlier stages take the earliest days
that their pools have left; its last stage (the order after the arrest, or with it) takes the latest days, in turn from
the work that is ready last, which has the fewest weeks to choose from (Jackson's rule, 1955, read backwards). What
cannot be finished inside the horizon is not begun: it comes out of the plan, and other work is tried in its place.
Work that people moved begins in the week that they named: it is laid before all else, unless what goes first (what
people named, a child at risk) would lose its days by that, and then in what is left.
A line does harm every day that it is not worked. So once it is known what fits, the days are laid anew with as much of
it as will go, the most pressing first, in the earliest weeks from its first stage to its last, and the rest as above.
Last, the least pressing is pushed back to the latest weeks left and the most pressing brought forward to the earliest:
double justification (Valls, Ballestin and Quintanilla 2005).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from throughline.tasking.planning.problem import Choice, Need, Pool, Problem, Work, days_of

_TINY = 1e-9
SOON = (1.0, 0.75, 0.5, 0.25)
"""Shares of the work that are tried to be laid as soon as can be, the largest first."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The days of one need in one week (the first week of the horizon is 1)."""

    week: int
    body: str
    skill: str
    days: float
    stage: int


Calendar = dict[str, tuple[Laid, ...]]
"""For each piece of work that is done, its days."""


def lay_out(problem: Problem, choice: Choice) -> tuple[Choice, Calendar]:
    """What of a choice fits the weeks, filled up with what else does, and the days of each."""
    found = _laid(problem, choice)
    moved = {work.ref for work in problem.works if work.begins and work.ref in choice}
    if moved and not _firsts(problem, choice) <= found[0].keys():
        later = _laid(problem, {ref: place for ref, place in choice.items() if ref not in moved})
        found = max(found, later, key=lambda one: len(_firsts(problem, one[0])))
    return found


def _firsts(problem: Problem, choice: Choice) -> set[str]:
    """What of a choice goes before everything that is weighed."""
    return {w.ref for w in problem.works if w.ref in choice and (w.must or w.child_at_risk)}


def _laid(problem: Problem, choice: Choice) -> tuple[Choice, Calendar]:
    board, kept = _packed(problem, _in_turn((w, choice[w.ref]) for w in problem.works if w.ref in choice))
    for work, place in _in_turn((w, place) for w in problem.works for place in range(len(w.open_options))):
        if work.ref not in kept and board.lay_whole(work, place):
            kept[work.ref] = place
    turn = _in_turn((work, kept[work.ref]) for work in problem.works if work.ref in kept)
    for share in SOON:
        sooner, held = _packed(problem, turn, soon=round(share * len(turn)))
        if held.keys() == kept.keys():
            board = sooner
            break
    free = [(work, place) for work, place in turn if not work.begins]
    for work, place in reversed(free):
        board.lay_anew(work, place, latest=True)
    for work, place in free:
        board.lay_anew(work, place)
    return kept, {ref: tuple(board.laid.get(ref, ())) for ref in kept}


def _packed(problem: Problem, turn: Sequence[tuple[Work, int]], *, soon: int = 0) -> tuple["Board", Choice]:
    """The days of what fits: so many as soon as can be, then the most that the weeks can hold of the others."""
    board = Board.of(problem)
    soon = max(soon, sum(bool(work.begins) for work, _ in turn))
    kept = {work.ref: place for work, place in turn[:soon] if board.lay_whole(work, place)}
    ready: list[tuple[int, str, int]] = []
    needs = {work.ref: work.open_options[place].needs for work, place in turn[soon:]}
    for work, place in turn[soon:]:
        earlier = [need for need in needs[work.ref] if need.stage < _last(needs[work.ref])]
        if board.lay(work.ref, earlier):
            ready.append((board.end(work.ref), work.ref, place))
    for end, ref, place in sorted(ready, reverse=True):
        last = [need for need in needs[ref] if need.stage == _last(needs[ref])]
        if board.lay(ref, last, since=end, latest=True):
            kept[ref] = place
        else:
            board.give_back(ref)
    return board, kept


def _last(needs: Iterable[Need]) -> int:
    return max((need.stage for need in needs), default=0)


def _in_turn(found: Iterable[tuple[Work, int]]) -> list[tuple[Work, int]]:
    def turn(one: tuple[Work, int]) -> tuple[bool, bool, bool, float, str]:
        option = one[0].open_options[one[1]]
        days = sum(need.days for need in option.needs) or 1
        return not one[0].begins, not one[0].must, not one[0].child_at_risk, -option.gain / days, one[0].ref

    return sorted(found, key=turn)


@dataclass(slots=True)
class Board:
    """The days that are left in each pool for each week, and those laid for each piece of work."""

    left: dict[Pool, list[float]]
    laid: dict[str, list[Laid]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem) -> "Board":
        return cls({pool: list(days) for pool, days in problem.capacity.items()})

    def end(self, ref: str) -> int:
        """The place of the last week in which it has days, 0 before it has any."""
        return max((one.week - 1 for one in self.laid.get(ref, ())), default=0)

    def first(self, ref: str) -> int | None:
        """The place of the first week in which it has days."""
        return min((one.week - 1 for one in self.laid.get(ref, ())), default=None)

    def lay_whole(self, work: Work, place: int, *, latest: bool = False) -> bool:
        """All stages as early (or late) as each other lets them; says whether they fit, and lays nothing if not.

        Work that people moved has its first day in the week that they named, or does not fit.
        """
        option = work.open_options[place]
        if any(sum(self.left.get(pool, ())) < days - _TINY for pool, days in days_of(option).items()):
            return False
        earliest = max(0, work.begins - 1)
        for stage in sorted({need.stage for need in option.needs}, reverse=latest):
            needs = [need for need in option.needs if need.stage == stage]
            since, until = (0, self.first(work.ref)) if latest else (max(earliest, self.end(work.ref)), None)
            if not self.lay(work.ref, needs, since=since, until=until, latest=latest):
                self.give_back(work.ref)
                return False
        if work.begins and self.first(work.ref) != earliest:
            self.give_back(work.ref)
            return False
        return True

    def lay_anew(self, work: Work, place: int, *, latest: bool = False) -> None:
        """The same work in earlier (or later) days, where there are any; as it was, should they not hold it."""
        before = self.laid.get(work.ref, [])
        self.give_back(work.ref)
        if not self.lay_whole(work, place, latest=latest):
            for one in before:
                self.left[one.body, one.skill][one.week - 1] -= one.days
            self.laid[work.ref] = before

    def lay(
        self,
        ref: str,
        needs: Iterable[Need],
        *,
        since: int = 0,
        until: int | None = None,
        latest: bool = False,
    ) -> bool:
        """These needs in the weeks from ``since`` to ``until``; says whether they fit, and lays nothing if not."""
        laid: list[Laid] = []
        for need in needs:
            days, there = need.days, self.left.get(need.pool, [])
            weeks = range(since, len(there) if until is None else min(until + 1, len(there)))
            for week in reversed(weeks) if latest else weeks:
                taken = min(days, there[week])
                if taken > _TINY:
                    there[week] -= taken
                    laid.append(Laid(week + 1, need.body, need.skill, taken, need.stage))
                    days -= taken
            if days > _TINY:
                self._return(laid)
                return False
        self.laid.setdefault(ref, []).extend(laid)
        return True

    def give_back(self, ref: str) -> None:
        """Everything laid for it is free again."""
        self._return(self.laid.pop(ref, []))

    def _return(self, laid: Iterable[Laid]) -> None:
        for one in laid:
            self.left[one.body, one.skill][one.week - 1] += one.days
