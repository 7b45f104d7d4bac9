"""The life of a county line."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

LINE = Workflow(
    name="county line",
    table="lines_line",
    starts=("proposed",),
    moves=(
        Move("accept", "proposed -> live", needs=Permission.LINE_KEEP),
        Move("close as type 1", "live -> closed type 1", needs=Permission.LINE_DECIDE),
        Move("close as type 2", "live -> closed type 2", needs=Permission.LINE_DECIDE),
        Move("close as type 1", "reopened -> closed type 1", needs=Permission.LINE_DECIDE),
        Move("close as type 2", "reopened -> closed type 2", needs=Permission.LINE_DECIDE),
        # The number was out of use first, and the holder was charged later.
        Move("close as type 1", "closed type 2 -> closed type 1", needs=Permission.LINE_DECIDE),
        Move("reopen", "closed type 1 -> reopened", needs=Permission.LINE_DECIDE),
        Move("reopen", "closed type 2 -> reopened", needs=Permission.LINE_DECIDE),
        Move("dismiss", "proposed -> not a line", needs=Permission.LINE_DECIDE),
        Move("dismiss", "live -> not a line", needs=Permission.LINE_DECIDE),
        Move("dismiss", "reopened -> not a line", needs=Permission.LINE_DECIDE),
        Move("reconsider", "not a line -> proposed", needs=Permission.LINE_DECIDE),
    ),
)
CLOSED = ("closed type 1", "closed type 2")
OPEN, OPEN_STATES = "open", ("proposed", "live", "reopened")
"""A word for the states in which a line may be selling."""
CLOSURES = {"type 1": ("charged", "out of use"), "type 2": ("out of use",)}
"""What each type of closure must rest on: the holder charged, and the number out of use.

Type 1 is a line holder arrested and charged, with evidence that the number can be used no longer; type 2 is the
number, line or SIM put out of use (the Home Office's county lines programme data).
"""
