"""How long a body has to answer a hit: everybody's administrators read it, the national centre's set it."""

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed
from throughline.kernel import outbox
from throughline.matching.clocks import AnswerTimeProblem, answer_times, set_answer_times
from throughline.matching.queries import hit_list

THERE = "/people/answer-times"
CHANGED = {"ordinary": "7", "urgent": "2", "why": "Agreed by the board"}
STANDING = {"ordinary": 5, "urgent": 1}


def test_the_national_centre_sets_it_for_hits_told_from_now_on(cast: Cast) -> None:
    centre = visitor("admin@nclcc")
    assert "How long a body has to answer a hit" in words_of(centre.get("/people/"))
    assert "A hit 5 working days A rare hit 1 working day" in words_of(centre.get(THERE))
    said = words_of(centre.post(THERE, CHANGED, follow=True))
    assert "A hit 7 working days A rare hit 2 working days" in said
    assert answer_times() == {"ordinary": 7, "urgent": 2}
    looks, _ = journal_page(someone("auditor@nclcc"))
    noted = [
        (look.ref, look.why, look.detail["working_days"]) for look in looks if look.thing == "answer time"
    ]
    assert sorted(noted) == [("ordinary", "Agreed by the board", 7), ("urgent", "Agreed by the board", 2)]


def test_what_does_not_change_is_not_journalled(cast: Cast) -> None:
    visitor("admin@nclcc").post(THERE, CHANGED | {"ordinary": "5"})
    looks, _ = journal_page(someone("auditor@nclcc"))
    assert [look.ref for look in looks if look.thing == "answer time"] == ["urgent"]


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf", "manager@norf", "manager@nclcc"])
def test_others_who_see_people_read_it_and_change_nothing(cast: Cast, username: str) -> None:
    client = visitor(username)
    words = words_of(client.get(THERE))
    assert "A hit 5 working days" in words
    assert "an administrator of the national centre sets it" in words
    assert "Change the times" not in words
    assert client.post(THERE, CHANGED).status_code == 403
    assert answer_times() == STANDING
    with pytest.raises(NotAllowed):
        set_answer_times(by=someone(username), times={"ordinary": 7}, why="x")


@pytest.mark.parametrize("username", ["officer@norf", "analyst@norf", "chair@nclcc"])
def test_it_is_shut_to_everybody_else(cast: Cast, username: str) -> None:
    client = visitor(username)
    assert client.get(THERE).status_code == client.post(THERE, CHANGED).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ordinary": ""}, "Enter the working days for a hit"),
        ({"ordinary": "0"}, "Enter a number of working days from 1 to 60"),
        ({"urgent": "61"}, "Enter a number of working days from 1 to 60"),
        ({"urgent": "²"}, "Enter a number of working days from 1 to 60"),
        ({"urgent": "1.5"}, "Enter a number of working days from 1 to 60"),
        ({"why": " "}, "Say why: it is kept in the journal"),
    ],
)
def test_it_says_what_is_wrong(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    words = words_of(visitor("admin@nclcc").post(THERE, CHANGED | wrong))
    assert f"There is a problem {sentence}" in words
    assert answer_times() == STANDING


def test_the_service_itself_refuses_what_the_form_does(cast: Cast) -> None:
    for times, why in (({"ordinary": 0}, "x"), ({"ordinary": 61}, "x"), ({"ordinary": 7}, " ")):
        with pytest.raises(AnswerTimeProblem):
            set_answer_times(by=someone("admin@nclcc"), times=times, why=why)
    assert answer_times() == STANDING


def test_a_hit_told_before_keeps_its_time(cast: Cast) -> None:
    for reader in (cast.aisha, cast.mia):
        file_report(reader, "N1", selectors=["phone:07700 900123"])
    outbox.drain()
    before = hit_list(cast.aisha).rows[0].answer_by
    visitor("admin@nclcc").post(THERE, CHANGED)
    assert hit_list(cast.aisha).rows[0].answer_by == before
