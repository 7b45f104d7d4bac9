"""The demonstration's tasking meeting: a force's days, its bid to the centre on the first of its lines, and a plan."""

from throughline.access.queries import reader_named
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.lines.queries import line_list
from throughline.lines.services import move_line
from throughline.tasking.bidding import BidDraft, make_bid
from throughline.tasking.days import Days, next_monday, state_days, weeks_from
from throughline.tasking.plan_queries import plan_list
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.proposing import Asked, ask_for_plan
from throughline.tasking.queries import bid_list

FREE = {"intelligence": 8, "surveillance": 9, "investigation": 14, "neighbourhood": 12, "safeguarding": 6}
"""Officer-days a week, invented: enough for a few lines and not for all."""
RESERVED = 2


def hold_meeting() -> None:
    """State days, bid and propose, each once; nothing where the force knows of no line."""
    manager, chair = reader_named("manager@norf"), reader_named("chair@norf")
    lines = line_list(manager).rows
    if not lines or plan_list(chair):
        return
    _state(manager)
    for line in lines:
        if line.state == "proposed":
            move_line(by=manager, line=line.ref, verb="accept", why="Reports of two forces name it")
    if not bid_list(manager, body="NORF").rows:
        make_bid(by=reader_named("analyst@norf"), line=lines[0].ref, draft=_DRAFT)
    ask_for_plan(by=chair, asked=Asked(seconds=5))
    outbox.drain()


def _state(by: Reader) -> None:
    state_days(
        by=by,
        stated=[
            Days(skill, week, FREE[skill], RESERVED, "Homicide")
            for skill in tactics().skills
            for week in weeks_from(next_monday())
        ],
    )


_DRAFT = BidDraft(
    title="Find and arrest the holder", asked="The holder's force to lead: warrant, arrest, number out of use",
    why="Sold in Norfolk every day; the number has come back twice. The holder is outside the county.",
    pursue="Arrest and charge the holder", protect="Visit the homes that it may have taken over", officer_days=40,
    level="national", tactics=("warrant", "arrest", "order", "visits"),
)  # fmt: skip
