"""Files of a report: who may add and open them, how they are handed over, and what the journal keeps."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import reading
from throughline.intelligence import attachments
from throughline.intelligence.attachments import attachments_of
from throughline.intelligence.models import Attachment
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.kernel import clock

WORDS = b"<script>alert('a file')</script>"


def _file(name: str = "notes.txt", content: bytes = WORDS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def _attach(username: str, ref: str, *, item: str = "0", **file: Any) -> Any:
    return visitor(username).post(f"/reports/{ref}/files/add", {"file": _file(**file), "item": item})


def test_it_attaches_a_file_and_hands_it_over_inert(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1")
    assert _attach("officer@norf", ref, item="1").status_code == 302
    [card] = attachments_of(cast.aisha, ref)
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert "notes.txt plain text, 1 KB" in words
    assert hashlib.sha256(WORDS).hexdigest() in words
    answer = aisha.get(f"/reports/{ref}/files/{card.ref}")
    assert answer.content == WORDS
    headers = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control",
               "X-Content-Type-Options", "Content-Security-Policy")}  # fmt: skip
    assert headers == {
        "Content-Type": "application/octet-stream", "Content-Disposition": 'attachment; filename="notes.txt"',
        "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip
    looks, _ = journal_page(cast.grace, ref=card.ref)
    assert [(look.verb, look.who) for look in looks] == [
        ("consult", cast.aisha.name),
        ("collect", "Officer at NORF"),
    ]


def test_it_keeps_a_file_under_the_marking_of_its_item(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", grade="1AC", instructions="Ask us", bodies=["MPS"])
    _attach("analyst@norf", ref, name="whole.txt")
    _attach("analyst@norf", ref, item="1", name="item.txt")
    assert [card.name for card in attachments_of(cast.mia, ref)] == ["whole.txt", "item.txt"]
    assert [card.name for card in attachments_of(cast.ben, ref)] == ["whole.txt"]
    assert attachments_of(cast.harry, ref) == []
    closed = next(card.ref for card in attachments_of(cast.aisha, ref) if card.item)
    for username in ("officer@mps", "analyst@kent"):
        other = visitor(username)
        hidden, none = (other.get(f"/reports/{ref}/files/{file}") for file in (closed, "AT-2222-2222"))
        assert (hidden.status_code, words_of(hidden)) == (404, words_of(none))


def test_a_file_moves_with_its_item_when_that_is_graded_under_conditions(cast: Cast) -> None:
    draft = ReportDraft("N1", clock.today(), "A line", Classification.OFFICIAL, Circulation(bodies=("MPS",)),
                        (ItemDraft(1, "Words", None, (), 2),), (2,))  # fmt: skip
    ref = record_reports(by=cast.aisha, drafts=[draft])[0].ref
    _attach("analyst@norf", ref, item="1")
    aisha = visitor("analyst@norf")
    codes = {"source": "1", "assessment": "A", "handling": "C", "action": "A1", "sanitisation": "S2",
             "instructions": "Ask us"}  # fmt: skip
    aisha.post(f"/reports/{ref}/items/1/grade", codes)
    aisha.post(f"/reports/{ref}/finish")
    aisha.post(f"/reports/{ref}/circulate", {"circulation": "named", "bodies": ["MPS"]})
    assert len(attachments_of(cast.mia, ref)) == 1
    assert attachments_of(cast.ben, ref) == []


def test_only_who_circulates_adds_to_what_is_circulated_and_it_is_a_disclosure(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["MPS"])
    assert _attach("officer@norf", ref).status_code == 404
    assert "Attach a file" not in words_of(visitor("officer@norf").get(f"/reports/{ref}"))
    assert _attach("analyst@norf", ref).status_code == 302
    looks, _ = journal_page(cast.grace, verb="disclose")
    assert looks[0].detail == {"report": ref, "to": ["MPS"]}


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("analyst@mps", 404),
        ("analyst@kent", 404),
        ("chair@norf", 403),
        ("auditor@norf", 403),
        ("admin@norf", 403),
    ],
)
def test_nobody_else_adds_or_withdraws(cast: Cast, username: str, status: int) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["MPS"])
    _attach("analyst@norf", ref)
    [card] = attachments_of(cast.aisha, ref)
    assert _attach(username, ref).status_code == status
    gone = visitor(username).post(f"/reports/{ref}/files/{card.ref}/withdraw", {"why": "x"})
    assert gone.status_code == status
    assert len(attachments_of(cast.aisha, ref)) == 1


def test_it_withdraws_a_file_for_good_and_says_why(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1")
    _attach("analyst@norf", ref)
    [card] = attachments_of(cast.aisha, ref)
    aisha, there = visitor("analyst@norf"), f"/reports/{ref}/files/{card.ref}"
    assert "Say why" in words_of(aisha.post(f"{there}/withdraw", {"why": ""}))
    assert aisha.post(f"{there}/withdraw", {"why": "Of someone else"}).status_code == 302
    assert (aisha.get(there).status_code, aisha.get(f"{there}/withdraw").status_code) == (404, 404)
    with reading(cast.aisha):
        left = Attachment.objects.get(ref=card.ref)
    assert (bytes(left.content), left.name, left.sha256) == (b"", "", "")
    looks, _ = journal_page(cast.grace, ref=card.ref)
    assert (looks[0].verb, looks[0].why) == ("erase", "Of someone else")


def test_it_says_beside_the_field_why_a_file_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = file_report(cast.aisha, "N1")
    assert "it looks like plain text" in words_of(_attach("analyst@norf", ref, name="a.pdf"))
    assert "must end in one of" in words_of(_attach("analyst@norf", ref, name="a.html"))
    empty = visitor("analyst@norf").post(f"/reports/{ref}/files/add", {"item": "0"})
    assert "Choose a file" in words_of(empty)
    assert "choose one from the list" in words_of(_attach("analyst@norf", ref, item="7"))
    monkeypatch.setattr(attachments, "MOST_FILES", 0)
    assert "files already" in words_of(_attach("analyst@norf", ref))


def test_it_takes_no_file_for_a_rejected_report(cast: Cast) -> None:
    draft = ReportDraft("N2", clock.today(), "A line", Classification.OFFICIAL, Circulation(),
                        (ItemDraft(1, "Words", None, (), 2),), (2,))  # fmt: skip
    ref = record_reports(by=cast.aisha, drafts=[draft])[0].ref
    visitor("analyst@norf").post(f"/reports/{ref}/reject", {"why": "An opinion"})
    assert _attach("analyst@norf", ref).status_code == 404


def test_a_name_cannot_break_the_page_or_the_header(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1")
    _attach("analyst@norf", ref, name='a"><b>caf\u00e9.txt')
    [card] = attachments_of(cast.aisha, ref)
    aisha = visitor("analyst@norf")
    assert "<b>caf" not in aisha.get(f"/reports/{ref}").content.decode()
    disposition = aisha.get(f"/reports/{ref}/files/{card.ref}").headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''a%22%3E%3Cb%3Ecaf%C3%A9.txt"
