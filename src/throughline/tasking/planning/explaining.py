"""Why a line is in the plan or out of it, in words that name bodies, days and points, and what would have to give."""

from collections.abc import Mapping

from throughline.tasking.planning.problem import Choice, Option, Pool, Problem, Work, days_of
from throughline.tasking.planning.weeks import Calendar, Laid

MOST_GIVEN = 3
"""So many other lines are named as what would have to give; more than that is no choice that a meeting weighs."""
_TINY = 1e-6
_SAID = 0.05
"""Points below which what days would bring elsewhere is not worth a word."""


class Reasoner:
    """One plan, with what it leaves of each body's days and who takes them."""

    def __init__(
        self, problem: Problem, choice: Choice, calendar: Calendar, prices: Mapping[Pool, float]
    ) -> None:
        self.problem, self.prices = problem, prices
        self.weighed = {
            work.ref: work.open_options[choice[work.ref]].gain
            for work in problem.works
            if work.ref in choice and not (work.must or work.child_at_risk or work.pinned or work.begins)
        }
        self.laid: dict[Pool, list[tuple[str, Laid]]] = {}
        for ref, days in calendar.items():
            for one in days:
                self.laid.setdefault((one.body, one.skill), []).append((ref, one))
        self._takers: dict[tuple[Pool, int], list[tuple[float, str, float]]] = {}

    def why_in(self, work: Work, place: int) -> tuple[str, ...]:
        """What put it in: a person, a child, or more points than its days would bring elsewhere."""
        option = work.open_options[place]
        better = [other for other in work.open_options if other.gain > option.gain + _TINY]
        best = max(better, key=lambda one: one.gain, default=None)
        reasons = (
            _first(work),
            f"{_who(option)} is expected to take away {option.gain:.1f} points{self._elsewhere(option)}.",
            best and f"{_who(best)} would take away {best.gain:.1f}{self._elsewhere(best)}.",
            work.kept == option.lead and f"{option.lead} leads it in the plan in force.",
            work.begins and f"It begins in week {work.begins}, as people said.",
        )
        return tuple(reason for reason in reasons if reason)

    def why_out(self, work: Work) -> tuple[str, ...]:
        """What keeps it out: no way left open, no days at all, or days worth more elsewhere; and what would give."""
        if not work.options:
            return ("Nobody could lead it: no body is known to hold it or to suffer from it.",)
        if not work.open_options:
            return ("People have ruled out every body that could lead it.",)
        first = (_first(work),) if _first(work) else ()
        since = work.begins
        option = max(
            work.open_options,
            key=lambda one: (self.problem.fits(one, begins=since), one.gain - self._paid(one)),
        )
        if since:
            first = (
                *first,
                f"People have said that it should begin in week {since}, and it does not fit there.",
            )
        if not self.problem.fits(option, begins=since):
            return (*first, *(self._never(pool, days, since) for pool, days in self._beyond(option, since)))
        brings = f"At best {_who(option)} would take away {option.gain:.1f} points{self._elsewhere(option)}."
        return (*first, brings, *self._missing(option, since))

    def _missing(self, option: Option, since: int) -> tuple[str, ...]:
        """For each pool that is short: by how much, and what it could give up."""
        left = {pool: self._left(pool, since) for pool in days_of(option)}
        short = {
            pool: days - left[pool]
            for pool, days in sorted(days_of(option).items())
            if days > left[pool] + _TINY
        }
        if not short:
            return (
                *self._not_then(option, since),
                "The days are there, but not in weeks that follow one another as its stages must.",
            )[:1]
        return tuple(
            f"{pool[0]} would need {days:.1f} more officer-days of {pool[1]}{_from(since)}, "
            f"or to give up {self._given(pool, days, since)}."
            for pool, days in short.items()
        )

    def _not_then(self, option: Option, since: int) -> tuple[str, ...]:
        """That the bodies which would begin have no day left in that very week."""
        begin = min((need.stage for need in option.needs), default=0)
        pools = sorted({need.pool for need in option.needs if need.stage == begin})
        if not since or any(self._left(pool, since, until=since) > _TINY for pool in pools):
            return ()
        none = " and ".join(f"{body} has no officer-day of {skill}" for body, skill in pools)
        return (f"In week {since} {none} left to begin with, though there are enough in later weeks.",)

    def _left(self, pool: Pool, since: int, *, until: int = 0) -> float:
        """What is left of a pool's days from a week on, to another or to the end."""
        there = self.problem.capacity.get(pool, ())[max(0, since - 1) : until or None]
        laid = (one for _, one in self.laid.get(pool, ()))
        return sum(there) - sum(
            one.days for one in laid if one.week >= since and (not until or one.week <= until)
        )

    def _who_takes(self, pool: Pool, since: int) -> list[tuple[float, str, float]]:
        """The lines that could give days of a pool from a week on, the least gain first, each with its days."""
        if (pool, since) not in self._takers:
            days: dict[str, float] = {}
            for ref, one in self.laid.get(pool, ()):
                if ref in self.weighed and one.week >= since:
                    days[ref] = days.get(ref, 0.0) + one.days
            self._takers[pool, since] = sorted((self.weighed[ref], ref, held) for ref, held in days.items())
        return self._takers[pool, since]

    def _elsewhere(self, option: Option) -> str:
        paid = self._paid(option)
        return f"; its days would bring {paid:.1f} elsewhere" if paid > _SAID else ""

    def _paid(self, option: Option) -> float:
        return sum(self.prices.get(pool, 0.0) * days for pool, days in days_of(option).items())

    def _beyond(self, option: Option, since: int) -> list[tuple[Pool, float]]:
        taken = sorted(days_of(option).items())
        return [(p, d) for p, d in taken if d > self.problem.days(p, begins=since) + _TINY]

    def _never(self, pool: Pool, days: float, since: int) -> str:
        body, skill = pool
        if pool not in self.problem.capacity:
            return f"{body} has given no officer-days of {skill} for this plan; it would take {days:.1f}."
        there = self.problem.days(pool, begins=since)
        return f"{body} has {there:.1f} officer-days of {skill}{_from(since) or ' in all'}; it would take {days:.1f}."

    def _given(self, pool: Pool, missing: float, since: int) -> str:
        """The lines of least gain that would free so many days."""
        named: list[str] = []
        for gain, ref, days in self._who_takes(pool, since):
            named.append(f"{ref} ({gain:.1f} points)")
            missing -= days
            if missing <= _TINY or len(named) > MOST_GIVEN:
                break
        if missing > _TINY:
            return "more than it could give up" if named else "what must be done first"
        return " and ".join(named)


def _from(since: int) -> str:
    return f" from week {since} on" if since else ""


def _first(work: Work) -> str:
    if work.must:
        return "People have said that it must be worked."
    return "A child is at risk, so it goes before what is weighed." if work.child_at_risk else ""


def _who(option: Option) -> str:
    """The lead, with the bodies whose days it also takes."""
    others = sorted({need.body for need in option.needs} - {option.lead})
    return f"{option.lead} with {', '.join(others)}" if others else option.lead
