"""The clocks of duties: started by an event, met by a step, on the one engine of clocks."""

from datetime import datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clocks.models import RunningClock
from throughline.clocks.services import MET, STOPPED, OnWhat, end_clocks, start_clock
from throughline.kernel.working_days import Nation
from throughline.safeguarding.law import Duty, duties
from throughline.safeguarding.models import Concern

THING = "concern"


def start_duties(by: Reader, concern: Concern, event: str, *, at: datetime) -> None:
    """Start the clock of every duty that begins with this event for somebody of this age, unless it runs already."""
    for duty in duties().values():
        if duty.starts == event and concern.age in duty.ages and not _runs(concern, duty):
            start_clock(
                by=by, term=duty.term, started_at=at, nation=Nation(concern.nation),
                start_event=f"Of the concern: {event}",
                on=OnWhat(THING, concern.ref, f"Concern {concern.ref}", concern, Permission.CONCERN_READ),
            )  # fmt: skip


def _runs(concern: Concern, duty: Duty) -> bool:
    running = RunningClock.objects.filter(thing=THING, thing_ref=concern.ref, ended_at=None)
    return running.filter(term=duty.term.key).exists()


def meet_duties(by: Reader, concern: Concern, step: str) -> None:
    """End every clock that this step meets."""
    for duty in duties().values():
        if duty.met_by == step:
            end_clocks(by=by, thing=THING, ref=concern.ref, how=MET, why="It was done", term=duty.term.key)


def owed(concern: Concern) -> list[RunningClock]:
    """The clocks that run on it for what is owed whatever becomes of the concern: duties, and decisions."""
    terms = {duty.term.key for duty in duties().values() if duty.is_owed}
    running = RunningClock.objects.filter(thing=THING, thing_ref=concern.ref, ended_at=None).order_by(
        "due_at", "pk"
    )
    return [one for one in running if one.term in terms or is_decision(one)]


def is_decision(one: RunningClock) -> bool:
    """Whether it is the clock of a decision on a referral, which is not this body's to end."""
    return one.term.startswith("nrm ")


def end_duties(by: Reader, concern: Concern, why: str) -> None:
    """End whatever still runs, since the concern itself has ended."""
    end_clocks(by=by, thing=THING, ref=concern.ref, how=STOPPED, why=why)
