"""The life of an interest."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

INTEREST = Workflow(
    name="interest",
    table="selectors_interest",
    starts=("kept",),
    moves=(Move("end", "kept -> ended", needs=Permission.INTEREST_KEEP),),
)
