"""The list of links between people and the page of one: explained, judged, and silent where it must be."""

import pytest

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.reader import Reader
from throughline.kernel import clock, outbox
from throughline.lines.services import Said, add_line
from throughline.matching.blind.asking import blind_pairs
from throughline.matching.blind.loading import load_encodings
from throughline.matching.people.links import link_list, link_page
from throughline.matching.people.who import VERDICTS as EVERY
from throughline.selectors.registry import parse
from throughline.web.links.picture import picture_of, signed
from throughline.web.links.words import DONE, PLACE_DONE, PLACES, VERDICTS

SAM, SAMUEL = "person:Example, Sam, 2010-05-03", "person:Example, Samuel, 2010-05-03"


def _link(by: Reader, other: Reader) -> str:
    file_report(by, "A", selectors=[SAM])
    file_report(other, "B", selectors=[SAMUEL])
    outbox.drain()
    return link_list(by).rows[0].ref


def test_it_has_words_for_every_verdict() -> None:
    assert VERDICTS.keys() == set(EVERY) == DONE.keys() == PLACES.keys() == PLACE_DONE.keys()


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


def test_a_pointer_beside_a_check_names_the_desk_to_ring(cast: Cast) -> None:
    _link(cast.aisha, cast.mia)
    words = words_of(
        visitor("analyst@norf").post(
            "/check/", {"selector": "Example, Sam, 2010-05-03", "kind": "person", "why": "A visit"}
        )
    )
    assert "EXAMPLE, Sam, born 3 May 2010 may be known otherwise elsewhere : ring before you act" in words
    assert "Metropolitan Police Service" in words


def test_search_and_a_line_say_who_a_person_may_also_be(cast: Cast) -> None:
    ref = _link(cast.aisha, cast.aisha)
    analyst, said = visitor("analyst@norf"), "ay be the same person as"
    found = analyst.post("/search/", {"text": "Example Samuel"}, follow=True)
    assert f"M{said} EXAMPLE, Sam, born" in words_of(found)
    assert f"/links/{ref}" in found.content.decode()
    item = next(row.ref for row in link_page(cast.aisha, ref).sources[0])  # type: ignore[union-attr]
    line = add_line(
        by=cast.aisha,
        items=[item],
        said=[Said("role", "person", parse(SAM).key, detail="runner")],
        why="Seen",
    )
    page = analyst.get(f"/lines/{line}")
    assert f"EXAMPLE, Sam, born 3 May 2010 m{said}" in words_of(page)
    assert f"/links/{ref}" in page.content.decode()


def test_an_administrator_states_the_rule_and_the_link_says_so(cast: Cast) -> None:
    for name, person in (("A", SAM), ("B", SAMUEL)):
        file_report(cast.aisha, name, selectors=[person, "national_id:QQ123456C"])
    outbox.drain()
    ref = link_list(cast.aisha).rows[0].ref
    admin, today = visitor("admin@norf"), clock.today()
    day = {"starts_on-day": today.day, "starts_on-month": today.month, "starts_on-year": today.year}
    assert "Say why" in words_of(admin.post("/people/identifier-rule", {**day, "why": ""}))
    assert admin.post("/people/identifier-rule", {**day, "why": "Checked at the desk"}).status_code == 302
    assert "Joins by identifier from" in words_of(admin.get("/people/identifier-rule"))
    words = words_of(visitor("analyst@norf").get(f"/links/{ref}"))
    assert "Joined by rule." in words
    assert "Checked at the desk" in words
    assert "By rule" in words_of(visitor("analyst@norf").get("/links/?state=same"))


def test_a_blind_match_names_the_desk_and_takes_the_answer(cast: Cast) -> None:
    for reader in (cast.aisha, cast.mia):
        load_encodings(by=reader, ids=[f"{reader.body_code}-7"], packed=[bytes(128)], made_by="a key")
    outbox.drain()
    analyst = visitor("analyst@norf")
    ref = blind_pairs(cast.aisha)[0][0].ref
    assert "1 blind match to ask about" in words_of(analyst.get("/desk"))
    assert f"/links/blind/{ref}" in analyst.get("/links/blind").content.decode()
    words = words_of(analyst.get(f"/links/blind/{ref}"))
    assert "Your record NORF-7 may be known elsewhere" in words
    assert "Metropolitan Police Service" in words
    assert "MPS-7" not in words
    assert "Say what they said" in words_of(
        analyst.post(f"/links/blind/{ref}", {"verdict": "same", "why": ""})
    )
    assert analyst.post(f"/links/blind/{ref}", {"verdict": "same", "why": "One birthday"}).status_code == 302
    assert "One birthday" in words_of(visitor("analyst@mps").get(f"/links/blind/{ref}"))
    assert visitor("analyst@kent").get(f"/links/blind/{ref}").status_code == 404


def test_a_check_of_an_address_names_what_may_be_the_same_place(cast: Cast) -> None:
    file_report(cast.aisha, "A", selectors=["address:Apt 3, 12 Wherrey Rd, NR1 1AA"])
    outbox.drain()
    asked = {"selector": "Flat 3, 12 Wherry Road, NR1 1AA", "kind": "address", "why": "A visit"}
    words = words_of(visitor("analyst@norf").post("/check/", asked))
    assert "Flat 3 12 Wherry Road, NR1 1AA may be the same place as Flat 3 12 Wherrey Road, NR1 1AA" in words
    assert "same place as" not in words_of(visitor("analyst@mps").post("/check/", asked))


# --- Two addresses ----------------------------------------------------------------------------------------------------

PLACE, ALSO_PLACE = "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA"


def _places(by: Reader) -> dict[str, str]:
    for address in (PLACE, ALSO_PLACE):
        file_report(by, address[:6], selectors=[f"address:{address}"])
    outbox.drain()
    one, other = (parse(f"address:{address}").key for address in (PLACE, ALSO_PLACE))
    return {"one": one, "other": other}


CHECKED = {"selector": PLACE, "kind": "address", "why": "A visit"}


def test_a_check_leads_to_two_addresses_that_are_judged_there(cast: Cast) -> None:
    two = _places(cast.aisha)
    analyst = visitor("analyst@norf")
    answer = analyst.post("/check/", CHECKED)
    assert "May be the same place" in words_of(answer)
    assert two["other"] in answer.content.decode()
    opened = words_of(analyst.post("/links/places", two))
    assert "Is this one place?" in opened
    assert "Nobody has judged these two yet" in opened
    assert "Take back" not in opened
    kept = analyst.post("/links/places", {**two, "verdict": "same", "why": "One door"})
    assert kept.status_code == 302
    shown = words_of(analyst.get(kept["location"]))
    assert "You said that they are the same place." in shown
    assert "Judged to be one place:" in shown
    assert "One door" in shown
    assert "Take back" in shown
    assert "The same place, your body says." in words_of(analyst.post("/check/", CHECKED))
    analyst.post("/links/places", {**two, "verdict": "different", "why": "Two doors"})
    assert "May be the same place" not in words_of(analyst.post("/check/", CHECKED))


def test_it_says_beside_the_field_what_is_missing_of_two_addresses(cast: Cast) -> None:
    two = _places(cast.aisha)
    sent = words_of(visitor("analyst@norf").post("/links/places", {**two, "verdict": "", "why": ""}))
    assert "Say whether they are the same place" in sent
    assert "Give your reason" in sent


@pytest.mark.parametrize("sent", [{}, {"one": "x", "other": "y"}, {"one": "\0", "other": "y"}])
def test_addresses_that_nobody_knows_are_not_there(cast: Cast, sent: dict[str, str]) -> None:
    assert visitor("analyst@norf").post("/links/places", sent).status_code == 404


def test_whoever_may_know_one_address_alone_reads_that_one(cast: Cast) -> None:
    two = _places(cast.aisha)
    file_report(cast.mia, "M", selectors=[f"address:{PLACE}"], bodies=["NORF"])
    outbox.drain()
    kept = visitor("analyst@norf").post("/links/places", {**two, "verdict": "same", "why": "One door"})
    outbox.drain()
    london = visitor("analyst@mps")
    assert kept["location"] in london.get("/notices/").content.decode()
    words = words_of(london.get(kept["location"]))
    assert "may be known otherwise elsewhere" in words
    assert "Wherrey" not in words
    assert london.post("/links/places", two).status_code == 404
