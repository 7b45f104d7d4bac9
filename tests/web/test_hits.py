"""The list of hits and the page of one: filters, pages, moves, and what is not told."""

import re

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.web.visiting import visitor, words_of
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.matching.queries import hit_list
from throughline.matching.workflow import HIT
from throughline.selectors.registry import KINDS
from throughline.web.hits.filters import SIZE
from throughline.web.hits.words import MOVES, RANKED_BY, STATES

NUMBER, PLATE = "phone:07700 900123", "vehicle:AB12 CDE"


def _hit(cast: Cast, *, bodies: tuple[str, ...] = ()) -> str:
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    file_report(cast.mia, "L1", selectors=[NUMBER], bodies=bodies)
    outbox.drain()
    return _hits(cast.aisha)[0]


def _hits(reader: Reader) -> list[str]:
    return [row.ref for row in hit_list(reader, state="").rows]


def test_it_has_words_for_every_move_state_and_reason() -> None:
    assert MOVES.keys() == {move.verb for move in HIT.moves}
    assert STATES.keys() == set(HIT.states)
    assert RANKED_BY.keys() == {"kind", "holders", "times", "common"}


def test_it_shows_both_sides_at_the_degree_of_each(cast: Cast) -> None:
    ref = _hit(cast)
    words = words_of(visitor("analyst@norf").get(f"/hits/{ref}"))
    assert "Norfolk Constabulary (you) Judged Raised You may know Content" in words
    assert "Metropolitan Police Service Judged Raised You may know Existence" in words
    assert "You may know that they hold it, and no more." in words


def test_it_links_what_the_other_side_has_circulated(cast: Cast) -> None:
    ref = _hit(cast, bodies=("NORF",))
    page = visitor("analyst@norf").get(f"/hits/{ref}").content.decode()
    assert page.count('href="/reports/IR-') == 2


@pytest.mark.parametrize("ref", ["HI-2222-2222", "1"])
def test_it_says_the_same_of_a_hit_of_others_and_of_none(cast: Cast, ref: str) -> None:
    closed = _hit(cast)
    harry = visitor("analyst@kent")
    other, none = harry.get(f"/hits/{closed}"), harry.get(f"/hits/{ref}")
    assert (other.status_code, none.status_code) == (404, 404)
    assert words_of(other) == words_of(none)


def test_it_does_not_judge_a_hit_of_others(cast: Cast) -> None:
    ref = _hit(cast)
    assert visitor("analyst@kent").post(f"/hits/{ref}", {"verb": "confirm"}).status_code == 404


def test_it_lets_only_those_judge_whose_role_does(cast: Cast) -> None:
    ref = _hit(cast)
    officer = visitor("officer@norf")
    assert "Judge this hit" not in words_of(officer.get(f"/hits/{ref}"))
    assert officer.post(f"/hits/{ref}", {"verb": "confirm"}).status_code == 403


def test_it_moves_one_side_and_shows_the_history_to_both(cast: Cast) -> None:
    ref = _hit(cast)
    aisha = visitor("analyst@norf")
    assert aisha.post(f"/hits/{ref}", {"verb": "doubt", "note": "Ask the desk"}).status_code == 302
    assert "You marked the hit as unsure." in words_of(aisha.get(f"/hits/{ref}"))
    words = words_of(visitor("analyst@mps").get(f"/hits/{ref}"))
    assert "Norfolk Constabulary Judged Unsure Reason Ask the desk By Analyst at NORF" in words
    assert "Marked as unsure by Analyst at NORF" in words


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"verb": "dismiss"}, "Choose a reason for dismissing the hit"),
        ({"verb": "dismiss", "reason": "other"}, "Say what the other reason is"),
        ({"verb": "dismiss", "reason": "boredom"}, "choose one from the list"),
        ({"verb": "reconsider"}, "cannot be moved by"),
        ({"verb": "explode"}, "There is no move called"),
        ({}, "There is no move called"),
        ({"verb": "confirm", "note": "x" * 1001}, "must be 1,000 characters or fewer"),
    ],
)
def test_it_says_why_a_move_is_not_made(cast: Cast, sent: dict[str, str], sentence: str) -> None:
    ref = _hit(cast)
    words = words_of(visitor("analyst@norf").post(f"/hits/{ref}", sent))
    assert f"There is a problem {sentence}" in words or sentence in words
    assert hit_list(cast.aisha, state="raised").rows


def test_it_filters_by_kind_state_and_other_body(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[NUMBER, PLATE])
    file_report(cast.mia, "L1", selectors=[NUMBER])
    file_report(cast.harry, "K1", selectors=[PLATE])
    outbox.drain()
    client = visitor("analyst@norf")
    assert _shown(client.get("/hits/")) == {"07700 900123", "AB12 CDE"}
    assert _shown(client.get("/hits/?kind=phone")) == {"07700 900123"}
    assert _shown(client.get("/hits/?other=KENT")) == {"AB12 CDE"}
    assert _shown(client.get("/hits/?state=confirmed")) == set()
    assert "No hit fits these filters." in words_of(client.get("/hits/?state=confirmed"))
    assert _shown(client.get("/hits/?state=all&kind=")) == {"07700 900123", "AB12 CDE"}


def _shown(response: object) -> set[str]:
    words = words_of(response)
    return {value for value in ("07700 900123", "AB12 CDE") if value in words}


@pytest.mark.parametrize(
    "query", ["kind=spell", "state=gone", "other=NOWHERE", "offset=-1", "offset=9e9", "offset=²"]
)
def test_it_survives_an_address_that_makes_no_sense(cast: Cast, query: str) -> None:
    assert visitor("analyst@norf").get(f"/hits/?{query}").status_code == 200


def test_it_turns_pages_under_the_same_filters(cast: Cast) -> None:
    numbers = [f"phone:07700 900{n:03}" for n in range(SIZE + 1)]
    file_report(cast.aisha, "N1", selectors=numbers)
    file_report(cast.mia, "L1", selectors=numbers)
    outbox.drain()
    client = visitor("analyst@norf")
    first, second = client.get("/hits/?kind=phone"), client.get(f"/hits/?kind=phone&offset={SIZE}")
    assert f"/hits/?kind=phone&amp;offset={SIZE}" in first.content.decode()
    assert first.content.decode().count('href="/hits/HI-') == SIZE
    assert second.content.decode().count('href="/hits/HI-') == 1
    assert "Page 2" in words_of(second)


def test_it_says_of_a_common_value_how_many_hold_it(cast: Cast) -> None:
    for body in ("norf", "mps", "kent", "mers", "btp", "ersou"):
        file_report(someone(f"analyst@{body}"), "H1", selectors=["address:210 Terminus Road, SW88 3QA"])
    outbox.drain()
    client = visitor("analyst@norf")
    assert "Common: 6 bodies" in words_of(client.get("/hits/"))
    words = words_of(client.get(f"/hits/{_hits(cast.aisha)[0]}"))
    assert "Common value: 6 bodies hold it" in words


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf"])
def test_it_is_shut_to_roles_that_read_no_hits(cast: Cast, username: str) -> None:
    assert visitor(username).get("/hits/").status_code == 403


def test_it_knows_a_kind_by_its_label(cast: Cast) -> None:
    _hit(cast)
    assert KINDS["phone"].label in words_of(visitor("analyst@norf").get("/hits/"))


def test_it_carries_a_note_to_the_other_body(cast: Cast) -> None:
    ref = _hit(cast)
    aisha = visitor("analyst@norf")
    assert aisha.post(f"/hits/{ref}/note", {"message": "Same handset?"}).status_code == 302
    assert "Your note stands on the hit." in words_of(aisha.get(f"/hits/{ref}"))
    outbox.drain()
    words = words_of(visitor("officer@mps").get(f"/hits/{ref}"))
    assert "Analyst at NORF , Norfolk Constabulary" in words
    assert "Same handset?" in words
    assert "Add the note" not in words
    assert f"wrote a note on hit {ref}" in words_of(visitor("analyst@mps").get("/desk"))


@pytest.mark.parametrize(
    ("message", "sentence"), [(" ", "Enter a note"), ("x" * 4001, "must be 4,000 characters or fewer")]
)
def test_it_says_what_is_wrong_with_a_note(cast: Cast, message: str, sentence: str) -> None:
    ref = _hit(cast)
    words = words_of(visitor("analyst@norf").post(f"/hits/{ref}/note", {"message": message}))
    assert "There is a problem" in words
    assert sentence in words


def test_it_takes_no_note_on_a_hit_of_others(cast: Cast) -> None:
    ref = _hit(cast)
    assert visitor("analyst@kent").post(f"/hits/{ref}/note", {"message": "Mine"}).status_code == 404
    assert visitor("officer@norf").post(f"/hits/{ref}/note", {"message": "Mine"}).status_code == 403


def _three(cast: Cast) -> list[str]:
    for reader in (cast.aisha, cast.mia):
        file_report(reader, "R1", selectors=[NUMBER, PLATE, "address:210 Terminus Road, SW88 3QA"])
    outbox.drain()
    return _hits(cast.aisha)


def test_it_shows_what_will_be_done_before_many_are_judged(cast: Cast) -> None:
    refs = _three(cast)
    aisha, manager = visitor("analyst@norf"), visitor("manager@norf")
    assert aisha.get("/hits/").content.decode().count('type="checkbox"') == 3
    assert "You have chosen no hit." in words_of(aisha.get("/hits/together"))
    query = "&".join(f"ref={ref}" for ref in refs)
    assert words_of(aisha.get(f"/hits/together?{query}")).count("Rare") == 2
    sent = {"ref": refs, "verb": "dismiss"}
    words = words_of(aisha.post("/hits/together", sent))
    assert "Choose a reason for dismissing the hits" in words
    assert "Choose whether a second person should look first" in words
    sent |= {"reason": "common", "second_look": "yes"}
    words = words_of(aisha.post("/hits/together", sent))
    assert (words.count("Waits for a second look"), words.count("Done at once")) == (2, 1)
    assert len(hit_list(cast.aisha).rows) == 3, "nothing is done yet"
    assert aisha.post("/hits/together", {**sent, "step": "do"}).status_code == 302
    assert "1 hit judged: dismissed. 2 hits held for a second look." in words_of(aisha.get("/hits/"))
    assert "You asked for this one" in words_of(aisha.get("/hits/second-looks"))
    assert "asks for a second look first" in words_of(manager.get(f"/hits/{refs[0]}"))
    batch = re.findall(
        r"/hits/second-looks/(SL-[-0-9A-Z]+)", manager.get("/hits/second-looks").content.decode()
    )[0]
    words = words_of(aisha.post(f"/hits/second-looks/{batch}", {"verb": "agree"}))
    assert "Somebody else of your body must look." in words
    assert manager.post(f"/hits/second-looks/{batch}", {"verb": "agree"}).status_code == 302
    assert "2 hits dismissed." in words_of(manager.get("/hits/second-looks"))
    assert visitor("manager@mps").post(f"/hits/second-looks/{batch}", {"verb": "agree"}).status_code == 404


def test_it_leaves_out_what_cannot_be_judged_so(cast: Cast) -> None:
    refs = _three(cast)
    aisha = visitor("analyst@norf")
    aisha.post(f"/hits/{refs[0]}", {"verb": "confirm"})
    sent = {"ref": refs, "verb": "confirm"}
    words = words_of(aisha.post("/hits/together", sent))
    assert (words.count("Left as it is"), words.count("Done at once")) == (1, 2)
    aisha.post("/hits/together", {**sent, "step": "do"})
    assert {row.state for row in hit_list(cast.aisha, state="").rows} == {"confirmed"}
    assert "None of these can be judged so" in words_of(aisha.post("/hits/together", sent))


def test_it_takes_no_hit_of_others_into_many(cast: Cast) -> None:
    refs = _three(cast)
    harry = visitor("analyst@kent")
    assert "You have chosen no hit." in words_of(harry.get(f"/hits/together?ref={refs[0]}"))
    assert "You have chosen no hit." in words_of(
        harry.post("/hits/together", {"ref": refs, "verb": "confirm"})
    )
    assert visitor("officer@norf").get("/hits/together").status_code == 403
