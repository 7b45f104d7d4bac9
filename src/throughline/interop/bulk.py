"""Reports in bulk as NDJSON, a report or a row a line: streamed both ways, so that no more than a batch is held."""

from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest

from throughline.access.reader import Reader, reading
from throughline.intelligence.file_load import LoadResult
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Report
from throughline.intelligence.report_files import FileProblem
from throughline.intelligence.whole_reports import PAGE, WholeReport, whole_page
from throughline.interop.cursors import UnknownPlace
from throughline.interop.problems import Problem
from throughline.interop.shapes import WholeReportShape

MEDIA: Final = "application/x-ndjson"
MOST_BYTES: Final = 50_000_000
"""So much is taken at once: about 100,000 rows. The figure is ours."""
_PIECE: Final = 1 << 16


def report_lines(reader: Reader, *, why: str, after: str, size: int) -> Iterator[str]:
    """Up to ``size`` reports that the reader may know, a line each, oldest first, after the reference of one of them.

    Raises:
        UnknownPlace: at the call, where the reader may not know a report of that reference.
    """
    if after:
        with reading(reader):
            if not Report.objects.filter(ref=after).exists():
                raise UnknownPlace(
                    "No report of this reference is known to you. Begin again without `after`."
                )
    return _lines(reader, why, after, size)


def _lines(reader: Reader, why: str, after: str, left: int) -> Iterator[str]:
    while left:
        page = whole_page(reader, why=why, after=after, size=min(left, PAGE))
        for report in page.reports:
            yield _line(report)
        left -= len(page.reports)
        if not (after := page.next_after):
            return


def _line(report: WholeReport) -> str:
    said = asdict(report) | {
        "classification": str(report.classification), "circulation": report.circulation,
        "items": [
            asdict(item) | {"selectors": [f"{one.kind}:{one.key}" for one in item.selectors]} for item in report.items
        ],
    }  # fmt: skip
    return WholeReportShape.model_validate(said).model_dump_json() + "\n"


def receive(request: HttpRequest, path: Path) -> str:
    """Write what a machine sends to a file, piece by piece; its SHA-256.

    Raises:
        Problem: it is more than is taken at once.
    """
    digest, size = sha256(), 0
    with path.open("wb") as file:
        while piece := request.read(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise Problem(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"More than {MOST_BYTES // 1_000_000} MB was sent at once. Send it in parts.",
                )
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def keep_rows(by: Reader, path: Path) -> tuple[int, dict[str, Any]]:
    """File the rows of the file, each report for itself: a status, and what became of the rows.

    Raises:
        Problem: the file as a whole cannot be read.
    """
    try:
        done = load_reports(by=by, path=path)
    except FileProblem as problem:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(problem)) from problem
    refusals = [{"line": row.line, "column": row.column, "reason": row.reason} for row in done.refusals]
    status, kept = answer_of(done)
    return status, kept | {"rejected": done.rejected, "refusals": refusals}


def answer_of(done: LoadResult) -> tuple[int, dict[str, Any]]:
    """What a load is answered with: 201 when any row was kept, and the counts."""
    kept = {
        "read": done.read, "kept": done.kept, "unchanged": done.unchanged, "reports": done.reports,
        "warnings": done.warnings,
    }  # fmt: skip
    return (HTTPStatus.CREATED if done.kept else HTTPStatus.OK), kept
