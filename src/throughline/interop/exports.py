"""Files of all reports that a reader may know, in the forms of others, written a page at a time and journalled."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Max

from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Report
from throughline.intelligence.whole_reports import WholeReport, whole_page
from throughline.interop.follow_the_money.out import entities
from throughline.interop.misp.out import misp_events
from throughline.interop.models import Change
from throughline.interop.stix.out import report_things


@dataclass(frozen=True, slots=True)
class Form:
    """How a report is told, as objects in JSON, and what a file has around them.

    ``{id}`` in its opening is a fresh id. Objects with an ``id`` of their own are written once.
    """

    tell: Callable[[WholeReport, datetime], Sequence[dict[str, Any]]]
    opening: str
    between: str
    closing: str


FORMS = {
    "ftm": Form(entities, "", "\n", "\n"),
    "misp": Form(misp_events, '{"response": [\n', ",\n", "\n]}\n"),
    "stix": Form(report_things, '{"type": "bundle", "id": "bundle--{id}", "objects": [\n', ",\n", "\n]}\n"),
}


def export_reports(
    reader: Reader, write: Callable[[str], object], *, form: Form, why: str
) -> tuple[int, int]:
    """Write all reports that the reader may know; how many reports, and how many objects.

    Raises:
        NotAllowed: the reader's role reads no reports.
    """
    known: set[str] = set()
    reports, written, after = 0, 0, ""
    write(form.opening.replace("{id}", str(uuid4())))
    while True:
        page = whole_page(reader, why=why, after=after)
        changed = _last_changes(reader, [report.ref for report in page.reports])
        for report in page.reports:
            for thing in form.tell(report, changed.get(report.ref, report.recorded_at)):
                if thing.get("id") not in known:
                    write(f"{form.between if written else ''}{json.dumps(thing, ensure_ascii=False)}")
                    known |= {thing["id"]} if "id" in thing else set()
                    written += 1
        reports += len(page.reports)
        if not (after := page.next_after):
            write(form.closing)
            return reports, written


def _last_changes(reader: Reader, refs: Sequence[str]) -> dict[str, datetime]:
    """When each of these reports that the reader may know last changed."""
    with reading(reader):
        numbers = dict(Report.objects.filter(ref__in=refs).values_list("id", "ref"))
        rows = Change.objects.filter(kind="report", thing__in=numbers).values_list("thing")
        return {numbers[thing]: at for thing, at in rows.annotate(at=Max("at"))}
