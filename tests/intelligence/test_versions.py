"""Versions of a report: sanitised to go further, corrected, withdrawn; who learns of which, and who never does."""

from datetime import date

import pytest
from django.db import connection

from tests.cast import Cast
from tests.inside import file_report
from throughline.access.journal import journal_page
from throughline.access.models import Marking
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.intelligence.grading import Grade, grade_from
from throughline.intelligence.models import Report, ReportLink
from throughline.intelligence.queries import ReportPage, report_list, report_page
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.sanitising import sanitisable
from throughline.intelligence.services import record_reports
from throughline.intelligence.versions import (
    VersionRefused,
    correct_report,
    sanitise_report,
    withdraw_report,
)
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.matching.queries import hit_list
from throughline.matching.services import run_check
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse

NUMBER, KEPT = "phone:07700 900481", "vehicle:AB12 CDE"
GRADE = grade_from(source="2", assessment="B", handling="P")


def draft(
    name: str = "V1", *, text: str = "A car is used.", grade: Grade | None = GRADE, title: str = "A car",
    selectors: tuple[str, ...] = (KEPT,), bodies: tuple[str, ...] = (),
) -> ReportDraft:  # fmt: skip
    """A version of one item, as the page hands it over."""
    item = ItemDraft(1, text, grade, tuple(parse(s) for s in selectors), 1)
    return ReportDraft(
        name, date(2026, 10, 1), title, Classification.OFFICIAL_SENSITIVE, Circulation(bodies=bodies), (item,), (1,)
    )  # fmt: skip


def opened(reader: Reader, ref: str) -> ReportPage:
    found = report_page(reader, ref)
    assert found is not None
    return found


def told(reader: Reader) -> list[tuple[str, str]]:
    """What a reader's notices of corrections and versions say, and what each opens."""
    return [(n.text, n.thing_ref) for n in notice_list(reader)[0] if n.kind in ("correction", "version")]


def sanitised(
    cast: Cast, *, bodies: tuple[str, ...] = ("KENT",), by: Reader | None = None
) -> tuple[str, str]:
    """A full report of Norfolk's for the Met, and a sanitised version of it for Kent."""
    full = file_report(
        cast.aisha, "F1", title="Who told us", text="The cousin says it.", grade="1AC", instructions="Ring us.",
        selectors=[NUMBER, KEPT], bodies=["MPS"],
    )  # fmt: skip
    version = sanitise_report(by=by or cast.aisha, ref=full, items=[1], draft=draft(bodies=bodies))
    outbox.drain()
    return full, version


@pytest.mark.parametrize(
    ("is_own", "code", "may"),
    [(True, "", True), (True, "S2", True), (True, "S1", True), (False, "S1", True), (False, "S2", False),
     (False, "", False)],
)  # fmt: skip
def test_it_lets_another_body_sanitise_under_s1_alone(is_own: bool, code: str, may: bool) -> None:  # noqa: FBT001
    assert sanitisable(is_own=is_own, sanitisation=code) is may


def test_a_version_is_a_record_of_its_own_that_tells_nothing_of_the_full_one(cast: Cast) -> None:
    full, version = sanitised(cast)
    page = opened(cast.harry, version)
    assert (page.is_sanitised, page.state, page.owner) == (True, "circulated", "NORF")
    assert page.relatives.derived_from == ()
    assert full not in repr(page)
    assert "Who told us" not in repr(page)
    assert report_page(cast.harry, full) is None
    with reading(cast.harry):
        assert not ReportLink.objects.exists()
    assert [s.shown for s in page.items[0].selectors] == ["AB12 CDE"]


def test_whoever_may_know_both_sees_each_from_the_other(cast: Cast) -> None:
    full, version = sanitised(cast, bodies=("KENT", "MPS"))
    for reader in (cast.aisha, cast.mia):
        assert [r.ref for r in opened(reader, version).relatives.derived_from] == [full]
        assert [r.ref for r in opened(reader, full).relatives.versions] == [version]


def test_it_does_not_show_a_version_to_a_reader_of_the_full_one_alone(cast: Cast) -> None:
    full, version = sanitised(cast)
    assert report_page(cast.mia, version) is None
    assert opened(cast.mia, full).relatives.versions == ()


def test_a_search_finds_in_a_version_only_what_was_left_in(cast: Cast) -> None:
    _, version = sanitised(cast)
    assert [row.ref for row in report_list(cast.harry, text="car").rows] == [version]
    assert report_list(cast.harry, text="cousin").rows == ()


def test_one_thing_seen_once_does_not_bear_itself_out(cast: Cast) -> None:
    _, version = sanitised(cast)
    with connection.cursor() as cursor:
        cursor.execute("select matching_rebuild()")
    assert hit_list(cast.aisha, state="").rows == ()
    [holding] = [h for h in run_check(by=cast.harry, selector=parse(KEPT), why="x") if h.degree == "content"]
    assert [(seen.source, seen.ref) for seen in holding.seen] == [("version", f"{version}/1")]
    [own] = run_check(by=cast.aisha, selector=parse(KEPT), why="x")
    assert (own.times, len(own.seen)) == (1, 2)


def test_another_body_sanitises_under_s1_and_its_originator_is_told(cast: Cast) -> None:
    full = _conditioned(cast, "S1")
    version = sanitise_report(by=cast.mia, ref=full, items=[1], draft=draft(bodies=("KENT",)))
    outbox.drain()
    assert opened(cast.harry, version).owner == "MPS"
    assert hit_list(cast.mia, state="").rows == (), "a version is no second holding"
    [(text, ref)] = told(cast.aisha)
    assert ref == full
    assert "as the sanitisation code S1 permits" in text
    looks, _ = journal_page(cast.grace)
    assert any(look.ref == full and look.detail.get("version") == version for look in looks)


def _conditioned(cast: Cast, code: str) -> str:
    grade = grade_from(
        source="1", assessment="A", handling="C", action="A2", sanitisation=code, instructions="Ask."
    )
    [recorded] = record_reports(
        by=cast.aisha,
        drafts=[draft("F2", text="The cousin says it.", grade=grade, bodies=("MPS",), title="Full")],
    )
    return recorded.ref


def test_it_leaves_s2_to_the_originator(cast: Cast) -> None:
    full = _conditioned(cast, "S2")
    with pytest.raises(VersionRefused, match="Only the originator"):
        sanitise_report(by=cast.mia, ref=full, items=[1], draft=draft())
    assert sanitise_report(by=cast.aisha, ref=full, items=[1], draft=draft())


def test_it_refuses_a_version_of_what_was_shared_under_p(cast: Cast) -> None:
    full = file_report(cast.aisha, "F1", bodies=["MPS"])
    with pytest.raises(VersionRefused, match="Only the originator"):
        sanitise_report(by=cast.mia, ref=full, items=[1], draft=draft())


def test_it_refuses_a_version_of_what_the_reader_may_not_know(cast: Cast) -> None:
    full = _conditioned(cast, "S1")
    with pytest.raises(Report.DoesNotExist):
        sanitise_report(by=cast.harry, ref=full, items=[1], draft=draft())
    with pytest.raises(NotAllowed):
        sanitise_report(by=cast.dev, ref=full, items=[1], draft=draft())


def test_it_refuses_a_version_with_no_grade_of_its_own(cast: Cast) -> None:
    full = _conditioned(cast, "S1")
    with pytest.raises(VersionRefused, match="grade each"):
        sanitise_report(by=cast.aisha, ref=full, items=[1], draft=draft(grade=None))


def test_it_makes_one_version_of_a_form_sent_twice(cast: Cast) -> None:
    full = _conditioned(cast, "S1")
    assert sanitise_report(by=cast.aisha, ref=full, items=[1], draft=draft())
    assert sanitise_report(by=cast.aisha, ref=full, items=[1], draft=draft()) == ""


def test_a_correction_takes_the_place_of_the_earlier_and_tells_its_readers(cast: Cast) -> None:
    file_report(cast.carys, "E1", selectors=[NUMBER])
    earlier = file_report(cast.aisha, "N1", selectors=[NUMBER], bodies=["MPS"])
    outbox.drain()
    new = correct_report(
        by=cast.aisha, ref=earlier, draft=draft("N2", text="It was another car."), why="The mark was misread."
    )  # fmt: skip
    outbox.drain()
    assert outbox.failed() == 0
    old = opened(cast.mia, earlier)
    assert (old.state, old.closed_why) == ("corrected", "The mark was misread.")
    assert [r.ref for r in old.relatives.replaced_by] == [new]
    page = opened(cast.mia, new)
    assert (page.state, page.circulation) == ("circulated", old.circulation)
    assert [r.ref for r in page.relatives.replaces] == [earlier]
    [(text, ref)] = told(cast.mia)
    assert ref == new
    assert "has corrected a report" in text
    found = run_check(by=cast.mia, selector=parse(NUMBER), why="x")
    assert [(h.body, h.degree) for h in found] == [("ERSOU", "existence")]
    assert [h.ref for h in run_check(by=cast.mia, selector=parse(KEPT), why="x")] == [f"{new}/1"]
    assert told(cast.harry) == []


def test_a_correction_of_what_was_not_circulated_stays_at_home(cast: Cast) -> None:
    earlier = file_report(cast.aisha, "N1", selectors=[NUMBER])
    new = correct_report(by=cast.aisha, ref=earlier, draft=draft("N2"), why="Misread")
    outbox.drain()
    assert opened(cast.aisha, new).state == "graded"
    assert report_page(cast.mia, new) is None
    assert told(cast.mia) == []


@pytest.mark.parametrize("state", ["corrected", "withdrawn"])
def test_it_corrects_and_withdraws_only_what_stands(cast: Cast, state: str) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["MPS"])
    if state == "corrected":
        correct_report(by=cast.aisha, ref=ref, draft=draft("N2"), why="Misread")
    else:
        withdraw_report(by=cast.aisha, ref=ref, why="Retracted")
    with pytest.raises(MoveRefused):
        correct_report(by=cast.aisha, ref=ref, draft=draft("N3"), why="Again")
    with pytest.raises(MoveRefused):
        withdraw_report(by=cast.aisha, ref=ref, why="Again")
    with pytest.raises(VersionRefused):
        sanitise_report(by=cast.aisha, ref=ref, items=[1], draft=draft("N4"))


def test_only_the_owners_desk_takes_a_report_back(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["MPS"])
    for take_back in (
        lambda by: withdraw_report(by=by, ref=ref, why="x"),
        lambda by: correct_report(by=by, ref=ref, draft=draft("N2"), why="x"),
    ):
        with pytest.raises(Report.DoesNotExist):
            take_back(cast.mia)
        with pytest.raises(MoveRefused):
            take_back(cast.dev)


def test_a_withdrawn_report_leaves_matching_and_stays_to_be_read(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", selectors=[NUMBER], everyone=True)
    outbox.drain()
    opened(cast.mia, ref)
    withdraw_report(by=cast.aisha, ref=ref, why="The source took it back.")
    outbox.drain()
    assert (opened(cast.harry, ref).state, opened(cast.harry, ref).closed_why) == (
        "withdrawn",
        "The source took it back.",
    )
    assert run_check(by=cast.harry, selector=parse(NUMBER), why="x") == []
    [(text, told_of)] = told(cast.mia)
    assert told_of == ref
    assert "Do not rely on it" in text
    assert told(cast.carys) == [], "a report to everyone is told to those who opened it"


def test_it_tells_a_person_alone_where_the_body_may_not_know(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["KENT"])
    with reading(cast.aisha):
        marking = Report.objects.get(ref=ref).marking_id
        Marking.objects.filter(pk=marking).update(people=[cast.ben.person])
    assert report_page(cast.mia, ref) is None
    opened(cast.ben, ref)
    withdraw_report(by=cast.aisha, ref=ref, why="Retracted")
    outbox.drain()
    assert [told_of for _, told_of in told(cast.ben)] == [ref]
    assert told(cast.mia) == []
    assert [told_of for _, told_of in told(cast.harry)] == [ref]


def test_it_tells_whoever_made_a_version_and_no_reader_of_it(cast: Cast) -> None:
    full = _conditioned(cast, "S1")
    version = sanitise_report(by=cast.mia, ref=full, items=[1], draft=draft(bodies=("KENT",)))
    again = correct_report(by=cast.mia, ref=version, draft=draft("V2"), why="A letter")
    outbox.drain()
    before = told(cast.harry)
    assert opened(cast.harry, again).is_sanitised
    withdraw_report(by=cast.aisha, ref=full, why="Retracted")
    outbox.drain()
    assert any(ref == again and "was drawn has been withdrawn" in text for text, ref in told(cast.mia))
    assert told(cast.harry) == before
