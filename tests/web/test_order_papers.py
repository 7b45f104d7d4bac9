"""The documents of an order: accessible, and the disclosure version without a trace of what is held back."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from tests.lines.keeping import page as line_page
from tests.orders.making import HEAD, OFFICER, authorised, drafted
from tests.pdf_ua import Checker
from tests.web.visiting import visitor, words_of
from throughline.orders.drafting import OrderProblem, add_from_line, put_evidence
from throughline.orders.papers import disclosure_papers
from throughline.web.orders.papers import NAMES

HELD_BACK = ("Kestrelword", "Merlinword", "Ospreyword", "Harrierword", "S77/4", "N88/5")
"""A sensitive piece and its reference, one not to be disclosed and its reference, the plan, and the attribution."""


def _order(cast: Cast) -> str:
    by = someone(OFFICER)
    ref = drafted(
        by, line=keep(someone(HEAD)), plan="Ospreyword is arrested first", used="Bulk texts of the line"
    )
    for source, says, disclosure in (
        ("S77/4", "Kestrelword told us", "sensitive"), ("N88/5", "Merlinword saw it", "no"),
        ("E11/6", "Petrelword on the handset", "yes"),
    ):  # fmt: skip
        put_evidence(by=by, ref=ref, source_ref=source, grade="1AP", says=says, disclosure=disclosure)
    return ref


def _paper(ref: str, name: str, kind: str) -> bytes:
    answer = visitor(OFFICER).get(f"/orders/{ref}/documents/{name}.{kind}")
    assert answer.status_code == 200
    return bytes(answer.content)


def _everything_in_pdf(content: bytes) -> bytes:
    """The file as it is, each of its streams unpacked, each of its objects, its metadata and the words on its pages."""
    read = PdfReader(BytesIO(content))
    parts: list[bytes] = [content]
    for number in range(1, int(str(read.trailer["/Size"]))):
        found: Any = read.get_object(number)
        parts.append(repr(found).encode())
        if isinstance(found, StreamObject):
            parts.append(found.get_data())
    parts += [str(read.metadata).encode(), *(page.extract_text().encode() for page in read.pages)]
    return b"\n".join(parts)


def _everything_in_docx(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return b"\n".join([content, *(name.encode() + packed.read(name) for name in packed.namelist())])


def test_the_disclosure_version_holds_nothing_that_is_held_back(cast: Cast) -> None:
    ref = _order(cast)
    authorised(ref)
    for kind, everything in (("pdf", _everything_in_pdf), ("docx", _everything_in_docx)):
        open_version = everything(_paper(ref, "disclosure", kind))
        assert b"Petrelword" in open_version, "the search finds what is there"
        for word in HELD_BACK:
            assert word.encode() not in open_version, (kind, word)
        schedule, statement = (everything(_paper(ref, name, kind)) for name in ("schedule", "statement"))
        assert b"Kestrelword" in schedule
        assert b"Kestrelword" not in statement
        assert b"Merlinword" in statement
    assert "Kestrelword" not in repr(disclosure_papers(someone(OFFICER), ref))


def test_a_piece_of_a_line_that_is_sensitive_is_left_out_with_its_attribution(cast: Cast) -> None:
    by, line = someone(OFFICER), keep(someone(HEAD))
    ref = drafted(by, line=line, number="phone:07700900399")
    pieces = [piece.ref for piece in line_page(by, line).pieces]
    add_from_line(by=by, ref=ref, pieces=pieces, disclosure="sensitive")
    told = disclosure_papers(by, ref)
    assert told is not None
    assert told.evidence == ()
    assert not any(piece in repr(told) for piece in pieces)


@pytest.mark.parametrize("name", NAMES)
def test_each_document_says_its_title_and_language_and_is_tagged(
    cast: Cast, pdf_ua: Checker, name: str
) -> None:
    ref = _order(cast)
    paper = _paper(ref, name, "pdf")
    assert pdf_ua(paper) == []
    read = PdfReader(BytesIO(paper))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert str(read.metadata.title).startswith("Drug dealing telecommunications restriction order")
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    with zipfile.ZipFile(BytesIO(_paper(ref, name, "docx"))) as packed:
        about, words = packed.read("docProps/core.xml").decode(), packed.read("word/document.xml").decode()
        assert "Drug dealing telecommunications" in about
        assert "<dc:language>en-GB" in about
        assert "python-docx" not in about
        assert 'w:lang w:val="en-GB"' in packed.read("word/styles.xml").decode()
    assert "Heading2" in words
    assert ("w:tblHeader" in words) is ("<w:tbl>" in words)


def test_the_checker_of_documents_names_what_is_wrong_with_one(cast: Cast, pdf_ua: Checker) -> None:
    spoilt = PdfWriter(clone_from=BytesIO(_paper(_order(cast), "statement", "pdf")))
    for part in ("/StructTreeRoot", "/Lang", "/ViewerPreferences"):
        del spoilt.root_object[NameObject(part)]
    content = BytesIO()
    spoilt.write(content)
    broken = " ".join(pdf_ua(content.getvalue()))
    for wanted in ("rooted in the StructTreeRoot", "DisplayDocTitle", "Natural language"):
        assert wanted in broken


def test_none_is_made_for_another_body_and_none_quotes_what_is_held_back(cast: Cast) -> None:
    by, ref = someone(OFFICER), _order(cast)
    assert "Disclosure version" in words_of(visitor(OFFICER).get(f"/orders/{ref}/documents"))
    for address in ("documents", *(f"documents/{name}.pdf" for name in NAMES)):
        assert visitor("orders@kent").get(f"/orders/{ref}/{address}").status_code == 404
    assert visitor(OFFICER).get(f"/orders/{ref}/documents/else.pdf").status_code == 404
    quoting = drafted(
        by, line=keep(someone(HEAD), "L2"), number="phone:07700900398", used="As exhibit S77/4 shows"
    )
    put_evidence(by=by, ref=quoting, source_ref="S77/4", grade="", says="x", disclosure="sensitive")
    with pytest.raises(OrderProblem, match="quote S77/4"):
        disclosure_papers(by, quoting)
    answer = visitor(OFFICER).get(f"/orders/{quoting}/documents/disclosure.pdf")
    assert "Take it out first" in words_of(answer)
