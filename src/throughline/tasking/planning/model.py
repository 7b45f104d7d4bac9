"""The plan as a solver reads it: one model, solved in part for a bound and prices, and whole for a choice.

Every piece of work takes at most one option; no pool gives more than its days; a region that falls short of its floor
costs. In part it is a linear programme (GLOP): its optimum bounds every plan from above, and its dual values are what
one more day of a pool would add (Dantzig 1963, chapter 12). Whole it is a multi-dimensional knapsack, searched by SCIP
(Bestuzheva and others 2021). Both come with OR-Tools.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from throughline.tasking.planning.problem import Choice, Pool, Problem, Work, days_of

Place = tuple[str, int]
"""A piece of work by its reference, and the place of one of its options in ``open_options``."""


class PlanProblem(ValueError):
    """What stands in the way of any plan at all, in a sentence."""


@dataclass(frozen=True, slots=True)
class Firsts:
    """How many pieces of work a plan holds of those that go before everything: named by people, a child at risk."""

    musts: int
    children: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum of the plan in part, in points.

    ``share`` of each option that it does, 0 to 1; ``cost`` what doing it against this advice would cost, 0 or below for
    one that is left out; ``prices`` what one more day of a pool would add.
    """

    bound: float
    share: Mapping[Place, float]
    cost: Mapping[Place, float]
    prices: Mapping[Pool, float]


class Model:
    """Rows and columns of one problem, over some of its places, to be solved in part or whole."""

    def __init__(self, problem: Problem, places: Iterable[Place], *, whole: bool) -> None:
        self.works = {work.ref: work for work in problem.works}
        self.problem, self.solver = problem, pywraplp.Solver.CreateSolver("SCIP" if whole else "GLOP")
        variable: Callable[..., pywraplp.Variable] = self.solver.IntVar if whole else self.solver.NumVar
        self.done = {at: variable(0, 1, "") for at in places}
        self.pools: dict[Pool, pywraplp.Constraint] = {}
        once: dict[str, pywraplp.Constraint] = {}
        for at, yes in self.done.items():
            if at[0] not in once:
                once[at[0]] = self.solver.Constraint(0, 1)
            once[at[0]].SetCoefficient(yes, 1)
            for pool, days in days_of(self.works[at[0]].open_options[at[1]]).items():
                if pool not in self.pools:
                    self.pools[pool] = self.solver.Constraint(-self.solver.infinity(), problem.days(pool))
                self.pools[pool].SetCoefficient(yes, days)

    def hold(self, firsts: Firsts) -> None:
        """What goes first stays: so many of each."""
        musts = self.solver.Constraint(firsts.musts, self.solver.infinity())
        children = self.solver.Constraint(firsts.children, self.solver.infinity())
        for at, yes in self.done.items():
            musts.SetCoefficient(yes, float(self.works[at[0]].must))
            children.SetCoefficient(yes, float(self.works[at[0]].child_at_risk))

    def seek(self, points: Callable[[Work], float]) -> None:
        """Ask for the most points, so many for each piece of work that is done."""
        goal = self.solver.Objective()
        goal.SetMaximization()
        for at, yes in self.done.items():
            goal.SetCoefficient(yes, points(self.works[at[0]]))

    def seek_worth(self) -> None:
        """Ask for the most worth, less what regions fall short of their floors."""
        goal = self.solver.Objective()
        goal.SetMaximization()
        regions = {}
        for region, floor in self.problem.floors().items():
            short = self.solver.NumVar(0, floor, "")
            regions[region] = self.solver.Constraint(floor, self.solver.infinity())
            regions[region].SetCoefficient(short, 1)
            goal.SetCoefficient(short, -self.problem.rules.floor_weight)
        for at, yes in self.done.items():
            work = self.works[at[0]]
            option = work.open_options[at[1]]
            goal.SetCoefficient(yes, self.problem.worth(work, option))
            if work.region in regions:
                regions[work.region].SetCoefficient(yes, option.gain)

    def in_part(self) -> Relaxed:
        """Solve a model that is not whole.

        Raises:
            PlanProblem: the solver found no optimum, which rows made from days of nought or more always have.
        """
        if self.solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise PlanProblem("No plan can be worked out from these figures: look for days below nought.")
        return Relaxed(
            self.solver.Objective().Value(),
            {at: yes.solution_value() for at, yes in self.done.items()},
            {at: yes.reduced_cost() for at, yes in self.done.items()},
            {pool: max(0.0, row.dual_value()) for pool, row in self.pools.items()},
        )

    def whole(self, near: Choice, *, seconds: float, gap: float) -> Choice:
        """The best choice found from ``near`` in so many seconds, sooner if within ``gap``, else ``near``."""
        given = [float(near.get(ref) == place) for ref, place in self.done]
        self.solver.SetHint(list(self.done.values()), given)
        self.solver.SetTimeLimit(max(1, round(seconds * 1000)))
        asked = pywraplp.MPSolverParameters()
        asked.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, gap)
        if self.solver.Solve(asked) not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return near
        return {ref: place for (ref, place), yes in self.done.items() if yes.solution_value() > 1 / 2}
