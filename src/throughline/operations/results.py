"""What came of work on a target pack goes back: an item of intelligence, and evidence from which its line is scored."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import finish_grading, grade_item, record_reports
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.lines.services import Said, add_evidence
from throughline.lines.statements import CLOSURE, DRUGS, EXPLOITATION, VIOLENCE, WORD
from throughline.operations.models import Pack
from throughline.operations.periods import PeriodProblem, read_day
from throughline.operations.planning import OperationProblem, said

FOUND: Final = {
    f"{statement}:{word}": text
    for statement, words in (
        ("violence", VIOLENCE), ("exploitation", EXPLOITATION), ("drug", DRUGS), ("closure", CLOSURE),
    )
    for word, text in words.items()
}  # fmt: skip
"""What a result can say of a line, as ``statement:word``."""


@writes
def record_pack_result(*, by: Reader, ref: str, day: str, text: str, found: Sequence[str]) -> str:
    """Write down what came of a pack: a report, graded 1A P as the body's own work, and evidence on the line.

    The line's score rests on its evidence, so it is another from now on. The report stays in the reader's body, and in
    the circle of the pack, until it is circulated as any report is. Returns its reference.

    Raises:
        Pack.DoesNotExist: the reader may not know such a pack.
        OperationProblem: for the field that needs mending, or the reader may not know the line of the pack.
    """
    for needed in (Permission.REPORT_ADD, Permission.REPORT_GRADE, Permission.LINE_KEEP):
        by.require(needed)
    pack = Pack.objects.get(ref=ref)
    line = CountyLine.objects.filter(pk__in=[pack.line_id]).first()
    if line is None:
        raise OperationProblem("", "The pack has no line that you may know: file a report instead")
    text = said("text", text, "Say what was done and what was found")
    if not found or not set(found) <= FOUND.keys():
        raise OperationProblem("found", "Choose what was found or done")
    try:
        on = read_day(day)
    except PeriodProblem as problem:
        raise OperationProblem("day", str(problem)) from None
    if on > clock.today():
        raise OperationProblem("day", "The day must not be in the future")
    report = _report(by, pack, on, text)
    statements = [Said(statement, WORD, word) for statement, word in (one.split(":") for one in found)]
    add_evidence(by=by, line=line.ref, items=[f"{report}/1"], said=statements, why=f"Result of pack {ref}")
    return report


def _report(by: Reader, pack: Pack, on: date, text: str) -> str:
    item = ItemDraft(1, text, None, (), 1)
    draft = ReportDraft(
        new_ref("RS"), on, f"Result: {pack.title}"[:200], Classification.OFFICIAL_SENSITIVE,
        Circulation(everyone=False, bodies=()), (item,), (1,),
    )  # fmt: skip
    ref = record_reports(by=by, drafts=[draft])[0].ref
    if pack.compartment:
        marking = Report.objects.values_list("marking", flat=True).get(ref=ref)
        Marking.objects.filter(pk=marking).update(compartment=pack.compartment)
    grade = grade_from(source="1", assessment="A", handling="P", action="", sanitisation="", instructions="")
    grade_item(by=by, ref=f"{ref}/1", grade=grade)
    finish_grading(by=by, ref=ref)
    return ref
