"""The life of a request on a person: gathered, decided record by record, approved by a second person, answered."""

from typing import Any

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow


def _is_decided(request: Any) -> str | None:
    trouble: str | None = request.undecided()
    return trouble


def _is_done(request: Any) -> str | None:
    trouble: str | None = request.undone()
    return trouble


RIGHTS_REQUEST = Workflow(
    name="rights request",
    table="rights_request",
    starts=("received",),
    moves=(
        Move("gather", "received -> deciding", needs=Permission.RIGHTS_WORK),
        Move("gather", "deciding -> deciding", needs=Permission.RIGHTS_WORK),
        Move("propose", "deciding -> proposed", needs=Permission.RIGHTS_WORK, guard=_is_decided),
        Move("send-back", "proposed -> deciding", needs=Permission.RIGHTS_APPROVE),
        Move("approve", "proposed -> approved", needs=Permission.RIGHTS_APPROVE, guard=_is_decided),
        Move("send-back", "approved -> deciding", needs=Permission.RIGHTS_APPROVE),
        Move("send", "approved -> sent", needs=Permission.RIGHTS_WORK, guard=_is_done),
        Move("withdraw", "received -> withdrawn", needs=Permission.RIGHTS_WORK),
        Move("withdraw", "deciding -> withdrawn", needs=Permission.RIGHTS_WORK),
    ),
)
"""Whoever proposed the answer or decided on a record of it does not approve it: the database refuses it as well."""
