"""The life of a saved search."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

SAVED_SEARCH = Workflow(
    name="saved search",
    table="search_saved",
    starts=("running",),
    moves=(
        Move("pause", "running -> paused", needs=Permission.SEARCH_RUN),
        Move("resume", "paused -> running", needs=Permission.SEARCH_RUN),
        Move("end", "running -> ended", needs=Permission.SEARCH_RUN),
        Move("end", "paused -> ended", needs=Permission.SEARCH_RUN),
    ),
)
