"""Many hits judged at once, all or none, and the second look that rare ones wait for."""

import pytest
from django.db import connection

from tests.inside import file_report, sight, someone
from tests.instance import Instance
from throughline.access.models import JournalEntry
from throughline.access.reader import reading
from throughline.access.services import close_compartment
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.matching.models import HitSide, SecondLook
from throughline.matching.queries import chosen_hits, hit_list, hit_page
from throughline.matching.reasons import HitProblem
from throughline.matching.services import judge_hit
from throughline.matching.together import (
    Outcome,
    SecondLookProblem,
    give_second_look,
    judge_hits,
    second_looks,
)
from throughline.notices.queries import notice_list

RARE = ["phone:07700900123", "vehicle:AB12 CDE"]
PLAIN = "address:210 Terminus Road, SW88 3QA"


@pytest.fixture
def refs(house: Instance) -> list[str]:
    """Three hits between Norfolk and the Met, two of them rare; the rare first."""
    for code in ("norf", "mps"):
        file_report(someone(f"analyst@{code}"), "R1", selectors=[*RARE, PLAIN])
    outbox.drain()
    return [row.ref for row in hit_list(someone("analyst@norf")).rows]


def _states(username: str = "analyst@norf") -> dict[str, str]:
    return {row.ref: row.state for row in hit_list(someone(username), state="").rows}


def test_each_is_judged_with_its_own_history_and_journal(refs: list[str]) -> None:
    aisha = someone("analyst@norf")
    assert judge_hits(by=aisha, refs=refs, verb="confirm", note="One line") == Outcome(done=3, held=0)
    assert set(_states().values()) == {"confirmed"}
    for ref in refs:
        page = hit_page(someone("analyst@mps"), ref)
        assert page is not None
        assert [(move.verb, move.by, move.why) for move in page.history] == [
            ("confirm", aisha.name, "One line")
        ]
    entries = JournalEntry.objects.using("owner").filter(verb="alter", thing="hit")
    assert {(e.ref, e.why, e.detail["together"]) for e in entries} == {(ref, "One line", 3) for ref in refs}


def test_all_are_judged_or_none(refs: list[str]) -> None:
    aisha = someone("analyst@norf")
    judge_hit(by=aisha, ref=refs[2], verb="confirm")
    with pytest.raises(MoveRefused):
        judge_hits(by=aisha, refs=refs, verb="confirm")
    assert list(_states().values()).count("raised") == 2


@pytest.mark.parametrize("ref", ["HI-2222-2222", "of others"])
def test_one_that_the_reader_may_not_know_is_as_one_that_is_not(refs: list[str], ref: str) -> None:
    harry = someone("analyst@kent")
    asked = refs[0] if ref == "of others" else ref
    assert chosen_hits(harry, [asked]) == ()
    with pytest.raises(HitSide.DoesNotExist):
        judge_hits(by=harry, refs=[asked], verb="confirm")


def test_it_refuses_none_too_many_and_a_dismissal_without_reason(refs: list[str]) -> None:
    aisha = someone("analyst@norf")
    for wrong in ([], [f"HI-{n}" for n in range(201)]):
        with pytest.raises(HitProblem):
            judge_hits(by=aisha, refs=wrong, verb="confirm")
    with pytest.raises(HitProblem):
        judge_hits(by=aisha, refs=refs, verb="dismiss")


# --- The second look ----------------------------------------------------------------------------------------------


@pytest.fixture
def held(refs: list[str]) -> str:
    """A dismissal of all three, with a second look asked for; gives the batch."""
    aisha = someone("analyst@norf")
    outcome = judge_hits(by=aisha, refs=refs, verb="dismiss", reason="known", second_look=True)
    assert outcome == Outcome(done=1, held=2)
    outbox.drain()
    return second_looks(aisha)[0].batch


def test_rare_ones_stay_open_until_a_second_person_agrees(refs: list[str], held: str) -> None:
    assert [_states()[ref] for ref in refs] == ["raised", "raised", "dismissed"]
    manager = someone("manager@norf")
    assert give_second_look(by=manager, batch=held, verb="agree", note="Seen") == 2
    assert set(_states().values()) == {"dismissed"}
    page = hit_page(manager, refs[0])
    assert page is not None
    assert page.sides[0].reason == f"Known already and dealt with. Second look by {manager.name}. Seen"
    assert second_looks(manager) == ()


def test_declined_ones_stay_open(refs: list[str], held: str) -> None:
    assert give_second_look(by=someone("manager@norf"), batch=held, verb="decline", note="No") == 0
    assert [_states()[ref] for ref in refs] == ["raised", "raised", "dismissed"]


def test_nobody_gives_their_own_second_look_even_by_hand(held: str) -> None:
    aisha = someone("analyst@norf")
    with pytest.raises(SecondLookProblem):
        give_second_look(by=aisha, batch=held, verb="agree")
    with reading(aisha), connection.cursor() as cursor:
        cursor.execute("update matching_second_look set state = 'agreed' where batch = %s", [held])
        assert cursor.rowcount == 0
    assert second_looks(aisha)[0].is_own
    assert not second_looks(someone("manager@norf"))[0].is_own


def test_a_hit_judged_in_the_meantime_keeps_its_judgement(refs: list[str], held: str) -> None:
    manager = someone("manager@norf")
    judge_hit(by=manager, ref=refs[0], verb="confirm")
    assert give_second_look(by=manager, batch=held, verb="agree") == 1
    assert [_states()[ref] for ref in refs] == ["confirmed", "dismissed", "dismissed"]
    assert set(SecondLook.objects.using("owner").values_list("state", flat=True)) == {"agreed", "overtaken"}


def test_a_second_look_is_the_affair_of_its_own_body(refs: list[str], held: str) -> None:
    for username in ("analyst@mps", "analyst@kent"):
        assert second_looks(someone(username)) == ()
        with pytest.raises(SecondLook.DoesNotExist):
            give_second_look(by=someone(username), batch=held, verb="agree")
    page = hit_page(someone("analyst@mps"), refs[0])
    assert page is not None
    assert page.second_look_by == ""


def test_those_who_judge_are_told_with_a_count(held: str) -> None:
    def told(username: str) -> list[str]:
        return [card.text for card in notice_list(someone(username))[0] if card.kind == "second look"]

    assert told("manager@norf") == ["Analyst at NORF asks for a second look before 2 rare hits are dismissed"]
    assert told("officer@norf") == told("manager@mps") == []


def test_it_is_asked_for_once_and_only_for_what_is_open(refs: list[str], held: str) -> None:
    aisha = someone("analyst@norf")
    for chosen in (refs[:1], refs[2:]):
        with pytest.raises((HitProblem, MoveRefused)):
            judge_hits(by=aisha, refs=chosen, verb="dismiss", reason="known", second_look=True)
    judge_hit(by=aisha, ref=refs[0], verb="confirm")


def test_a_compartment_keeps_its_second_looks_in(house: Instance) -> None:
    people = [someone(name).person for name in ("analyst@norf", "manager@norf")]
    circle = close_compartment(name="Herons", people=people)
    sight(someone("analyst@norf"), RARE[0], ref="S", compartment=circle)
    sight(someone("analyst@mps"), RARE[0], ref="T")
    outbox.drain()
    aisha = someone("analyst@norf")
    (hit,) = hit_list(aisha).rows
    judge_hits(by=aisha, refs=[hit.ref], verb="dismiss", reason="known", second_look=True)
    outbox.drain()
    assert second_looks(someone("coordinator@norf")) == ()
    assert [card.kind for card in notice_list(someone("coordinator@norf"))[0]] == []
    assert len(second_looks(someone("manager@norf"))) == 1
