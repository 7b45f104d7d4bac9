"""The life of a request for access, how long it may wait, and why one is refused."""

from datetime import timedelta

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

REQUEST = Workflow(
    name="request",
    table="sharing_request",
    starts=("asked",),
    moves=(
        Move("grant", "asked -> granted", needs=Permission.REQUEST_ANSWER),
        Move("sanitise", "asked -> sanitised", needs=Permission.REQUEST_ANSWER),
        Move("refuse", "asked -> refused", needs=Permission.REQUEST_ANSWER),
        Move("withdraw", "asked -> withdrawn", needs=Permission.REQUEST_MAKE),
    ),
)

ANSWER_WITHIN = timedelta(days=3)
"""After this a request goes up to the holder's region. A default of this product: no law sets it."""
WITHOUT_A_REGION = "NCLCC"
"""Where a request goes up to when its holder stands in no region's unit, as in London. A default of this product."""

REFUSALS = {
    "source": "It would put a source or a technique at risk",
    "operation": "It would put a live operation at risk",
    "conditions": "The law, or a condition on the material, does not allow it",
    "need": "The request does not show a need to know",
    "nothing": "What we hold would not help",
    "other": "Another reason",
}
