"""The life of one body's side of a hit, and of a list that is checked."""

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

HIT = Workflow(
    name="hit",
    table="matching_hit_side",
    starts=("raised",),
    moves=(
        Move("confirm", "raised -> confirmed", needs=Permission.HIT_JUDGE),
        Move("dismiss", "raised -> dismissed", needs=Permission.HIT_JUDGE),
        Move("doubt", "raised -> unsure", needs=Permission.HIT_JUDGE),
        Move("confirm", "unsure -> confirmed", needs=Permission.HIT_JUDGE),
        Move("dismiss", "unsure -> dismissed", needs=Permission.HIT_JUDGE),
        Move("reconsider", "confirmed -> unsure", needs=Permission.HIT_JUDGE),
        Move("reconsider", "dismissed -> unsure", needs=Permission.HIT_JUDGE),
    ),
)
"""A dismissal is never final: new intelligence can make a body think again."""

BULK = Workflow(
    name="bulk check",
    table="matching_bulk_check",
    starts=("asked",),
    moves=(Move("answer", "asked -> answered", needs=Permission.CHECK_RUN),),
)
SECOND_LOOK = Workflow(
    name="second look",
    table="matching_second_look",
    starts=("asked",),
    moves=(
        Move("agree", "asked -> agreed", needs=Permission.HIT_JUDGE),
        Move("decline", "asked -> declined", needs=Permission.HIT_JUDGE),
        Move("overtake", "asked -> overtaken", needs=Permission.HIT_JUDGE),
    ),
)
"""Overtaken: somebody judged the hit otherwise while its second look waited."""

DISMISSAL_REASONS = {
    "common": "A common place or value, not a link",
    "error": "Recorded in error",
    "different": "Not the same person or thing",
    "known": "Known already and dealt with",
    "other": "Another reason",
}
