"""A document for a tasking meeting: headings, words and tables as plain values, set as an accessible PDF."""

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files

import typst
from django.http import HttpResponse

from throughline.access.reader import Reader
from throughline.intelligence.report_cells import Classification
from throughline.kernel import clock
from throughline.web.words import moment


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it is headed, its words, and a table; a column whose head ends in # is as narrow as it can be."""

    heading: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def pdf_answer(reader: Reader, title: str, parts: Sequence[Part], *, name: str) -> HttpResponse:
    """The parts as a file to download, marked with the highest classification that the system holds."""
    answer = HttpResponse(set_as_pdf(reader, title, parts), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def set_as_pdf(reader: Reader, title: str, parts: Sequence[Part]) -> bytes:
    """These parts as a PDF that meets PDF/UA-1; they are text alone, and nothing in them is obeyed."""
    values = {
        "title": title, "marking": str(Classification.OFFICIAL_SENSITIVE), "taken": moment(clock.now()),
        "reader": f"{reader.name}, {reader.body_name}", "parts": [asdict(part) for part in parts],
    }  # fmt: skip
    return bytes(
        typst.compile(
            _template(), sys_inputs={"values": json.dumps(values)}, format="pdf", pdf_standards=["ua-1"]
        )
    )


@functools.cache
def _template() -> bytes:
    return files("throughline.web").joinpath("templates/plans/document.typ").read_bytes()
