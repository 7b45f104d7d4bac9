"""Graded reports as each body would file them: in its own kind of file, late, with its own errors, a few refused.

Two bodies in three keep CSV and one JSON Lines, in the columns that `throughline load reports` reads. One report in
five hundred holds one cell that the door must refuse; the truth beside the files says which, and in what column.
"""

import heapq
from typing import Final

import numpy as np

from throughline.intelligence.report_columns import COLUMNS
from throughline.simulation.composing import Composer, Draft, Item
from throughline.simulation.dice import dice
from throughline.simulation.facts import Day
from throughline.simulation.files import Folder
from throughline.simulation.grades import UNGRADED, marking
from throughline.simulation.places import bodies
from throughline.simulation.register import RECORD_COLUMNS, Register

SPOILED: Final = 1 / 500
REPORT_COLUMNS: Final = ("body", "report", "happened", "filed", "how", "line")
"""Of the truth about reports: `line` is 0 where no line is behind what was seen."""
REFUSED_COLUMNS: Final = ("body", "report", "column")

_SPOILS: Final = {
    "date_of_intelligence": "31/02/2025",
    "marking": "SECRET",
    "circulation": "THE SHIRES",
    "selectors": "phone:4.47201E+11",
    "assessment": "F",
}


class Reporter:
    """Takes in the days, and files each report on the day it is written up."""

    def __init__(self, folder: Folder, register: Register, seed: int, contacts: int) -> None:
        self.folder, self.seed = folder, seed
        self.composer = Composer(register, seed, contacts)
        self.reports = self.selectors = 0
        self._waiting: list[tuple[int, int, Draft]] = []
        self._dice: dict[str, np.random.Generator] = {}
        self._filed: dict[str, int] = {}
        self._nth = 0

    def day(self, day: Day) -> None:
        """Write up the day's events, and file what is due."""
        for event in day.events:
            body = getattr(event, "body", "")
            if body and (draft := self.composer.draft(event, self._of(body))):
                self._nth += 1
                heapq.heappush(self._waiting, (draft.filed.toordinal(), self._nth, draft))
        today = day.date.toordinal()
        while self._waiting and self._waiting[0][0] <= today:
            self._file(heapq.heappop(self._waiting)[2])

    def _of(self, body: str) -> np.random.Generator:
        if body not in self._dice:
            self._dice[body] = dice(self.seed, "reports", body)
        return self._dice[body]

    def _file(self, draft: Draft) -> None:
        thrown = self._of(draft.body)
        number = self._filed[draft.body] = self._filed.get(draft.body, 0) + 1
        reference = f"{draft.body}/{draft.filed:%y}/{number:06d}"
        table = self.folder.table(report_file(draft.body), COLUMNS)
        rows = _rows(reference, draft, thrown)
        if thrown.random() < SPOILED:
            self._spoil(draft.body, reference, rows, thrown)
        for row in rows:
            table.row(row)
        self._tell(reference, draft)
        self.reports += 1
        self.selectors += sum(len(item.selectors) for item in draft.items)

    def _spoil(self, body: str, reference: str, rows: list[list[str]], thrown: np.random.Generator) -> None:
        column = list(_SPOILS)[int(thrown.integers(len(_SPOILS)))]
        if column == "assessment" and rows[0][COLUMNS.index("source")] == "":
            column = "marking"
        rows[0][COLUMNS.index(column)] = _SPOILS[column]
        self.folder.table("truth/refused.csv", REFUSED_COLUMNS).row((body, reference, column))

    def _tell(self, reference: str, draft: Draft) -> None:
        happened = draft.happened.isoformat(timespec="seconds")
        self.folder.table("truth/reports.csv", REPORT_COLUMNS).row(
            (draft.body, reference, happened, draft.filed, draft.how, draft.line)
        )
        records = self.folder.table("truth/records.csv", RECORD_COLUMNS)
        for place, (item, person) in enumerate(draft.people, 1):
            if not (person.given or person.family):
                continue
            records.row(
                (f"{reference}#{place}", draft.body, report_file(draft.body), reference, item, person.given,
                 person.family, person.born, person.sex, person.address, person.town, person.postcode, person.phone,
                 person.person)
            )  # fmt: skip


def report_file(body: str) -> str:
    """Where a body's reports stand in the folder of a run."""
    lines = list(bodies()).index(body) % 3 == 2
    return f"{body}/reports.{'jsonl' if lines else 'csv'}"


def _rows(reference: str, draft: Draft, thrown: np.random.Generator) -> list[list[str]]:
    """One row an item; what is said of the report as a whole stands in the first."""
    happened = draft.happened.date()
    written = happened.isoformat() if report_file(draft.body).endswith("jsonl") else f"{happened:%d/%m/%Y}"
    first = [marking(thrown, draft.items[0].cells), draft.circulation]
    rows = []
    for number, item in enumerate(draft.items, 1):
        whole = [written, draft.title] if number == 1 else ["", ""]
        ends = first if number == 1 else ["", ""]
        rows.append(
            [reference, *whole, str(number), item.text, *_cells(item), *ends, ";".join(item.selectors)]
        )
    return rows


def _cells(item: Item) -> tuple[str, ...]:
    return item.cells or UNGRADED
