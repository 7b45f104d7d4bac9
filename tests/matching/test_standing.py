"""Standing enquiries: hit by a later load, ended by their day unless renewed, and their keeper told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed
from throughline.kernel import clock, outbox
from throughline.matching.queries import hit_list
from throughline.matching.services import run_check
from throughline.notices.queries import notice_list
from throughline.selectors.models import Interest
from throughline.selectors.queries import kept_interest, kept_interests
from throughline.selectors.registry import Selector, parse
from throughline.selectors.services import (
    InterestProblem,
    end_interest,
    keep_interest,
    keep_interests,
    latest_end,
    renew_interest,
)

NUMBER = parse("07700 900123")
NUMBERS = [parse(f"07700 900{n:03}") for n in range(8)]
BEGUN = datetime(2027, 11, 3, 9, 0, tzinfo=UTC)
LAST = date(2027, 12, 1)
OVER = datetime(2027, 12, 2, 0, 1, tzinfo=UTC)


def _keep(*, silent: bool = False, selector: Selector = NUMBER) -> str:
    with clock.stopped(BEGUN):
        aisha = someone("analyst@norf")
        ref = keep_interest(by=aisha, selector=selector, why="an operation", silent=silent, ends_on=LAST)
        outbox.drain()
    return ref


def _texts(username: str) -> list[str]:
    return [card.text for card in notice_list(someone(username), size=100)[0]]


def _work(at: datetime) -> None:
    with clock.stopped(at):
        outbox.drain()
    assert outbox.failed() == 0


def test_a_later_load_hits_it_and_both_sides_are_told(house: Instance) -> None:
    _keep()
    with clock.stopped(BEGUN + timedelta(days=9)):
        file_report(someone("analyst@mps"), "M1", selectors=["phone:07700 900123"])
        outbox.drain()
    assert [row.other for row in hit_list(someone("analyst@norf")).rows] == ["MPS"]
    assert "Metropolitan Police Service holds the same phone number as you" in _texts("analyst@norf")[0]
    assert "Norfolk Constabulary holds the same phone number as you" in _texts("analyst@mps")[0]


def test_a_silent_one_is_hit_and_its_keeper_alone_is_told(house: Instance) -> None:
    _keep(silent=True)
    with clock.stopped(BEGUN + timedelta(days=9)):
        file_report(someone("analyst@mps"), "M1", selectors=["phone:07700 900123"])
        outbox.drain()
    assert len(_texts("analyst@norf")) == 1
    assert _texts("analyst@mps") == []


def test_it_ends_when_its_last_day_is_over_and_its_keeper_is_told(house: Instance) -> None:
    aisha, ref = someone("analyst@norf"), _keep()
    _work(OVER - timedelta(minutes=2))
    assert kept_interest(aisha, ref) is not None, "its last day is not over"
    _work(OVER)
    assert kept_interests(aisha) == []
    assert _texts("analyst@norf") == [
        "Your standing enquiry about 07700 900123 ended: 1 December 2027 was its last day. "
        "Keep a new one if you still need to hear of it."
    ]
    assert run_check(by=someone("officer@mps"), selector=NUMBER, why="a stop") == []
    looks = [look for look in journal_page(someone("auditor@norf"))[0] if look.ref == ref]
    assert [(look.who, look.verb) for look in looks] == [
        ("Throughline", "alter"),
        ("Analyst at NORF", "collect"),
    ]


def test_the_end_of_a_silent_one_opens_what_it_kept_quiet(house: Instance) -> None:
    _keep(silent=True)
    with clock.stopped(BEGUN):
        file_report(someone("analyst@norf"), "N1", selectors=["phone:07700 900123"])
        file_report(someone("analyst@mps"), "M1", selectors=["phone:07700 900123"])
        outbox.drain()
    assert hit_list(someone("analyst@mps")).rows == ()
    _work(OVER)
    assert [row.other for row in hit_list(someone("analyst@mps")).rows] == ["NORF"]


def test_one_that_is_renewed_lives_on_to_its_new_day(house: Instance) -> None:
    aisha, ref = someone("analyst@norf"), _keep()
    with clock.stopped(OVER - timedelta(days=2)):
        renew_interest(by=aisha, ref=ref, ends_on=date(2027, 12, 20), why="still running")
    _work(OVER)
    card = kept_interest(aisha, ref)
    assert card is not None
    assert card.ends_on == date(2027, 12, 20)
    assert _texts("analyst@norf") == []
    _work(datetime(2027, 12, 21, 0, 1, tzinfo=UTC))
    assert kept_interests(aisha) == []
    assert len(_texts("analyst@norf")) == 1


def test_one_that_was_ended_by_hand_is_not_ended_again(house: Instance) -> None:
    end_interest(by=someone("analyst@norf"), ref=_keep(), why="done")
    _work(OVER)
    assert _texts("analyst@norf") == []


def test_it_ends_only_what_is_of_the_body_that_set_the_day(house: Instance) -> None:
    """The clockwork reads as the body, so a fact that named another's interest would find nothing."""
    from throughline.selectors.services import lapse_interests  # noqa: PLC0415 the step's own door

    ref, mps = _keep(), someone("analyst@mps")
    with clock.stopped(OVER):
        assert lapse_interests(body=mps.body, refs=[ref]) == []
    assert kept_interest(someone("analyst@norf"), ref) is not None


def test_those_of_a_list_are_kept_once_each_and_told_together(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _keep(selector=NUMBERS[0])
    with clock.stopped(BEGUN):
        asked = [*NUMBERS, NUMBERS[1]]
        assert keep_interests(by=aisha, selectors=asked, why="a handset", silent=False, ends_on=LAST) == 7
        assert keep_interests(by=aisha, selectors=asked, why="a handset", silent=False, ends_on=LAST) == 0
        outbox.drain()
        file_report(someone("analyst@mps"), "M1", selectors=["phone:07700 900007"])
        outbox.drain()
    assert len(kept_interests(aisha)) == 8
    assert [row.shown for row in hit_list(aisha).rows] == ["07700 900007"]
    _work(OVER)
    assert kept_interests(aisha) == []
    assert [text for text in _texts("analyst@norf") if "7 standing enquiries ended" in text]


@pytest.mark.parametrize("ends_on", [BEGUN.date() - timedelta(days=1), BEGUN.date() + timedelta(days=367)])
def test_its_last_day_is_within_twelve_months(house: Instance, ends_on: date) -> None:
    aisha, ref = someone("analyst@norf"), _keep()
    with clock.stopped(BEGUN):
        with pytest.raises(InterestProblem, match="between today and 3 November 2028"):
            keep_interest(by=aisha, selector=NUMBERS[1], why="x", silent=False, ends_on=ends_on)
        with pytest.raises(InterestProblem, match="between today and 3 November 2028"):
            renew_interest(by=aisha, ref=ref, ends_on=ends_on, why="x")
        renew_interest(by=aisha, ref=ref, ends_on=date(2028, 11, 3), why="x")


def test_twelve_months_from_a_leap_day_is_the_end_of_february() -> None:
    assert latest_end(date(2028, 2, 29)) == date(2029, 2, 28)


def test_only_its_body_renews_it_with_a_reason(house: Instance) -> None:
    ref = _keep()
    with clock.stopped(BEGUN):
        with pytest.raises(Interest.DoesNotExist):
            renew_interest(by=someone("analyst@mps"), ref=ref, ends_on=LAST, why="x")
        with pytest.raises(NotAllowed):
            renew_interest(by=someone("officer@norf"), ref=ref, ends_on=LAST, why="x")
        with pytest.raises(InterestProblem, match="Say why"):
            renew_interest(by=someone("analyst@norf"), ref=ref, ends_on=LAST, why=" ")
        end_interest(by=someone("analyst@norf"), ref=ref, why="done")
        with pytest.raises(InterestProblem, match="has ended"):
            renew_interest(by=someone("analyst@norf"), ref=ref, ends_on=LAST, why="x")
