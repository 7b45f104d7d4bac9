"""Workflows: nothing leaves its table, in Python or by hand in the database."""

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clashes.planning import plan
from tests.custody.making import arrested
from tests.inside import dice_of, file_report, in_parallel, someone
from tests.instance import Instance
from tests.lines.keeping import keep
from tests.operations.planned import planned
from tests.operations.test_disruptions import claimed
from tests.orders.making import drafted
from tests.rights.asking import received
from tests.safeguarding.caring import raised, went_missing
from tests.tasking.bidding import bid
from tests.tasking.planned import give_days
from tests.telecoms.calling import watched
from throughline.access.reader import reading
from throughline.config.rules import WORKFLOWS
from throughline.intelligence.models import Report
from throughline.intelligence.workflow import REPORT
from throughline.kernel import clock, outbox
from throughline.kernel.models import History
from throughline.kernel.workflow import Move, MoveRefused, Workflow
from throughline.loads.services import keep_upload
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.models import HitSide
from throughline.matching.queries import hit_list
from throughline.matching.services import judge_hit, run_check
from throughline.matching.together import judge_hits
from throughline.matching.workflow import HIT
from throughline.retention.services import propose_disposal
from throughline.safeguarding.referring import draft_referral
from throughline.search.narrowed import Narrowed
from throughline.search.saved import save_search
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest
from throughline.sharing.services import ask_for_access
from throughline.tasking.proposing import Asked, ask_for_plan
from throughline.telecoms.authorities import Particulars, record_authority

BY_NAME = {workflow.name: workflow for workflow in WORKFLOWS}
EACH = pytest.mark.parametrize("workflow", WORKFLOWS, ids=list(BY_NAME))


@dataclass(frozen=True)
class Anyone:
    """A mover who may do everything, or nothing."""

    allowed: bool
    person: int = 1
    name: str = "Anyone"

    def may(self, permission: str, /) -> bool:
        return self.allowed


# --- The table itself -----------------------------------------------------------------------------------------------


@EACH
def test_every_state_can_be_reached_and_every_move_is_named_once(workflow: Workflow) -> None:
    reached, ahead = set(workflow.starts), list(workflow.starts)
    while ahead:
        here = ahead.pop()
        for move in workflow.moves:
            if move.before == here and move.after not in reached:
                reached.add(move.after)
                ahead.append(move.after)
    assert reached == set(workflow.states)
    assert len({(move.verb, move.before) for move in workflow.moves}) == len(workflow.moves)
    assert workflow.states[: len(workflow.starts)] == workflow.starts


@EACH
@given(data=st.data())
def test_the_moves_open_are_those_of_the_state_and_the_role(workflow: Workflow, data: st.DataObject) -> None:
    state = data.draw(st.sampled_from(workflow.states))
    open_to_all = workflow.moves_open(by=Anyone(allowed=True), state=state)
    assert open_to_all == [move.verb for move in workflow.moves if move.before == state]
    assert workflow.moves_open(by=Anyone(allowed=False), state=state) == []


# --- Walks ------------------------------------------------------------------------------------------------------------


def _hit(house: Instance) -> str:
    for code in ("norf", "mps"):
        file_report(someone(f"analyst@{code}"), "R", selectors=["phone:07700900123"])
    outbox.drain()
    return hit_list(someone("analyst@norf")).rows[0].ref


@pytest.mark.parametrize("seed", range(4))
def test_a_random_walk_stays_inside_the_table_and_leaves_a_line_for_each_move(
    house: Instance, seed: int
) -> None:
    dice, aisha, ref = dice_of(seed), someone("analyst@norf"), _hit(house)
    with reading(aisha):
        side = HitSide.objects.get(hit__ref=ref, body=aisha.body).pk
    state, walked = HIT.start, []
    for _ in range(30):
        verb = dice.choice(["confirm", "dismiss", "doubt", "reconsider", "wander"])
        ends = [move.after for move in HIT.moves if (move.verb, move.before) == (verb, state)]
        if ends:
            judge_hit(by=aisha, ref=ref, verb=verb, reason="known")
            walked.append((verb, state, ends[0], aisha.person, aisha.name))
            state = ends[0]
        else:
            with pytest.raises(MoveRefused):
                judge_hit(by=aisha, ref=ref, verb=verb, reason="known")
        with reading(aisha):
            assert HitSide.objects.get(pk=side).state == state
    with reading(aisha):
        lines = History.objects.filter(thing="hit", thing_id=side).order_by("id")
        assert list(lines.values_list("verb", "before", "after", "by_person", "by_name")) == walked
    assert len(walked) >= 5


def _rows(house: Instance) -> dict[str, Workflow]:
    """One row of each kind of thing."""
    _hit(house)
    aisha, number = someone("analyst@norf"), "phone:07700900123"
    keep_interest(by=aisha, selector=parse(number), why="x", silent=False)
    ask_in_bulk(by=aisha, values=sort_list(typed_lines(number)), why="x")
    keep_upload(by=aisha, filename="a.jsonl", size=1, chunks=[b"x"])
    plan(aisha)
    bid(aisha, line=keep(aisha))
    planned()
    claimed()
    give_days("NORF")
    ask_for_plan(by=someone("chair@norf"), asked=Asked())
    drafted(line=keep(someone("manager@norf"), "O1"))
    draft_referral(by=someone("safeguarding@norf"), ref=(concern := raised()))
    went_missing(concern)
    arrested()
    said = Particulars("Crime", clock.today(), clock.today(), clock.today())
    record_authority(by=aisha, ref="OP-1", said=said)
    save_search(by=aisha, name="Herons", text="heron", narrowed=Narrowed())
    enquiry = run_check(by=someone("officer@kent"), selector=parse(number), why="x")[0].enquiry
    ask_for_access(by=someone("officer@kent"), source_ref=enquiry, body="NORF", why="x")
    judge_hits(by=aisha, refs=[hit_list(aisha).rows[0].ref], verb="dismiss", reason="known", second_look=True)
    watched(aisha)
    propose_disposal(by=aisha, ref=file_report(aisha, "RV1"), reason="not needed")
    received(aisha)
    return BY_NAME


def test_the_database_refuses_by_hand_exactly_what_the_table_does_not_name(house: Instance) -> None:
    tried = 0
    for workflow in _rows(house).values():
        legal = {(move.before, move.after) for move in workflow.moves}
        states = (*workflow.states, "nowhere", "")
        with house.as_owner() as owner:
            row = owner.execute(f"select min(id) from {workflow.table}".encode()).fetchone()
            assert row
            for before in workflow.states:
                for after in states:
                    refused = _hand_move(owner, workflow.table, row[0], before, after)
                    assert refused == (before != after and (before, after) not in legal), (
                        workflow.name,
                        before,
                        after,
                    )
                    tried += 1
    assert tried > 30


def _hand_move(owner: "psycopg.Connection[Any]", table: str, row: int, before: str, after: str) -> bool:
    try:
        with owner.transaction(force_rollback=True):
            owner.execute("set local session_replication_role = replica")
            owner.execute(f"update {table} set state = %s where id = %s".encode(), [before, row])
            owner.execute("set local session_replication_role = origin")
            owner.execute(f"update {table} set state = %s where id = %s".encode(), [after, row])
    except psycopg.errors.CheckViolation:
        return True
    return False


def test_the_database_refuses_a_wrong_start(house: Instance) -> None:
    for workflow in _rows(house).values():
        with house.as_owner() as owner:
            columns = [
                name for (name,) in owner.execute(
                    "select column_name from information_schema.columns where table_name = %s "
                    "and column_name not in ('id', 'state')", [workflow.table],
                ).fetchall()
            ]  # fmt: skip
            listed = ", ".join(f'"{name}"' for name in columns)
            for start in workflow.states[len(workflow.starts) :]:
                with pytest.raises(psycopg.errors.CheckViolation, match=f"starts as {workflow.start}"):
                    owner.execute(
                        f"insert into {workflow.table} ({listed}, state) select {listed}, %s from {workflow.table} "
                        "limit 1".encode(), [start],
                    )  # fmt: skip


# --- One call ---------------------------------------------------------------------------------------------------------


def _held(ref: str) -> Report:
    with reading(someone("analyst@norf")):
        return Report.objects.get(ref=ref)


@pytest.fixture
def ungraded(house: Instance) -> Report:
    """A received report, filed by an officer, whose role does not grade."""
    return _held(file_report(someone("officer@norf"), "R1"))


def test_a_stale_record_is_not_moved(ungraded: Report) -> None:
    aisha, stale = someone("analyst@norf"), _held(ungraded.ref)
    with reading(aisha):
        REPORT.make("reject", ungraded, by=aisha, why="twice")
    with pytest.raises(MoveRefused, match="in the meantime"), reading(aisha):
        REPORT.make("grade", stale, by=aisha)
    assert _held(ungraded.ref).state == "rejected"
    with reading(aisha):
        assert History.objects.filter(thing="report", thing_id=ungraded.pk).count() == 1


def test_of_two_moves_at_one_moment_one_is_made(ungraded: Report) -> None:
    aisha, refused = someone("analyst@norf"), []

    def move(verb: str) -> None:
        try:
            with reading(aisha):
                REPORT.make(verb, _held(ungraded.ref), by=aisha, why="x")
        except MoveRefused as refusal:
            refused.append(refusal)

    in_parallel(lambda: move("grade"), lambda: move("reject"))
    assert len(refused) == 1
    with reading(aisha):
        assert History.objects.filter(thing="report", thing_id=ungraded.pk).count() == 1


def test_all_are_moved_or_none(house: Instance) -> None:
    officer, aisha = someone("officer@norf"), someone("analyst@norf")
    records = [_held(file_report(officer, f"R{n}")) for n in range(3)]
    with reading(aisha):
        REPORT.make("reject", records[2], by=aisha, why="first")
        records[2].state = "received"
    with pytest.raises(MoveRefused), reading(aisha):
        REPORT.make_all("reject", records, by=aisha, why="all")
    assert [_held(r.ref).state for r in records] == ["received", "received", "rejected"]


def test_a_role_a_guard_and_the_table_each_refuse_in_a_sentence(ungraded: Report) -> None:
    aisha = someone("analyst@norf")
    for verb, by, words in (
        ("grade", someone("officer@norf"), "Your role does not let you grade a report."),
        ("fly", aisha, "There is no move called 'fly' for a report."),
        ("circulate", aisha, "This report is received, so it cannot be moved by 'circulate'."),
    ):
        with pytest.raises(MoveRefused) as refused, reading(by):
            REPORT.make(verb, _held(ungraded.ref), by=by)
        assert str(refused.value) == words
    guarded = Workflow("t", "intelligence_report", ("received",), (
        Move("go", "received -> graded", needs="x", guard=lambda record: "Not yet."),))  # fmt: skip
    with pytest.raises(MoveRefused, match="Not yet"):
        guarded.make("go", ungraded, by=Anyone(allowed=True))


def test_another_body_cannot_move_it(ungraded: Report) -> None:
    ben = someone("analyst@mps")
    with pytest.raises(MoveRefused), reading(ben):
        REPORT.make("reject", ungraded, by=ben, why="not ours")
    assert _held(ungraded.ref).state == "received"


def test_an_interest_ends_once(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = keep_interest(by=aisha, selector=parse("phone:07700900123"), why="x", silent=False)
    end_interest(by=aisha, ref=ref, why="done")
    with pytest.raises(MoveRefused):
        end_interest(by=aisha, ref=ref, why="done")
