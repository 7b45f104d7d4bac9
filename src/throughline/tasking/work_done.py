"""What came of work on a line goes back: an item of intelligence, and evidence from which the line is scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import finish_grading, grade_item, record_reports
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.lines.services import Said, add_evidence
from throughline.lines.statements import CLOSURE, DRUGS, EXPLOITATION, VIOLENCE, WORD

FOUND: Final = {
    f"{statement}:{word}": text
    for statement, words in (
        ("violence", VIOLENCE), ("exploitation", EXPLOITATION), ("drug", DRUGS), ("closure", CLOSURE),
    )
    for word, text in words.items()
}  # fmt: skip
"""What a result can say of a line, as ``statement:word``."""
NEEDED: Final = (Permission.REPORT_ADD, Permission.REPORT_GRADE, Permission.LINE_KEEP)
"""What whoever writes down such a result must be allowed to do."""


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Work that was done on a day: one statement of what came of it, and what it shows of the line (of FOUND)."""

    title: str
    on: date
    text: str
    found: Sequence[str]
    compartment: int


def put_on_line(by: Reader, line: CountyLine, done: WorkDone, *, why: str) -> str:
    """Write it down as a report, graded 1A P as the body's own work, and as evidence on the line; its reference.

    The line's score rests on its evidence, so it is another from now on. The report stays in the reader's body, and in
    the circle of the work, until it is circulated as any report is.

    Raises:
        NotAllowed: the reader may not do all of NEEDED.
    """
    for needed in NEEDED:
        by.require(needed)
    report = _report(by, done)
    statements = [Said(statement, WORD, word) for statement, word in (one.split(":") for one in done.found)]
    add_evidence(by=by, line=line.ref, items=[f"{report}/1"], said=statements, why=why)
    return report


def _report(by: Reader, done: WorkDone) -> str:
    item = ItemDraft(1, done.text, None, (), 1)
    draft = ReportDraft(
        new_ref("RS"), done.on, f"Result: {done.title}"[:200], Classification.OFFICIAL_SENSITIVE,
        Circulation(everyone=False, bodies=()), (item,), (1,),
    )  # fmt: skip
    ref = record_reports(by=by, drafts=[draft])[0].ref
    if done.compartment:
        marking = Report.objects.values_list("marking", flat=True).get(ref=ref)
        Marking.objects.filter(pk=marking).update(compartment=done.compartment)
    grade = grade_from(source="1", assessment="A", handling="P", action="", sanitisation="", instructions="")
    grade_item(by=by, ref=f"{ref}/1", grade=grade)
    finish_grading(by=by, ref=ref)
    return ref
