"""The life of a standing watch on a number."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

WATCH = Workflow(
    name="watch",
    table="telecoms_watch",
    starts=("watching",),
    moves=(
        Move("find", "watching -> found", needs=Permission.CALLS_READ),
        # A person says that it is another one, or that they want to hear of the next.
        Move("look on", "found -> watching", needs=Permission.CALLS_READ),
        Move("end", "watching -> ended", needs=Permission.CALLS_READ),
        Move("end", "found -> ended", needs=Permission.CALLS_READ),
    ),
)
STANDING = ("watching", "found")
