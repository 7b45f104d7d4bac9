"""The answer clock: by when a hit is to be answered, and who learns that it was not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import command, file_report, sight, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import close_compartment
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow
from throughline.matching.answering import answer_by
from throughline.matching.models import HitEscalation, HitSide
from throughline.matching.overdue import OverdueRow, overdue_count, overdue_in_region
from throughline.matching.queries import hit_list, hit_page
from throughline.matching.services import judge_hit
from throughline.notices.queries import notice_list
from throughline.organisations.queries import body_ids, coordinators
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest

NUMBER, ADDRESS = "phone:07700900123", "address:210 Terminus Road, SW88 3QA"
MONDAY = datetime(2040, 2, 6, 10, tzinfo=UTC)
"""In winter, when London keeps UTC, and after the day on which the cast was given its roles."""
TUESDAY_CLOSE, NEXT_MONDAY_CLOSE = (
    datetime(2040, 2, 7, 17, tzinfo=UTC),
    datetime(2040, 2, 13, 17, tzinfo=UTC),
)


# --- By when ------------------------------------------------------------------------------------------------------


@given(told=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), days=st.integers(1, 60))  # noqa: DTZ001
def test_a_time_to_answer_ends_at_the_close_of_a_working_day(told: datetime, days: int) -> None:
    told = told.replace(tzinfo=UTC)
    due = answer_by(told, days).astimezone(clock.LONDON)
    assert (due.hour, due.minute) == (17, 0)
    assert due.weekday() < 5
    first = told.astimezone(clock.LONDON).date()
    passed = (first + timedelta(days=n) for n in range(1, (due.date() - first).days + 1))
    assert sum(day.weekday() < 5 for day in passed) == days


def _raise(*values: str, bodies: tuple[str, ...] = ("norf", "mps"), at: datetime = MONDAY) -> None:
    with clock.stopped(at):
        for code in bodies:
            file_report(someone(f"analyst@{code}"), f"R {values}", selectors=values)
        outbox.drain()
    assert outbox.failed() == 0


def _wait_until(moment: datetime) -> None:
    with clock.stopped(moment):
        outbox.drain()
    assert outbox.failed() == 0


def _told(username: str, *kinds: str) -> list[str]:
    return [card.text for card in notice_list(someone(username), size=100)[0] if card.kind in kinds]


def test_a_rare_hit_is_to_be_answered_sooner(house: Instance) -> None:
    _raise(NUMBER, ADDRESS)
    with clock.stopped(MONDAY):
        due = {row.kind: row.answer_by for row in hit_list(someone("analyst@norf")).rows}
    assert due == {"phone": TUESDAY_CLOSE, "address": NEXT_MONDAY_CLOSE}
    with house.as_owner() as owner:
        clocks = owner.execute("select moment from matching_answer_deadline order by 1").fetchall()
    assert [moment for (moment,) in clocks] == [TUESDAY_CLOSE, NEXT_MONDAY_CLOSE]


def test_one_clock_runs_for_all_that_fall_due_at_one_moment(house: Instance) -> None:
    for n in range(3):
        _raise(f"phone:0770090010{n}", at=MONDAY + timedelta(hours=n))
    assert FactRow.objects.filter(name="AnswersDue").count() == 1


def test_the_periods_are_changed_by_a_command_and_for_later_hits_alone(house: Instance) -> None:
    _raise(NUMBER)
    assert command("answers").out == "Ordinary  5 working days\nUrgent    1 working day\n"
    assert command("answers", "--urgent", "2", "--json").out == '{"ordinary": 5, "urgent": 2}\n'
    for days in ("0", "61"):
        said = command("answers", "--ordinary", days)
        assert (said.status, said.err) == (1, "Enter between 1 and 60 working days.\n")
    _raise("phone:07700900124")
    rows = hit_list(someone("analyst@norf"), oldest_first=True).rows
    assert [row.answer_by for row in rows] == [TUESDAY_CLOSE, TUESDAY_CLOSE + timedelta(days=1)]


# --- Who answers for whom -----------------------------------------------------------------------------------------


def test_each_body_answers_to_its_unit_or_to_the_national_centre(house: Instance) -> None:
    ids = body_ids()
    above = coordinators(on=MONDAY.date())
    codes = {
        code: next(c for c, n in ids.items() if n == above[ids[code]]) for code in ids if ids[code] in above
    }
    assert (codes["NORF"], codes["KENT"], codes["GMP"]) == ("ERSOU", "ERSOU", "NWROCU")
    assert {codes[code] for code in ("MPS", "BTP", "NCA", "ERSOU", "PSOS")} == {"NCLCC"}
    assert set(ids) - set(codes) == {"NCLCC"}


# --- Escalated ----------------------------------------------------------------------------------------------------


def test_an_unanswered_side_is_told_to_the_co_ordinators_of_its_region_alone(house: Instance) -> None:
    _raise(NUMBER)
    hit = hit_list(someone("analyst@norf")).rows[0].ref
    _wait_until(TUESDAY_CLOSE - timedelta(seconds=1))
    carys = someone("coordinator@ersou")
    assert overdue_count(carys) == 0
    _wait_until(TUESDAY_CLOSE)
    assert overdue_in_region(carys).rows == (
        OverdueRow(
            hit, "phone", "Norfolk Constabulary", "NORF intelligence desk, 01632 960125",
            "Metropolitan Police Service", TUESDAY_CLOSE, TUESDAY_CLOSE,
        ),
    )  # fmt: skip
    assert _told("coordinator@ersou", "overdue") == [
        f"Norfolk Constabulary has not answered hit {hit} with Metropolitan Police Service in time. "
        "It is on a phone number."
    ]
    assert len(_told("coordinator@nclcc", "overdue")) == 1, "London answers to the centre"
    for outsider in (
        "analyst@ersou",
        "officer@ersou",
        "manager@ersou",
        "coordinator@emsou",
        "coordinator@norf",
    ):
        assert _told(outsider, "overdue") == [], outsider
    assert hit_page(carys, hit) is None
    assert hit_list(carys, state="").rows == ()


def test_only_an_overseer_opens_the_list_and_the_lock_agrees(house: Instance) -> None:
    _raise(NUMBER)
    _wait_until(TUESDAY_CLOSE)
    with pytest.raises(NotAllowed):
        overdue_in_region(someone("analyst@ersou"))
    for username, count in {"coordinator@ersou": 1, "analyst@ersou": 0, "coordinator@norf": 0}.items():
        with reading(someone(username)):
            assert HitEscalation.objects.count() == count, username


def test_the_late_body_sees_it_first_and_is_told_that_its_region_knows(house: Instance) -> None:
    _raise(ADDRESS, at=MONDAY - timedelta(days=7))
    _raise(NUMBER)
    norfolk = someone("analyst@norf")
    assert [row.kind for row in hit_list(norfolk).rows] == ["phone", "address"]
    _wait_until(TUESDAY_CLOSE - timedelta(hours=1))
    with clock.stopped(TUESDAY_CLOSE - timedelta(hours=1)):
        rows = hit_list(norfolk).rows
        page = hit_page(norfolk, rows[0].ref)
    assert [(row.kind, row.is_overdue) for row in rows] == [("address", True), ("phone", False)]
    assert page is not None
    assert [(side.is_overdue, side.escalated_at is not None) for side in page.sides] == [(True, True)] * 2
    assert _told("analyst@norf", "late") == [
        f"You have not answered the hit with Metropolitan Police Service in time: {rows[0].ref}. "
        "Eastern Region Special Operations Unit has been told."
    ]


@pytest.mark.parametrize("verb", ["confirm", "dismiss", "doubt"])
def test_an_answer_in_time_stops_the_clock(house: Instance, verb: str) -> None:
    _raise(NUMBER)
    norfolk = someone("analyst@norf")
    judge_hit(by=norfolk, ref=hit_list(norfolk).rows[0].ref, verb=verb, reason="known")
    _wait_until(TUESDAY_CLOSE)
    assert overdue_count(someone("coordinator@ersou")) == 0
    assert overdue_count(someone("coordinator@nclcc")) == 1, "each side answers for itself"


def test_a_late_answer_takes_it_off_the_list(house: Instance) -> None:
    _raise(NUMBER)
    _wait_until(TUESDAY_CLOSE)
    norfolk = someone("analyst@norf")
    judge_hit(by=norfolk, ref=hit_list(norfolk).rows[0].ref, verb="doubt")
    assert overdue_count(someone("coordinator@ersou")) == 0
    (side,) = HitSide.objects.using("owner").filter(body=norfolk.body)
    assert (side.overdue, side.escalated_at) == (False, TUESDAY_CLOSE)


def test_it_is_escalated_once(house: Instance) -> None:
    _raise(NUMBER)
    _wait_until(TUESDAY_CLOSE)
    with house.as_owner() as owner:
        owner.execute("update kernel_step set state = 'waiting' where step = 'escalate_unanswered'")
    _wait_until(TUESDAY_CLOSE + timedelta(days=3))
    assert len(_told("coordinator@ersou", "overdue")) == 1
    assert len(_told("analyst@norf", "late")) == 1


def test_many_at_once_are_one_notice_with_a_count(house: Instance) -> None:
    _raise(*[f"phone:077009004{n:02d}" for n in range(6)])
    _wait_until(TUESDAY_CLOSE)
    assert _told("coordinator@ersou", "overdue") == ["6 hits in your region were not answered in time"]
    assert _told("analyst@norf", "late") == ["6 hits were to be answered by now"]
    first = overdue_in_region(someone("coordinator@ersou"), size=4)
    rest = overdue_in_region(someone("coordinator@ersou"), size=4, offset=4)
    assert len({row.hit for row in (*first.rows, *rest.rows)}) == 6
    assert (first.next_offset, rest.next_offset) == (4, None)


# --- What a clock must not tell -----------------------------------------------------------------------------------


def test_a_silent_side_is_late_for_itself_alone(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    with clock.stopped(MONDAY):
        keep_interest(by=norfolk, selector=parse(NUMBER), why="A source", silent=True)
    _raise(NUMBER, bodies=("mps",))
    _wait_until(TUESDAY_CLOSE)
    with clock.stopped(TUESDAY_CLOSE):
        assert hit_list(norfolk).rows[0].is_overdue
    (late,) = _told("analyst@norf", "late")
    assert "has been told" not in late
    assert (overdue_count(someone("coordinator@ersou")), overdue_count(someone("coordinator@nclcc"))) == (
        0,
        0,
    )


def test_a_clock_starts_when_a_silence_ends(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    with clock.stopped(MONDAY):
        interest = keep_interest(by=norfolk, selector=parse(NUMBER), why="A source", silent=True)
    _raise(NUMBER, bodies=("mps",))
    with clock.stopped(MONDAY + timedelta(days=1)):
        file_report(norfolk, "R2", selectors=[NUMBER])
        end_interest(by=norfolk, ref=interest, why="Over")
        outbox.drain()
        (row,) = hit_list(someone("analyst@mps")).rows
    assert row.answer_by == TUESDAY_CLOSE + timedelta(days=1)
    _wait_until(TUESDAY_CLOSE + timedelta(days=1))
    assert overdue_count(someone("coordinator@nclcc")) == 1


@pytest.mark.parametrize("closed", ["norf", "mps"])
def test_a_compartment_is_not_told_to_a_region(house: Instance, closed: str) -> None:
    manager = someone(f"manager@{closed}")
    circle = close_compartment(name="Herons", people=[manager.person])
    with clock.stopped(MONDAY):
        sight(someone(f"manager@{closed}"), NUMBER, ref="S", compartment=circle)
        sight(someone("analyst@mps" if closed == "norf" else "analyst@norf"), NUMBER, ref="T")
        outbox.drain()
    _wait_until(TUESDAY_CLOSE)
    assert (overdue_count(someone("coordinator@ersou")), overdue_count(someone("coordinator@nclcc"))) == (
        0,
        0,
    )
    assert len(_told(f"manager@{closed}", "late")) == 1
    assert _told(f"analyst@{closed}", "late") == []
