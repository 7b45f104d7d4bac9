"""A load from its file to its end: kept, tried, loaded in pieces, cut off and gone on with, mended, forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from tests.cast import Cast
from tests.cli.files import csv_text, held_by
from tests.intelligence.workbooks import everything_wrong, rows_of, write_workbook
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.intelligence.report_layout import STANDARD, Layout
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.loads import packing
from throughline.loads.models import Block, ColumnMap, Load, Part, Refusal
from throughline.loads.queries import LoadCard, layout_of, load_card, load_cards, refused_on, saved_map
from throughline.loads.services import (
    KEPT_FOR,
    begin_load,
    forget_idle_loads,
    go_on_with_loads,
    keep_upload,
    lay_out_load,
    leave_load,
    mend_rows,
)

BAD = {"report": "N2", "source": "9"}
THEIRS = ["URN", "Date", "Subject", "Narrative", "Grading", "Mobile", "GSC"]
MAPPED = Layout(
    {"URN": "report", "Date": "date_of_intelligence", "Subject": "title", "Narrative": "text", "Grading": "grade",
     "Mobile": "selector:phone", "GSC": "marking"}, {}, {"grade": {"b2": "2BP"}, "marking": {"restricted": "OFFICIAL"}},
)  # fmt: skip


def keep(by: Reader, content: str | bytes, name: str = "reports.csv") -> str:
    data = content.encode() if isinstance(content, str) else content
    return keep_upload(by=by, filename=name, size=len(data), chunks=[data])


def card(by: Reader, ref: str) -> LoadCard:
    found = load_card(by, ref)
    assert found is not None
    return found


def done(by: Reader, ref: str, verb: str = "load") -> LoadCard:
    """Try or load it, with all that the worker does."""
    begin_load(by=by, ref=ref, verb=verb)
    outbox.drain()
    return card(by, ref)


def theirs(*rows: Sequence[Any]) -> bytes:
    out = BytesIO()
    write_workbook(out, ("Return", [["Quarter 3"], [], THEIRS, *rows]))  # type: ignore[arg-type]
    return out.getvalue()


def content_held(*by: Reader) -> int:
    """How much of the files of these people is still there."""
    total = 0
    for reader in by:
        with reading(reader):
            total += Part.objects.count() + Block.objects.count() + Refusal.objects.count()
    return total


def test_it_tries_a_file_then_loads_it_and_forgets_it(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}, BAD, {"report": "N3"}))
    tried = done(cast.aisha, ref, "try")
    assert (tried.state, tried.read, tried.kept, tried.rejected, tried.is_file_kept) == (
        "tried",
        3,
        2,
        1,
        True,
    )
    assert held_by(cast.aisha) == {}
    loaded = done(cast.aisha, ref)
    assert (loaded.state, loaded.read, loaded.kept, loaded.rejected, loaded.is_file_kept) == (
        "loaded",
        3,
        2,
        1,
        False,
    )
    assert list(held_by(cast.aisha)) == ["N1", "N3"]
    with reading(cast.aisha):
        assert (Part.objects.count(), Block.objects.count(), Refusal.objects.count()) == (0, 0, 1)


def test_a_second_file_with_the_same_rows_changes_nothing(cast: Cast) -> None:
    done(cast.aisha, keep(cast.aisha, csv_text({}, {"report": "N2"})))
    again = done(cast.aisha, keep(cast.aisha, csv_text({}, {"report": "N2"})))
    assert (again.kept, again.unchanged) == (0, 2)


@pytest.mark.parametrize("name", ["reports.xlsx", "REPORTS.XLSX"])
def test_a_workbook_goes_through_the_same_rules(cast: Cast, tmp_path: Path, name: str) -> None:
    content = everything_wrong(tmp_path / "in.xlsx").read_bytes()
    found = done(cast.aisha, keep(cast.aisha, content, name))
    assert (found.kept, found.rejected) == (3, 10)
    assert found.sheet == "This year"


def test_a_load_that_is_cut_off_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "ROWS_AT_ONCE", 4)
    rows = [{"report": f"N{n}"} for n in range(1, 19)]
    ref = keep(cast.aisha, csv_text(*rows, {"report": "N19", "text": ""}))
    begin_load(by=cast.aisha, ref=ref, verb="load")
    for _ in range(3):
        outbox.work_once()
    half = card(cast.aisha, ref)
    assert (half.state, half.rows, half.read, half.kept) == ("loading", 19, 8, 8)
    # A worker killed in the middle of a piece: what it did of that piece is undone with its transaction.
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        outbox.work_once()
        raise KeyboardInterrupt
    assert card(cast.aisha, ref).read == 8
    outbox.drain()
    whole = card(cast.aisha, ref)
    assert (whole.state, whole.read, whole.kept, whole.rejected, whole.unchanged) == ("loaded", 19, 18, 1, 0)
    assert len(held_by(cast.aisha)) == 18


def test_a_step_that_comes_late_or_twice_does_nothing(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}))
    with reading(cast.aisha):
        number = Load.objects.get(ref=ref).pk
    done(cast.aisha, ref)
    go_on_with_loads([{"load": number, "person": cast.aisha.person}, {"load": -1, "person": -1}])
    assert card(cast.aisha, ref).kept == 1


def test_reports_of_many_rows_are_not_parted_between_pieces(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "ROWS_AT_ONCE", 2)
    rows = [{"report": f"N{n}", "item": str(i)} for n in range(3) for i in (1, 2, 3)]
    found = done(cast.aisha, keep(cast.aisha, csv_text(*rows, {"report": "N0"})))
    assert (found.kept, found.reports, found.rejected) == (9, 3, 1)


def test_a_body_says_once_what_its_columns_hold(cast: Cast) -> None:
    rows = ["7", "2026-10-01", "A line", "Seen at the station at noon.", "B2", "07700 900123", "Restricted"]
    ref = keep(cast.aisha, theirs(rows, ["8", *rows[1:4], "Z9", *rows[5:]]), "return.xlsx")
    assert card(cast.aisha, ref).is_laid_out is False
    with pytest.raises(FileProblem, match="Say what the columns hold first"):
        begin_load(by=cast.aisha, ref=ref, verb="load")
    lay_out_load(by=cast.aisha, ref=ref, layout=MAPPED, save_as="Monthly return")
    found = done(cast.aisha, ref)
    assert (found.kept, found.rejected) == (1, 1)
    assert held_by(cast.aisha) == {"7": ["Seen at the station at noon."]}
    again = keep(cast.aisha, theirs(["9", *rows[1:]]), "next.xlsx")
    assert (card(cast.aisha, again).is_laid_out, card(cast.aisha, again).map_name) == (True, "Monthly return")
    assert done(cast.aisha, again).kept == 1
    assert saved_map(cast.aisha, "monthly RETURN").uses == MAPPED.uses


def test_a_map_belongs_to_its_body(cast: Cast) -> None:
    ref = keep(cast.aisha, theirs(), "return.xlsx")
    lay_out_load(by=cast.aisha, ref=ref, layout=MAPPED, save_as="Monthly return")
    with pytest.raises(FileProblem, match="Your body has no map of columns called 'Monthly return'"):
        saved_map(cast.mia, "Monthly return")
    assert card(cast.mia, keep(cast.mia, theirs(), "return.xlsx")).is_laid_out is False
    with reading(cast.grace):
        assert ColumnMap.objects.count() == 0


def test_a_load_opens_to_its_person_alone(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}, BAD))
    done(cast.aisha, ref, "try")
    for reader in (cast.mia, cast.carys, cast.dev, cast.grace, cast.ivan, cast.harry):
        assert load_card(reader, ref) is None
        assert load_cards(reader) == []
        assert content_held(reader) == 0
        with pytest.raises((ObjectDoesNotExist, NotAllowed)):
            begin_load(by=reader, ref=ref, verb="load")


def test_a_file_that_cannot_be_read_as_laid_out_is_chosen_again(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}))
    lay_out_load(by=cast.aisha, ref=ref, layout=Layout({"No such column": "text"}))
    found = done(cast.aisha, ref)
    assert (found.state, found.read) == ("kept", 0)
    assert found.problem == "The header lacks 'No such column', which the map of columns names."
    lay_out_load(by=cast.aisha, ref=ref, layout=STANDARD)
    assert done(cast.aisha, ref).kept == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"x", "reports.pdf", "is not a kind of file that is read"),
        (b"PK\x03\x04", "reports.xlsx", "is damaged"),
        (b"", "reports.csv", "is empty"),
    ],
)
def test_a_file_that_is_none_is_not_kept(cast: Cast, content: bytes, name: str, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        keep(cast.aisha, content, name)
    assert load_cards(cast.aisha) == []


def test_refused_rows_are_mended_and_kept(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}, BAD, {"report": "N2", "item": "2"}))
    assert done(cast.aisha, ref).rejected == 2
    rows = refused_on(cast.aisha, ref, [3, 4])
    assert [row.faults[0][0] for row in rows] == ["source", "report"]
    still = [rows[0].values | {"source": "8"}, rows[1].values]
    assert mend_rows(by=cast.aisha, ref=ref, lines=[3, 4], values=still) == 0
    again = refused_on(cast.aisha, ref, [3, 4])
    assert "'8'" in again[0].reason
    good = [again[0].values | {"source": "1"}, again[1].values]
    assert mend_rows(by=cast.aisha, ref=ref, lines=[3, 4], values=good) == 2
    after = card(cast.aisha, ref)
    assert (after.read, after.kept, after.rejected) == (3, 3, 0)
    assert list(held_by(cast.aisha)) == ["N1", "N2"]
    with pytest.raises(MoveRefused, match="mended already"):
        mend_rows(by=cast.aisha, ref=ref, lines=[3, 4], values=good)


def test_rows_of_a_trial_are_not_mended(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text(BAD))
    done(cast.aisha, ref, "try")
    with pytest.raises(MoveRefused, match="once the file is loaded"):
        mend_rows(by=cast.aisha, ref=ref, lines=[2], values=[{}])


def test_leaving_a_load_forgets_it_now_and_keeps_what_was_kept(cast: Cast) -> None:
    ref = keep(cast.aisha, csv_text({}, BAD))
    done(cast.aisha, ref)
    leave_load(by=cast.aisha, ref=ref)
    assert load_cards(cast.aisha) == []
    assert content_held(cast.aisha) == 0
    assert list(held_by(cast.aisha)) == ["N1"]


def test_a_load_that_nobody_touches_is_forgotten(cast: Cast) -> None:
    old, new = keep(cast.aisha, csv_text({}, BAD)), keep(cast.aisha, csv_text({"report": "N5"}))
    done(cast.aisha, old, "try")
    with reading(cast.aisha):
        Load.objects.filter(ref=old).update(touched_at=clock.now() - KEPT_FOR - timedelta(minutes=1))
    forget_idle_loads([])
    assert card(cast.aisha, old).is_file_kept is False
    assert card(cast.aisha, old).filename == "A file that is no longer kept"
    assert card(cast.aisha, new).is_file_kept is True
    assert refused_on(cast.aisha, old, [3]) == []


def test_it_advises_and_refuses_nothing_for_it(cast: Cast) -> None:
    short = {"selectors": "", "text": "Calls are arranged."}
    found = done(cast.aisha, keep(cast.aisha, csv_text(short, short | {"report": "N2"})), "try")
    assert (found.kept, found.rejected) == (2, 0)
    assert [(one.sentence[:30], one.rows, one.lines) for one in found.advice] == [
        ("The item names nothing that ca", 2, (2, 3)), ("The text is shorter than 20 ch", 2, (2, 3)),
    ]  # fmt: skip


def test_the_standard_columns_of_a_workbook_need_no_map(cast: Cast) -> None:
    out = BytesIO()
    write_workbook(out, ("Reports", rows_of({})))  # type: ignore[arg-type]
    ref = keep(cast.aisha, out.getvalue(), "in.xlsx")
    layout = layout_of(cast.aisha, ref)
    assert layout is not None
    assert (layout.uses, layout.sheet, layout.header_line) == (STANDARD.uses, "Reports", 1)
