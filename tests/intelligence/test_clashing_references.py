"""A drawn reference that is taken already: drawn again, and never blamed on the person who recorded."""

import secrets
from collections.abc import Sequence
from datetime import date

import pytest

from tests.cast import Cast
from throughline.access.reader import reading
from throughline.intelligence.models import Report
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports

DRAWN = 8


def _draft(name: str) -> ReportDraft:
    item = ItemDraft(number=1, text="Words", grade=None, selectors=(), line=2)
    return ReportDraft(
        report=name, date_of_intelligence=date(2026, 10, 1), title="Title", classification=Classification.OFFICIAL,
        circulation=Circulation(), items=(item,), lines=(2,),
    )  # fmt: skip


@pytest.mark.parametrize("names", [["N2"], ["N2", "N3", "N4"]])
def test_it_draws_again_when_chance_gives_a_reference_that_is_taken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    [first] = record_reports(by=cast.aisha, drafts=[_draft("N1")])
    taken = list(first.ref.removeprefix("IR-").replace("-", ""))
    by_chance = secrets.choice

    def choice(alphabet: Sequence[str]) -> str:
        return taken.pop(0) if taken else by_chance(alphabet)

    assert len(taken) == DRAWN
    monkeypatch.setattr(secrets, "choice", choice)
    recorded = record_reports(by=cast.aisha, drafts=[_draft(name) for name in names])
    assert {one.outcome for one in recorded} == {"kept"}
    with reading(cast.aisha):
        assert Report.objects.count() == 1 + len(names)
