"""What policing may choose: how much of what others know a body sees, who sets its targets, and with what tools."""

from dataclasses import dataclass, replace
from typing import Final

PLANNERS = NATIONAL, GREEDY, APART = ("national", "greedy", "apart")
"""One plan for the nation; lines in order of harm on the same knowledge; a plan of each force by itself."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A way to police lines. The people and hours are the same under every policy; only these choices differ.

    `shared` is the part of other bodies' evidence that a body has when it decides, from 0 to 1. `tasked` is how
    far targets follow the harm of a line everywhere (1) or in the body's own area alone (0), and with it how
    often an exporting force acts on the request of an importing one. `orders` is the part of planned operations
    in which a court is asked to cut the number off. `arrests` says whether there are planned arrests at all:
    without, every planned operation is an order. `planner` says who plans with the real planner of tasking (one of
    PLANNERS); where nobody does, targets are chosen by the model's own rule.
    """

    name: str
    words: str
    shared: float
    tasked: float
    orders: float
    arrests: bool = True
    planner: str = ""


_FEW = 0.045
AS_NOW: Final = Policy(
    "as now", "Some intelligence shared, some tasking across borders, a few orders", 0.35, 0.35, _FEW
)
ALONE: Final = Policy(
    "each force alone",
    "As the inspectorate found it: own evidence, own area first, a few orders",
    0.05,
    0.0,
    _FEW,
)
SHARED: Final = Policy(
    "shared intelligence",
    "Each body sees what others hold, and still puts its own area first",
    0.85,
    0.0,
    _FEW,
)
TASKED: Final = Policy(
    "shared intelligence and national tasking",
    "The same, and targets follow the harm of a line wherever it is done", 0.85, 0.9, _FEW,
)  # fmt: skip
ORDERS: Final = Policy(
    "orders alone", "As now, but numbers are cut off and nobody is sought", 0.35, 0.35, 1.0, arrests=False
)
ORDERS_WITH_ARRESTS: Final = Policy(
    "orders with arrests", "As now, and the number is cut off as its holder is sought", 0.35, 0.35, 1.0
)

PLANNED_APART: Final = replace(
    ALONE, name="each force alone, by the planner", planner=APART,
    words="Each force plans by itself with the planner of this product, of its own evidence, its own area first",
)  # fmt: skip
GREEDILY: Final = replace(
    TASKED, name="shared intelligence, greedily by score", planner=GREEDY,
    words="One list of all lines in order of harm, each worked in the best way whose days are there",
)  # fmt: skip
PLANNED: Final = replace(
    TASKED, name="shared intelligence and national tasking, by the planner", planner=NATIONAL,
    words="One plan for the nation by the planner of this product, of what all bodies hold",
)  # fmt: skip

COMPARED: Final = (
    ALONE, SHARED, TASKED, AS_NOW, ORDERS, ORDERS_WITH_ARRESTS, PLANNED_APART, GREEDILY, PLANNED,
)  # fmt: skip
BESIDE: Final = {
    ALONE: ALONE, SHARED: ALONE, TASKED: ALONE, AS_NOW: ALONE, ORDERS: AS_NOW, ORDERS_WITH_ARRESTS: AS_NOW,
    PLANNED_APART: PLANNED_APART, GREEDILY: PLANNED_APART, PLANNED: PLANNED_APART,
}  # fmt: skip
"""What each is held against: the one from which it differs by its own choice alone."""
