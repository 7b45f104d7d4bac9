"""The audience is chosen at creation: nobody else sees a report at any moment, and a widening is told to its owner."""

from contextlib import suppress
from datetime import date
from threading import Event

import pytest

from tests.cast import Cast
from tests.inside import file_report, in_parallel, someone
from tests.instance import Instance
from throughline.access.reader import Reader, reading
from throughline.intelligence.grading import grade_from
from throughline.intelligence.models import Item, ItemSelector, Report
from throughline.intelligence.queries import report_page
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import (
    circulate_report,
    finish_grading,
    grade_item,
    record_reports,
    widen_circulation,
)
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.matching.queries import check_holdings
from throughline.notices.queries import notice_list
from throughline.selectors.models import Sighting
from throughline.selectors.registry import parse

NUMBER = "phone:07700900123"


class _Stop(Exception):
    """Ends a transaction without a commit."""


def _seen(reader: Reader) -> list[int]:
    """How many rows of each protected kind the reader sees, and how many holdings a check gives."""
    with reading(reader):
        rows = [model.objects.count() for model in (Report, Item, ItemSelector, Sighting)]
        return [*rows, len(check_holdings(reader, parse(NUMBER)))]


def _told(reader: Reader) -> list[str]:
    return [card.text for card in notice_list(reader, size=100)[0]]


def test_nobody_sees_a_report_before_it_is_committed_and_then_only_its_audience(house: Instance) -> None:
    norfolk, met, kent = (someone(f"analyst@{body}") for body in ("norf", "mps", "kent"))
    written, looked = Event(), Event()

    def write() -> None:
        with reading(norfolk):
            file_report(norfolk, "N1", selectors=[NUMBER], bodies=["MPS"])
            assert _seen(norfolk)[0] == 1
            written.set()
            assert looked.wait(60)

    def look() -> None:
        assert written.wait(60)
        try:
            for reader in (met, kent, someone("manager@norf")):
                assert _seen(reader) == [0, 0, 0, 0, 0]
        finally:
            looked.set()

    in_parallel(write, look)
    assert _seen(met) == [1, 1, 1, 1, 1]
    assert _seen(kent)[:4] == [0, 0, 0, 0]


def test_a_circulation_opens_nothing_until_it_is_committed(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    ref = file_report(norfolk, "N1", selectors=[NUMBER])
    written, looked = Event(), Event()

    def write() -> None:
        with suppress(_Stop), reading(norfolk):
            circulate_report(by=norfolk, ref=ref, everyone=True, bodies=[])
            written.set()
            assert looked.wait(60)
            raise _Stop

    def look() -> None:
        assert written.wait(60)
        try:
            assert _seen(met)[:4] == [0, 0, 0, 0]
        finally:
            looked.set()

    in_parallel(write, look)
    assert _seen(met)[:4] == [0, 0, 0, 0]
    circulate_report(by=norfolk, ref=ref, everyone=False, bodies=["MPS"])
    assert _seen(met)[:4] == [1, 1, 1, 1]


def test_no_row_is_ever_written_wider_than_its_audience(house: Instance) -> None:
    """Every version of every row that the database ever wrote is looked at, as a trigger sees them."""
    with house.as_owner() as owner:
        owner.execute(
            "create table versions (relation text, owner int, released bool, everyone bool, bodies int[])"
        )
        owner.execute(
            "create function keep_version() returns trigger language plpgsql security definer as $$ begin "
            "insert into versions values (tg_table_name, new.owner, new.released, new.everyone, new.bodies); "
            "return null; end $$"
        )
        tables = ("access_marking", "intelligence_report", "intelligence_item", "intelligence_item_selector",
                  "selectors_sighting")  # fmt: skip
        for table in tables:
            owner.execute(
                f"create trigger keep_version after insert or update on {table} "
                "for each row execute function keep_version()".encode()
            )
        norfolk = someone("analyst@norf")
        file_report(norfolk, "N1", selectors=[NUMBER], bodies=["MPS"])
        file_report(norfolk, "N2", selectors=[NUMBER], grade="1AC", instructions="Ask", bodies=["MPS"])
        outbox.drain()
        met = someone("analyst@mps").body
        kept = owner.execute("select relation, released, everyone, bodies from versions").fetchall()
        owner.execute("drop function keep_version cascade")
        owner.execute("drop table versions")
    assert {row[0] for row in kept} == set(tables)
    assert [row for row in kept if row[2] or not set(row[3]) <= {met}] == []


def _ungraded(by: Reader, *, bodies: tuple[str, ...] = ()) -> str:
    draft = ReportDraft(
        "O1", date(2026, 10, 1), "A line", Classification.OFFICIAL, Circulation(bodies=bodies),
        (ItemDraft(1, "Calls were arranged.", None, (), 2),), (2,),
    )  # fmt: skip
    return record_reports(by=by, drafts=[draft])[0].ref


def _grade(by: Reader, ref: str) -> None:
    grade_item(by=by, ref=f"{ref}/1", grade=grade_from(source="1", assessment="A", handling="P"))
    finish_grading(by=by, ref=ref)


@pytest.mark.parametrize(
    ("asked", "given", "told"),
    [
        (("MPS",), ["MPS"], None),
        (("MPS", "KENT"), ["MPS"], None),
        (("MPS",), ["MPS", "KENT"], "Kent Police may read it now"),
        ((), ["KENT"], "Kent Police may read it now"),
        (("MPS",), None, "every body may read it now"),
    ],
)
def test_the_owner_is_told_of_a_circulation_wider_than_its_author_asked(
    cast: Cast, asked: tuple[str, ...], given: list[str] | None, told: str | None
) -> None:
    ref = _ungraded(someone("officer@norf"), bodies=asked)
    assert report_page(cast.mia, ref) is None
    _grade(cast.aisha, ref)
    assert report_page(cast.mia, ref) is None
    circulate_report(by=cast.aisha, ref=ref, everyone=given is None, bodies=given or [])
    outbox.drain()
    words = f"Your report {ref} was circulated wider than its author asked: {told}"
    assert _told(cast.aisha) == ([words] if told else [])


def test_a_widening_is_told_to_the_owner_those_who_had_it_and_those_who_now_have_it(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", bodies=["MPS"])
    outbox.drain()
    widen_circulation(by=cast.aisha, ref=ref, bodies=["KENT", "MPS"], why="A boy is at risk")
    outbox.drain()
    assert _told(cast.aisha) == [
        f"The circulation of your report {ref} was widened: Kent Police may read it now"
    ]
    assert _told(cast.harry) == ["Norfolk Constabulary circulated a report to you"]
    assert _told(cast.mia)[0] == (
        f"Norfolk Constabulary widened the circulation of report {ref}: Kent Police may read it now"
    )
    assert report_page(cast.harry, ref)
    before = _told(cast.aisha)
    widen_circulation(by=cast.aisha, ref=ref, bodies=["KENT"], why="Again")
    outbox.drain()
    assert _told(cast.aisha) == before, "what is open already is no widening"


def test_only_a_circulated_report_of_ones_own_is_widened(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1")
    with pytest.raises(MoveRefused):
        widen_circulation(by=cast.aisha, ref=ref, bodies=["KENT"], why="x")
    shared = file_report(cast.aisha, "N2", bodies=["MPS"])
    for other in (cast.mia, cast.harry):
        with pytest.raises(Report.DoesNotExist):
            widen_circulation(by=other, ref=shared, bodies=["KENT"], why="x")
    with pytest.raises(MoveRefused):
        widen_circulation(by=someone("officer@norf"), ref=shared, bodies=["KENT"], why="x")
    assert report_page(cast.harry, shared) is None
