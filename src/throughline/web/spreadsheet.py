"""Rows as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

from throughline.kernel.error_file import inert


def csv_answer(
    name: str, *, marking: str, columns: Sequence[str], rows: Iterable[Iterable[object]]
) -> HttpResponse:
    """The rows under their columns, first the marking; no cell is taken for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([marking])
    writer.writerow(columns)
    writer.writerows([inert("" if cell is None else str(cell)) for cell in row] for row in rows)
    # The mark at the start tells a spreadsheet that this is UTF-8.
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
