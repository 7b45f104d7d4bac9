"""What a row of a register of lines says: its columns, and how one becomes statements and the words of an item."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from throughline.intelligence.report_cells import CellProblem, date_from
from throughline.intelligence.report_columns import REPORT_ROWS, RejectedRow, Row, RowShape
from throughline.intelligence.report_layout import MADE, Layout
from throughline.lines.services import Said
from throughline.lines.statements import (
    BODY,
    DRUGS,
    EXPLOITATION,
    ROLES,
    TEXT,
    TOWN,
    TRANSPORT,
    VIOLENCE,
    WORD,
)
from throughline.organisations.naming import code_named
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse

GRADING: Final = ("source", "assessment", "handling", "action", "sanitisation", "instructions")
LISTED: Final = {
    "drugs": "drug",
    "transport": "transport",
    "violence": "violence",
    "exploitation": "exploitation",
}
OWN_WORDS: Final = {"group": "group", "priority": "own priority", "score": "own score"}
AREAS: Final = {"exports_from": "exports from", "imports_to": "imports to"}
TOLD: Final = (
    "name", "numbers", *AREAS, *LISTED, "people", "holder", "premises", "vehicles", "group", "status", "officer",
    "priority", "score", "first_seen", "last_seen", "notes",
)  # fmt: skip
"""What the words of the item are made of, in this order."""
LINE_ROWS: Final = RowShape(
    "reference",
    ("reference", "name", "numbers", "last_seen", "source", "assessment", "handling", "marking"),
    (*(column for column in TOLD if column not in ("name", "numbers", "last_seen")), *GRADING[3:], "circulation"),
    days=("first_seen", "last_seen"),
    many=("numbers", *AREAS, *LISTED, "people", "holder", "premises", "vehicles", "notes"),
)  # fmt: skip
STANDARD_LINES: Final = Layout(uses={column: column for column in LINE_ROWS.columns}, shape=LINE_ROWS)
LONGEST: Final = {"reference": 40, "name": 60, "group": 100, "priority": 40, "score": 40, "officer": 100}

NOT_LISTED: Final = "A word is in none of our lists of drugs, transport, violence or exploitation."
NO_BIRTH: Final = "A person stands without a date of birth."
NOT_READ: Final = "A number, an address or a vehicle could not be read."
IS_CLOSED: Final = "The row says that the line is closed: close it on its own page, with the evidence for it."
KEPT_IN_WORDS: Final = "It is kept in the words of the item, and stands for nothing else."

_LIVE: Final = frozenset({"live", "active", "open", "current", "potentially active", "reopened"})
_OVER: Final = frozenset({"closed", "inactive", "dormant", "archived", "closed type 1", "closed type 2"})
_SPLIT: Final = re.compile(r"[;\n|/&]|,|\band\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"[;\n|]")
_PLACES: Final = re.compile(r"[;\n|/&,]")
"""Areas are not parted at "and": Avon and Somerset is one."""
_ROLE: Final = re.compile(r"\s*\(([^()]+)\)\s*$|\s+[-:]\s+([A-Za-z ]+)$")
_NOTHING: Final = frozenset({"", "-", "n/a", "na", "n/k", "nk", "none", "unknown", "not known", "tbc"})
_ALSO: Final = {
    "crack cocaine": "crack", "class a": "other drug", "powder": "cocaine", "train": "rail", "bus": "coach",
    "taxi": "private hire", "minicab": "private hire", "car": "own vehicle", "gun": "firearm", "guns": "firearm",
    "firearms": "firearm", "knives": "knife", "blade": "knife", "children": "child", "cce": "child",
    "cuckooed": "cuckooing", "modern slavery": "trafficking", "missing person": "missing", "mispers": "missing",
}  # fmt: skip
_WORDS: Final = {
    "drugs": DRUGS, "transport": TRANSPORT, "violence": VIOLENCE, "exploitation": EXPLOITATION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register: how the body calls the line, what it says, as a row of a report, and what is advised."""

    row: Row
    reference: str
    said: tuple[Said, ...]
    report: Row
    selectors: tuple[Selector, ...]
    officer: str
    is_live: bool
    advice: tuple[str, ...]


def entry_of(row: Row, areas: dict[str, str]) -> Entry | RejectedRow:
    """Read a row, or refuse it with every column that needs mending. ``areas`` are codes of bodies by name."""
    values = {column: row.values.get(column, "").strip() for column in LINE_ROWS.every}
    reader = _Reading(values, areas)
    said = tuple(dict.fromkeys(reader.said()))
    faults = [*reader.faults, *_blank(values, said)]
    if faults:
        return refused(row, faults)
    status = " ".join(values["status"].casefold().split())
    advice = [f"{sentence} {KEPT_IN_WORDS}" for sentence in dict.fromkeys(reader.advice)]
    if status in _OVER:
        advice.append(IS_CLOSED)
    named = tuple(Selector(one.kind, one.value) for one in said if one.kind in KINDS)
    return Entry(
        row, values["reference"], said, _as_report(row, values), named, values["officer"], status in _LIVE,
        tuple(advice),
    )  # fmt: skip


def refused(row: Row, faults: Sequence[tuple[str, str]]) -> RejectedRow:
    """A row that is refused, for each column its reason as a sentence."""
    sentences = tuple((column, f"{why.rstrip('.')}.") for column, why in faults)
    return row.refused(sentences, row.values.get("reference", "").strip())


def _blank(values: Mapping[str, str], said: Sequence[Said]) -> Iterator[tuple[str, str]]:
    for column, most in LONGEST.items():
        if len(values[column]) > most:
            yield column, f"This holds more than {most} characters"
    if not values["reference"]:
        yield "reference", "Give each line a reference of your own"
    if not values["source"]:
        yield "source", "Give the grade of this row: everything on a line rests on a graded item"
    if {one.statement for one in said} <= {"own reference", "own priority", "own score"}:
        yield "name", "The row says nothing of a line: give its name, its number or an area"


class _Reading:
    """The statements of one row, with the faults and the advice that come up while they are read."""

    def __init__(self, values: Mapping[str, str], areas: dict[str, str]) -> None:
        self.values, self.areas = values, areas
        self.faults: list[tuple[str, str]] = []
        self.advice: list[str] = []

    def said(self) -> Iterator[Said]:
        """Each statement that the columns make."""
        if not self.values["reference"].startswith(MADE):
            # One that was made of the words of a row is nobody's name for the line.
            yield Said("own reference", TEXT, self.values["reference"])
        yield from self._called()
        for column, statement in AREAS.items():
            for area in self._split(column, _PLACES):
                code = code_named(area, self.areas)
                yield Said(statement, BODY, code) if code else Said(statement, TOWN, area[:60])
        for column, statement in LISTED.items():
            yield from self._listed(column, statement)
        for column in ("people", "holder"):
            yield from self._people(column)
        for place in self._split("premises", _PARTS):
            yield from self._selector("premises", "address", "premises", place)
        for vehicle in self._split("vehicles", _SPLIT):
            yield from self._selector("vehicles", "vehicle", "vehicle", vehicle)
        for column, statement in OWN_WORDS.items():
            if self.values[column]:
                yield Said(statement, TEXT, self.values[column])

    def _called(self) -> Iterator[Said]:
        """Its name and its numbers, since the line was first seen."""
        first, last = self._day("first_seen"), self._day("last_seen")
        if first and last and first > last:
            self.faults.append(("first_seen", "The line was first seen after it was last seen"))
            first = None
        if name := self.values["name"]:
            yield from self._selector("name", "brand", "brand", name, from_on=first)
        for number in self._split("numbers", _SPLIT):
            yield from self._selector("numbers", "phone", "number", number, from_on=first)

    def _day(self, column: str) -> date | None:
        text = self.values[column]
        if not text:
            return None
        try:
            return date_from(text, today=date.max)
        except CellProblem as problem:
            self.faults.append((column, str(problem)))
            return None

    def _split(self, column: str, at: re.Pattern[str]) -> list[str]:
        parts = (" ".join(part.split()) for part in at.split(self.values[column]))
        return [part for part in parts if part.casefold() not in _NOTHING]

    def _selector(
        self, column: str, kind: str, statement: str, text: str, *, from_on: date | None = None
    ) -> Iterator[Said]:
        try:
            found = parse(text, kind)
        except NotASelector as problem:
            if column == "name" or (column == "numbers" and any(letter.isdigit() for letter in text)):
                self.faults.append((column, str(problem)))
            else:
                yield from self._by_postcode(column, text)
            return
        yield Said(statement, found.kind, found.key, from_on=from_on)

    def _by_postcode(self, column: str, text: str) -> Iterator[Said]:
        """A place that is no address may be a postcode; what is neither is left in the words."""
        try:
            if column != "premises":
                raise NotASelector(text)
            yield Said("premises", "postcode", parse(text, "postcode").key)
        except NotASelector:
            self.advice.append(NOT_READ)

    def _listed(self, column: str, statement: str) -> Iterator[Said]:
        words = _WORDS[column]
        known = {label.casefold(): word for word, label in words.items()} | {word: word for word in words}
        for text in self._split(column, _SPLIT):
            word = known.get(text.casefold()) or known.get(_ALSO.get(text.casefold(), ""))
            if word:
                yield Said(statement, WORD, word)
            else:
                self.advice.append(NOT_LISTED)

    def _people(self, column: str) -> Iterator[Said]:
        roles = {label.casefold(): role for role, label in ROLES.items()} | {role: role for role in ROLES}
        for text in self._split(column, _PARTS):
            found = _ROLE.search(text)
            named = " ".join((found[1] or found[2] or "").split()).casefold() if found else ""
            role = roles.get(named, "line holder" if column == "holder" else "not known")
            try:
                person = parse(text[: found.start()] if found and named in roles else text, "person")
            except NotASelector:
                self.advice.append(NO_BIRTH)
            else:
                yield Said("role", "person", person.key, role)


def _as_report(row: Row, values: Mapping[str, str]) -> Row:
    """The row as a report of one item: its words, its grade, marking and circulation. Other words, another report."""
    told = {column: values[column] for column in TOLD if values[column]}
    words = "\x1f".join(values[column] for column in LINE_ROWS.every)
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16].upper()
    content = dict.fromkeys(REPORT_ROWS.every, "") | {
        "report": f"{values['reference']} {digest}",
        "date_of_intelligence": values["last_seen"],
        "title": f"Entry {values['reference']} in a register of lines",
        "text": "\n".join(f"{label_of(column)}: {value}" for column, value in told.items()),
        **{column: values[column] for column in (*GRADING, "marking", "circulation")},
    }
    return Row(row.line, content, row.raw)


def label_of(column: str) -> str:
    """A column as a person reads it."""
    return column.replace("_", " ").capitalize()


def own_column(column: str) -> str:
    """The column of the register from which a column of its report is made."""
    made: dict[str, str] = {"date_of_intelligence": "last_seen", "text": "notes", "title": "reference",
                            "report": "reference"}  # fmt: skip
    return made.get(column, column)
