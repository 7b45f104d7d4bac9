"""Safeguarding page by page: raised from a line, assessed, a step noted, who it is about read for a reason, closed."""

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from tests.safeguarding.caring import ALEX, LEAD, assessed, raised
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock
from throughline.safeguarding.law import indicators_on, steps
from throughline.safeguarding.workflow import CONCERN
from throughline.web.safeguarding.words import DONE, MOVES, STATES

SAID: dict[str, object] = {
    "age": "child", "harms": ["criminal exploitation"], "words": "Seen at the station", "nation": "ENG",
    "name": "Alex Example", "selector": ALEX,
}  # fmt: skip


def test_every_state_move_and_step_has_words() -> None:
    verbs = {move.verb for move in CONCERN.moves}
    assert STATES.keys() == set(CONCERN.states)
    assert MOVES.keys() | {"assess"} == verbs
    assert verbs | steps().keys() <= DONE.keys()


def test_a_concern_is_raised_from_its_line_by_an_officer_who_then_sees_no_more(cast: Cast) -> None:
    line = keep(someone("manager@norf"))
    officer, lead = visitor("officer@norf"), visitor(LEAD)
    assert "Raise a concern about somebody in this line" in words_of(officer.get(f"/lines/{line}"))
    at = f"/concerns/raise?line={line}"
    assert "Choose at least one" in words_of(officer.post(at, SAID | {"harms": []}))
    assert officer.post(at, SAID).headers["Location"] == "/desk"
    assert officer.get("/concerns/").status_code == 403
    shown = words_of(officer.get(f"/lines/{line}"))
    assert "A child at risk" in shown
    assert "Concerns on the line" not in shown
    assert "1 concern on this line that you may know" in words_of(lead.get(f"/lines/{line}"))
    assert "Concern to assess" in words_of(lead.get("/desk"))
    checked = {"selector": ALEX, "why": "A stop in the street", "kind": ""}
    assert "ring before you act" in words_of(visitor("analyst@kent").post("/check/", checked))


def test_a_concern_is_taken_from_assessment_to_outcome_on_its_pages(cast: Cast) -> None:
    ref = raised()
    lead, at = visitor(LEAD), f"/concerns/{ref}"
    shown = words_of(lead.get(at))
    assert "Not verified" in shown
    assert "Alex" not in shown
    found = {one.key: "no" for one in indicators_on(clock.today()).of("child")}
    yes = found | {"debt": "yes", "judgement": "in need", "words": "The debt grows"}
    assert "Say how you know" in words_of(lead.post(f"{at}/assess", yes))
    lead.post(f"{at}/assess", yes | {"debt_why": "She said so", "debt_evidence": "IR-1"})
    assert "She said so" in words_of(lead.get(at))
    assert "Record first that the local authority was told" in words_of(
        lead.post(f"{at}/move/refer", {"words": "x"})
    )
    lead.post(f"{at}/step", {"kind": "authority told", "words": "They take it on", "who": "The duty desk"})
    assert lead.post(f"{at}/move/refer", {"words": "Sent"}).status_code == 302
    assert "Say why you need to know" in words_of(lead.post(f"{at}/who", {"why": ""}))
    assert "Alex Example" in words_of(lead.post(f"{at}/who", {"why": "To tell the school"}))
    lead.post(f"{at}/particulars", {"address": "1 Example Street", "authority": "Exampleshire"})
    assert "Exampleshire" in words_of(lead.get(at))
    assert lead.post(f"{at}/share", {"body": "MPS", "words": "Lives there"}).status_code == 302
    assert visitor("safeguarding@mps").get(at).status_code == 200
    assert visitor("safeguarding@mps").get(f"{at}/share").status_code == 404
    lead.post(f"{at}/move/close", {"words": "Moved in with an aunt", "outcome": "safe"})
    assert "Safe, and those" in words_of(lead.get(at))
    assert lead.get(f"{at}/step").status_code == 404
    assert visitor("safeguarding@kent").get(at).status_code == 404
    assert "Working Together" in words_of(lead.get("/concerns/duties"))
    assert ref in words_of(lead.get("/concerns/?state=closed"))
    assert assessed(raised()) in words_of(lead.get("/concerns/?age=child"))


def test_each_record_of_its_own_asks_what_belongs_to_it_and_keeps_it(cast: Cast) -> None:
    ref, lead = raised(), visitor(LEAD)
    shown = words_of(lead.get(f"/concerns/{ref}"))
    for kind in (one for one in steps().values() if one.asks):
        assert kind.name.lower() in shown
        at = f"/concerns/{ref}/record/{kind.key.replace(' ', '-')}"
        blank = words_of(lead.post(at, {"words": "Done"}))
        for one in kind.asks:
            assert (f"Answer: {one.asks}" in blank) == one.is_needed, one.key
        typed = {one.key: one.choices[0] if one.choices else f"About {one.key}" for one in kind.asks}
        assert lead.post(at, typed | {"words": "Done"}).status_code == 302, kind.key
        after = words_of(lead.get(f"/concerns/{ref}"))
        assert all(f"About {one.key}" in after for one in kind.asks if not one.choices)
    assert lead.get(f"/concerns/{ref}/record/strategy-discussion").status_code == 404
    assert visitor("safeguarding@kent").get(f"/concerns/{ref}/record/visit").status_code == 404
