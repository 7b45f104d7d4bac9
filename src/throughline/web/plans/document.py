"""A document for a tasking meeting: headings, words and tables as plain values, set as an accessible PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.http import HttpResponse

from throughline.access.reader import Reader
from throughline.intelligence.report_cells import Classification
from throughline.kernel import clock
from throughline.web.pdf import pdf_answer, set_as_pdf
from throughline.web.words import moment


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is headed, its words, and a table; a column whose head ends in # is as narrow as it can be."""

    heading: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def document_answer(reader: Reader, title: str, parts: Sequence[Part], *, name: str) -> HttpResponse:
    """The parts as a file to download, marked with the highest classification that the system holds."""
    return pdf_answer(document_of(reader, title, parts), name=name)


def document_of(reader: Reader, title: str, parts: Sequence[Part]) -> bytes:
    """These parts as an accessible PDF."""
    values = {
        "title": title, "marking": str(Classification.OFFICIAL_SENSITIVE), "taken": moment(clock.now()),
        "reader": f"{reader.name}, {reader.body_name}", "parts": [asdict(part) for part in parts],
    }  # fmt: skip
    return set_as_pdf("plans/document.typ", values)
