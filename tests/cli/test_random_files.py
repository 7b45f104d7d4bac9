"""Whatever bytes are loaded: refused as a whole in a sentence, or every row accounted for."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.cli.files import GOOD, csv_text
from throughline.access.reader import reading
from throughline.intelligence.file_load import LoadResult
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Report
from throughline.intelligence.report_files import COLUMNS, FileProblem

HEADER = ",".join(COLUMNS).encode() + b"\r\n"
# One database serves every example: each is undone by itself.
SHARED = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

any_cell = st.one_of(
    st.text(max_size=60), st.sampled_from(sorted(set(GOOD.values()))),
    st.sampled_from(["", "C", "A1", "=1+1", "all", "31/12/1999", "9999-12-31", "\x00", '"', "opaque:\\", "1e400"]),
)  # fmt: skip
any_row = st.dictionaries(st.sampled_from(COLUMNS), any_cell)
almost_good = st.lists(any_row, max_size=8).map(lambda rows: csv_text(*rows).encode("utf-8", "surrogatepass"))
torn = st.tuples(almost_good, st.integers(0, 2000), st.binary(max_size=20)).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]
)
contents = st.one_of(
    st.binary(max_size=400), st.binary(max_size=400).map(lambda rest: HEADER + rest), almost_good, torn
)


def loaded_and_undone(
    cast: Cast, content: bytes, name: str, *, dry_run: bool = False, all_or_nothing: bool = False
) -> LoadResult | None:
    """Load it, look, and roll back; None when the file was refused as a whole."""
    with TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            result = load_reports(by=cast.aisha, path=path, dry_run=dry_run, all_or_nothing=all_or_nothing)
        except FileProblem as problem:
            assert str(problem).endswith((".", ":"))
            assert str(problem).isprintable()
            result = None
        with reading(cast.aisha):
            assert Report.objects.count() == (result.reports if result and not dry_run else 0)
        transaction.set_rollback(True)
    return result


@SHARED
@given(
    content=contents,
    name=st.sampled_from(["r.csv", "r.jsonl", "r.ndjson", "r.txt"]),
    dry_run=st.booleans(),
    all_or_nothing=st.booleans(),
)
def test_any_bytes_are_refused_whole_or_accounted_for(
    cast: Cast, content: bytes, name: str, *, dry_run: bool, all_or_nothing: bool
) -> None:
    result = loaded_and_undone(cast, content, name, dry_run=dry_run, all_or_nothing=all_or_nothing)
    if result:
        assert result.read == result.kept + result.rejected + result.unchanged
        assert (result.error_file is None) == (result.rejected == 0)
        assert result.reports <= result.kept
        assert result.held_back <= result.rejected


@SHARED
@given(content=almost_good)
def test_rows_of_any_cells_are_all_read(cast: Cast, content: bytes) -> None:
    result = loaded_and_undone(cast, content, "r.csv")
    assert result is None or result.read == result.kept + result.rejected


any_value = st.one_of(any_cell.map(str), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
                      st.dates(date(1900, 3, 1)), st.just("=1/0"), st.none())  # fmt: skip
any_header = st.one_of(
    st.just(list(COLUMNS)),
    st.permutations(COLUMNS),
    st.lists(st.one_of(st.sampled_from(COLUMNS), st.text(max_size=20)), max_size=30),
)
any_rows = st.lists(st.lists(any_value, max_size=16), max_size=8)
any_sheet = st.tuples(st.lists(st.lists(any_value, max_size=3), max_size=3), any_header, any_rows)


def workbook(above: list[list[object]], header: list[str], rows: list[list[object]]) -> bytes:
    """A sheet with something above its header; what Excel itself would not hold is left out."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        lines: list[Sequence[object]] = [*above, header, *rows]
        for number, row in enumerate(lines):
            for place, value in enumerate(row):
                if isinstance(value, str) and not value.startswith("=") and value.isprintable():
                    sheet.write_string(number, place, value)
                elif not isinstance(value, str) or value == "=1/0":
                    sheet.write(number, place, value)
    return out.getvalue()


@SHARED
@given(sheet=any_sheet, dry_run=st.booleans())
def test_any_workbook_is_refused_whole_or_accounted_for(
    cast: Cast, sheet: tuple[list[list[object]], list[str], list[list[object]]], *, dry_run: bool
) -> None:
    result = loaded_and_undone(cast, workbook(*sheet), "r.xlsx", dry_run=dry_run)
    if result:
        assert result.read == result.kept + result.rejected + result.unchanged
        assert (result.error_file is None) == (result.rejected == 0)


@SHARED
@given(sheet=any_sheet, at=st.integers(0, 6000), junk=st.binary(min_size=1, max_size=20))
def test_a_torn_workbook_is_refused_whole_or_accounted_for(
    cast: Cast, sheet: tuple[list[list[object]], list[str], list[list[object]]], at: int, junk: bytes
) -> None:
    content = workbook(*sheet)
    result = loaded_and_undone(cast, content[:at] + junk + content[at + len(junk) :], "r.xlsx")
    assert result is None or result.read == result.kept + result.rejected + result.unchanged
