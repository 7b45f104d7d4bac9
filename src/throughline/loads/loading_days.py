"""Loading officer-days from a file: a row is a skill of the loader's own body, in one week or in each to come."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.file_load import LoadResult, run_load
from throughline.intelligence.report_cells import CellProblem, date_from
from throughline.intelligence.report_columns import RejectedRow, Row, RowShape
from throughline.intelligence.report_files import read_rows
from throughline.intelligence.report_layout import Layout
from throughline.kernel import clock
from throughline.kernel.error_file import ErrorFile
from throughline.tasking.days import Days, DaysProblem, monday_of, state_days, weeks_from

DAYS_ROWS: Final = RowShape(
    "skill", ("skill", "days_a_week"), ("body", "week", "reserved", "reserved_for"), days=("week",)
)
STANDARD_DAYS: Final = Layout(uses={column: column for column in DAYS_ROWS.columns}, shape=DAYS_ROWS)
FURTHEST: Final = timedelta(days=731)
"""Days are stated for two years ahead at most: further is a slip of the keyboard."""
COLUMN_OF: Final = {"days": "days_a_week"}
"""The column in which a file has what the service names otherwise."""


def load_days(
    *, by: Reader, path: Path, layout: Layout = STANDARD_DAYS, dry_run: bool = False,
    all_or_nothing: bool = False, progress: Callable[[int], None] = lambda rows: None,
) -> LoadResult:  # fmt: skip
    """Load a CSV, Excel or JSON Lines file of the officer-days of the reader's own body.

    A row without a week stands for this week and those of the horizon after it.

    Raises:
        FileProblem: the file as a whole cannot be read.
        NotAllowed: the person's role does not keep the days of the body.
    """
    by.require(Permission.CAPACITY_KEEP)

    def work(result: LoadResult, errors: ErrorFile) -> None:
        said: dict[tuple[str, str], int] = {}
        for row in read_rows(path, layout=layout, warn=result.warnings.append):
            result.read += 1
            refusal = _load(by, row, said, result) if isinstance(row, Row) else row
            if refusal:
                result.refuse(refusal, errors)
            progress(result.read)

    return run_load(by=by, path=path, work=work, dry_run=dry_run, all_or_nothing=all_or_nothing)


def _load(by: Reader, row: Row, said: dict[tuple[str, str], int], result: LoadResult) -> RejectedRow | None:
    """State the days of one row; gives the row back if it is refused."""
    try:
        stated = days_of_row(by, row)
        for one in stated:
            at = one.skill, one.week.isoformat()
            if said.setdefault(at, row.line) != row.line:
                raise DaysProblem("skill", f"Line {said[at]} has said this already")
        changed = state_days(by=by, stated=stated)
    except DaysProblem as problem:
        column = COLUMN_OF.get(problem.field, problem.field)
        return row.refused(((column, f"{str(problem).rstrip('.')}."),), "")
    result.kept += bool(changed)
    result.unchanged += not changed
    return None


def days_of_row(by: Reader, row: Row) -> list[Days]:
    """What a row states, for each of its weeks.

    Raises:
        DaysProblem: a cell of it cannot be read, or it is of another body.
    """
    cells = {column: value.strip() for column, value in row.values.items()}
    if cells.get("body", "").upper() not in ("", by.body_code):
        raise DaysProblem("body", f"You can state the days of {by.body_code} alone")
    try:
        week = date_from(cells["week"], today=clock.today() + FURTHEST) if cells.get("week") else None
    except CellProblem as problem:
        raise DaysProblem("week", str(problem)) from problem
    days, reserved = (_number(column, cells.get(column, "")) for column in ("days_a_week", "reserved"))
    return [
        Days(cells["skill"].casefold(), one, days, reserved, cells.get("reserved_for", ""))
        for one in ([week] if week else weeks_from(monday_of(clock.today())))
    ]


def _number(column: str, text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        raise DaysProblem(column, "Write officer-days in figures, such as 12 or 7.5") from None
