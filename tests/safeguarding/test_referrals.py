"""A referral from its questions to its decisions, and a Duty to Notify in which nothing that names anybody stands."""

import re
import zlib
from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.inside import someone
from tests.pdf_ua import Checker
from tests.safeguarding.caring import ALEX, LEAD, assessed, moved, page, raised
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock
from throughline.kernel.workflow import MoveRefused
from throughline.safeguarding.law.referral import is_automatic, may_go_to_panel, questions, section_45, term
from throughline.safeguarding.raising import ConcernProblem, Who
from throughline.safeguarding.referring import (
    Decided,
    answer_referral,
    draft_referral,
    move_referral,
    notice_of,
    referral_answers,
    referrals_of,
    without_names,
)
from throughline.safeguarding.workflow import REFERRAL
from throughline.web.safeguarding.referring import as_pdf, notice_values
from throughline.web.safeguarding.words import REFERRAL_MOVES


@pytest.mark.parametrize(
    ("born_on", "on", "may"),
    [
        # GOV.UK, devolving pilot: more than 100 days short of 18.
        (date(2009, 3, 3), date(2026, 11, 23), False), (date(2009, 3, 4), date(2026, 11, 23), True),
        (date(2008, 2, 29), date(2025, 11, 20), True), (date(2008, 2, 29), date(2025, 11, 21), False),
        (None, date(2026, 11, 23), False), (date(2000, 1, 1), date(2026, 11, 23), False),
    ],
)  # fmt: skip
def test_how_far_short_of_18_a_panel_asks(born_on: date | None, on: date, *, may: bool) -> None:
    assert may_go_to_panel(born_on, on=on) is may


def test_the_rules_of_the_form_and_of_the_defence_are_there_with_their_sources() -> None:
    assert [is_automatic(said) for said in ("yes", "not sure", "", "no")] == [True, True, True, False]
    assert [term("reasonable", who).length for who in ("single", "panel")] == [5, 45]  # type: ignore[union-attr]
    assert term("recovery", "panel") is None
    facts, excluded = section_45()
    assert {one.about for one in facts} == {"child", "adult", "both"}
    assert all(one.source and one.is_unverified == ("not read" in one.source) for one in (*facts, *excluded))
    assert REFERRAL_MOVES.keys() == {move.verb for move in REFERRAL.moves}
    assert len(questions()) > 50
    assert not any(one.is_coded for one in questions().values() if one.kind in ("text", "area"))


def _moved(ref: str, referral: str, verb: str, on: date | None = None, decider: str = "single") -> None:
    decided = Decided("As they wrote", decider=decider, on=on or clock.today())
    move_referral(by=someone(LEAD), concern=ref, ref=referral, verb=verb, decided=decided)


def test_a_child_is_referred_without_consent_and_the_decisions_have_their_clocks(cast: Cast) -> None:
    lead, ref = someone(LEAD), raised(who=Who(selector=ALEX, born_on=date(2011, 5, 3)))
    referral = draft_referral(by=lead, ref=ref)
    with pytest.raises(ConcernProblem, match="already"):
        draft_referral(by=lead, ref=ref)
    with pytest.raises(MoveRefused, match="always referred"):
        _moved(ref, referral, "notify")
    assert notice_of(lead, ref, referral) is None
    sent = clock.today() - timedelta(days=40)
    _moved(ref, referral, "submit", sent)
    assert {one.kind: one.ended_at for one in referrals_of(lead, ref)[0].clocks} == {
        "nrm reasonable grounds": None
    }
    with pytest.raises(ConcernProblem, match="record the decision before you close it"):
        moved(ref, "close", outcome="safe", not_owed="x")
    _moved(ref, referral, "find-reasonable", sent + timedelta(days=9))
    with pytest.raises(ConcernProblem, match="within 30 days"):
        _moved(ref, referral, "find-conclusive", sent + timedelta(days=38))
    _moved(ref, referral, "find-conclusive", sent + timedelta(days=39))
    (row,) = referrals_of(lead, ref)
    assert row.state == "conclusive grounds"
    assert all(one.ended_at for one in row.clocks)
    assert "nrm-find-conclusive" in {step.kind for step in page(ref).steps}
    again = draft_referral(by=lead, ref=ref)
    _moved(ref, again, "submit", decider="panel")
    assert referral_answers(someone("safeguarding@mps"), ref, referral, why="x") is None


NAMED = {
    "name": "Wrenfield Kestrelson", "born": "07/08/1991", "safe_contact": "07700 900456",
    "authority": "3 Heronry Row", "background": "Wrenfield lives at 3 Heronry Row, born 1991-08-07",
}  # fmt: skip


def _bytes_of(pdf: bytes) -> bytes:
    """A document with every packed part of it unpacked."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"".join(parts)


def test_nothing_that_names_anybody_stands_in_a_duty_to_notify(cast: Cast, pdf_ua: Checker) -> None:
    lead = someone(LEAD)
    who = Who(name=NAMED["name"], selector="person:Kestrelson, Wrenfield, 1991-08-07", address="3 Heronry Row",
              contact="07700 900456", born_on=date(1991, 8, 7))  # fmt: skip
    ref = assessed(raised(age="adult", who=who, words=NAMED["background"]), "early help", age="adult")
    referral = draft_referral(by=lead, ref=ref)
    with pytest.raises(MoveRefused, match="with consent alone"):
        _moved(ref, referral, "submit")
    every: dict[str, object] = {**{one.key: NAMED["background"] for one in questions().values()}, **NAMED}
    coded: dict[str, object] = {
        "under_18": "no",
        "consent": "no",
        "types": ["forced to commit crime, such as drug dealing"],
    }
    answer_referral(by=lead, concern=ref, ref=referral, answers=every | coded)
    found = notice_of(lead, ref, referral)
    assert found
    assert dict(found[1])["Types of exploitation"] == "Forced to commit crime, such as drug dealing"
    document = as_pdf(notice_values(*found))
    assert pdf_ua(document) == []
    told = repr(notice_values(*found)) + words_of(
        visitor(LEAD).get(f"/concerns/{ref}/referrals/{referral}/notice")
    )
    told = told.replace(f"Referral {referral}", "")  # the way back, above the notice
    for word in ("Wrenfield", "Kestrelson", "Heronry", "900456", "1991", ref, referral):
        assert word not in told, word
    for word in ("Wrenfield", "Kestrelson", "Heronry", "900456", "1991-08", "08/1991", ref, referral):
        assert word.encode() not in _bytes_of(document), word
        assert word.encode("utf-16-be") not in _bytes_of(document), word
    # The strongest of all: it is the same document, byte for byte, whoever the person is.
    assert document == as_pdf(notice_values(found[0], without_names(coded)))
    _moved(ref, referral, "notify")
    assert referrals_of(lead, ref)[0].state == "notified"


def test_words_that_are_typed_into_a_coded_answer_stay_out_too() -> None:
    assert without_names(
        {"nation": "Wrenfield", "types": ["Wrenfield"], "name": "Wrenfield", "gender": "female"}
    ) == (("Gender", "Female"),)


def test_a_referral_is_prepared_printed_and_submitted_on_its_pages(cast: Cast, pdf_ua: Checker) -> None:
    ref, lead = raised(), visitor(LEAD)
    at = lead.post(f"/concerns/{ref}/referrals").headers["Location"]
    assert "Automatic: the person is under 18" in words_of(lead.get(at))
    assert "Say why you need to know" in words_of(lead.post(f"{at}/answers", {"why": ""}))
    assert "Alex Example" in lead.post(f"{at}/answers", {"why": "To fill it in"}).content.decode()
    assert lead.post(f"{at}/answers", {"under_18": "yes", "name": "Alex Example"}).status_code == 302
    assert "Alex" not in words_of(lead.get(at))
    assert "Say why you need" in words_of(lead.post(f"{at}/sheet", {"why": ""}))
    assert pdf_ua(lead.post(f"{at}/sheet", {"why": "To submit it"}).content) == []
    today = clock.today()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year, "words": "Sent"}
    assert lead.post(f"{at}/move/submit", day | {"decider": "single"}).status_code == 302
    assert "Reasonable grounds decision" in words_of(lead.get(at))
    assert "direct consequence" in words_of(lead.get("/concerns/section-45"))
    assert visitor("safeguarding@kent").get(at).status_code == 404
