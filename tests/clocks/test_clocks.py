"""The one engine: a clock is told of at its points, never lost, doubled or longer, whatever befalls the worker."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.inside import someone
from tests.instance import Instance
from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import Circulation, marking_for
from throughline.clocks.models import RunningClock
from throughline.clocks.queries import clocks_of, running_clocks
from throughline.clocks.services import (
    MET,
    ClockProblem,
    OnWhat,
    end_clocks,
    pause_clock,
    resume_clock,
    set_clock_anew,
    start_clock,
)
from throughline.intelligence.models import Report
from throughline.kernel import clock, outbox
from throughline.kernel.refs import new_ref
from throughline.kernel.terms import Term, Unit, end_of
from throughline.kernel.working_days import Nation
from throughline.notices.queries import notice_list

TERM: Final = Term(
    "test days", "A duty of days", "A source", Unit.DAYS, 5, warn_hours=(48, 24), pause="A policy"
)
START: Final = datetime.fromisoformat("2026-11-02T09:00+00:00")


def _on(by: Reader, what: str = "A thing", needs: Permission = Permission.REPORT_READ) -> OnWhat:
    """A thing of the reader's body, as far as a clock needs one."""
    with reading(by):
        marking = marking_for(owner=by.body, classification=1, circulation=Circulation())
        marking.released = True
        marking.save()
    row = Report(marking=marking, owner=by.body)
    return OnWhat("report", new_ref("IR"), what, row, needs, Permission.LINE_DECIDE)


def _started(by: Reader, on: OnWhat, at: datetime = START) -> str:
    return start_clock(by=by, term=TERM, on=on, start_event="It began", started_at=at)


def _told(by: Reader, on: OnWhat) -> list[str]:
    cards, _ = notice_list(by, unread_only=False)
    return sorted(card.text for card in cards if card.thing_ref == on.ref)


def test_a_clock_is_told_of_at_each_point_and_supervisors_when_it_is_past(
    cast: Cast, house: Instance
) -> None:
    by = someone("analyst@norf")
    on = _on(by)
    with clock.stopped(START):
        _started(by, on)
    for days, count in ((2.9, 0), (3.9, 1), (4.9, 2), (5.9, 3), (50, 3)):
        with clock.stopped(START + timedelta(days=days)):
            outbox.drain()
        assert len(_told(by, on)) == count
    assert len(_told(someone("manager@norf"), on)) == 4
    assert "because you supervise" in _told(someone("manager@norf"), on)[-1]
    (row,) = clocks_of(by, "report", [on.ref])
    assert row.is_past
    assert row.due_at == end_of(TERM, started_at=START, nation=Nation.ENGLAND)


def test_one_that_is_met_paused_or_set_anew_is_not_told_of(cast: Cast, house: Instance) -> None:
    by, head = someone("analyst@norf"), someone("manager@norf")
    met, paused, anew = _on(by), _on(by), _on(by)
    with clock.stopped(START):
        _started(by, met)
        stands = _started(by, paused)
        _started(by, anew)
        assert end_clocks(by=by, thing="report", ref=met.ref, how=MET, why="Done") == 1
        pause_clock(by=head, ref=stands, why="With the prosecutor")
    with clock.stopped(START + timedelta(days=2)):
        set_clock_anew(
            by=by, term=TERM, on=anew, start_event="Anew", started_at=clock.now(), why="A person decided"
        )  # fmt: skip
    with clock.stopped(START + timedelta(days=6)):
        outbox.drain()
        assert (len(_told(by, met)), len(_told(by, paused)), len(_told(by, anew))) == (0, 0, 1)
        due = resume_clock(by=head, ref=stands, why="It came back")
        assert due == end_of(TERM, started_at=START, nation=Nation.ENGLAND) + timedelta(days=6)
    with clock.stopped(due + timedelta(minutes=1)):
        outbox.drain()
        assert len(_told(by, paused)) == 3
        assert len(_told(by, anew)) == 3
    first, second = clocks_of(by, "report", [anew.ref])
    assert (first.ended_how, second.ended_how) == ("", "set anew")


def test_neither_services_nor_the_database_double_a_clock_or_make_it_longer(
    cast: Cast, house: Instance
) -> None:
    by = someone("analyst@norf")
    on = _on(by)
    _started(by, on)
    with pytest.raises(ClockProblem, match="runs already"):
        _started(by, on)
    with pytest.raises(ClockProblem, match="Say why"):
        end_clocks(by=by, thing="report", ref=on.ref, how=MET, why=" ")
    with pytest.raises(RunningClock.DoesNotExist):
        pause_clock(by=by, ref="CL-NONE", why="x")
    with reading(by), pytest.raises(DatabaseError, match="cannot be made longer"), transaction.atomic():
        RunningClock.objects.filter(thing_ref=on.ref).update(due_at=START + timedelta(days=99))
    end_clocks(by=by, thing="report", ref=on.ref, how=MET, why="Done")
    with reading(by), pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        RunningClock.objects.filter(thing_ref=on.ref).update(ended_at=None)


HOURS = st.lists(st.integers(1, 400), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([1, 134], Unit.STATED, "A policy")
@given(HOURS, st.sampled_from(list(Unit)), st.sampled_from(("", "A policy")))
def test_only_a_clock_whose_row_lets_it_stands_still_and_never_longer_than_it_stood(
    shared_house: Instance, hours: list[int], unit: Unit, lets: str
) -> None:
    by, head, at = someone("analyst@norf"), someone("manager@norf"), START
    term = replace(TERM, unit=unit, length=30, warn_hours=(), pause=lets)
    stated = START + timedelta(days=40) if unit is Unit.STATED else None
    with clock.stopped(at):
        ref = start_clock(by=by, term=term, on=_on(by), start_event="It began", started_at=at, due_at=stated)
    with reading(by):
        first = RunningClock.objects.get(ref=ref).due_at
    stood = timedelta()
    for turn, each in enumerate(hours):
        at += timedelta(hours=each)
        with clock.stopped(at):
            if not lets:
                with pytest.raises(ClockProblem, match="Nothing lets this clock"):
                    pause_clock(by=head, ref=ref, why="x")
                with (
                    reading(by),
                    pytest.raises(DatabaseError, match="may not stand still"),
                    transaction.atomic(),
                ):
                    RunningClock.objects.filter(ref=ref).update(paused_at=at)
            elif turn % 2:
                resume_clock(by=head, ref=ref, why="x")
                stood += timedelta(hours=each)
            else:
                pause_clock(by=head, ref=ref, why="x")
    with reading(by):
        row = RunningClock.objects.get(ref=ref)
    slack = timedelta(
        days=4 * (1 + len(row.pauses) // 2) if unit is Unit.WORKING_DAYS else len(row.pauses) / 2
    )
    assert timedelta() <= row.due_at - first <= stood + slack
    assert len(row.pauses) == 2 * (len(hours) // 2 if lets else 0)


def test_whoever_does_not_supervise_lets_no_clock_stand_still(cast: Cast, house: Instance) -> None:
    by = someone("analyst@norf")
    ref = _started(by, _on(by))
    with pytest.raises(NotAllowed):
        pause_clock(by=by, ref=ref, why="x")
    with pytest.raises(RunningClock.DoesNotExist):
        pause_clock(by=someone("manager@kent"), ref=ref, why="x")


def test_a_clock_opens_to_its_body_and_to_those_who_may_read_such_things(cast: Cast, house: Instance) -> None:
    by = someone("manager@norf")
    on = _on(by, needs=Permission.ORDER_AUTHORISE)
    ref = _started(by, on)
    assert [row.ref for row in running_clocks(by, size=9)] == [ref]
    for other in ("officer@norf", "analyst@norf", "manager@kent", "coordinator@nclcc", "auditor@norf"):
        assert running_clocks(someone(other), size=9) == []
        assert clocks_of(someone(other), "report", [on.ref]) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(("pause", "resume", "anew", "end", "wait", "crash")), st.integers(1, 90)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_befalls_a_clock_one_runs_and_each_point_is_told_once(
    shared_house: Instance, steps: list[tuple[str, int]]
) -> None:
    by, at, due = someone("analyst@norf"), START, end_of(TERM, started_at=START, nation=Nation.ENGLAND)
    on, paused, runs, head = _on(by), None, True, someone("manager@norf")
    with clock.stopped(at):
        ref = _started(by, on)
    for step, hours in steps:
        at += timedelta(hours=hours)
        with clock.stopped(at):
            if step == "crash":  # the worker dies with its batch undone, and another begins
                with transaction.atomic():
                    outbox.work_once()
                    transaction.set_rollback(True)
            elif step == "pause" and runs and not paused:
                pause_clock(by=head, ref=ref, why="x")
                paused = at
            elif step == "resume" and paused and runs:
                earlier = due
                due = resume_clock(by=head, ref=ref, why="x")
                assert timedelta() <= due - earlier <= (at - paused) + timedelta(hours=24)
                paused = None
            elif step == "anew":
                ref = set_clock_anew(
                    by=by, term=TERM, on=on, start_event="Anew", started_at=at, why="Decided"
                )
                due, paused, runs = end_of(TERM, started_at=at, nation=Nation.ENGLAND), None, True
            elif step == "end" and runs:
                end_clocks(by=by, thing="report", ref=on.ref, how=MET, why="Done")
                runs, paused = False, None
            outbox.drain()
        running = [row for row in clocks_of(by, "report", [on.ref]) if row.ended_at is None]
        assert len(running) == int(runs)  # never lost, never doubled
        assert all(row.due_at == due for row in running)  # never longer but by a pause or a decision
    with clock.stopped(max(at, due) + timedelta(days=1)):
        outbox.drain()
        texts = _told(by, on)
    past = [text for text in texts if "is past" in text and "supervise" not in text]
    assert len(past) >= int(runs and not paused)
    assert outbox.failed() == 0
