"""The thread on a hit: who reads a note, who is told of it, and what a silence or a compartment keeps in."""

import pytest
from django.db import DatabaseError, connection

from tests.inside import file_report, sight, someone
from tests.instance import Instance
from throughline.access.models import JournalEntry
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import close_compartment
from throughline.kernel import outbox
from throughline.matching.models import Hit, HitNote, HitSide
from throughline.matching.queries import hit_list, hit_page
from throughline.matching.thread import NoteProblem, ThreadNote, write_note
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest

NUMBER = "phone:07700900123"


@pytest.fixture
def hit(house: Instance) -> str:
    """A hit between Norfolk and the Met."""
    for code in ("norf", "mps"):
        file_report(someone(f"analyst@{code}"), "R1", selectors=[NUMBER])
    outbox.drain()
    return hit_list(someone("analyst@norf")).rows[0].ref


def _thread(username: str, hit: str) -> tuple[ThreadNote, ...]:
    page = hit_page(someone(username), hit)
    assert page is not None
    return page.thread


def _texts(username: str) -> list[str]:
    return [card.text for card in notice_list(someone(username))[0] if card.kind == "note"]


def test_both_bodies_read_what_either_writes_in_its_order(hit: str) -> None:
    write_note(by=someone("analyst@norf"), hit=hit, text="Is this your M?")
    write_note(by=someone("analyst@mps"), hit=hit, text=" It is. ")
    for username in ("officer@norf", "officer@mps"):
        notes = _thread(username, hit)
        assert [(n.by, n.text, n.is_shared) for n in notes] == [
            ("Analyst at NORF", "Is this your M?", True), ("Analyst at MPS", "It is.", True),
        ]  # fmt: skip
        assert [n.is_own for n in notes] == [username.endswith(code) for code in ("norf", "mps")]


def test_the_other_side_is_told_who_wrote_and_not_what(hit: str) -> None:
    write_note(by=someone("analyst@norf"), hit=hit, text="Quarry")
    outbox.drain()
    assert _texts("analyst@mps") == [f"Analyst at NORF at Norfolk Constabulary wrote a note on hit {hit}"]
    assert _texts("analyst@norf") == _texts("analyst@kent") == []


def test_it_is_in_the_journal_as_a_disclosure_without_its_words(hit: str) -> None:
    ref = write_note(by=someone("analyst@norf"), hit=hit, text="Quarry")
    entry = JournalEntry.objects.using("owner").get(verb="disclose")
    assert (entry.ref, entry.why, entry.detail) == (hit, "wrote to the other body", {"note": ref})


def test_a_note_needs_words_and_a_role_that_judges(hit: str) -> None:
    with pytest.raises(NoteProblem):
        write_note(by=someone("analyst@norf"), hit=hit, text=" \n")
    with pytest.raises(NotAllowed):
        write_note(by=someone("officer@norf"), hit=hit, text="Words")


@pytest.mark.parametrize("ref", ["", "HI-2222-2222"])
def test_a_hit_of_others_and_none_are_the_same(hit: str, ref: str) -> None:
    with pytest.raises(HitSide.DoesNotExist):
        write_note(by=someone("analyst@kent"), hit=ref or hit, text="Words")


# --- A silence ----------------------------------------------------------------------------------------------------


@pytest.fixture
def silent(house: Instance) -> tuple[str, str]:
    """Norfolk keeps a silent interest in what the Met has: Norfolk alone is told. Gives the hit and the interest."""
    norfolk = someone("analyst@norf")
    interest = keep_interest(by=norfolk, selector=parse(NUMBER), why="A source", silent=True)
    file_report(someone("analyst@mps"), "R1", selectors=[NUMBER])
    outbox.drain()
    return hit_list(norfolk).rows[0].ref, interest


def test_what_the_silent_side_writes_stays_with_it_when_the_silence_ends(silent: tuple[str, str]) -> None:
    hit, interest = silent
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    write_note(by=norfolk, hit=hit, text="Do not tell the Met")
    outbox.drain()
    assert hit_page(met, hit) is None
    assert _texts("analyst@mps") == []
    file_report(norfolk, "R2", selectors=[NUMBER])
    end_interest(by=norfolk, ref=interest, why="Over")
    outbox.drain()
    assert hit_page(met, hit) is not None
    assert _thread("analyst@mps", hit) == ()
    write_note(by=norfolk, hit=hit, text="Now you know")
    outbox.drain()
    assert [n.text for n in _thread("analyst@mps", hit)] == ["Now you know"]
    assert [(n.text, n.is_shared) for n in _thread("analyst@norf", hit)] == [
        ("Do not tell the Met", False), ("Now you know", True),
    ]  # fmt: skip
    assert len(_texts("analyst@mps")) == 1


# --- A compartment ------------------------------------------------------------------------------------------------


def _compartmented(house: Instance, **people: str) -> str:
    """A hit that Norfolk and the Met each hold in a compartment, if one is named for them."""
    for code, name in people.items():
        listed = [someone(username).person for username in name.split()]
        circle = close_compartment(name=f"C-{code}", people=listed) if listed else 0
        sight(
            someone(name.split()[0] if listed else f"analyst@{code}"),
            NUMBER,
            ref=f"S-{code}",
            compartment=circle,
        )
    outbox.drain()
    assert outbox.failed() == 0
    return Hit.objects.using("owner").get().ref


def test_a_note_opens_to_the_lists_of_both_sides_alone(house: Instance) -> None:
    hit = _compartmented(house, norf="manager@norf manager@mps", mps="")
    write_note(by=someone("manager@norf"), hit=hit, text="Quarry")
    outbox.drain()
    assert [n.text for n in _thread("manager@mps", hit)] == ["Quarry"]
    assert _thread("analyst@mps", hit) == ()
    assert (len(_texts("manager@mps")), len(_texts("analyst@mps"))) == (1, 0)
    write_note(by=someone("analyst@mps"), hit=hit, text="Answer")
    outbox.drain()
    assert [n.text for n in _thread("manager@norf", hit)] == ["Quarry", "Answer"]
    with reading(someone("analyst@norf")):
        assert not HitNote.objects.exists()


def test_with_two_compartments_nobody_is_told_by_a_notice(house: Instance) -> None:
    hit = _compartmented(house, norf="manager@norf", mps="manager@mps")
    write_note(by=someone("manager@norf"), hit=hit, text="Quarry")
    outbox.drain()
    assert _texts("manager@mps") == []
    assert _thread("manager@mps", hit) == ()


# --- The lock -----------------------------------------------------------------------------------------------------

FORGED = {
    "for the other body": "body = other, other = body",
    "for somebody else": "person = person + 1",
    "to a third body": "other = (select id from organisations_body where code = 'KENT')",
    "shared against a silence": "shared = not shared",
    "out of a compartment": "compartment = compartment + 1",
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_the_database_refuses_a_note_that_says_other_than_its_side(hit: str, change: str) -> None:
    norfolk = someone("analyst@norf")
    ref = write_note(by=norfolk, hit=hit, text="Words")
    columns = (
        "hit_id, ref, body, other, shared, compartment, other_compartment, text, person, person_name, at"
    )
    changed = dict(part.split(" = ", 1) for part in change.split(", "))
    values = ", ".join(changed.get(c, f"{c} || 'X'" if c == "ref" else c) for c in columns.split(", "))
    copy = f"insert into matching_hit_note ({columns}) select {values} from matching_hit_note where ref = %s"
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        reading(norfolk),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy, [ref])


def test_a_note_is_never_changed(hit: str) -> None:
    norfolk = someone("analyst@norf")
    write_note(by=norfolk, hit=hit, text="Words")
    for statement in ("update matching_hit_note set text = ''", "delete from matching_hit_note"):
        with pytest.raises(DatabaseError), reading(norfolk), connection.cursor() as cursor:
            cursor.execute(statement)
