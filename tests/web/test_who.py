"""Who can see this: on the page of every protected record, for its own body and its auditors, and for nobody else."""

import pytest

from tests.cast import Cast
from tests.inside import file_report, sight, someone
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.models import Marking
from throughline.access.reader import reading
from throughline.access.services import close_compartment
from throughline.intelligence.models import Report
from throughline.kernel import outbox
from throughline.matching.queries import hit_list
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

NUMBER = "phone:07700900123"


@pytest.fixture
def places(cast: Cast) -> dict[str, str]:
    """Each kind of record of Norfolk's, by the page that says who can see it."""
    ref = file_report(cast.aisha, "N1", title="The line", selectors=[NUMBER], bodies=["KENT"])
    file_report(cast.mia, "L1", selectors=[NUMBER])
    interest = keep_interest(by=cast.aisha, selector=parse("phone:07700900124"), why="x", silent=True)
    outbox.drain()
    hit = hit_list(cast.aisha).rows[0].ref
    return {
        "report": f"/who/report/{ref}", "item": f"/who/item/{ref}/1", "interest": f"/who/interest/{interest}",
        "hit": f"/who/hit/{hit}",
    }  # fmt: skip


def test_each_record_leads_there(places: dict[str, str]) -> None:
    aisha = visitor("analyst@norf")
    ref, hit = places["report"].rpartition("/")[2], places["hit"].rpartition("/")[2]
    pages = "".join(
        aisha.get(there).content.decode() for there in (f"/reports/{ref}", "/interests/", f"/hits/{hit}")
    )
    assert [there for there in places.values() if f'href="{there}"' not in pages] == []
    assert "Who can see" not in visitor("analyst@kent").get(f"/reports/{ref}").content.decode()


def test_it_lists_bodies_and_roles_with_the_clause(places: dict[str, str]) -> None:
    words = words_of(visitor("analyst@norf").get(places["report"]))
    assert "Norfolk Constabulary Officer, analyst, manager" in words
    assert "The record belongs to the reader's own body." in words
    assert "Kent Police Officer, analyst, manager" in words
    assert "Metropolitan Police Service Officer" not in words
    words = words_of(visitor("analyst@norf").get(places["hit"]))
    assert "Norfolk Constabulary Officer" in words
    assert "Metropolitan Police Service Officer" in words
    assert "Kent Police Officer" not in words


@pytest.mark.parametrize(
    ("body", "role", "sentence"),
    [
        ("KENT", "analyst", "An analyst in Kent Police would read it."),
        (
            "MPS",
            "officer",
            "An officer in Metropolitan Police Service would not read it. A check on a selector",
        ),
        ("MPS", "auditor", "An auditor in Metropolitan Police Service would see nothing"),
        ("NORF", "chair", "A chair in Norfolk Constabulary would read it."),
    ],
)
def test_it_says_what_somebody_would_see(places: dict[str, str], body: str, role: str, sentence: str) -> None:
    words = words_of(visitor("analyst@norf").get(f"{places['report']}?body={body}&role={role}"))
    assert sentence in words


def test_it_says_which_clause_decides(places: dict[str, str]) -> None:
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get(f"{places['report']}?body=MPS&role=analyst"))
    assert "It is shut because this does not hold: The circulation names everyone" in words
    words = words_of(aisha.get(f"{places['interest']}?body=KENT&role=analyst"))
    assert "would see nothing" in words
    assert "this does not hold: The record has been circulated." in words
    assert "Choose a role" in words_of(aisha.get(f"{places['report']}?body=MPS&role=spell"))
    assert "Choose a body" in words_of(aisha.get(f"{places['report']}?body="))


def test_others_find_nothing_and_auditors_of_the_body_do(places: dict[str, str]) -> None:
    for name, there in places.items():
        assert visitor("auditor@norf").get(there).status_code == 200, name
        for username in ("analyst@kent", "auditor@kent", "admin@norf", "analyst@ersou"):
            found = visitor(username).get(there)
            missing = visitor(username).get(f"{there.rpartition('/who/')[0]}/who/report/IR-2222-2222")
            assert (found.status_code, missing.status_code) == (404, 404), (name, username)
            assert words_of(found) == words_of(missing)
    assert visitor("analyst@mps").get(places["hit"]).status_code == 200
    assert visitor("auditor@mps").get(places["report"]).status_code == 404
    assert "The line" not in visitor("auditor@norf").get(places["report"]).content.decode()


def test_the_look_is_in_the_journal(cast: Cast, places: dict[str, str]) -> None:
    visitor("analyst@norf").get(f"{places['report']}?body=KENT&role=officer")
    looks, _ = journal_page(cast.grace, ref=places["report"].rpartition("/")[2], verb="consult")
    assert [look.thing for look in looks] == ["who can see", "who can see"]
    assert looks[0].detail == {"body": "KENT", "role": "officer"}


def test_it_names_the_people_on_a_closed_list(cast: Cast) -> None:
    manager = someone("manager@norf")
    circle = close_compartment(name="Herons", people=[manager.person, cast.harry.person])
    ref = file_report(cast.aisha, "N1", bodies=["KENT"])
    with reading(someone("manager@norf")):
        Marking.objects.filter(pk=Report.objects.get(ref=ref).marking_id).update(compartment=circle)
    assert visitor("analyst@norf").get(f"/who/report/{ref}").status_code == 404
    words = words_of(visitor("manager@norf").get(f"/who/report/{ref}"))
    assert "Manager at NORF Norfolk Constabulary" in words
    assert "Analyst at KENT Kent Police" in words
    words = words_of(visitor("manager@norf").get(f"/who/report/{ref}?body=KENT&role=analyst"))
    assert "this does not hold: The record is in no closed compartment" in words


def test_it_does_not_tell_one_side_of_the_others_closed_list(cast: Cast) -> None:
    circle = close_compartment(name="Herons", people=[cast.mia.person])
    sight(someone("analyst@mps"), NUMBER, ref="S-1", compartment=circle)
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    outbox.drain()
    hit = hit_list(cast.aisha).rows[0].ref
    words = words_of(visitor("analyst@norf").get(f"/who/hit/{hit}?body=MPS&role=officer"))
    assert "An officer in Metropolitan Police Service would read it." in words
    assert "compartment" not in words
