"""Documents that go on being edited: plain values as Office Open XML (ECMA-376), with what a screen reader needs."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from throughline.kernel import clock

_LANGUAGE = "en-GB"


def as_docx(values: Mapping[str, Any]) -> bytes:
    """The values that the template of PDFs takes, as a DOCX: a title, headings, words, and tables with heading rows.

    Its metadata say its title and language, and neither who made it nor with what.
    """
    made = docx.Document()
    _describe(made, values["title"])
    for place in (made.sections[0].header, made.sections[0].footer):
        mark = place.paragraphs[0]
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        mark.add_run(values["marking"]).bold = True
    made.add_heading(_clean(values["title"]), 1)
    made.add_paragraph(_clean(values["intro"]))
    for part in values["parts"]:
        made.add_heading(_clean(part["heading"]), 2)
        for words in part["words"]:
            made.add_paragraph(_clean(words))
        if part["rows"]:
            _table(made, part["heads"], part["rows"])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _describe(made: Docx, title: str) -> None:
    about = made.core_properties
    about.title, about.language, about.author, about.comments = _clean(title), _LANGUAGE, "Throughline", ""
    about.created = about.modified = clock.now().replace(tzinfo=None, microsecond=0)
    about.last_modified_by = ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    normal.element.get_or_add_rPr().append(language)


def _table(made: Docx, heads: list[str], rows: list[list[str]]) -> None:
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(_clean(head).removesuffix("#")).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)


def _clean(words: str) -> str:
    """Without the control characters that XML cannot carry."""
    return "".join(one for one in words if one >= " " or one in "\n\t")
