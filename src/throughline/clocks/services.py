"""Starting a clock on a thing, pausing it, letting it go on, ending it, and setting it anew on somebody's decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Marked
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.clocks.events import ClockPoint
from throughline.clocks.models import RunningClock
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.kernel.terms import Term, Unit, end_after_pause, end_of
from throughline.kernel.working_days import Nation

MET, STOPPED, SET_ANEW = "met", "stopped", "set anew"
"""How a clock ends: what it asked for was done, it does not matter any more, or another runs in its place."""


class ClockProblem(FieldProblem):
    """What is wrong with a clock or a change of it, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class OnWhat:
    """The thing for which a clock runs: the name under which notices lead to it, its reference, and words for it.

    ``row`` is its protected row, whose marking the clock shares. ``needs`` is what a reader must hold to see the clock
    and be told; whoever holds ``escalates`` in the same body is told as well when it has run out. ``part`` names the
    part of the thing that it is of, such as one of several providers.
    """

    thing: str
    ref: str
    what: str
    row: Marked
    needs: Permission
    escalates: Permission | None = None
    part: str = ""


@writes
def start_clock(
    *, by: Reader, term: Term, on: OnWhat, start_event: str, started_at: datetime, nation: Nation = Nation.ENGLAND,
    due_at: datetime | None = None, basis: str = "",
) -> str:  # fmt: skip
    """Start a clock on a thing of the reader's body; returns its reference.

    ``due_at`` is for an end that was stated, by a court or in an agreement; ``basis`` then says by whom. One that has
    run out already is told of at once.

    Raises:
        ClockProblem: such a clock runs on it already: set it anew.
    """
    if _running(on.thing, on.ref, term.key, on.part).exists():
        raise ClockProblem("", f"{term.name} runs already")
    due = due_at or end_of(term, started_at=started_at, nation=nation)
    one = RunningClock.objects.create(
        marking_id=on.row.marking_id, owner=on.row.owner, compartment=on.row.compartment, ref=new_ref("CL"),
        term=term.key, name=term.name, basis=basis or term.basis, is_unverified=term.is_unverified, unit=term.unit,
        length=term.length, nation=nation, warn_hours=list(term.warn_hours), thing=on.thing, thing_ref=on.ref,
        part=on.part, what=on.what, needs=on.needs, escalates=on.escalates or "",
        pause_basis=term.pause, start_event=start_event, started_at=started_at, due_at=due, made_by=by.name,
        made_at=clock.now(),
    )  # fmt: skip
    journal.note(
        Verb.COLLECT, "clock", one.ref, why=start_event, thing=on.thing, of=on.ref, due=due.isoformat()
    )
    _announce_points(one)
    return one.ref


def _running(thing: str, ref: str, term: str = "", part: str | None = None) -> QuerySet[RunningClock]:
    rows = RunningClock.objects.filter(thing=thing, thing_ref=ref, ended_at=None)
    rows = rows.filter(term=term) if term else rows
    return rows if part is None else rows.filter(part=part)


def _announce_points(one: RunningClock) -> None:
    now, due = clock.now(), one.due_at.isoformat()
    for hours in one.warn_hours:
        at = one.due_at - timedelta(hours=hours)
        if at > now:
            announce(ClockPoint(one.pk, due, hours), due=at)
    announce(ClockPoint(one.pk, due, 0), due=one.due_at)


@writes
def set_clock_anew(
    *, by: Reader, term: Term, on: OnWhat, start_event: str, started_at: datetime, why: str,
    nation: Nation = Nation.ENGLAND, due_at: datetime | None = None, basis: str = "",
) -> str:  # fmt: skip
    """End the clock of this term that runs on a thing, if one does, and start another: on a decision, never by itself.

    Raises:
        ClockProblem: no reason is given.
    """
    end_clocks(by=by, thing=on.thing, ref=on.ref, how=SET_ANEW, why=why, term=term.key, part=on.part)
    return start_clock(
        by=by, term=term, on=on, start_event=start_event, started_at=started_at, nation=nation, due_at=due_at,
        basis=basis,
    )  # fmt: skip


@writes
def end_clocks(
    *, by: Reader, thing: str, ref: str, how: str, why: str, term: str = "", part: str | None = None
) -> int:
    """End the clocks that run on a thing (of one term and one part, or all of them); returns how many.

    Raises:
        ClockProblem: no reason is given.
    """
    why = ClockProblem.unless_said("why", why, "Say why the clock ends")
    found = list(_running(thing, ref, term, part).select_for_update(of=("self",)))
    for one in found:
        RunningClock.objects.filter(pk=one.pk).update(
            ended_at=clock.now(), ended_how=how, ended_why=why, ended_by=by.name
        )
        journal.note(Verb.ALTER, "clock", one.ref, why=why, how=how, of=ref)
    return len(found)


@writes
def pause_clock(*, by: Reader, ref: str, why: str) -> None:
    """Let a clock stand still from now on, where its row says under what it may. Whoever supervises it does so.

    Raises:
        RunningClock.DoesNotExist: the reader may not know such a clock.
        ClockProblem: it has ended, may not stand still or does so already, or no reason is given.
    """
    why = ClockProblem.unless_said("why", why, "Say why the clock stands still")
    one = _held(by, ref)
    if not one.pause_basis:
        raise ClockProblem("", f"Nothing lets this clock stand still: {one.basis}")
    if one.paused_at:
        raise ClockProblem("", "It stands still already")
    RunningClock.objects.filter(pk=one.pk).update(paused_at=clock.now(), paused_why=why)
    journal.note(Verb.ALTER, "clock", one.ref, why=why, verb="paused", of=one.thing_ref)


@writes
def resume_clock(*, by: Reader, ref: str, why: str) -> datetime:
    """Let a clock go on; returns its end, later by what it stood still (`end_after_pause`).

    Raises:
        RunningClock.DoesNotExist: the reader may not know such a clock.
        ClockProblem: it has ended or does not stand still, or no reason is given.
    """
    why = ClockProblem.unless_said("why", why, "Say why the clock goes on")
    one, now = _held(by, ref), clock.now()
    if one.paused_at is None:
        raise ClockProblem("", "It does not stand still")
    due = end_after_pause(
        Unit(one.unit), due_at=one.due_at, paused_at=one.paused_at, resumed_at=now, nation=Nation(one.nation)
    )
    RunningClock.objects.filter(pk=one.pk).update(
        due_at=due, paused_at=None, paused_why="", pauses=[*one.pauses, one.paused_at, now]
    )
    journal.note(
        Verb.ALTER, "clock", one.ref, why=why, verb="resumed", of=one.thing_ref, was=one.due_at.isoformat(),
        due=due.isoformat(),
    )  # fmt: skip
    one.due_at = due
    _announce_points(one)
    return due


def _held(by: Reader, ref: str) -> RunningClock:
    one = RunningClock.objects.select_for_update(of=("self",)).get(ref=ref)
    by.require(Permission(one.escalates or one.needs))
    if one.ended_at:
        raise ClockProblem("", "The clock has ended")
    return one
