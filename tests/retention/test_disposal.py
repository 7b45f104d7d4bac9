"""Review, hold and disposal: two people, nothing left of the content, and a certificate of metadata."""

from datetime import date, timedelta

import pytest

from tests.cli.files import csv_text
from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.reader import Reader, reading
from throughline.intelligence.attachments import attach_file
from throughline.intelligence.models import Item, Report
from throughline.intelligence.queries import report_page
from throughline.intelligence.report_files import COLUMNS
from throughline.intelligence.report_layout import Layout
from throughline.kernel import clock, outbox
from throughline.kernel.problems import FieldProblem
from throughline.kernel.workflow import MoveRefused
from throughline.kernel.working_days import years_after
from throughline.loads.models import Refusal
from throughline.loads.services import begin_load, keep_upload, lay_out_load
from throughline.matching.queries import hit_list
from throughline.matching.services import judge_hit
from throughline.notices.queries import notice_list
from throughline.retention.groups import REASONS, groups
from throughline.retention.queries import (
    certificate,
    certificates,
    disposed_under,
    due_list,
    review_page,
    standing,
)
from throughline.retention.services import (
    NotAnOwnReport,
    dispose_of,
    keep_report,
    lift_hold,
    place_hold,
    propose_disposal,
    put_in_group,
    send_back,
)
from throughline.search.narrowed import Narrowed
from throughline.search.queries import search_everything
from throughline.selectors.models import Sighting

NUMBER = "phone:07700900123"


def _report(by: Reader, name: str = "N1", **said: object) -> str:
    ref = file_report(by, name, selectors=[NUMBER], **said)  # type: ignore[arg-type]
    outbox.drain()
    assert outbox.failed() == 0
    return ref


def _disposed(ref: str) -> str:
    propose_disposal(by=someone("analyst@norf"), ref=ref, reason="not needed")
    made = dispose_of(by=someone("manager@norf"), ref=ref)
    outbox.drain()
    assert outbox.failed() == 0
    return made


def _after(years: int) -> date:
    return years_after(clock.today(), years)


# --- When a review is due ---------------------------------------------------------------------------------------------


def test_the_groups_are_data_and_none_is_called_verified_that_is_not() -> None:
    assert {one.key: (one.clear_years, one.again_years) for one in groups().values()} == {
        "1": (10, 10), "2": (10, 10), "3": (6, 5), "4": (6, 5)
    }  # fmt: skip
    assert not any(one.is_verified for one in groups().values())
    assert all("not verified" in one.rule for one in groups().values())


@pytest.mark.parametrize(
    ("day", "years", "after"),
    [
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 28)),
        (date(2020, 3, 1), 6, date(2026, 3, 1)),
    ],
)
def test_years_after_a_day(day: date, years: int, after: date) -> None:
    assert years_after(day, years) == after


def test_a_report_is_due_after_a_clear_period_and_a_new_event_begins_it_again(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = _report(aisha)
    assert due_list(aisha) == []
    with clock.stopped(clock.now() + timedelta(days=7 * 366)):
        (due,) = due_list(aisha)
        assert (due.ref, due.group.key, due.clear_from, due.is_set) == (ref, "3", date(2026, 10, 1), False)
        assert due.due_on == date(2032, 10, 1)
        with reading(aisha):
            Sighting.objects.filter(key__endswith="7700900123").update(seen_on=date(2030, 1, 1))
        assert due_list(aisha) == []


def test_a_group_of_longer_periods_puts_the_review_off(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = _report(aisha)
    put_in_group(by=aisha, ref=ref, group="1", why="Public protection")
    with clock.stopped(clock.now() + timedelta(days=7 * 366)):
        assert due_list(aisha) == []
    with clock.stopped(clock.now() + timedelta(days=11 * 366)):
        assert [due.group.key for due in due_list(aisha)] == ["1"]
    with pytest.raises(FieldProblem):
        put_in_group(by=aisha, ref=ref, group="9", why="x")


def test_what_is_kept_is_reviewed_again_after_its_years(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = _report(aisha)
    with clock.stopped(clock.now() + timedelta(days=7 * 366)):
        on = keep_report(by=aisha, ref=ref, why="Still at large")
        assert on == _after(5)
        assert due_list(aisha) == []
        page = review_page(aisha, ref)
        assert page
        assert [(move.verb, move.why) for move in page.history] == [("keep", "Still at large")]
    with pytest.raises(FieldProblem):
        keep_report(by=aisha, ref=ref, why=" ")


# --- Disposal ---------------------------------------------------------------------------------------------------------


def test_two_people_dispose_of_a_report_and_metadata_stays(house: Instance) -> None:
    aisha, manager = someone("analyst@norf"), someone("manager@norf")
    ref = _report(aisha, title="A quail", text="A quail sells from a van.", bodies=["MPS"])
    attach_file(by=aisha, report=ref, item=1, name="quail.txt", content=b"A quail")
    propose_disposal(by=manager, ref=ref, reason="not needed")
    assert [due.state for due in due_list(aisha)] == ["proposed"]
    with pytest.raises(MoveRefused, match="Another person"):
        dispose_of(by=manager, ref=ref)
    with pytest.raises(MoveRefused, match="role"):
        dispose_of(by=aisha, ref=ref)
    send_back(by=manager, ref=ref, why="Not yet")
    made = _disposed(ref)
    with reading(aisha):
        report = Report.objects.get(ref=ref)
        assert not Item.objects.filter(report=report).exists()
        assert not Sighting.objects.exists()
        assert (report.title, report.closed_why) == ("Disposed of", f"Disposed of under certificate {made}")
    shown = certificate(aisha, made)
    assert shown
    assert (shown.report, shown.reason, shown.proposed_by, shown.confirmed_by) == (
        ref, "not needed", aisha.name, manager.name
    )  # fmt: skip
    assert {("items", 1), ("selectors", 1), ("files", 1)} <= set(shown.gone)
    assert "quail" not in str(shown)
    assert certificates(aisha) == [shown]
    assert disposed_under(aisha, ref) == made
    assert search_everything(aisha, "quail", Narrowed()).reports == ()
    with pytest.raises(NotAnOwnReport):
        propose_disposal(by=aisha, ref=ref, reason="not needed")
    (card,) = (card for card in notice_list(someone("analyst@mps"))[0] if card.kind == "disposed")
    assert ref in card.text
    assert "quail" not in card.text


def test_a_hit_goes_unless_somebody_has_judged_it(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    ref = _report(aisha)
    _report(mia, "M1")
    assert len(hit_list(mia).rows) == 1
    _disposed(ref)
    assert hit_list(mia).rows == ()
    again = _report(aisha, "N2")
    judge_hit(by=mia, ref=hit_list(mia).rows[0].ref, verb="confirm")
    _disposed(again)
    assert [row.state for row in hit_list(mia, state="confirmed").rows] == ["confirmed"]


def test_what_another_report_says_stays(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref, other = _report(aisha), _report(aisha, "N2")
    _disposed(ref)
    found = report_page(aisha, other)
    assert found
    assert found.items[0].selectors
    with reading(aisha):
        assert Sighting.objects.count() == 1


def test_a_hold_forbids_disposal_until_it_is_lifted_or_over(house: Instance) -> None:
    aisha, manager = someone("analyst@norf"), someone("manager@norf")
    ref, other = _report(aisha), _report(aisha, "N2")
    hold = place_hold(
        by=aisha, ref=ref, asked_by="An inquiry", why="Asked for", until=clock.today() + timedelta(2)
    )
    with pytest.raises(MoveRefused, match="An inquiry"):
        propose_disposal(by=aisha, ref=ref, reason="order")
    propose_disposal(by=aisha, ref=other, reason="order")
    every = place_hold(by=aisha, ref="", asked_by="A court", why="All of it")
    with pytest.raises(MoveRefused, match="A court"):
        dispose_of(by=manager, ref=other)
    assert [one.ref for one in standing(aisha)] == [every, hold]
    lift_hold(by=manager, ref=every, why="Over")
    assert dispose_of(by=manager, ref=other)
    with clock.stopped(clock.now() + timedelta(days=4)):
        propose_disposal(by=aisha, ref=ref, reason="order")
    with pytest.raises(NotAnOwnReport):
        lift_hold(by=manager, ref=every, why="Over")


@pytest.mark.parametrize("username", ["analyst@mps", "manager@mps"])
def test_nobody_of_another_body_reviews_it(house: Instance, username: str) -> None:
    ref = _report(someone("analyst@norf"), everyone=True)
    other = someone(username)
    assert review_page(other, ref) is None
    for act in (
        lambda: propose_disposal(by=other, ref=ref, reason="not needed"),
        lambda: keep_report(by=other, ref=ref, why="x"),
        lambda: place_hold(by=other, ref=ref, asked_by="A court", why="x"),
    ):
        with pytest.raises(NotAnOwnReport):
            act()


def test_a_reason_is_chosen_and_never_typed(house: Instance) -> None:
    ref = _report(someone("analyst@norf"))
    with pytest.raises(FieldProblem):
        propose_disposal(by=someone("analyst@norf"), ref=ref, reason="A quail")
    assert "not needed" in REASONS


def test_an_auditor_reads_certificates_and_no_review(house: Instance) -> None:
    ref = _report(someone("analyst@norf"))
    made = _disposed(ref)
    auditor = someone("auditor@norf")
    assert [one.ref for one in certificates(auditor)] == [made]
    assert certificates(someone("auditor@mps")) == []


def test_rows_of_it_that_a_load_refused_go_and_those_of_other_reports_stay(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = _report(aisha)
    rows = csv_text(*({"report": name, "source": "9", "text": f"Wrong in {name}"} for name in ("N1", "N2")))
    load = keep_upload(by=aisha, filename="a.csv", size=len(rows), chunks=[rows.encode()])
    lay_out_load(by=aisha, ref=load, layout=Layout({name: name for name in COLUMNS}))
    begin_load(by=aisha, ref=load, verb="try")
    outbox.drain()
    with reading(aisha):
        assert sorted(Refusal.objects.values_list("report", flat=True)) == ["N1", "N2"]
    made = certificate(aisha, _disposed(ref))
    assert made is not None
    assert ("refused rows of loads", 1) in made.gone
    with reading(aisha):
        assert list(Refusal.objects.values_list("report", flat=True)) == ["N2"]
