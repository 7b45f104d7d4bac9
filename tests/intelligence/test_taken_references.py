"""A reference that is taken in a closed compartment: refused in words, and nothing else is told."""

from dataclasses import replace
from datetime import date

from tests.cast import Cast
from tests.inside import file_report
from throughline.access.models import Marking
from throughline.access.reader import reading
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports

LIST = 7


def test_it_calls_a_reference_taken_without_telling_by_what(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[])
    cleared = replace(cast.aisha, compartments=(LIST,))
    with reading(cleared):
        Marking.objects.filter(pk=Report.objects.get(origin_ref="N1").marking_id).update(compartment=LIST)
    with reading(cast.aisha):
        assert not Report.objects.filter(origin_ref="N1").exists()
    item = ItemDraft(number=1, text="Other words", grade=None, selectors=(), line=2)
    draft = ReportDraft(
        report="N1", date_of_intelligence=date(2026, 10, 1), title="Other", classification=Classification.OFFICIAL,
        circulation=Circulation(), items=(item,), lines=(2,),
    )  # fmt: skip
    [recorded] = record_reports(by=cast.aisha, drafts=[draft])
    assert (recorded.outcome, recorded.ref) == ("clash", "")
