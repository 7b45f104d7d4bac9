"""The truth beside the files: who and what there is, and what happened; one CSV a kind, columns named as in `facts`.

`records.csv`, `reports.csv` and `refused.csv` are written by those who write what they speak of: which person each
record is of, which line is behind each report, and which rows are meant to be refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final

from throughline.simulation import facts
from throughline.simulation.facts import Event, Truth
from throughline.simulation.files import Folder

TABLES: Final[Mapping[type, str]] = {
    facts.Person: "people",
    facts.Vehicle: "vehicles",
    facts.Premises: "premises",
    facts.Line: "lines",
    facts.NumberHeld: "numbers",
    facts.Role: "roles",
    facts.Business: "businesses",
    facts.Arrested: "arrests",
    facts.Missing: "missing",
    facts.Found: "found",
    facts.Seized: "seizures",
    facts.OfferBurst: "offers",
    facts.OrderMade: "orders_made",
    facts.OrderComplied: "orders_complied",
    facts.NumberChanged: "number_changes",
    facts.Violence: "violence",
    facts.Visited: "visits",
    facts.Safeguarded: "safeguarded",
    facts.LineClosed: "closings",
}
"""What is told, and the file it goes to. What bodies saw is in `reports.csv`, their returns are in their own files."""
_COLUMNS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in TABLES}


def write_truth(folder: Folder, told: Iterable[Truth | Event]) -> int:
    """Write what was told to the file of its kind, and say how much that was."""
    rows = 0
    for fact in told:
        kind = type(fact)
        if kind in TABLES:
            columns = _COLUMNS[kind]
            table = folder.table(f"truth/{TABLES[kind]}.csv", columns)
            table.row([_cell(getattr(fact, name)) for name in columns])
            rows += 1
    return rows


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
