"""The rows that were refused, written where a person can open and mend them."""

import csv
import stat
from pathlib import Path

import pytest

from throughline.intelligence.report_files import RejectedRow
from throughline.kernel.error_file import ErrorFile, inert

REFUSED = RejectedRow(
    7, "date_of_intelligence", "The date 2031-01-01 is in the future.", 'R1,2031-01-01,"Zoë, café"'
)


def written(source: Path, *rejected: RejectedRow) -> Path:
    with ErrorFile(source) as errors:
        for each in rejected:
            errors.add(each)
    assert errors.path
    return errors.path


def test_it_writes_line_column_reason_and_the_row_beside_the_input(tmp_path: Path) -> None:
    path = written(tmp_path / "march.csv", REFUSED)
    assert path == tmp_path / "march.errors.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["line", "column", "reason", "row"],
            ["7", REFUSED.column, REFUSED.reason, REFUSED.raw],
        ]


def test_it_leaves_no_file_when_nothing_was_refused(tmp_path: Path) -> None:
    with ErrorFile(tmp_path / "march.csv") as errors:
        pass
    assert errors.path is None
    assert not list(tmp_path.iterdir())


def test_it_replaces_an_earlier_one_and_keeps_it_to_its_owner(tmp_path: Path) -> None:
    (tmp_path / "march.errors.csv").write_text("old " * 1_000)
    path = written(tmp_path / "march.csv", REFUSED)
    assert "old" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_does_not_write_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    precious = tmp_path / "precious"
    precious.write_text("kept")
    (tmp_path / "march.errors.csv").symlink_to(precious)
    assert written(tmp_path / "march.csv", REFUSED) == elsewhere / "march.errors.csv"
    assert precious.read_text() == "kept"


def test_it_falls_back_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert written(tmp_path / "gone" / "march.csv", REFUSED) == tmp_path / "march.errors.csv"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\uff1d1"])
def test_it_makes_a_formula_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_it_leaves_other_text_alone(tmp_path: Path) -> None:
    assert inert("R1,=1+1") == "R1,=1+1"
    broken = RejectedRow(2, "", "A broken character.", "R1\ud800")
    assert "R1\\ud800" in written(tmp_path / "march.csv", broken).read_text(encoding="utf-8-sig")
