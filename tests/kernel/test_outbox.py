"""The outbox: each step is done exactly once, whatever dies, fails or runs side by side."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.clashes.planning import NEARBY, NORWICH, plan
from tests.cli.files import csv_text
from tests.inside import file_report, in_parallel, inside, sight, someone
from tests.instance import Instance
from tests.intelligence.test_versions import draft
from tests.lines.keeping import NUMBER as LINE_NUMBER
from tests.lines.keeping import closed, keep
from tests.operations.planned import sent, under_way
from tests.operations.test_disruptions import claimed
from tests.orders.making import authorised, drafted, granted
from tests.safeguarding.caring import raised, shared
from tests.safeguarding.test_partners import joined
from tests.tasking.bidding import OWN_NUMBER, bid
from tests.tasking.planned import give_days, proposed
from tests.telecoms.calling import watched
from throughline.access.reader import Reader
from throughline.flow import STEPS
from throughline.intelligence.drafts import save_draft
from throughline.intelligence.report_layout import STANDARD
from throughline.intelligence.services import circulate_report, widen_circulation
from throughline.intelligence.versions import correct_report, sanitise_report, withdraw_report
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow, StepRow
from throughline.kernel.outbox import ATTEMPTS, Fact, announce
from throughline.lines.merging import merge_lines
from throughline.loads.services import begin_load, keep_upload, lay_out_load
from throughline.matching.blind.loading import load_encodings
from throughline.matching.bulk import AT_ONCE, ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.people.judging import judge_link
from throughline.matching.people.links import link_list
from throughline.matching.places.judging import judge_places
from throughline.matching.queries import hit_list
from throughline.matching.services import run_check
from throughline.matching.thread import write_note
from throughline.matching.together import judge_hits
from throughline.retention.services import dispose_of, propose_disposal
from throughline.safeguarding.partners import send_message
from throughline.safeguarding.raising import Who
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest
from throughline.sharing.services import ask_for_access, refuse_access, withdraw_request
from throughline.tasking.adopting import adopt_plan
from throughline.tasking.proposing import Asked, ask_for_plan
from throughline.telecoms.authorities import Particulars, record_authority
from throughline.telecoms.ending import end_authority

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NUMBER, HELD = "phone:07700900123", "phone:07700900122"
LOADED = csv_text({}).encode()
LISTED = "\n".join([NUMBER, *(f"email:n{n}@shop.example" for n in range(AT_ONCE))])
"""A list too long to be answered while its person waits."""


@dataclass(frozen=True, slots=True)
class Rung(Fact):
    """A bell was rung, for the tests."""

    number: int


class Bells:
    """Steps that keep what they were given, and fail on what is poisoned."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.echoed: list[int] = []
        self.poison: set[int] = set()

    def hear(self, facts: Sequence[Mapping[str, Any]]) -> None:
        numbers = [fact["number"] for fact in facts]
        if self.poison & set(numbers):
            raise ValueError("Canary content that the queue must not keep")
        # Kept only when the transaction is, as everything in the database is.
        transaction.on_commit(lambda: self.heard.extend(numbers))

    def echo(self, facts: Sequence[Mapping[str, Any]]) -> None:
        numbers = [fact["number"] for fact in facts]
        transaction.on_commit(lambda: self.echoed.extend(numbers))


@pytest.fixture
def bells(house: Instance) -> Iterator[Bells]:
    """A flow of two steps, in place of the real one."""
    made = Bells()
    outbox.use_flow({Rung: [made.hear, made.echo]})
    logging.disable(logging.CRITICAL)
    try:
        yield made
    finally:
        logging.disable(logging.NOTSET)
        outbox.use_flow(STEPS)


def test_each_step_of_a_fact_is_done_once_oldest_first(bells: Bells) -> None:
    announce(*(Rung(n) for n in range(5)))
    assert outbox.waiting() == 10
    assert outbox.drain() == 10
    assert (bells.heard, bells.echoed) == ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])
    assert (outbox.drain(), outbox.waiting(), outbox.failed()) == (0, 0, 0)


def test_a_fact_is_kept_or_lost_with_its_change(bells: Bells) -> None:
    with transaction.atomic():
        announce(Rung(1))
        transaction.set_rollback(True)
    assert FactRow.objects.count() == 0


def test_a_fact_that_nobody_follows_is_refused(bells: Bells) -> None:
    @dataclass(frozen=True, slots=True)
    class Unheard(Fact):
        pass

    with pytest.raises(KeyError), transaction.atomic():
        announce(Rung(1), Unheard())
    assert FactRow.objects.count() == 0
    announce()


def test_a_poisoned_fact_does_not_hold_up_its_batch(bells: Bells) -> None:
    bells.poison = {3}
    with clock.stopped(NOON):
        announce(*(Rung(n) for n in range(6)))
        assert outbox.work_once() == 12
        assert sorted(bells.heard) == [0, 1, 2, 4, 5]
        assert len(bells.echoed) == 6
        assert outbox.work_once() == 0, "it waits before it is tried again"
    left = StepRow.objects.get(state="waiting")
    assert (left.attempts, left.due_at, left.trouble) == (1, NOON + timedelta(seconds=2), "ValueError")


def test_a_step_that_only_a_newer_version_knows_is_left_to_its_worker(bells: Bells) -> None:
    announce(Rung(1))
    StepRow.objects.filter(step="echo").update(step="of_a_newer_version")
    assert outbox.drain() == 1
    left = StepRow.objects.get(state="waiting")
    assert (left.step, left.attempts, left.trouble) == ("of_a_newer_version", 0, "")
    assert (outbox.standing().due, outbox.failed()) == (1, 0), (
        "it stands in the figures until somebody does it"
    )


def test_it_tries_again_with_growing_pauses_then_gives_up_in_sight(bells: Bells) -> None:
    bells.poison = {1}
    at = NOON
    with clock.stopped(at):
        announce(Rung(1))
    pauses = []
    for _ in range(ATTEMPTS):
        with clock.stopped(at):
            outbox.work_once()
        step = StepRow.objects.get(step="hear")
        pauses.append((step.due_at - at).total_seconds())
        at = step.due_at
    assert pauses == [2, 4, 8, 16, 32]
    assert (step.state, step.attempts, step.owner) == ("failed", ATTEMPTS, "admin")
    assert "Canary" not in step.trouble
    with clock.stopped(at + timedelta(days=1)):
        assert outbox.work_once() == 0
    assert (outbox.waiting(), outbox.failed()) == (0, 1)


def test_a_failed_step_is_taken_up_again_by_hand(bells: Bells) -> None:
    bells.poison = {1}
    announce(Rung(1))
    assert outbox.drain() == ATTEMPTS + 1
    bells.poison = set()
    assert (outbox.drain(), outbox.failed()) == (0, 1)
    assert outbox.retry_failed() == 1
    outbox.drain()
    assert (bells.heard, outbox.failed()) == ([1], 0)
    assert StepRow.objects.get(step="hear").trouble == ""


def test_a_step_that_was_renamed_fails_in_sight(bells: Bells) -> None:
    announce(Rung(1))
    StepRow.objects.filter(step="hear").update(step="listen", due_at=clock.now() - outbox.LEFT_FOR * 2)
    outbox.drain()
    assert (outbox.failed(), bells.echoed) == (1, [1])


def test_workers_side_by_side_never_do_a_step_twice(bells: Bells) -> None:
    announce(*(Rung(n) for n in range(120)))

    def work() -> None:
        while outbox.work_once(batch=7):
            pass

    in_parallel(*[work] * 6)
    outbox.drain()
    assert (sorted(bells.heard), sorted(bells.echoed)) == (list(range(120)), list(range(120)))


def test_a_full_batch_leaves_the_rest(bells: Bells) -> None:
    announce(*(Rung(n) for n in range(10)))
    assert (outbox.work_once(batch=8), outbox.waiting()) == (8, 12)


# --- The real flow ----------------------------------------------------------------------------------------------------


def _story() -> None:
    """Changes that announce a fact of every kind in the flow."""
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    save_draft(by=norfolk, ref="D1", typed={"title": ["Half written"]})
    for reader in (norfolk, met):
        file_report(reader, "R0", selectors=[HELD])
    _known_twice(norfolk, met, "Sam", "Samuel")
    give_days("NORF")
    chair = someone("chair@norf")
    plan_of_days = proposed(chair)
    judge_link(by=norfolk, ref=link_list(norfolk).rows[0].ref, verdict="same", why="One scar")
    _known_twice(norfolk, met, "Kate", "Catherine")
    _place_twice(norfolk, met)
    for reader in (norfolk, met):
        load_encodings(by=reader, ids=["1"], packed=[bytes(128)], made_by="a key")
    write_note(by=norfolk, hit=hit_list(norfolk).rows[0].ref, text="Is he yours?")
    judge_hits(
        by=norfolk, refs=[hit_list(norfolk).rows[0].ref], verb="dismiss", reason="known", second_look=True
    )
    tomorrow = clock.today() + timedelta(days=1)
    quiet = keep_interest(
        by=norfolk, selector=parse(NUMBER), why="an operation", silent=True, ends_on=tomorrow
    )
    file_report(norfolk, "N1", selectors=[NUMBER], bodies=["MPS"])
    file_report(met, "M1", selectors=[NUMBER, "email:a@shop.example"])
    sight(someone("analyst@kent"), NUMBER, ref="K1")
    run_check(by=someone("officer@mers"), selector=parse(NUMBER), why="a stop")
    end_interest(by=norfolk, ref=quiet, why="done")
    ask_in_bulk(by=norfolk, values=sort_list(typed_lines(LISTED)), why="a list")
    for spot in (NORWICH, NEARBY):
        plan(norfolk if spot == NORWICH else met, spot)
    load = keep_upload(by=norfolk, filename="a.csv", size=len(LOADED), chunks=[LOADED])
    lay_out_load(by=norfolk, ref=load, layout=STANDARD)
    begin_load(by=norfolk, ref=load, verb="try")
    said = Particulars("Crime", clock.today(), tomorrow, tomorrow)
    for ref in ("OP-1", "OP-2"):
        record_authority(by=norfolk, ref=ref, said=said)
    end_authority(by=norfolk, ref="OP-2", why="done")
    watched(norfolk)
    _lines(someone("manager@norf"))
    _versions(norfolk)
    _requests(norfolk, someone("officer@kent"))
    bid(norfolk, line=keep(norfolk, "B1"), level="regional")
    claimed()
    # A concern about somebody by whose number there is a bid already.
    bid(norfolk, line=keep(norfolk, "B9"), numbers=(OWN_NUMBER,), level="local", asked_body="")
    raised(who=Who(selector=LINE_NUMBER))
    shared(raised())
    joined()
    send_message(by=someone("partner@norf"), words="A boy of ours")
    kept = keep(norfolk, "O1")
    drafted(line=kept, number=HELD)  # which London is asked about
    order = drafted(line=kept, number="phone:07700900304")
    authorised(order)
    granted(order)
    sent("manager@norf", under_way(ends=tomorrow.isoformat()), arrests="4")  # late: its day is long past
    _disposed(norfolk)
    adopt_plan(by=chair, ref=plan_of_days, why="The harm is high")
    ask_for_plan(by=chair, asked=Asked(seconds=1))


def _known_twice(one: Reader, other: Reader, *names: str) -> None:
    """A person known to two bodies under two names: a strong link, of which each may know both sides."""
    for reader, name in zip((one, other), names, strict=True):
        told = [
            f"person:{names[0]}son, {name}, 2001-05-03",
            f"email:{names[0]}@line.example",
            "national_id:QQ123456C",
        ]
        file_report(reader, f"P {name}", selectors=told, bodies=["NORF", "MPS"])


def _disposed(by: Reader) -> None:
    """A report of the body's that two people disposed of."""
    gone = file_report(by, "RV1")
    propose_disposal(by=by, ref=gone, reason="not needed")
    dispose_of(by=someone("manager@norf"), ref=gone)


def _place_twice(one: Reader, other: Reader) -> None:
    """A place known to two bodies by two addresses, of which each may know both; one says that they are one."""
    said = "address:Flat 3, 12 Wherry Road, NR1 1AA", "address:Apt 3 12 Wherrey Road, NR1 1AA"
    for reader, address in zip((one, other), said, strict=True):
        file_report(reader, "A1", selectors=[address], bodies=["NORF", "MPS"])
    judge_places(by=one, one=parse(said[0]).key, other=parse(said[1]).key, verdict="same", why="One door")


def _lines(by: Reader) -> None:
    """A line that is closed, and two that are one."""
    closed(by, clock.today(), name="L1")
    merge_lines(by=by, kept=keep(by, "L2"), gone=keep(by, "L3"), why="One number")


def _versions(by: Reader) -> None:
    """A report that goes further than its author asked, and then to one more; a version of it; another in its place."""
    full = file_report(by, "F1", selectors=[HELD])
    circulate_report(by=by, ref=full, everyone=False, bodies=["MPS"])
    widen_circulation(by=by, ref=full, bodies=["KENT"], why="They need it")
    version = sanitise_report(by=by, ref=full, items=[1], draft=draft(bodies=("MERS",)))
    correct_report(by=by, ref=full, draft=draft("F2"), why="A wrong number")
    withdraw_report(by=by, ref=version, why="Not needed")


def _requests(holder: Reader, asker: Reader) -> None:
    enquiry = run_check(by=asker, selector=parse(HELD), why="a stop")[0].enquiry
    refused, taken_back = (
        ask_for_access(by=asker, source_ref=enquiry, body=body, why="A boy may be at risk")
        for body in ("NORF", "MPS")
    )
    assert refused
    assert taken_back
    refuse_access(by=holder, ref=refused, reason="other", words="Ring us")
    withdraw_request(by=asker, ref=taken_back)


def _outcome(house: Instance) -> dict[str, object]:
    with house.as_owner() as owner:
        return {
            table: owner.execute(f"select {columns} from {table} order by {columns}".encode()).fetchall()
            for table, columns in {
                "selectors_sighting": "owner, kind, key, source",
                "matching_holding": "key, body, times, silent_times, compartment",
                "matching_hit": "key, body_a, body_b, told_a, told_b, holders, times",
                "matching_hit_side": "body, other, told, other_told, rarity",
                "notices_notice": "body, kind, thing, left(text, 12)",
                "kernel_step": "step, state",
            }.items()
        }


def test_the_story_has_every_fact_of_the_flow(house: Instance) -> None:
    _story()
    outbox.drain()
    assert set(FactRow.objects.values_list("name", flat=True)) == {fact.__name__ for fact in STEPS}
    assert (outbox.waiting(), outbox.failed()) == (0, 0)


def _deliver(*, twice: str) -> int:
    """Do all that waits, one by one; each delivery of one step dies before its commit the first time."""
    died = 0
    while waiting := StepRow.objects.filter(state="waiting").order_by("due_at", "id").first():
        with clock.stopped(waiting.due_at):  # a clock that runs falls due in its turn
            if waiting.step == twice:
                died += 1
                with transaction.atomic():
                    assert outbox.work_once(batch=1) == 1
                    transaction.set_rollback(True)
            assert outbox.work_once(batch=1) == 1
    assert outbox.failed() == 0
    return died


@pytest.mark.parametrize("step", sorted({step.__name__ for steps in STEPS.values() for step in steps}))
def test_a_fact_delivered_twice_equals_once(
    house: Instance, undisturbed: dict[str, object], step: str
) -> None:
    _story()
    assert _deliver(twice=step) > 0
    assert _outcome(house) == undisturbed


@pytest.fixture(scope="module")
def undisturbed(shared_instance: Instance, django_db_blocker: DjangoDbBlocker) -> dict[str, object]:
    """What the story comes to when nothing dies."""
    with inside(shared_instance, django_db_blocker):
        _story()
        assert _deliver(twice="") == 0
        return _outcome(shared_instance)


def test_workers_side_by_side_come_to_the_same_end(house: Instance) -> None:
    for n in range(12):
        for code in ("norf", "mps", "kent"):
            file_report(someone(f"analyst@{code}"), f"R{n}", selectors=[f"phone:077009002{n:02d}", NUMBER])
    in_parallel(*[outbox.drain] * 4)
    outbox.drain()
    assert (outbox.failed(), outbox.waiting()) == (0, 0)
    with house.as_owner() as owner:
        assert owner.execute("select count(*) from matching_hit").fetchone() == (13 * 3,)
        assert owner.execute("select sum(times) from matching_holding").fetchone() == (12 * 3 * 2,)


def test_a_clock_runs_until_it_is_due_and_a_drain_leaves_it_running(bells: Bells) -> None:
    with clock.stopped(NOON):
        announce(Rung(1), due=NOON + timedelta(days=5))
        assert (outbox.drain(), outbox.waiting(), outbox.work_once()) == (0, 0, 0)
    with clock.stopped(NOON + timedelta(days=5)):
        assert (outbox.waiting(), outbox.work_once(), bells.heard) == (2, 2, [1])
