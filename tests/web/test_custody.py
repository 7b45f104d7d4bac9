"""Custody and bail page by page: an arrest on a line, release weighed, bail extended, its card, its clocks."""

from typing import Any

from tests.cast import Cast
from tests.custody.making import HEAD, OFFICER, arrested, on_bail
from tests.inside import someone
from tests.lines.keeping import NUMBER, keep, live
from tests.web.visiting import visitor, words_of
from throughline.custody.law import regimes
from throughline.custody.workflow import ARREST
from throughline.kernel import clock
from throughline.web.custody.words import ABOUT, HISTORY, MOVES, STATES


def _on(name: str) -> dict[str, Any]:
    today = clock.today()
    return {
        f"{name}-{part}": n for part, n in (("day", today.day), ("month", today.month), ("year", today.year))
    }


def test_every_state_move_and_matter_of_law_has_words() -> None:
    assert STATES.keys() == set(ARREST.states)
    assert HISTORY.keys() == MOVES.keys() == {move.verb for move in ARREST.moves}
    assert {fact.about for law in regimes() for fact in law.facts} <= ABOUT.keys()


def test_from_arrest_to_bail_to_extension_to_court(cast: Cast) -> None:
    line = keep(someone(HEAD))
    officer, head = visitor(OFFICER), visitor(HEAD)
    assert "Record an arrest" in words_of(officer.get(f"/lines/{line}"))
    told = {
        "suspect": "Alex Heron", "offence": "Concerned in supply", "nation": "ENG", "case": "standard", "lead": "no",
        "at": "00:00",
    } | _on("on")  # fmt: skip
    assert "Enter the offence" in words_of(
        officer.post(f"/custody/arrest?line={line}", told | {"offence": ""})
    )
    at = officer.post(f"/custody/arrest?line={line}", told).headers["Location"]
    asked = words_of(officer.get(f"{at}/move/bail"))
    assert "Consider bail with conditions before release under investigation" in asked
    assert "The figure of 3 months was not read" in asked
    bail = {"necessity": "Users live nearby", "victims": "sought", "victims_said": "She fears him",
            "words": "Keep away", "because": "Interference", "rank": "custody officer"}  # fmt: skip
    assert "Choose whether victims" in words_of(officer.post(f"{at}/move/bail", bail | {"victims": ""}))
    officer.post(f"{at}/move/bail", bail)
    assert "Keep away" in words_of(officer.get(f"{at}/card"))
    assert "Interference" not in words_of(officer.get(f"{at}/card"))
    assert "Extension to 6 months" not in words_of(officer.get(at)), "an officer extends nothing"
    said = {f"condition_{letter}": "As the file shows" for letter in "ABCD"} | {
        "representations": "None; he was told", "why": "Phones", "rank": "inspector",
    }  # fmt: skip
    refused = words_of(head.post(f"{at}/extend/47ZD", said | {"condition_C": ""}))
    assert "Say how condition C is met" in refused
    assert head.post(f"{at}/extend/47ZD", said).status_code == 302
    assert head.get(f"{at}/extend/47ZE").status_code == 404, "not before its turn"
    assert head.post(f"{at}/extend/47ZDA", said | {"rank": "superintendent"}).status_code == 302
    court = said | {"court": "Norwich", "length": "longer"} | _on("applied_on")
    assert head.post(f"{at}/extend/47ZF", court).status_code == 302
    shown = words_of(head.get(at))
    assert "First extension by the court" in shown
    assert "Not verified" in shown
    assert "Pre-charge bail" in words_of(officer.get("/clocks/"))
    assert "Bail ends" in words_of(officer.get("/desk"))
    assert "Alex Heron" in words_of(officer.get(f"/custody/lines/{line}"))
    assert "Alex Heron" in words_of(officer.get("/custody/?state=on+bail"))
    assert "Bail start date" not in words_of(officer.get("/custody/law"))
    for other in ("officer@kent", "manager@mps"):
        assert visitor(other).get(at).status_code == 404
        assert "Alex Heron" not in words_of(visitor(other).get("/custody/"))


def test_conditions_breaches_and_the_end_from_their_pages(cast: Cast) -> None:
    ref, officer = on_bail(), visitor(OFFICER)
    at, why = f"/custody/{ref}", {"why": "She moved away"}
    assert "Say what it is to prevent" in words_of(officer.post(f"{at}/condition", {"words": "Stay in"}))
    officer.post(f"{at}/condition", {"words": "Stay in", "because": "Supply"})
    officer.post(f"{at}/breach", {"what": "Was out", "done": "Warned", "at": "00:00"} | _on("on"))
    shown = words_of(officer.get(at))
    assert "Stay in" in shown
    assert "Was out" in shown
    assert officer.post(f"{at}/conditions/999999/lift", why).status_code == 404
    officer.post(f"{at}/move/release", {"necessity": "No longer needed", "victims": "none"})
    assert "Released under investigation" in words_of(officer.get(at))
    officer.post(f"{at}/move/charge", why)
    assert "Charged" in words_of(officer.get(at))
    assert officer.get(f"{at}/card").status_code == 404


def test_the_answer_of_a_check_leads_to_the_suspects_of_its_line(cast: Cast) -> None:
    line = live(someone("manager@norf"))
    arrested(line=line)
    asked = {"selector": NUMBER, "why": "Stopped"}
    shown = words_of(visitor("officer@norf").post("/check/", asked))
    assert "1 suspect of" in shown
    assert "on their clocks" not in words_of(visitor("safeguarding@norf").post("/check/", asked))
    assert "Heron" not in shown.partition("In custody or on bail")[2].partition("on their clocks")[0]
