"""Who is told of a strong link and of a judgement, and records that the rules of two bodies join by an identifier."""

from datetime import timedelta

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import close_compartment
from throughline.kernel import clock, outbox
from throughline.kernel.problems import FieldProblem
from throughline.matching.people.judging import judge_link
from throughline.matching.people.links import link_list, link_page, waiting_links
from throughline.matching.people.rules import end_identifier_rule, identifier_rules, state_identifier_rule
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK
from throughline.notices.queries import NoticeCard, notice_list
from throughline.selectors.models import Sighting
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest

SAM, SAMUEL = "person:Example, Sam, 2001-05-03", "person:Example, Samuel, 2001-05-03"
ALSO = ("phone:07700900123", "national_id:QQ123456C")
"""What both sources tell beside the person: enough for a strong link."""


def _two(one: Reader, other: Reader, *, bodies: tuple[str, ...] = ()) -> None:
    file_report(one, "A", selectors=[SAM, *ALSO], bodies=bodies)
    file_report(other, "B", selectors=[SAMUEL, *ALSO], bodies=bodies)
    outbox.drain()
    assert outbox.failed() == 0


def _told(reader: Reader, *kinds: str) -> list[NoticeCard]:
    return [card for card in notice_list(reader)[0] if card.kind in (kinds or ("link",))]


def test_both_sides_of_a_strong_link_are_told_once_and_no_name_is_said(house: Instance) -> None:
    aisha, mia, harry = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    _two(aisha, mia)
    (link,) = link_list(aisha).rows
    (at_norfolk,), (at_the_met,) = _told(aisha), _told(mia)
    assert at_norfolk.text.startswith("Metropolitan Police Service may know a person whom you know")
    assert at_the_met.text.startswith("Norfolk Constabulary may know a person whom you know")
    assert (at_norfolk.thing, at_norfolk.thing_ref) == ("link", link.ref)
    assert "xample" not in at_norfolk.text + at_the_met.text
    file_report(mia, "C", selectors=[SAMUEL, *ALSO])
    outbox.drain()
    assert len(_told(aisha)) == len(_told(mia)) == 1
    assert _told(harry) == []


def test_a_weak_link_and_one_within_a_body_are_told_to_nobody(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, aisha)
    file_report(mia, "C", selectors=["person:Sample, Kate, 1990-01-02"])
    file_report(aisha, "D", selectors=["person:Sample, Catherine, 1990-02-01"])
    outbox.drain()
    assert _told(aisha, "link", "links") == _told(mia, "link", "links") == []


def test_a_silence_is_not_told_of_until_it_ends(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    file_report(aisha, "A", selectors=[SAM, *ALSO])
    file_report(mia, "B", selectors=[SAMUEL, *ALSO])
    quiet = keep_interest(by=mia, selector=parse(SAMUEL), why="An operation", silent=True)
    outbox.drain()
    assert _told(aisha) == []
    assert len(_told(mia)) == 1
    end_interest(by=mia, ref=quiet, why="Over")
    outbox.drain()
    assert outbox.failed() == 0
    assert len(_told(aisha)) == len(_told(mia)) == 1


def test_what_stands_in_a_closed_circle_is_told_to_its_people_alone(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    circle = close_compartment(name="Herons", people=[someone("manager@norf").person])
    inside = someone("manager@norf")
    file_report(inside, "A", selectors=[SAM, *ALSO], bodies=["KENT"], compartment=circle)
    file_report(mia, "B", selectors=[SAMUEL, *ALSO])
    outbox.drain()
    assert outbox.failed() == 0
    assert _told(aisha, "link", "links") == []
    assert len(_told(inside)) == len(_told(mia)) == 1


def test_a_judgement_tells_the_other_body_and_its_taking_back_too(house: Instance) -> None:
    aisha, mia, harry = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    _two(aisha, mia, bodies=("NORF", "MPS"))
    ref = link_list(aisha).rows[0].ref
    judge_link(by=aisha, ref=ref, verdict=SAME, why="Same scar")
    judge_link(by=aisha, ref=ref, verdict=TAKEN_BACK, why="A brother")
    outbox.drain()
    words = [card.text.partition("Constabulary ")[2] for card in _told(mia, "link judged")]
    assert words == [f"took its judgement back: link {ref}", f"judged it to be one person: link {ref}"]
    assert _told(aisha, "link judged") == _told(harry, "link judged") == []


def _ruled(*codes: str, after: int = 0) -> None:
    for code in codes:
        state_identifier_rule(
            by=someone(f"admin@{code}"),
            starts_on=clock.today() + timedelta(days=after),
            why="Agreed nationally",
        )


def test_the_rules_of_both_bodies_join_what_shares_an_identifier(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, mia, bodies=("NORF", "MPS"))
    ref = link_list(aisha).rows[0].ref
    _ruled("norf")
    assert waiting_links(aisha, cap=9) == 1, "one body's rule joins nothing"
    _ruled("mps")
    for reader in (aisha, mia):
        assert waiting_links(reader, cap=9) == 0
        assert [row.ref for row in link_list(reader, verdict=SAME).rows] == [ref]
        page = link_page(reader, ref)
        assert page is not None
        assert len(page.group) == len(page.rules) == 2
        assert {rule.body_name for rule in identifier_rules(reader) if rule.ref in page.rules} == {
            "Norfolk Constabulary", "Metropolitan Police Service",
        }  # fmt: skip


def test_a_join_by_rule_falls_with_a_persons_word_or_the_rule(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, mia, bodies=("NORF", "MPS"))
    ref = link_list(aisha).rows[0].ref
    _ruled("norf", "mps")
    end_identifier_rule(by=someone("admin@mps"), ends_on=clock.today() + timedelta(days=1), why="A slip")
    assert _is_joined(mia, ref)
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert not _is_joined(mia, ref)
    judge_link(by=aisha, ref=ref, verdict=DIFFERENT, why="Twins with one number")
    assert not _is_joined(aisha, ref)
    judge_link(by=aisha, ref=ref, verdict=TAKEN_BACK, why="Ask again")
    assert [row.ref for row in link_list(aisha).rows] == [ref], (
        "what a person took back is open, whatever a rule says"
    )


def _is_joined(reader: Reader, ref: str) -> bool:
    page = link_page(reader, ref)
    return page is not None and bool(page.rules) and len(page.group) == 2


def test_a_rule_joins_nothing_for_whoever_may_not_know_both_sources(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, mia)
    file_report(mia, "C", selectors=[SAMUEL], bodies=["NORF"])
    outbox.drain()
    _ruled("norf", "mps")
    ref = link_list(aisha).rows[0].ref
    assert waiting_links(aisha, cap=9) == 1
    page = link_page(aisha, ref)
    assert page is not None
    assert (page.rules, page.group) == ((), ())


def test_a_rule_is_stated_by_an_administrator_from_today_on_and_once(house: Instance) -> None:
    admin, today = someone("admin@norf"), clock.today()
    with pytest.raises(NotAllowed):
        state_identifier_rule(by=someone("manager@norf"), starts_on=today, why="Agreed")
    for starts_on, why in ((None, "Agreed"), (today - timedelta(days=1), "Agreed"), (today, " ")):
        with pytest.raises(FieldProblem):
            state_identifier_rule(by=admin, starts_on=starts_on, why=why)
    with pytest.raises(FieldProblem):
        end_identifier_rule(by=admin, ends_on=today, why="None stands")
    _ruled("norf", after=3)
    with pytest.raises(FieldProblem):
        _ruled("norf")
    end_identifier_rule(by=admin, ends_on=today, why="Thought better of it")
    (rule,) = identifier_rules(someone("officer@kent"))
    assert not any(rule.holds_on(today + timedelta(days=n)) for n in range(9))
    with reading(admin):
        assert not Sighting.objects.exists()
