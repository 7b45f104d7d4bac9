"""Checking a list: every line read or told why not, each value answered as a single check would, holders told once."""

from dataclasses import replace

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import outbox
from throughline.matching import bulk_queries
from throughline.matching.bulk import ask_in_bulk, look_up_next_part
from throughline.matching.bulk_lines import ListProblem, lines_of_file, sort_list, typed_lines
from throughline.matching.bulk_queries import (
    asked_of_us,
    bulk_answers,
    bulk_card,
    held_answers,
    recent_bulk_checks,
    refused_lines,
)
from throughline.matching.models import BulkCheck, BulkLine
from throughline.matching.queries import check_holdings, recent_enquiries
from throughline.matching.services import CheckProblem, run_check
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

NUMBERS = [f"07700 900{n:03}" for n in range(600)]


def _ask(
    username: str, *values: str, why: str = "seized handset", kind: str = "", silent: bool = False
) -> str:
    found = sort_list(typed_lines("\n".join(values)), kind=kind)
    return ask_in_bulk(by=someone(username), values=found, why=why, silent=silent)


def _texts(username: str) -> list[str]:
    return [card.text for card in notice_list(someone(username), size=100)[0]]


def test_it_answers_each_value_exactly_as_a_single_check_does(house: Instance) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    file_report(norfolk, "N1", selectors=[f"phone:{NUMBERS[0]}", f"phone:{NUMBERS[1]}"], bodies=["MPS"])
    file_report(norfolk, "N2", selectors=[f"phone:{NUMBERS[0]}"])
    file_report(kent, "K1", selectors=[f"phone:{NUMBERS[0]}", f"phone:{NUMBERS[2]}"])
    keep_interest(by=kent, selector=parse(NUMBERS[3]), why="an operation", silent=True)
    outbox.drain()
    for username in ("officer@mps", "analyst@norf", "analyst@kent", "officer@mers"):
        reader = someone(username)
        ref = _ask(username, *NUMBERS[:5])
        answers = bulk_answers(reader, ref, why="x")
        assert [a.selector for a in answers] == [parse(n) for n in NUMBERS[:5]]
        with reading(reader):
            singly = [check_holdings(reader, parse(n)) for n in NUMBERS[:5]]
        assert [[replace(h, enquiry="") for h in a.holdings] for a in answers] == singly
        assert all(bool(h.enquiry) == (h.degree == "existence") for a in answers for h in a.holdings)
    outbox.drain()
    assert outbox.failed() == 0


def test_it_gives_every_value_an_enquiry_and_a_journal_entry_of_its_own(house: Instance) -> None:
    ref = _ask("officer@mps", *NUMBERS[:3], NUMBERS[0], "4.47701E+11")
    assert [e.why for e in recent_enquiries(someone("officer@mps"))] == ["seized handset"] * 3
    looks, _ = journal_page(someone("auditor@mps"))
    checks = [look for look in looks if look.thing == "check"]
    assert {look.detail["list"] for look in checks} == {ref}
    assert len({look.ref for look in checks}) == 3
    (asked,) = [look for look in looks if (look.thing, look.verb) == ("bulk check", "collect")]
    assert (asked.ref, asked.detail["values"], asked.detail["refused"]) == (ref, 3, 1)


def test_it_tells_what_was_read_counted_once_and_refused(house: Instance) -> None:
    mps = someone("officer@mps")
    ref = _ask("officer@mps", NUMBERS[0], "", "+44 7700 900000", "4.47701E+11", "14141414141414")
    card = bulk_card(mps, ref)
    assert card is not None
    assert (card.read, card.values, card.repeated, card.refused) == (4, 1, 1, 2)
    assert [(a.line, a.times) for a in bulk_answers(mps, ref, why="x")] == [(1, 2)]
    refused = refused_lines(mps, ref)
    assert [r.line for r in refused] == [4, 5]
    assert "4.47701E+11" in refused[0].problem
    assert "IMEI or Bank account" in refused[1].problem


def test_it_tells_a_desk_of_many_values_in_one_notice_that_leads_to_them(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    held = [f"phone:{n}" for n in NUMBERS[:8]]
    file_report(norfolk, "N1", selectors=held)
    file_report(someone("analyst@kent"), "K1", selectors=held[:2])
    keep_interest(by=norfolk, selector=parse(NUMBERS[0]), why="an operation", silent=True)
    outbox.drain()
    before = len(_texts("analyst@norf")), len(_texts("analyst@kent"))
    ref = _ask("officer@mps", *NUMBERS[:20])
    outbox.drain()
    assert outbox.failed() == 0
    assert (len(_texts("analyst@norf")), len(_texts("analyst@kent"))) == (before[0] + 1, before[1] + 2)
    (text,) = [t for t in _texts("analyst@norf") if "in one list" in t]
    assert "Officer at MPS at Metropolitan Police Service checked 8 values that you hold" in text
    assert "Reason: seized handset" in text
    assert "Your interest in 1 of them is silent" in text
    rows = asked_of_us(norfolk, ref)
    assert [row.shown for row in rows] == NUMBERS[:8]
    assert [row.is_silent for row in rows] == [True] + [False] * 7
    # What else stands on the list stays with whoever asked.
    assert [row.shown for row in asked_of_us(someone("analyst@kent"), ref)] == NUMBERS[:2]
    assert asked_of_us(someone("analyst@mers"), ref) == []


def test_a_long_list_is_left_to_the_worker_which_says_how_far_it_is(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[f"phone:{NUMBERS[599]}"])
    outbox.drain()
    mps = someone("officer@mps")
    ref = _ask("officer@mps", *NUMBERS)
    card = bulk_card(mps, ref)
    assert card is not None
    assert (card.is_answered, card.answered) == (False, 0)
    outbox.work_once()
    card = bulk_card(mps, ref)
    assert card is not None
    assert (card.is_answered, card.answered) == (False, 500)
    assert bulk_answers(mps, ref, why="x") == [], "nothing is shown before all holders can be told"
    outbox.drain()
    card = bulk_card(mps, ref)
    assert card is not None
    assert (card.is_answered, card.answered) == (True, 600)
    assert [a.selector for a in held_answers(mps, ref, why="x")] == [parse(NUMBERS[599])]
    assert len(recent_enquiries(mps, size=1000)) == 600
    assert [a.place for a in bulk_answers(mps, ref, why="x", after=500)] == list(range(501, 601))


def test_a_list_is_looked_up_once_whoever_works_on_it(house: Instance) -> None:
    mps = someone("officer@mps")
    ref = _ask("officer@mps", *NUMBERS)
    assert look_up_next_part(by=mps, ref=ref) == 500
    assert look_up_next_part(by=mps, ref=ref) == 600
    assert look_up_next_part(by=mps, ref=ref) == 600
    outbox.drain()
    assert outbox.failed() == 0
    assert len(recent_enquiries(mps, size=2000)) == 600


def test_an_answer_opened_later_tells_no_more_than_when_it_was_asked_for(house: Instance) -> None:
    mps = someone("officer@mps")
    file_report(someone("analyst@norf"), "N1", selectors=[f"phone:{NUMBERS[0]}"])
    outbox.drain()
    ref = _ask("officer@mps", *NUMBERS[:2])
    file_report(someone("analyst@kent"), "K1", selectors=[f"phone:{n}" for n in NUMBERS[:2]], everyone=True)
    outbox.drain()
    first, second = bulk_answers(mps, ref, why="x")
    assert [h.body for h in first.holdings] == ["NORF"]
    assert second.holdings == ()


def test_an_answer_opened_later_tells_no_more_than_may_be_known_then(house: Instance) -> None:
    mps = someone("officer@mps")
    file_report(someone("analyst@norf"), "N1", selectors=[f"phone:{NUMBERS[0]}"])
    outbox.drain()
    ref = _ask("officer@mps", NUMBERS[0])
    assert len(held_answers(mps, ref, why="x")) == 1
    keep_interest(by=someone("analyst@norf"), selector=parse(NUMBERS[0]), why="an operation", silent=True)
    outbox.drain()
    assert held_answers(mps, ref, why="x") == []


def test_a_list_is_open_to_whoever_asked_and_nobody_else(house: Instance) -> None:
    ref = _ask("officer@mps", *NUMBERS[:2], "4.47701E+11")
    for username in ("analyst@mps", "manager@mps", "officer@norf"):
        reader = someone(username)
        assert bulk_card(reader, ref) is None
        assert bulk_answers(reader, ref, why="x") == []
        assert refused_lines(reader, ref) == []
        assert recent_bulk_checks(reader) == []
        with reading(reader):
            assert (BulkCheck.objects.count(), BulkLine.objects.count()) == (0, 0)
        with pytest.raises(BulkCheck.DoesNotExist):
            look_up_next_part(by=reader, ref=ref)
    assert [card.ref for card in recent_bulk_checks(someone("officer@mps"))] == [ref]


def test_it_needs_a_reason_a_line_and_a_role_that_checks(house: Instance) -> None:
    with pytest.raises(CheckProblem):
        _ask("officer@mps", NUMBERS[0], why=" ")
    with pytest.raises(ListProblem, match="No line of this list could be read"):
        _ask("officer@mps", "4.47701E+11")
    for role in ("auditor", "admin"):
        with pytest.raises(NotAllowed):
            _ask(f"{role}@mps", NUMBERS[0])
        with pytest.raises(NotAllowed):
            bulk_queries.recent_bulk_checks(someone(f"{role}@mps"))
    with pytest.raises(NotAllowed):
        _ask("officer@mps", NUMBERS[0], silent=True)


def test_someone_who_may_no_longer_check_gets_no_answer(apart: Instance) -> None:
    mps = someone("officer@mps")
    ref = _ask("officer@mps", *NUMBERS)
    with apart.as_owner() as owner:
        owner.execute("update access_person set active = false where id = %s", [mps.person])
    outbox.drain()
    assert outbox.failed() == 0
    card = bulk_card(mps, ref)
    assert card is not None
    assert (card.is_answered, card.answered) == (False, 0)


def test_a_silent_list_is_told_to_holders_without_a_name(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[f"phone:{n}" for n in NUMBERS[:8]])
    outbox.drain()
    ref = _ask("analyst@mps", *NUMBERS[:8], why="a bent officer", silent=True)
    outbox.drain()
    (text,) = _texts("analyst@norf")
    assert text == "A body that asks not to be named checked 8 values that you hold, in one list."
    rows = asked_of_us(someone("analyst@norf"), ref)
    assert {(row.body_name, row.desk, row.person, row.why) for row in rows} == {("", "", "", "")}


def test_a_single_check_reads_a_csv_of_named_columns() -> None:
    content = "Name,Kind,Selector\r\nA,phone,07700 900001\r\n,,\r\nB,,07700 900002\r\n".encode("utf-16")
    lines = lines_of_file(content, name="LIST.CSV")
    assert [(line.line, line.kind, line.value) for line in lines] == [
        (2, "phone", "07700 900001"), (4, "", "07700 900002"),
    ]  # fmt: skip
    plain = lines_of_file(b"07700 900001,note\n07700 900002,\n", name="list.csv")
    assert [line.value for line in plain] == ["07700 900001", "07700 900002"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.txt", "There is nothing in this list"),
        (b"\xff\xd8\xff\xe0\x00", "a.txt", "not plain text"),
        (b"caf\xe9", "a.csv", "not plain text"),
        (b"x\n" * 10_001, "a.txt", "10,000 lines at most"),
        (b"x" * 5_000_001, "a.txt", "larger than 5 MB"),
        (b'"x' * 200_000, "a.csv", "cannot be read as CSV"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(ListProblem, match=sentence):
        lines_of_file(content, name=name)


def test_it_reads_a_line_by_its_own_kind_before_that_of_the_list() -> None:
    found = sort_list(
        typed_lines("14141414141414\nphone:07700 900001\n4.47701E+11\n" + "9" * 401), kind="account"
    )
    assert [one.selector.kind for one in found.wanted] == ["account", "phone"]
    assert [refused.line for refused in found.refused] == [3, 4]


def test_a_single_check_is_answered_as_before(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[f"phone:{NUMBERS[0]}"])
    outbox.drain()
    (holding,) = run_check(by=someone("officer@mps"), selector=parse(NUMBERS[0]), why="x")
    assert holding.degree == "existence"
