"""The lives of a bid and of a plan, whose move each step is, and how long each hand-off may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow

_P = Permission


def may_go_on(bid: Any) -> str | None:
    """Nothing is tasked against a child who is exploited, also where that was learnt after the bid was made."""
    return str(bid.stopped) or None


def is_stopped(bid: Any) -> str | None:
    """Work is taken off by its desk where it may not go on, and nowhere else."""
    return None if bid.stopped else "The work may go on, so it is not taken off. Ask whoever does it."


BID = Workflow(
    name="bid",
    table="tasking_bid",
    starts=("bid",),
    moves=(
        Move("deconflict", "bid -> deconflicted", needs=_P.TASK_ASSESS),
        Move("deconflict", "referred -> deconflicted", needs=_P.TASK_ASSESS),
        Move("assess", "deconflicted -> assessed", needs=_P.TASK_ASSESS),
        Move("adopt", "assessed -> adopted", needs=_P.TASK_DECIDE, guard=may_go_on),
        Move("share", "assessed -> shared", needs=_P.TASK_DECIDE, guard=may_go_on),
        Move("turn down", "assessed -> not adopted", needs=_P.TASK_DECIDE),
        Move("refer up", "assessed -> referred", needs=_P.TASK_DECIDE),
        Move("refer up", "declined -> referred", needs=_P.TASK_ASSESS),
        Move("escalate", "not adopted -> referred", needs=_P.TASK_BID),
        Move("offer", "adopted -> allocated", needs=_P.TASK_ASSESS, guard=may_go_on),
        Move("offer", "shared -> allocated", needs=_P.TASK_ASSESS, guard=may_go_on),
        Move("offer", "declined -> allocated", needs=_P.TASK_ASSESS, guard=may_go_on),
        Move("allocate", "deconflicted -> allocated", needs=_P.TASK_ASSESS, guard=may_go_on),
        Move("allocate", "adopted -> allocated", needs=_P.TASK_ASSESS, guard=may_go_on),
        Move("accept", "allocated -> accepted", needs=_P.TASK_ANSWER, guard=may_go_on),
        Move("decline", "allocated -> declined", needs=_P.TASK_ANSWER),
        Move("begin", "accepted -> active", needs=_P.TASK_WORK, guard=may_go_on),
        Move("record", "active -> result", needs=_P.TASK_WORK),
        Move("review", "result -> reviewed", needs=_P.TASK_DECIDE),
        Move("close", "reviewed -> closed", needs=_P.TASK_ASSESS),
        Move("withdraw", "bid -> withdrawn", needs=_P.TASK_BID),
        Move("withdraw", "referred -> withdrawn", needs=_P.TASK_BID),
        Move("withdraw", "deconflicted -> withdrawn", needs=_P.TASK_BID),
        Move("withdraw", "assessed -> withdrawn", needs=_P.TASK_BID),
        Move("withdraw", "not adopted -> withdrawn", needs=_P.TASK_BID),
        Move("take off", "adopted -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
        Move("take off", "shared -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
        Move("take off", "allocated -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
        Move("take off", "declined -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
        Move("take off", "accepted -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
        Move("take off", "active -> withdrawn", needs=_P.TASK_DECIDE, guard=is_stopped),
    ),
)
PLAN = Workflow(
    name="plan",
    table="tasking_plan",
    starts=("asked",),
    moves=(
        Move("begin", "asked -> being worked out", needs=_P.PLAN_PROPOSE),
        Move("propose", "being worked out -> proposed", needs=_P.PLAN_PROPOSE),
        Move("give up", "being worked out -> not worked out", needs=_P.PLAN_PROPOSE),
        Move("adopt", "proposed -> adopted", needs=_P.TASK_DECIDE),
        Move("set aside", "proposed -> set aside", needs=_P.PLAN_PROPOSE),
        Move("supersede", "proposed -> superseded", needs=_P.PLAN_PROPOSE),
        Move("supersede", "adopted -> superseded", needs=_P.TASK_DECIDE),
    ),
)
"""The life of a plan: the machine proposes, and a named chair adopts or nobody does."""
ENDED = ("not adopted", "closed", "withdrawn")
"""States in which nothing waits: nobody works on it for this bid."""

AHEAD = frozenset(move.verb for move in BID.moves if move.guard is may_go_on)
"""Moves by which the work goes on."""

OWNER, DESK, OFFERED = "owner", "desk", "offered"
"""The sides of a bid: the body that bids, the body whose tasking meeting decides, the body that is to do the work."""
MOVED_BY: Mapping[str, str] = {
    "withdraw": OWNER, "escalate": OWNER, "deconflict": DESK, "assess": DESK, "adopt": DESK, "share": DESK,
    "turn down": DESK, "refer up": DESK, "offer": DESK, "allocate": DESK, "accept": OFFERED, "decline": OFFERED,
    "begin": OFFERED, "record": OFFERED, "review": DESK, "close": DESK, "take off": DESK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandOff:
    """What a state waits for: which side, with which permission, to do what, within how long."""

    side: str
    needs: Permission
    what: str
    within: timedelta


HAND_OFFS: Mapping[str, HandOff] = {
    "bid": HandOff(DESK, _P.TASK_ASSESS, "deconflict it", timedelta(days=2)),
    "referred": HandOff(DESK, _P.TASK_ASSESS, "deconflict it", timedelta(days=2)),
    "deconflicted": HandOff(DESK, _P.TASK_ASSESS, "assess it", timedelta(days=3)),
    "assessed": HandOff(DESK, _P.TASK_DECIDE, "decide on it", timedelta(days=14)),
    "adopted": HandOff(DESK, _P.TASK_ASSESS, "offer it to a body", timedelta(days=2)),
    "shared": HandOff(DESK, _P.TASK_ASSESS, "offer it to a body", timedelta(days=2)),
    "allocated": HandOff(OFFERED, _P.TASK_ANSWER, "accept or decline it", timedelta(days=3)),
    "declined": HandOff(DESK, _P.TASK_ASSESS, "offer it again or refer it up", timedelta(days=2)),
    "accepted": HandOff(OFFERED, _P.TASK_WORK, "begin", timedelta(days=14)),
    "active": HandOff(OFFERED, _P.TASK_WORK, "record the result", timedelta(days=56)),
    "result": HandOff(DESK, _P.TASK_DECIDE, "review the result", timedelta(days=14)),
    "reviewed": HandOff(DESK, _P.TASK_ASSESS, "close it", timedelta(days=7)),
}
"""The clock of every hand-off. Defaults of this product: a tactical tasking meeting sits weekly or fortnightly, and no
published rule sets the other times."""
