"""When chosen work is done: each body's days laid out week by week, the last stage after the earlier ones.

Work is laid in turn, what goes first before the rest and then by gain a day. Its earlier stages take the earliest days
that their pools have left; its last stage (the order after the arrest, or with it) takes the latest days, in turn from
the work that is ready last, which has the fewest weeks to choose from (Jackson's rule, 1955, read backwards). What
cannot be finished inside the horizon is not begun: it comes out of the plan, and other work is tried in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from throughline.tasking.planning.problem import Choice, Need, Pool, Problem, Work, days_of

_TINY = 1e-9


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
    board = _Board({pool: list(days) for pool, days in problem.capacity.items()})
    works = {work.ref: work for work in problem.works}
    kept: Choice = {}
    ready: list[tuple[int, str]] = []
    for work, place in _in_turn((work, choice[work.ref]) for work in problem.works if work.ref in choice):
        needs = work.open_options[place].needs
        if board.lay(work.ref, [need for need in needs if need.stage < _last(needs)]):
            ready.append((board.end(work.ref), work.ref))
    for end, ref in sorted(ready, reverse=True):
        needs = works[ref].open_options[choice[ref]].needs
        if board.lay(ref, [need for need in needs if need.stage == _last(needs)], since=end, latest=True):
            kept[ref] = choice[ref]
        else:
            board.give_back(ref)
    for work, place in _in_turn((w, place) for w in problem.works for place in range(len(w.open_options))):
        if work.ref not in kept and board.lay_whole(work, place):
            kept[work.ref] = place
    return kept, {ref: tuple(board.laid.get(ref, ())) for ref in kept}


def _last(needs: Iterable[Need]) -> int:
    return max((need.stage for need in needs), default=0)


def _in_turn(found: Iterable[tuple[Work, int]]) -> list[tuple[Work, int]]:
    def turn(one: tuple[Work, int]) -> tuple[bool, bool, float, str]:
        option = one[0].open_options[one[1]]
        days = sum(need.days for need in option.needs) or 1
        return not one[0].must, not one[0].child_at_risk, -option.gain / days, one[0].ref

    return sorted(found, key=turn)


@dataclass(slots=True)
class _Board:
    """The days that are left in each pool for each week, and those laid for each piece of work."""

    left: dict[Pool, list[float]]
    laid: dict[str, list[Laid]] = field(default_factory=dict)

    def end(self, ref: str) -> int:
        """The place of the last week in which it has days, 0 before it has any."""
        return max((one.week - 1 for one in self.laid.get(ref, ())), default=0)

    def lay_whole(self, work: Work, place: int) -> bool:
        """All stages, each as early as the one before lets it; says whether they fit, and lays nothing if not."""
        option = work.open_options[place]
        if any(sum(self.left.get(pool, ())) < days - _TINY for pool, days in days_of(option).items()):
            return False
        for stage in sorted({need.stage for need in option.needs}):
            needs = [need for need in option.needs if need.stage == stage]
            if not self.lay(work.ref, needs, since=self.end(work.ref)):
                self.give_back(work.ref)
                return False
        return True

    def lay(self, ref: str, needs: Iterable[Need], *, since: int = 0, latest: bool = False) -> bool:
        """These needs in the weeks from ``since`` on; says whether they fit, and lays nothing if not."""
        laid: list[Laid] = []
        for need in needs:
            days, there = need.days, self.left.get(need.pool, [])
            weeks = range(since, len(there))
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
