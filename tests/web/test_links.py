"""The list of links between people and the page of one: explained, judged, and silent where it must be."""

import pytest

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.matching.people.links import link_list
from throughline.matching.people.who import VERDICTS as EVERY
from throughline.web.links.picture import picture_of, signed
from throughline.web.links.words import DONE, VERDICTS

SAM, SAMUEL = "person:Example, Sam, 2010-05-03", "person:Example, Samuel, 2010-05-03"


def _link(by: Reader, other: Reader) -> str:
    file_report(by, "A", selectors=[SAM])
    file_report(other, "B", selectors=[SAMUEL])
    outbox.drain()
    return link_list(by).rows[0].ref


def test_it_has_words_for_every_verdict() -> None:
    assert VERDICTS.keys() == set(EVERY) == DONE.keys()


def test_it_explains_a_link_in_words_and_as_a_picture(cast: Cast) -> None:
    ref = _link(cast.aisha, cast.aisha)
    response = visitor("analyst@norf").get(f"/links/{ref}")
    words = words_of(response)
    assert "EXAMPLE, Samuel, born 3 May 2010 EXAMPLE, Sam, born 3 May 2010" in words
    assert "Given name Samuel Sam Another form of the given name." in words
    assert "Date of birth 3 May 2010 3 May 2010 The same date of birth." in words
    assert "If you knew The same Different" in words
    assert "Phone number more than 99.9%" in words
    assert "May be a child Yes" in words
    assert 'aria-labelledby="weights-title"' in response.content.decode()


def test_it_shows_a_number_as_people_write_it(cast: Cast) -> None:
    for name, person in (("A", SAM), ("B", SAMUEL)):
        file_report(cast.aisha, name, selectors=[person, "phone:07700 900123"])
    outbox.drain()
    words = words_of(visitor("analyst@norf").get(f"/links/{link_list(cast.aisha).rows[0].ref}"))
    assert "Phone number 07700 900123 07700 900123 The same phone number." in words
    assert "would hardly change it" in words


def test_it_lists_what_waits_and_the_desk_and_a_check_lead_there(cast: Cast) -> None:
    ref = _link(cast.aisha, cast.aisha)
    analyst = visitor("analyst@norf")
    assert f"/links/{ref}" in analyst.get("/links/").content.decode()
    assert "1 pair of people who may be one" in words_of(analyst.get("/desk"))
    answer = analyst.post(
        "/check/", {"selector": "Example, Sam, 2010-05-03", "kind": "person", "why": "A visit"}
    )
    assert f"/links/{ref}" in answer.content.decode()


def test_it_keeps_a_judgement_and_its_taking_back(cast: Cast) -> None:
    ref = _link(cast.aisha, cast.aisha)
    analyst = visitor("analyst@norf")
    assert "Take back" not in words_of(analyst.get(f"/links/{ref}"))
    sent = analyst.post(f"/links/{ref}", {"verdict": "same", "why": "Same scar"})
    assert sent.status_code == 302
    words = words_of(analyst.get(f"/links/{ref}"))
    assert "Judged to be one person:" in words
    assert "Same scar" in words
    assert "No two people look like one." in words_of(analyst.get("/links/"))
    assert f"/links/{ref}" in analyst.get("/links/?state=same").content.decode()
    analyst.post(f"/links/{ref}", {"verdict": "taken back", "why": "A brother"})
    assert f"/links/{ref}" in analyst.get("/links/").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verdict": "same", "why": ""}, "Give your reason"),
        ({"verdict": "", "why": "Same scar"}, "Say whether they are the same person"),
    ],
)
def test_it_says_beside_the_field_what_is_missing(cast: Cast, sent: dict[str, str], said: str) -> None:
    ref = _link(cast.aisha, cast.aisha)
    assert said in words_of(visitor("analyst@norf").post(f"/links/{ref}", sent))


def test_it_shows_a_pointer_and_no_more_of_what_another_body_holds(cast: Cast) -> None:
    ref = _link(cast.aisha, cast.mia)
    words = words_of(visitor("analyst@norf").get(f"/links/{ref}"))
    assert "Held by Metropolitan Police Service" in words
    assert "Samuel" not in words
    assert "Judge it" not in words
    sent = visitor("analyst@norf").post(f"/links/{ref}", {"verdict": "same", "why": "A guess"})
    assert sent.status_code == 404
    guess = visitor("analyst@norf").post(
        "/check/", {"selector": "Example, Samuel, 2010-05-03", "kind": "person", "why": "A guess"}
    )
    assert f"/links/{ref}" not in guess.content.decode()


@pytest.mark.parametrize("ref", ["LK-2222-2222", "1"])
def test_it_says_the_same_of_a_link_of_others_and_of_none(cast: Cast, ref: str) -> None:
    closed = _link(cast.aisha, cast.mia)
    harry = visitor("analyst@kent")
    other, none = harry.get(f"/links/{closed}"), harry.get(f"/links/{ref}")
    assert (other.status_code, none.status_code) == (404, 404)
    assert words_of(other) == words_of(none)


def test_a_picture_of_nothing_but_the_start_has_two_bars() -> None:
    drawn = picture_of(-16.6, (), -16.6)
    assert [bar.label for bar in drawn.bars] == ["Any two people", "In all"]
    assert not any(bar.is_for for bar in drawn.bars)
    assert (signed(1.26), signed(-0.5)) == ("+1.3", "\u22120.5")
