"""A person's yes to a replacement number: a graded report, and so sightings and hits, and the number on its line."""

from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.intelligence.grading import Grade
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import finish_grading, grade_item, record_reports
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.lines.services import LineProblem, Said, add_evidence
from throughline.telecoms.findings import rest_finding_on
from throughline.telecoms.numbers import selector_of, shown
from throughline.telecoms.queries import NoCalls
from throughline.telecoms.taking_over import TakeOver, take_over


@writes
def confirm_successor(*, by: Reader, line: str, old: str, new: str, grade: Grade, why: str) -> str:
    """Confirm that a number took over from another and put it on the line; returns the reference of the report.

    What is confirmed is what the calls say now, not what a page said before. The report is the reader's body's own,
    circulated to nobody until a person does so, and in the closed circle of the calls on which it rests, if there is
    one. It stays when their authority ends, since a person decided it; its sightings go.

    Raises:
        LineProblem: for the field that needs mending.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    for needed in (
        Permission.CALLS_READ,
        Permission.REPORT_ADD,
        Permission.REPORT_GRADE,
        Permission.LINE_KEEP,
    ):
        by.require(needed)
    if not CountyLine.objects.filter(ref=line).exists():
        raise CountyLine.DoesNotExist
    try:
        found = take_over(by, old=old, new=new, why=why)
    except NoCalls as problem:
        raise LineProblem("", str(problem)) from problem
    if found is None:
        raise LineProblem("new", "The calls that you may know give no sign that this number took over")
    if len(found.compartments) > 1:
        raise LineProblem("", "It rests on calls of two closed circles: neither may learn of the other's.")
    report = _report(by, found, grade, why=why)
    add_evidence(
        by=by, line=line, items=[f"{report}/1"], why=why,
        said=[
            Said("number", selector_of(found.new).kind, found.new, from_on=found.first_on,
                 words=f"Took over from {shown(found.old)}, by call data"),
            Said("number", selector_of(found.old).kind, found.old, detail=found.new, to_on=found.silent_on),
        ],
    )  # fmt: skip
    return report


def _report(by: Reader, found: TakeOver, grade: Grade, *, why: str) -> str:
    selectors = (selector_of(found.new), selector_of(found.old))
    item = ItemDraft(1, f"{found.words} {why.strip()}", None, selectors, 1)
    draft = ReportDraft(
        new_ref("CT"), min(found.last_on, clock.today()), f"{shown(found.new)} took over from {shown(found.old)}",
        Classification.OFFICIAL_SENSITIVE, Circulation(everyone=False, bodies=()), (item,), (1,),
    )  # fmt: skip
    ref = record_reports(by=by, drafts=[draft])[0].ref
    for circle in found.compartments:
        # Before it is graded: until then nothing of it is matched.
        marking = Report.objects.values_list("marking", flat=True).get(ref=ref)
        Marking.objects.filter(pk=marking).update(compartment=circle)
    rest_finding_on(found.rests_on, item=f"{ref}/1")
    grade_item(by=by, ref=f"{ref}/1", grade=grade)
    finish_grading(by=by, ref=ref)
    return ref
