"""The life of an authority for call data."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

_LOAD = Permission.CALLS_LOAD

AUTHORITY = Workflow(
    name="authority",
    table="telecoms_authority",
    # A load under a reference that nobody recorded records it, and its particulars are awaited.
    starts=("recorded", "awaited"),
    moves=(
        Move("record", "awaited -> recorded", needs=_LOAD),
        Move("end", "recorded -> ended", needs=_LOAD),
        Move("end", "awaited -> ended", needs=_LOAD),
    ),
)
