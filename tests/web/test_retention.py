"""The pages of review, holds and certificates."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.retention.services import dispose_of, propose_disposal
from throughline.retention.workflow import REVIEW
from throughline.web.retention.words import ACTS, HISTORY


def _report(cast: Cast) -> str:
    ref = file_report(cast.aisha, "N1", title="A quail", selectors=["phone:07700900123"], everyone=True)
    outbox.drain()
    return ref


def test_it_has_words_for_every_move() -> None:
    verbs = {move.verb for move in REVIEW.moves}
    assert HISTORY.keys() == verbs
    assert ACTS.keys() == verbs | {"hold"}


def test_a_report_is_reviewed_held_and_disposed_of_by_two_people(cast: Cast) -> None:
    ref = _report(cast)
    analyst, manager = visitor("analyst@norf"), visitor("manager@norf")
    assert f"/retention/reports/{ref}" in analyst.get(f"/reports/{ref}").content.decode()
    opened = words_of(analyst.get(f"/retention/reports/{ref}"))
    assert "Group 3: all other offences" in opened
    assert "Not verified" in opened
    assert "6 years later" in opened
    held = {
        "asked_by": "An inquiry",
        "why": "Asked for",
        "until-day": "",
        "until-month": "",
        "until-year": "",
    }
    assert analyst.post(f"/retention/reports/{ref}/hold", held).status_code == 302
    assert "It cannot be disposed of." in words_of(analyst.get(f"/retention/reports/{ref}"))
    assert analyst.get(f"/retention/reports/{ref}/propose").status_code == 404
    waiting = manager.get("/retention/").content.decode()
    lift = waiting.split("/retention/hold/")[1].split('"')[0]
    assert manager.post(f"/retention/hold/{lift}", {"why": "Over"}).status_code == 302
    assert analyst.post(f"/retention/reports/{ref}/propose", {"reason": "not needed"}).status_code == 302
    assert analyst.get(f"/retention/reports/{ref}/confirm").status_code == 404
    assert "Disposal to confirm" in words_of(manager.get("/desk"))
    assert "cannot be brought back" in words_of(manager.get(f"/retention/reports/{ref}/confirm"))
    done = manager.post(f"/retention/reports/{ref}/confirm", {})
    shown = words_of(manager.get(done["location"]))
    assert "It is disposed of." in shown
    assert "quail" not in shown
    left = words_of(analyst.get(f"/reports/{ref}"))
    assert "This report was withdrawn" in left
    assert "quail" not in left
    assert "Certificate of its disposal" in left
    assert analyst.get(f"/retention/reports/{ref}").status_code == 404
    listed = visitor("auditor@norf").get("/retention/certificates")
    assert ref not in words_of(listed)
    assert "Not yours to know" in words_of(listed)
    assert visitor("auditor@norf").get("/retention/").status_code == 403


def test_it_says_beside_the_field_what_is_missing(cast: Cast) -> None:
    ref = _report(cast)
    analyst = visitor("analyst@norf")
    for act, said in (
        ("keep", "Give your reason"),
        ("group", "Choose a group"),
        ("propose", "Choose a reason"),
        ("hold", "Say who asked for it"),
    ):
        assert said in words_of(analyst.post(f"/retention/reports/{ref}/{act}", {}))
    over = {"asked_by": "A", "why": "B", "until-day": "1", "until-month": "1", "until-year": "2020"}
    assert "must not be over" in words_of(analyst.post(f"/retention/reports/{ref}/hold", over))


def test_what_is_due_waits_on_the_desk(cast: Cast) -> None:
    _report(cast)
    with clock.stopped(clock.now() + timedelta(days=7 * 366)):
        analyst = visitor("analyst@norf")
        assert "1 report to review" in words_of(analyst.get("/desk"))
        assert "A quail" in words_of(analyst.get("/retention/"))
        assert "No report is due" in words_of(visitor("analyst@mps").get("/retention/"))


def test_every_report_of_a_body_can_be_held(cast: Cast) -> None:
    ref = _report(cast)
    sent = {
        "asked_by": "An inquiry",
        "why": "Asked for",
        "until-day": "",
        "until-month": "",
        "until-year": "",
    }
    assert visitor("manager@norf").post("/retention/hold", sent).status_code == 302
    assert "An inquiry" in words_of(visitor("analyst@norf").get(f"/retention/reports/{ref}"))
    assert "An inquiry" not in words_of(visitor("manager@mps").get("/retention/"))


@pytest.mark.parametrize("username", ["officer@norf", "analyst@mps", "manager@mps"])
def test_nobody_else_reviews_it(cast: Cast, username: str) -> None:
    ref = _report(cast)
    assert visitor(username).get(f"/retention/reports/{ref}").status_code in (403, 404)


def test_a_certificate_is_an_accessible_document(cast: Cast, pdf_ua: Callable[[bytes], list[str]]) -> None:
    ref = _report(cast)
    propose_disposal(by=cast.aisha, ref=ref, reason="not needed")
    made = dispose_of(by=someone("manager@norf"), ref=ref)
    answer = visitor("analyst@norf").get(f"/retention/certificates/{made}/certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert pdf_ua(answer.content) == []
