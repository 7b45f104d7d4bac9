"""Each case that the story is there to show is really in it, seen as the right people see it."""

import pytest

from throughline.access.journal import Verb, journal_faults
from throughline.access.models import JournalEntry
from throughline.access.queries import reader_named
from throughline.access.reader import Reader, reading
from throughline.demo.story import DESKS, tell_story
from throughline.intelligence.queries import own_reports, report_list, report_page, reports_waiting
from throughline.intelligence.workflow import REPORT
from throughline.kernel import outbox
from throughline.kernel.models import FactRow, History
from throughline.matching.queries import HitPage, HitRow, hit_list, hit_page
from throughline.matching.services import run_check
from throughline.notices.queries import notice_list
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse

pytestmark = pytest.mark.usefixtures("story")

HOSTEL = "address:210 Terminus Road, SW88 3QA"
DEAL_LINE = "07700 900416"
CHILD = "person:Example, Robin, 2011-04-09"


def _hits(username: str, selector: str) -> dict[str, HitRow]:
    """The hits on one selector, by the other body."""
    wanted = parse(selector).shown
    rows = hit_list(reader_named(username), state="", size=500).rows
    return {row.other: row for row in rows if row.shown == wanted}


def _degrees(username: str, selector: str) -> list[tuple[str, str]]:
    """Body and degree, as one person's check answers: content first."""
    holdings = run_check(by=reader_named(username), selector=parse(selector), why="a test")
    return [(holding.body, holding.degree) for holding in holdings]


def _page(username: str, hit: HitRow) -> HitPage:
    page = hit_page(reader_named(username), hit.ref)
    assert page
    return page


def _notices(username: str) -> list[str]:
    return [card.text for card in notice_list(reader_named(username), size=500)[0]]


def _changes_in_the_journal() -> int:
    """Entries other than looks: telling the story again looks at what is there, and each look is kept."""
    with reading(reader_named("auditor@norf")):
        return JournalEntry.objects.exclude(verb=Verb.CONSULT).count()


def _by_state(analyst: Reader) -> dict[str, int]:
    return {state: own_reports(analyst, state=state) for state in REPORT.states}


def _counts() -> tuple[int, int, int, dict[str, tuple[int, int, dict[str, int]]]]:
    desks = {desk: reader_named(f"analyst@{desk}") for desk in DESKS}
    held = {
        desk: (
            len(hit_list(analyst, state="", size=500).rows),
            len(notice_list(analyst, size=500)[0]),
            _by_state(analyst),
        )
        for desk, analyst in desks.items()
    }
    return _changes_in_the_journal(), FactRow.objects.count(), History.objects.count(), held


def test_it_has_six_bodies_and_some_forty_reports() -> None:
    states = [_by_state(reader_named(f"analyst@{desk}")) for desk in DESKS]
    assert len(states) == 6
    assert sum(sum(state.values()) for state in states) == 44


def test_it_leaves_no_step_undone_and_a_journal_that_holds() -> None:
    assert (outbox.waiting(), outbox.failed(), journal_faults()) == (0, 0, [])


def test_it_changes_nothing_when_told_again() -> None:
    before = _counts()
    tell_story()
    assert _counts() == before


def test_two_forces_meet_on_a_deal_line_written_in_different_ways() -> None:
    assert _hits("analyst@norf", DEAL_LINE).keys() == {"MERS", "BTP", "ERSOU"}
    hit = _hits("analyst@norf", DEAL_LINE)["MERS"]
    assert (hit.state, hit.other_state) == ("confirmed", "confirmed")


@pytest.mark.parametrize(
    ("username", "selector", "others"),
    [
        ("analyst@kent", "vehicle:LK00 VXD", {"NORF", "MPS", "MERS"}),
        ("analyst@btp", CHILD, {"MERS", "NORF"}),
        ("analyst@mers", "address:9B Saltmarsh Road, NR88 4NF", {"NORF"}),
        ("analyst@norf", "imei:00-101700-123456-9", {"MERS"}),
        ("analyst@norf", "account:00-00-00 12345678", {"MPS"}),
        ("analyst@btp", "snapchat:sunny_example_247", {"NORF"}),
    ],
)
def test_bodies_meet_on_other_kinds_of_selector(username: str, selector: str, others: set[str]) -> None:
    assert _hits(username, selector).keys() == others


def test_an_old_report_is_woken_and_its_holder_told() -> None:
    assert _hits("analyst@kent", "07700 900271").keys() == {"MERS"}
    woken = "Merseyside Police holds the same phone number as you, which you have held since 12 February 2024"
    assert woken in _notices("analyst@kent")


def test_a_pointer_gives_the_desk_and_no_more() -> None:
    (holding,) = run_check(by=reader_named("officer@mps"), selector=parse("07700 900538"), why="a test")
    assert (holding.degree, holding.body, holding.ref, holding.since, holding.times) == (
        "existence", "KENT", None, None, None,
    )  # fmt: skip
    assert holding.desk.startswith("KENT intelligence desk, 01632 960")


def test_a_silent_interest_shows_nothing_and_hears_of_the_enquiry() -> None:
    assert _degrees("officer@kent", "07700 900702") == []
    told = [text for text in _notices("coordinator@ersou") if "07700 900702" in text]
    assert len(told) == 1
    assert "Officer at KENT at Kent Police" in told[0]
    assert "Your interest is silent" in told[0]


def test_a_silent_interest_learns_of_a_hit_that_the_other_side_does_not() -> None:
    assert _hits("coordinator@ersou", "07700 900745").keys() == {"MPS"}
    assert _hits("analyst@mps", "07700 900745") == {}
    silent = [interest.is_silent for interest in kept_interests(reader_named("coordinator@ersou"))]
    assert silent == [True, True]


def test_conditions_open_to_an_analyst_and_point_an_officer_to_the_desk() -> None:
    assert _degrees("officer@norf", "07700 900327") == [("MERS", "existence")]
    assert _degrees("analyst@norf", "07700 900327") == [("MERS", "content")]


def test_an_officer_opens_what_may_be_used_openly_and_is_told_that_there_is_more() -> None:
    place = "address:14 Cinder Lane, L88 2QB"
    assert _degrees("officer@norf", place) == [("MERS", "content"), ("MERS", "existence")]


def test_a_report_shows_each_reader_the_items_they_may_open_with_the_conditions() -> None:
    rows = report_list(reader_named("analyst@norf"), owner="MERS").rows
    ref = next(row.ref for row in rows if row.title == "Number that serves Norfolk")
    for_analyst = report_page(reader_named("analyst@norf"), ref)
    for_officer = report_page(reader_named("officer@norf"), ref)
    assert for_analyst
    assert for_officer
    assert [item.grade for item in for_analyst.items] == ["1BP", "2BC"]
    assert [item.grade for item in for_officer.items] == ["1BP"]
    terms = for_analyst.items[1].conditions
    assert terms
    assert (terms.action[:2], terms.sanitisation[:2]) == ("A1", "S2")
    assert "rung the Merseyside desk" in terms.instructions


def test_a_value_that_is_everywhere_is_damped_with_its_count_and_not_left_out() -> None:
    hits = _hits("analyst@norf", HOSTEL)
    assert hits.keys() == {"MPS", "MERS", "BTP", "KENT", "ERSOU"}
    assert all(hit.is_common and hit.holders == 6 for hit in hits.values())
    reasons = {reason.name: reason.sentence for reason in _page("analyst@norf", hits["KENT"]).reasons}
    assert reasons["common"].startswith("Common value: 6 bodies hold it, seen 10 times.")


def test_an_ungraded_report_waits_on_the_desk_and_is_not_matched() -> None:
    (waiting,) = reports_waiting(reader_named("analyst@norf"))
    assert (waiting.title, waiting.grades) == ("Two young people at the bus station", ())
    page = report_page(reader_named("analyst@norf"), waiting.ref)
    assert page
    assert page.recorded_by == "Officer at NORF"
    assert _page("analyst@norf", _hits("analyst@norf", "LK00 VXD")["MPS"]).sides[0].seen[0].ref[:3] == "IR-"
    assert len(_page("analyst@norf", _hits("analyst@norf", "LK00 VXD")["MPS"]).sides[0].seen) == 1


def test_a_report_was_rejected_with_a_reason() -> None:
    (row,) = report_list(reader_named("analyst@norf"), state="rejected").rows
    page = report_page(reader_named("analyst@norf"), row.ref)
    assert page
    assert "no policing purpose" in page.history[-1].why


def test_a_compartment_opens_to_its_list_alone() -> None:
    assert _hits("manager@mps", "07700 900860").keys() == {"NORF"}
    assert _hits("analyst@mps", "07700 900860") == {}
    assert ("MPS", "content") in _degrees("manager@mps", "07700 900860")
    assert ("MPS", "existence") in _degrees("analyst@mps", "07700 900860")
    titles = [row.title for row in report_list(reader_named("analyst@mps"), size=500).rows]
    assert "Supplier of several lines" not in titles


@pytest.mark.parametrize(
    ("username", "selector", "other", "states"),
    [
        ("analyst@btp", CHILD, "MERS", ("confirmed", "confirmed")),
        ("analyst@norf", "brand:Sunny", "KENT", ("dismissed", "unsure")),
        ("analyst@mps", "01632 960417", "KENT", ("dismissed", "dismissed")),
        ("analyst@norf", "LK00 VXD", "MPS", ("unsure", "unsure")),
        ("analyst@kent", "LK00 VXD", "NORF", ("raised", "raised")),
    ],
)
def test_each_side_has_judged_for_itself(
    username: str, selector: str, other: str, states: tuple[str, str]
) -> None:
    hit = _hits(username, selector)[other]
    assert (hit.state, hit.other_state) == states


def test_a_dismissal_carries_its_reason_to_the_other_side() -> None:
    page = _page("analyst@kent", _hits("analyst@kent", "brand:Sunny")["NORF"])
    theirs = next(side for side in page.sides if not side.is_own)
    assert theirs.reason.startswith("Not the same person or thing.")


def test_every_holder_was_told_of_the_checks() -> None:
    for username, selector in [
        ("analyst@mers", "07700 900327"), ("analyst@norf", "LK00 VXD"), ("analyst@kent", "07700 900538"),
        ("analyst@mers", "EXAMPLE, Robin"),
    ]:  # fmt: skip
        assert any("checked" in text and selector in text for text in _notices(username))
