"""The life of an operation: planned, under way, concluded, published."""

from typing import Final

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

OPERATION = Workflow(
    name="operation",
    table="operations_operation",
    starts=("planned",),
    moves=(
        Move("begin", "planned -> under way", needs=Permission.OPERATION_PLAN),
        Move("call off", "planned -> called off", needs=Permission.OPERATION_PLAN),
        Move("conclude", "under way -> concluded", needs=Permission.OPERATION_PLAN),
        Move("publish", "concluded -> published", needs=Permission.TASK_DECIDE),
    ),
)
RETURNS_IN: Final = ("under way", "concluded", "published")
"""States in which returns are taken: a figure is corrected whenever it is found to be wrong."""
LIVE: Final = ("under way", "concluded")
"""States in which totals are provisional and missing returns are chased."""


DISRUPTION = Workflow(
    name="disruption",
    table="operations_disruption",
    starts=("claimed",),
    moves=(
        Move("count", "claimed -> counted", needs=Permission.TASK_ASSESS),
        Move("leave out", "claimed -> not counted", needs=Permission.TASK_ASSESS),
        Move("fold", "claimed -> folded", needs=Permission.TASK_ASSESS),
        Move("open again", "counted -> claimed", needs=Permission.TASK_ASSESS),
        Move("open again", "not counted -> claimed", needs=Permission.TASK_ASSESS),
        Move("open again", "folded -> claimed", needs=Permission.TASK_ASSESS),
    ),
)
"""Claims are moderated by a person whose body claims nothing in the event, so that it counts once."""
