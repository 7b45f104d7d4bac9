"""A document: headings, words and tables as plain values, set as an accessible PDF or written as a DOCX to edit."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.http import HttpResponse

from throughline.access.reader import Reader
from throughline.intelligence.report_cells import Classification
from throughline.kernel import clock
from throughline.web.docx import as_docx
from throughline.web.pdf import pdf_answer, set_as_pdf
from throughline.web.words import moment

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is headed, its words, and a table; a column whose head ends in # is as narrow as it can be."""

    heading: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; ``intro`` stands under its title."""

    title: str
    intro: str
    parts: tuple[Part, ...]

    def as_values(self) -> dict[str, object]:
        """What the template takes: the highest classification that the system holds is on each page."""
        return {
            "title": self.title, "marking": str(Classification.OFFICIAL_SENSITIVE), "taken": moment(clock.now()),
            "intro": self.intro, "parts": [asdict(part) for part in self.parts],
        }  # fmt: skip

    def as_pdf(self) -> bytes:
        """The document as a tagged PDF (PDF/UA-1)."""
        return set_as_pdf("documents/document.typ", self.as_values())

    def as_docx(self) -> bytes:
        """The same as an Office Open XML document, whose headings, tables and language say what they are."""
        return as_docx(self.as_values())


def file_answer(document: Document, *, name: str, kind: str) -> HttpResponse:
    """The document as a file to download: ``kind`` is pdf or docx."""
    if kind == "pdf":
        return pdf_answer(document.as_pdf(), name=name)
    answer = HttpResponse(document.as_docx(), content_type=_DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


def document_answer(reader: Reader, title: str, parts: Sequence[Part], *, name: str) -> HttpResponse:
    """The parts as a PDF that says as far as whose knowledge it goes."""
    return pdf_answer(document_of(reader, title, parts), name=name)


def document_of(reader: Reader, title: str, parts: Sequence[Part]) -> bytes:
    """These parts as an accessible PDF."""
    who = f"{reader.name}, {reader.body_name}"
    known = (
        f"As far as {who} may know it, {moment(clock.now())}. Another reader may know more of it, or less."
    )
    return Document(title, known, tuple(parts)).as_pdf()
