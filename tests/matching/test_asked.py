"""Enquiries are intelligence: who is told that another asked, and who never is."""

from datetime import timedelta

import pytest

from tests.inside import dice_of, file_report, sight, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import close_compartment
from throughline.kernel import clock, outbox
from throughline.matching.asked import asked_about
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import sort_list, typed_lines
from throughline.matching.queries import hit_list, hit_page
from throughline.matching.services import run_check
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

VALUE = "07700 900123"
NUMBER = parse(VALUE)


def _check(username: str, *, silent: bool = False) -> None:
    run_check(by=someone(username), selector=NUMBER, why="a seized handset", silent=silent)
    outbox.drain()
    assert outbox.failed() == 0


def _known(username: str) -> list[str]:
    reader = someone(username)
    with reading(reader):
        return [one.body for one in asked_about(reader, [NUMBER]).get(NUMBER, ())]


def _texts(username: str) -> list[str]:
    return [card.text for card in notice_list(someone(username), size=100)[0]]


def test_two_bodies_that_ask_about_what_neither_holds_are_both_told_once(house: Instance) -> None:
    _check("officer@mps")
    assert _texts("analyst@mps") == []
    _check("officer@kent")
    (met,), (kent,) = _texts("analyst@mps"), _texts("analyst@kent")
    assert met.startswith(f"Kent Police and your body both asked about {VALUE}: they on ")
    assert kent.startswith(f"Metropolitan Police Service and your body both asked about {VALUE}: they on ")
    assert "Ring them at MPS intelligence desk" in kent
    assert "seized handset" not in met + kent, "the reason is for whoever holds it"
    for username in ("officer@mps", "officer@kent", "analyst@mps"):
        _check(username)
    assert (len(_texts("analyst@mps")), len(_texts("analyst@kent"))) == (1, 1)
    assert (_known("officer@mps"), _known("officer@kent")) == (["KENT"], ["MPS"])


def test_nobody_else_is_told(house: Instance) -> None:
    _check("officer@mps")
    _check("officer@kent")
    assert _texts("analyst@norf") == []
    assert _known("analyst@norf") == []


def test_a_holder_learns_who_asked_and_an_asker_that_the_other_did(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[VALUE])
    file_report(someone("analyst@mers"), "M1", selectors=[VALUE])
    outbox.drain()
    _check("officer@mps")
    _check("officer@kent")
    assert _known("analyst@norf") == ["KENT", "MPS"]
    # A holder is told as a holder, and not twice.
    assert [text for text in _texts("analyst@norf") if "both asked" in text] == []
    norfolk = someone("officer@norf")
    page = hit_page(norfolk, hit_list(norfolk).rows[0].ref)
    assert page is not None
    assert [one.body for one in page.asked] == ["KENT", "MPS"]


def test_a_silent_enquiry_is_told_to_a_holder_without_a_name_and_to_nobody_else(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[VALUE])
    outbox.drain()
    _check("officer@kent")
    _check("analyst@mps", silent=True)
    assert _known("officer@kent") == []
    assert _known("officer@norf") == ["", "KENT"]
    assert f"A body that asks not to be named checked {VALUE}, which you hold." in _texts("analyst@norf")
    assert _texts("analyst@kent") == _texts("analyst@mps") == []
    # Whoever asks silently still learns of those who asked openly.
    assert _known("analyst@mps") == ["KENT"]
    assert not any("Metropolitan" in text or "MPS" in text for text in _texts("analyst@norf"))


def test_only_who_may_keep_silent_may_ask_silently(house: Instance) -> None:
    with pytest.raises(NotAllowed):
        _check("officer@mps", silent=True)


def test_a_silent_interest_is_not_given_away_by_its_keepers_own_enquiry(house: Instance) -> None:
    keep_interest(by=someone("analyst@norf"), selector=NUMBER, why="an operation", silent=True)
    outbox.drain()
    _check("officer@norf")
    _check("officer@kent")
    assert _known("officer@kent") == []
    assert _texts("analyst@kent") == []


def test_going_silent_changes_nothing_that_others_were_told(house: Instance) -> None:
    _check("officer@norf")
    _check("officer@kent")
    before = _known("officer@kent"), _texts("analyst@kent")
    keep_interest(by=someone("analyst@norf"), selector=NUMBER, why="an operation", silent=True)
    outbox.drain()
    assert (_known("officer@kent"), _texts("analyst@kent")) == before
    _check("officer@norf")
    assert (_known("officer@kent"), _texts("analyst@kent")) == before


def test_what_a_body_holds_in_a_compartment_counts_for_its_circle(house: Instance) -> None:
    manager = someone("manager@norf")
    circle = close_compartment(name="Herons", people=[manager.person])
    sight(someone("manager@norf"), VALUE, ref="IR-1", compartment=circle)
    outbox.drain()
    _check("officer@kent")
    assert _known("manager@norf") == ["KENT"]
    assert _known("analyst@norf") == []


def test_an_enquiry_is_known_for_four_weeks(house: Instance) -> None:
    start = clock.now()
    _check("officer@mps")
    with clock.stopped(start + timedelta(days=27)):
        _check("officer@kent")
        assert _known("officer@kent") == ["MPS"]
    with clock.stopped(start + timedelta(days=29)):
        assert _known("officer@kent") == []


def test_lists_tell_of_many_values_in_one_notice(house: Instance) -> None:
    values = sort_list(typed_lines("\n".join(f"07700 900{n:03}" for n in range(7))))
    for username in ("officer@mps", "officer@kent"):
        ask_in_bulk(by=someone(username), values=values, why="a handset")
        outbox.drain()
    (met,) = _texts("analyst@mps")
    assert met.startswith("Kent Police and your body both asked about the same 7 values.")


def test_it_is_shut_to_who_does_not_check(house: Instance) -> None:
    _check("officer@mps")
    for role in ("auditor", "admin"):
        with pytest.raises(NotAllowed):
            _known(f"{role}@mps")


def test_it_agrees_with_the_words_of_the_rule_whatever_happens(house: Instance) -> None:
    """An oracle in words: holders know of every enquiry, askers of those asked openly, and nobody of any other."""
    bodies, dice = ("norf", "mps", "kent", "mers", "btp"), dice_of(20261122)
    holders, silent_holders, open_askers, asked = set[str](), set[str](), set[str](), set[str]()
    unnamed: dict[str, int] = dict.fromkeys(bodies, 0)
    for step in range(30):
        body, what = dice.choice(bodies), dice.choice(("hold", "silence", "ask", "ask", "ask silently"))
        analyst = someone(f"analyst@{body}")
        if what == "hold":
            file_report(analyst, f"R{step}", selectors=[VALUE])
            holders.add(body)
        elif what == "silence":
            keep_interest(by=analyst, selector=NUMBER, why="x", silent=True)
            holders.add(body)
            silent_holders.add(body)
        else:
            run_check(by=analyst, selector=NUMBER, why="x", silent=what == "ask silently")
            asked.add(body)
            if what == "ask" and body not in silent_holders:
                open_askers.add(body)
            else:
                unnamed[body] += 1
        outbox.drain()
        for reader in (someone(f"officer@{b}") for b in bodies):
            _agrees(reader, holders, asked, open_askers, unnamed)
    assert outbox.failed() == 0


def _agrees(
    reader: Reader, holders: set[str], asked: set[str], open_askers: set[str], unnamed: dict[str, int]
) -> None:
    own = reader.body_code.lower()
    expected: list[str] = []
    if own in holders or own in asked:
        expected = [body.upper() for body in open_askers if body != own]
    if own in holders:
        expected += [""] * sum(count for body, count in unnamed.items() if body != own)
    assert sorted(_known(reader.username)) == sorted(expected)
