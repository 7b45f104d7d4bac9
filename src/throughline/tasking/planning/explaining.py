"""Why a line is in the plan or out of it, in words that name bodies, days and points, and what would have to give."""

from collections.abc import Mapping

from throughline.tasking.planning.problem import Choice, Option, Pool, Problem, Work, days_of

MOST_GIVEN = 3
"""So many other lines are named as what would have to give; more than that is no choice that a meeting weighs."""
_TINY = 1e-6
_SAID = 0.05
"""Points below which what days would bring elsewhere is not worth a word."""


class Reasoner:
    """One plan, with what it leaves of each body's days and who takes them."""

    def __init__(self, problem: Problem, choice: Choice, prices: Mapping[Pool, float]) -> None:
        self.problem, self.prices = problem, prices
        self.left = {pool: problem.days(pool) for pool in problem.capacity}
        self.takers: dict[Pool, list[tuple[float, str, float]]] = {}
        for work in problem.works:
            if work.ref in choice:
                option = work.open_options[choice[work.ref]]
                for pool, days in days_of(option).items():
                    self.left[pool] = self.left.get(pool, 0.0) - days
                    if not (work.must or work.child_at_risk or work.pinned):
                        self.takers.setdefault(pool, []).append((option.gain, work.ref, days))

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
        )
        return tuple(reason for reason in reasons if reason)

    def why_out(self, work: Work) -> tuple[str, ...]:
        """What keeps it out: no way left open, no days at all, or days worth more elsewhere; and what would give."""
        if not work.options:
            return ("Nobody could lead it: no body is known to hold it or to suffer from it.",)
        if not work.open_options:
            return ("People have ruled out every body that could lead it.",)
        first = (_first(work),) if _first(work) else ()
        option = max(work.open_options, key=lambda one: (self.problem.fits(one), one.gain - self._paid(one)))
        if not self.problem.fits(option):
            return (*first, *(self._never(pool, days) for pool, days in self._beyond(option)))
        brings = f"At best {_who(option)} would take away {option.gain:.1f} points{self._elsewhere(option)}."
        return (*first, brings, *self._missing(option))

    def _missing(self, option: Option) -> tuple[str, ...]:
        """For each pool that is short: by how much, and what it could give up."""
        short = {
            pool: days - self.left.get(pool, 0.0)
            for pool, days in sorted(days_of(option).items())
            if days > self.left.get(pool, 0.0) + _TINY
        }
        if not short:
            return ("The days are there, but not in weeks that follow one another as its stages must.",)
        return tuple(
            f"{pool[0]} would need {days:.1f} more officer-days of {pool[1]}, or to give up {self._given(pool, days)}."
            for pool, days in short.items()
        )

    def _elsewhere(self, option: Option) -> str:
        paid = self._paid(option)
        return f"; its days would bring {paid:.1f} elsewhere" if paid > _SAID else ""

    def _paid(self, option: Option) -> float:
        return sum(self.prices.get(pool, 0.0) * days for pool, days in days_of(option).items())

    def _beyond(self, option: Option) -> list[tuple[Pool, float]]:
        return [(p, d) for p, d in sorted(days_of(option).items()) if d > self.problem.days(p) + _TINY]

    def _never(self, pool: Pool, days: float) -> str:
        body, skill = pool
        if pool not in self.problem.capacity:
            return f"{body} has given no officer-days of {skill} for this plan; it would take {days:.1f}."
        return f"{body} has {self.problem.days(pool):.1f} officer-days of {skill} in all; it would take {days:.1f}."

    def _given(self, pool: Pool, missing: float) -> str:
        """The lines of least gain that would free so many days."""
        named: list[str] = []
        for gain, ref, days in sorted(self.takers.get(pool, ())):
            named.append(f"{ref} ({gain:.1f} points)")
            missing -= days
            if missing <= _TINY or len(named) > MOST_GIVEN:
                break
        if missing > _TINY:
            return "more than it could give up" if named else "what must be done first"
        return " and ".join(named)


def _first(work: Work) -> str:
    if work.must:
        return "People have said that it must be worked."
    return "A child is at risk, so it goes before what is weighed." if work.child_at_risk else ""


def _who(option: Option) -> str:
    """The lead, with the bodies whose days it also takes."""
    others = sorted({need.body for need in option.needs} - {option.lead})
    return f"{option.lead} with {', '.join(others)}" if others else option.lead
