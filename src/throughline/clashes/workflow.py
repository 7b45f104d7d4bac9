"""The life of a planned event."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

PLANNED_EVENT = Workflow(
    name="planned event",
    table="clashes_event",
    starts=("planned",),
    moves=(
        Move("begin", "planned -> under way", needs=Permission.EVENT_PLAN),
        Move("finish", "under way -> over", needs=Permission.EVENT_PLAN),
        Move("cancel", "planned -> cancelled", needs=Permission.EVENT_PLAN),
        Move("cancel", "under way -> cancelled", needs=Permission.EVENT_PLAN),
    ),
)
STANDING = ("planned", "under way")
"""The states in which an event counts: what is over or cancelled warns nobody."""
