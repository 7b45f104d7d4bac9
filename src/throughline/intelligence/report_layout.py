"""Which column of a file holds what: the standard columns under their own names, or as a body's map says."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from throughline.intelligence.report_columns import (
    COLUMNS,
    HOLDS_NUL,
    REPORT_ROWS,
    RejectedRow,
    Row,
    RowShape,
    Warn,
    column_name,
    one_part,
)
from throughline.intelligence.report_csv import Record
from throughline.intelligence.workbook.dates import day_of
from throughline.intelligence.workbook.rows import Kind, column_letters
from throughline.selectors.registry import KINDS

SELECTOR: Final = "selector:"
"""A column of one kind of selector is used as `selector:phone`."""
SURNAME, GIVEN, NAME, BORN = "person:surname", "person:given", "person:name", "person:born"
STREET, POSTCODE = "address:street", "address:postcode"
GRADE: Final = "grade"
"""The three codes of a grade in one cell, such as 2BP."""
USES: Final = (
    *COLUMNS,
    GRADE,
    *(f"{SELECTOR}{kind}" for kind in KINDS),
    SURNAME,
    GIVEN,
    NAME,
    BORN,
    STREET,
    POSTCODE,
)
MANY: Final = frozenset({"text", "selectors", *(f"{SELECTOR}{kind}" for kind in KINDS)})
"""Uses that several columns may have."""
MADE: Final = "ROW-"
"""Begins the reference of a row whose file gives none: it is made from the row's own words, so it stays the same."""

_GRADE: Final = re.compile(r"\s*([0-9A-Za-z])\s*([A-Za-z0-9])\s*([A-Za-z0-9])\s*")
_SEVERAL: Final = re.compile(r"[;\n]")
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """What each heading is used for, what is the same in every row, and what their values mean.

    `values` are by use, then by their value (as `code_of` has it), ours.
    """

    uses: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet: str = ""
    header_line: int = 0
    shape: RowShape = REPORT_ROWS

    @property
    def is_plain(self) -> bool:
        """Whether each column stands under its own name, as in a file of standard columns."""
        return all(heading == use for heading, use in self.uses.items())

    @property
    def gives(self) -> frozenset[str]:
        """The standard columns that come out of it."""
        uses = {*self.uses.values(), *self.fixed}
        out = uses & set(COLUMNS)
        if GRADE in uses:
            out |= {"source", "assessment", "handling"}
        return frozenset(out | ({"selectors"} if any(":" in use for use in uses) else set()))


STANDARD: Final = Layout(uses={column: column for column in COLUMNS})


def code_of(value: str) -> str:
    """A value as its meaning is looked up: capitals and spaces do not count."""
    return " ".join(value.split()).casefold()


def headings_of(cells: Sequence[str]) -> list[str]:
    """The names of the columns of a header, each unlike any other; a blank one is called by its letters."""
    out: list[str] = []
    for place, cell in enumerate(cells):
        name = " ".join(cell.split())[:100] or f"Column {column_letters(place)}"
        once, times = name, 1
        while name in out:
            times += 1
            name = f"{once} ({times})"
        out.append(name)
    return out


@dataclass(frozen=True, slots=True)
class Placed:
    """A layout put upon the header of one file: the place of each column that is used."""

    layout: Layout
    headings: list[str]
    columns: tuple[tuple[int, str], ...]
    is_workbook: bool = False
    from_1904: bool = False

    def rows(self, records: Iterator[Record | RejectedRow], warn: Warn) -> Iterator[Row | RejectedRow]:
        """Each record under the header as a row, or refused."""
        told: set[int] = set()
        used = {place for place, _ in self.columns}
        for record in records:
            if isinstance(record, RejectedRow):
                yield record
            elif any(cell.strip() for cell in record.cells) or record.kinds:
                for place in record.formulas:
                    if place in used and place not in told:
                        told.add(place)
                        warn(_formula(self.headings[place], record.line))
                yield self.row(record)

    def row(self, record: Record) -> Row | RejectedRow:
        """One record as a row. A cell that holds no value in a column that is used refuses it."""
        cells = self._cells(record)
        reference = self._reference(cells)
        if not self.is_workbook and len(record.cells) != len(self.headings):
            reason = f"This row has {len(record.cells)} cells where the header has {len(self.headings)}."
            return RejectedRow(record.line, "", reason, record.raw, reference)
        if "\0" in record.raw:
            return RejectedRow(
                record.line, "", HOLDS_NUL, record.raw.replace("\0", ""), reference.replace("\0", "")
            )
        is_report = self.layout.shape == REPORT_ROWS
        values = self._values(cells) if is_report else self._plain_values(cells)
        row = Row(record.line, values, record.raw)
        faults = tuple(self._faults(record))
        return row.refused(faults, reference) if faults else row

    def _cells(self, record: Record) -> list[tuple[str, str, str]]:
        """The use, the heading and the value of each column that is used, their codes as ours."""
        out = []
        for place, use in self.columns:
            text = record.cells[place] if place < len(record.cells) else ""
            if use in self.layout.shape.days:
                text = self._day(text, record.kinds.get(place))
            meaning = self.layout.values.get(use)
            out.append((use, self.headings[place], meaning.get(code_of(text), text) if meaning else text))
        return out

    def _day(self, text: str, kind: Kind | None) -> str:
        if kind is Kind.DATE:
            return text[:10]
        day = day_of(text, from_1904=self.from_1904) if kind is Kind.NUMBER else None
        return day.isoformat() if day else text

    def _faults(self, record: Record) -> Iterator[tuple[str, str]]:
        for place, use in self.columns if record.kinds else ():
            sentence = _SENTENCES.get(record.kinds.get(place, Kind.TEXT))
            if sentence:
                shown = record.cells[place] if place < len(record.cells) else ""
                yield column_of(use), sentence.format(heading=self.headings[place], cell=shown[:20])

    def _reference(self, cells: Sequence[tuple[str, str, str]]) -> str:
        given = next((text.strip() for use, _, text in cells if use == self.layout.shape.reference), None)
        if given is not None:
            return given
        words = "\x1f".join(f"{heading}\x1e{text}" for _, heading, text in cells)
        return MADE + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16].upper()

    def _plain_values(self, cells: Sequence[tuple[str, str, str]]) -> dict[str, str]:
        """Each column as it stands, for rows that nothing is put together for."""
        shape = self.layout.shape
        values = dict.fromkeys(shape.every, "") | dict(self.layout.fixed)
        put: dict[str, str] = {}
        for use, _, text in cells:
            put[use] = ";".join(filter(None, (put.get(use, ""), text.strip()))) if use in shape.many else text
        whole_grade = put.pop(GRADE, "")
        codes = _grade(whole_grade) if whole_grade.strip() else {}
        return values | put | codes | {shape.reference: self._reference(cells)}

    def _values(self, cells: Sequence[tuple[str, str, str]]) -> dict[str, str]:
        fixed = {c: v for c, v in self.layout.fixed.items() if c in COLUMNS}
        values = dict.fromkeys(self.layout.shape.every, "") | fixed
        values["report"] = self._reference(cells)
        whole_grade = self.layout.fixed.get(GRADE, "")
        texts: list[str] = []
        selectors = [values["selectors"]] if values["selectors"] else []
        people, places = dict[str, str](), dict[str, str]()
        for use, _, text in cells:
            if use == "text":
                texts.append(text)
            elif use == "selectors":
                selectors += [text] if text.strip() else []
            elif use.startswith(SELECTOR):
                selectors += _of_kind(use.removeprefix(SELECTOR), text)
            elif use in (SURNAME, GIVEN, NAME, BORN):
                people[use] = " ".join(text.split())
            elif use in (STREET, POSTCODE):
                places[use] = " ".join(text.split())
            elif use == GRADE:
                whole_grade = text
            elif use != "report" and (text.strip() or not values[use]):
                values[use] = text
        person, left = _person(people)
        selectors += person + _place(places)
        values["text"] = (
            "\n".join(t for t in (*texts, left) if t.strip()) if left or len(texts) > 1 else "".join(texts)
        )
        values["selectors"] = ";".join(selectors)
        if whole_grade.strip():
            values |= _grade(whole_grade)
        return values


def placed(layout: Layout, header: Sequence[str], *, is_workbook: bool, from_1904: bool = False) -> Placed:
    """Put a layout upon a header. Names are compared as `column_name` has them: capitals do not count."""
    headings = headings_of(header)
    uses = {column_name(heading): use for heading, use in layout.uses.items()}
    if layout.is_plain:
        uses = {column: column for column in layout.shape.optional} | uses
    columns = tuple((n, uses[name]) for n, name in enumerate(map(column_name, headings)) if name in uses)
    return Placed(layout, headings, columns, is_workbook, from_1904)


def column_of(use: str) -> str:
    """The standard column that a use comes out in."""
    if use == GRADE:
        return "source"
    return "selectors" if ":" in use else use


def _of_kind(kind: str, text: str) -> list[str]:
    return [f"{kind}:{one_part(part.strip())}" for part in _SEVERAL.split(text) if part.strip()]


def _person(parts: Mapping[str, str]) -> tuple[list[str], str]:
    """A person as a selector if there is a date of birth; else the name, to be kept in the words."""
    born = parts.get(BORN, "")
    named = ", ".join(part for part in (parts.get(SURNAME, ""), parts.get(GIVEN, "")) if part)
    name = named or parts.get(NAME, "")
    if name and born:
        return [f"person:{one_part(f'{name}, {born}' if named else f'{name} {born}')}"], ""
    return [], f"Person named: {name}." if name else (f"Date of birth: {born}." if born else "")


def _place(parts: Mapping[str, str]) -> list[str]:
    street, postcode = parts.get(STREET, ""), parts.get(POSTCODE, "")
    if street:
        return [f"address:{one_part(f'{street}, {postcode}' if postcode else street)}"]
    return [f"postcode:{one_part(postcode)}"] if postcode else []


def _grade(text: str) -> dict[str, str]:
    found = _GRADE.fullmatch(text)
    codes = found.groups() if found else (text, "", "")
    return dict(zip(("source", "assessment", "handling"), codes, strict=True))


_SENTENCES: Final = {
    Kind.ERROR: "The cell under '{heading}' holds {cell}, an error of the spreadsheet: write the value.",
    Kind.UNSAVED: "The cell under '{heading}' holds a formula whose result was not saved with the file: "
    "open the file in Excel and save it, or write the value.",
    Kind.TOO_LONG: "The cell under '{heading}' holds more text than a cell may.",
}


def _formula(heading: str, line: int) -> str:
    return f"The column '{heading}' holds formulas, the first on row {line}: their results as last saved were used."


def left_aside(headings: Sequence[str]) -> str:
    """Say which columns of a workbook were not read."""
    named = ", ".join(ascii(heading[:60]) for heading in headings[:_SHOWN])
    more = f" and {len(headings) - _SHOWN} more" if len(headings) > _SHOWN else ""
    one = f"The column {named} is not one that Throughline reads: it was left aside."
    many = f"{len(headings)} columns are not ones that Throughline reads and were left aside: {named}{more}."
    return one if len(headings) == 1 else many
