"""Files as they come: every kind of damage gives a sentence, and no line is lost."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from throughline.intelligence.report_columns import EVERY_COLUMN
from throughline.intelligence.report_files import COLUMNS, FileProblem, RejectedRow, Row, read_rows
from throughline.selectors.registry import parts_of

HEADER = ",".join(COLUMNS)
GOOD = "R1,2026-01-31,A title,1,Some text,1,B,P,,,,OFFICIAL,all,phone:07700900123"
type_of = {Row: "row", RejectedRow: "rejected"}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(content: str | bytes, name: str = "in.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def outcome(path: Path) -> list[tuple[int, str]]:
    return [(row.line, type_of[type(row)]) for row in read_rows(path)]


def only_rejected(path: Path) -> RejectedRow:
    [rejected] = [row for row in read_rows(path) if isinstance(row, RejectedRow)]
    return rejected


def problem_with(path: Path) -> str:
    with pytest.raises(FileProblem) as problem:
        read_rows(path)
    return str(problem.value)


def test_it_reads_a_row_with_its_line_and_its_raw_text(write: Write) -> None:
    [row] = read_rows(write(f"{HEADER}\n\n{GOOD}\n"))
    assert isinstance(row, Row)
    assert (row.line, row.raw, row.values["selectors"]) == (3, GOOD, "phone:07700900123")
    assert tuple(row.values) == EVERY_COLUMN


def test_it_forgives_capitals_and_spaces_in_the_header_and_any_order(write: Write) -> None:
    columns = [column.replace("_", " ").title() for column in reversed(COLUMNS)]
    [row] = read_rows(write(",".join(columns) + "\n" + ",".join(reversed(GOOD.split(",")))))
    assert isinstance(row, Row)
    assert row.values["report"] == "R1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_reads_unicode_with_its_byte_order_mark(write: Write, encoding: str) -> None:
    text = f"{HEADER}\n{GOOD.replace('A title', 'Zoë and café')}\n"
    [row] = read_rows(write(text.encode(encoding)))
    assert isinstance(row, Row)
    assert row.values["title"] == "Zoë and café"


def test_it_counts_lines_through_mixed_line_ends_and_lines_inside_quotes(write: Write) -> None:
    folded = GOOD.replace("Some text", '"one\r\ntwo\nthree"')
    path = write(f"{HEADER}\r\n{GOOD}\r{folded}\n{GOOD}\r\nshort\n")
    assert outcome(path) == [(2, "row"), (3, "row"), (6, "row"), (7, "rejected")]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "in.csv", "is empty"),
        (b"\xef\xbb\xbf \r\n\n", "in.csv", "is empty"),
        (b"", "in.jsonl", "is empty"),
        (HEADER.encode(), "in.txt", "give a .csv, .xlsx or .jsonl file"),
        (b"PK\x03\x04rest", "in.csv", "is an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "in.csv", "is an Excel workbook"),
        (b"anything", "in.xlsx", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "in.xlsx", "is locked with a password, or from before Excel 2007"),
        (b"PK\x03\x04rest", "in.xlsx", "is damaged"),
        (b"anything", "in.xls", "save it as .xlsx"),
        (
            f"{HEADER}\n{GOOD}\ncaf\xe9\n".encode("cp1252"),
            "in.csv",
            "line 3 holds a byte that does not belong",
        ),
        (
            f"{HEADER}\r{GOOD}\r\ncaf\xe9".encode("cp1252"),
            "in.csv",
            "line 3 holds a byte that does not belong",
        ),
        ((HEADER + "\n").encode("utf-16") + b"x", "in.csv", "is not UTF-16 text"),
        (HEADER.encode("utf-32"), "in.csv", "is UTF-32"),
        (HEADER.encode("utf-16-le"), "in.csv", "NUL"),
        ("report,title\n1,2\n", "in.csv", "The header lacks date_of_intelligence, item"),
        (HEADER.replace(",", ";"), "in.csv", "parted by semicolons"),
        (HEADER + ",Report\n", "in.csv", "names report more than once"),
        ('"' + HEADER, "in.csv", "The first line is not a header"),
        ("x" * 1_000_001, "in.csv", "The first line is not a header"),
    ],
)
def test_it_refuses_the_whole_file_with_a_sentence(
    write: Write, content: str | bytes, name: str, words: str
) -> None:
    assert words in problem_with(write(content, name))


def test_it_refuses_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "not a file that can be found" in problem_with(tmp_path / "folder.csv")
    assert "not a file that can be found" in problem_with(tmp_path / "absent.csv")


def test_it_leaves_an_unknown_column_aside_and_says_so_once(write: Write) -> None:
    heard: list[str] = []
    rows = list(read_rows(write(f"{HEADER},Colour\n{GOOD},red\n{GOOD},\n"), warn=heard.append))
    assert len(rows) == 2
    assert heard == ["The column 'Colour' is not one that Throughline reads: it was left aside."]


def test_it_rejects_a_ragged_row_and_knows_its_report(write: Write) -> None:
    rejected = only_rejected(write(f"{HEADER}\n{GOOD},extra\n{GOOD}\n"))
    assert (rejected.line, rejected.report) == (2, "R1")
    assert rejected.reason == "This row has 15 cells where the header has 14."


def test_it_rejects_a_row_cut_short_inside_a_quotation(write: Write) -> None:
    rejected = only_rejected(write(f'{HEADER}\n{GOOD}\nR2,2026-01-31,"A tit'))
    assert (rejected.line, rejected.report, rejected.raw) == (3, "R2", 'R2,2026-01-31,"A tit')
    assert "never closed" in rejected.reason


def test_it_finds_its_feet_after_a_stray_quotation_mark(write: Write) -> None:
    path = write(f'{HEADER}\n"{GOOD}\n{GOOD}\n{GOOD}\n')
    assert outcome(path) == [(2, "rejected"), (3, "row"), (4, "row")]


def test_it_loses_no_line_when_every_line_is_faulty(write: Write) -> None:
    path = write(HEADER + "\n" + 'x","a\n' * 1_200)
    assert outcome(path) == [(line, "rejected") for line in range(2, 1_202)]


def test_it_passes_over_an_endless_line_and_goes_on(write: Write) -> None:
    endless = "R2," + "x" * 2_500_000
    for end in ("\n", "\r", "\r\n"):
        path = write(f"{HEADER}{end}{GOOD}{end}{endless}{end}{GOOD}{end}")
        assert outcome(path) == [(2, "row"), (3, "rejected"), (4, "row")]
        assert only_rejected(path).report == "R2"
        assert len(only_rejected(path).raw) < 2_000


@pytest.mark.parametrize("length", [999_998, 999_999, 1_000_000, 1_000_001])
def test_it_counts_right_where_the_bound_falls_on_the_line_end(write: Write, length: int) -> None:
    path = write(f"{HEADER}\r\n" + "x" * length + f"\r\n{GOOD}\r\n")
    assert outcome(path) == [(2, "rejected"), (3, "row")]


def test_it_rejects_a_row_with_nul_characters(write: Write) -> None:
    rejected = only_rejected(write(f"{HEADER}\n{GOOD.replace('Some', chr(0))}\n{GOOD}\n"))
    assert (rejected.line, rejected.report) == (2, "R1")
    assert "NUL" in rejected.reason


def test_it_rejects_a_cell_beyond_the_bound(write: Write) -> None:
    assert "A cell" in only_rejected(write(f"{HEADER}\n{GOOD.replace('Some', 'x' * 200_000)}\n")).reason


def test_it_reads_json_lines_with_lists_and_numbers_as_they_were_written(write: Write) -> None:
    given = {"Report": 12, "text": None, "circulation": ["MPS", "NORF"], "selectors": "a:1;b:2"}
    [row] = read_rows(write(json.dumps(given)[:-1] + ', "item": 4.47701E+11}\n', "in.jsonl"))
    assert isinstance(row, Row)
    assert (row.values["report"], row.values["text"], row.values["item"]) == ("12", "", "4.47701E+11")
    assert (row.values["circulation"], row.values["selectors"]) == ("MPS;NORF", "a:1;b:2")


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ('{"report": "R7", ', "", "is not JSON"),
        ('["R7"]', "", "not an object"),
        ('"R7"', "", "not an object"),
        ('{"report": "R7", "text": true}', "text", "must be text or a number"),
        ('{"report": "R7", "text": ["a"]}', "text", "must be text or a number"),
        ('{"report": "R7", "selectors": [true]}', "selectors", "must be text"),
        ('{"report": "R7", "selectors": {"a": 1}}', "selectors", "or a list of texts"),
        ('{"report": "R7", "title": "a", "Title": "b"}', "title", "more than once"),
        ('{"report": "R7", "text": "a\0"}', "", "NUL"),
        ("[" * 100_000, "", "nested too deeply"),
        ('{"report": "R7", "text": "' + "x" * 1_000_000 + '"}', "", "longer than"),
    ],
)
def test_it_rejects_a_line_of_json_that_is_not_a_row(
    write: Write, text: str, column: str, words: str
) -> None:
    rejected = only_rejected(write(f'{{"report": "R6"}}\n{text}\n{{"report": "R8"}}\n', "in.jsonl"))
    assert (rejected.line, rejected.column) == (2, column)
    assert words in rejected.reason
    assert rejected.report == ("R7" if text.startswith("{") else "")


def test_it_keeps_each_listed_selector_in_one_piece(write: Write) -> None:
    listed = ["opaque:a;b", r"opaque:c\;d", "opaque:e\\", "opaque:f"]
    [row] = read_rows(write(json.dumps({"selectors": listed}), "in.jsonl"))
    assert isinstance(row, Row)
    assert row.values["selectors"] == r"opaque:a\;b;opaque:c\;d;opaque:e\\;opaque:f"
    assert len(parts_of(row.values["selectors"])) == 4


def test_it_warns_of_an_unknown_key_once(write: Write) -> None:
    heard: list[str] = []
    assert len(list(read_rows(write('{"colour": 1}\n' * 3, "in.jsonl"), warn=heard.append))) == 3
    assert len(heard) == 1


PIECES = st.sampled_from(
    [GOOD, '"', ",", "\n", "\r", "\r\n", "\0", "é", "x", '""', "\x1f", "\u2028", ";", "{", "}"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES).map(lambda pieces: "".join(pieces).encode())))
@example(b"\r\n\r")
@example(b'"\n\t"')
def test_it_accounts_for_every_line_whatever_the_bytes(content: bytes) -> None:
    for name, start in (("in.csv", f"{HEADER}\n".encode()), ("in.csv", b""), ("in.jsonl", b"")):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(start + content)
            try:
                rows = list(read_rows(path))
            except FileProblem as problem:
                assert str(problem)
                continue
            assert_all_lines_accounted_for(
                (start + content).decode("utf-8-sig"), rows, has_header=bool(start)
            )


def assert_all_lines_accounted_for(text: str, rows: list[Row | RejectedRow], *, has_header: bool) -> None:
    """Each line that says anything is the start of a row or a rejection, or inside a row's raw text."""
    lines = list(io.StringIO(text, newline=""))
    covered = {1} if has_header else set()
    for row in rows:
        height = len(list(io.StringIO(row.raw, newline=""))) or 1
        assert row.raw.splitlines()[:1] == lines[row.line - 1].rstrip("\r\n").splitlines()[:1]
        covered |= set(range(row.line, row.line + height))
    for number, line in enumerate(lines, start=1):
        # A quote alone may be the end of an empty cell that began on a line before.
        says_something = any(cell.replace('"', "").strip() for cell in next(csv.reader([line])))
        assert number in covered or not says_something
