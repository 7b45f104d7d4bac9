"""The life of a load."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

_LOAD = Permission.REPORT_LOAD

LOAD = Workflow(
    name="load",
    table="loads_load",
    starts=("kept",),
    moves=(
        Move("try", "kept -> trying", needs=_LOAD),
        Move("try", "tried -> trying", needs=_LOAD),
        Move("report the trial", "trying -> tried", needs=_LOAD),
        Move("load", "kept -> loading", needs=_LOAD),
        Move("load", "tried -> loading", needs=_LOAD),
        Move("finish", "loading -> loaded", needs=_LOAD),
        # The file cannot be read as it was laid out: the person chooses again.
        Move("stop", "trying -> kept", needs=_LOAD),
        Move("stop", "loading -> kept", needs=_LOAD),
        Move("choose again", "tried -> kept", needs=_LOAD),
        Move("leave", "kept -> left", needs=_LOAD),
        Move("leave", "tried -> left", needs=_LOAD),
        Move("leave", "loaded -> left", needs=_LOAD),
    ),
)
