"""Files of reports for the commands, and what is held after them."""

import csv
import io
from pathlib import Path

from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, Report
from throughline.intelligence.report_files import COLUMNS
from throughline.selectors.models import Sighting

GOOD = {
    "report": "N1", "date_of_intelligence": "2026-10-01", "title": "A deal line", "item": "1",
    "text": "Calls are arranged there.", "source": "2", "assessment": "B", "handling": "P", "marking": "OFFICIAL",
    "selectors": "phone:07700 900123",
}  # fmt: skip


def csv_text(*rows: dict[str, str]) -> str:
    """A file with these rows, each a good one but for what is given."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(GOOD | row for row in rows)
    return out.getvalue()


def write_csv(folder: Path, *rows: dict[str, str], name: str = "reports.csv") -> Path:
    """The same, on disk."""
    path = folder / name
    path.write_text(csv_text(*rows), encoding="utf-8", newline="")
    return path


def held_by(reader: Reader) -> dict[str, list[str]]:
    """The texts of each report that the reader may know, by its reference."""
    with reading(reader):
        refs = Report.objects.order_by("id").values_list("origin_ref", flat=True)
        texts: dict[str, list[str]] = {ref: [] for ref in refs}
        for ref, text in Item.objects.order_by("id").values_list("report__origin_ref", "text"):
            texts[ref].append(text)
    return texts


def sightings_of(reader: Reader) -> int:
    """How many sightings the reader may know."""
    with reading(reader):
        return Sighting.objects.count()
