"""The life of an arrest: in custody, on bail or under investigation, and its end."""

from typing import Final

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

_KEEP = Permission.CUSTODY_KEEP
ARREST = Workflow(
    name="arrest",
    table="custody_arrest",
    starts=("in custody",),
    moves=(
        Move("bail", "in custody -> on bail", needs=_KEEP),
        Move("release", "in custody -> under investigation", needs=_KEEP),
        Move("release", "on bail -> under investigation", needs=_KEEP),
        *(
            Move(verb, f"{before} -> {after}", needs=_KEEP)
            for before in ("in custody", "on bail", "under investigation")
            for verb, after in (("charge", "charged"), ("end", "no further action"))
        ),
    ),
)
OPEN: Final = ("in custody", "on bail", "under investigation")
"""States in which something waits."""
