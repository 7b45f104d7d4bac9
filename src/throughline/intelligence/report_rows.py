"""How the rows of a file become whole reports, or are refused with the line, the column and the reason."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Final, TypeVar

from throughline.intelligence.about import NOTHING_MORE, About
from throughline.intelligence.about_rows import about_from
from throughline.intelligence.grading import SCHEME, Grade, GradeRefused, grade_from
from throughline.intelligence.older_grading import OLDER_SCHEME, OlderGrade, older_grade_from
from throughline.intelligence.report_cells import (
    CellProblem,
    Circulation,
    Classification,
    circulation_from,
    classification_from,
    date_from,
    item_number_from,
    plain_text,
    reference_from,
    refuse_formula,
    shown,
    text_from,
    title_from,
)
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_groups import MOST_ROWS, Group, reference_of, row_groups
from throughline.selectors.registry import NotASelector, Selector, parse_many, parts_of

__all__ = [
    "MOST_ROWS",
    "Circulation",
    "Classification",
    "ItemDraft",
    "ReportDraft",
    "classification_from",
    "draft_reports",
    "whole_groups",
]

_GRADE_COLUMNS: Final = ("source", "assessment", "handling", "action", "sanitisation", "instructions")
_CODE_COLUMNS: Final = _GRADE_COLUMNS[:-1]
_SHARED_COLUMNS: Final = ("date_of_intelligence", "title", "marking", "circulation")


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One item, read but not yet kept. With no grade it waits for a person to give it one."""

    number: int
    text: str
    grade: Grade | OlderGrade | None
    selectors: tuple[Selector, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """One whole report, read but not yet kept; `report` is its originator's reference, items are in order."""

    report: str
    date_of_intelligence: date
    title: str
    classification: Classification
    circulation: Circulation
    items: tuple[ItemDraft, ...]
    lines: tuple[int, ...]
    is_sanitised: bool = False
    about: About = NOTHING_MORE

    @property
    def content_hash(self) -> str:
        """SHA-256, in hex, of what the report says, wherever in whatever file its rows stand.

        The same hash means that there is nothing new, so the same file loaded twice changes nothing.
        """
        content = {
            "report": self.report,
            "date": self.date_of_intelligence.isoformat(),
            "title": self.title,
            "classification": int(self.classification),
            "circulation": asdict(self.circulation),
            "items": [_item_content(item) for item in self.items],
        }
        if self.about != NOTHING_MORE:
            # Only then: a report recorded before there were such columns must still be found unchanged.
            content["about"] = asdict(self.about)
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _item_content(item: ItemDraft) -> dict[str, object]:
    return {
        "number": item.number,
        "text": item.text,
        "grade": asdict(item.grade) | {"scheme": item.grade.scheme} if item.grade else None,
        "selectors": sorted([selector.kind, selector.key] for selector in item.selectors),
    }


def draft_reports(
    rows: Iterable[Row | RejectedRow], *, bodies: frozenset[str], today: date
) -> Iterator[ReportDraft | RejectedRow]:
    """Gather adjacent rows of one reference into reports; every row comes out in a draft or as a rejection.

    `bodies` are the codes that a circulation may name. A report with one refused row is held back whole, so
    nothing is ever half-written; a reference that comes back further down, after other reports, is refused.
    One report is held at a time, besides the references already seen (about 100 bytes a report).
    """
    door = _Door(bodies, today)
    for group in whole_groups(rows):
        if isinstance(group, RejectedRow):
            yield group
        else:
            yield from _report(group, door)


def whole_groups(rows: Iterable[Row | RejectedRow]) -> Iterator[Group | RejectedRow]:
    """Part the rows into reports; a row that can belong to none comes out as a rejection."""
    seen: dict[str, int] = {}
    for group in row_groups(rows):
        first = group.rows[0].line
        if not group.report:
            yield from _each_refused(group.rows, "report", "The report's reference is blank.")
        elif group.report in seen:
            yield from _each_refused(group.rows, "report", _comes_back(group.report, seen[group.report]))
        elif group.is_too_long:
            yield from _each_refused(group.rows, "report", _too_many(group.report))
        else:
            yield group
        seen.setdefault(group.report, first)


def _comes_back(report: str, first: int) -> str:
    return (
        f"The report {shown(report)} began on line {first} and comes back here: "
        "put all its rows together, one after the other, and no more than "
        f"{MOST_ROWS:,} of them."
    )


def _too_many(report: str) -> str:
    return f"The report {shown(report)} has more than {MOST_ROWS:,} rows, or is too large to be one report."


def _each_refused(rows: Iterable[Row | RejectedRow], column: str, reason: str) -> Iterator[RejectedRow]:
    for row in rows:
        yield row if isinstance(row, RejectedRow) else _refused(row, column, reason)


def _refused(row: Row, column: str, reason: str) -> RejectedRow:
    return RejectedRow(
        row.line, column, reason, row.raw, reference_of(row), values=row.values, faults=((column, reason),)
    )


_Problems = list[tuple[str, str]]
"""Each fault of a row: the column, and the sentence."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class _Door:
    """What is known where the rows come in: the bodies there are, and the day."""

    bodies: frozenset[str]
    today: date


@dataclass(frozen=True, slots=True)
class _Heading:
    """What one row says of its report as a whole; none where it says nothing, or nothing that can be read."""

    date_of_intelligence: date | None
    title: str | None
    marking: Classification | None
    circulation: Circulation | None


def _report(group: Group, door: _Door) -> Iterator[ReportDraft | RejectedRow]:
    rows = [row for row in group.rows if isinstance(row, Row)]
    faults: dict[int, _Problems] = {row.line: [] for row in rows}
    heading = _heading(rows, faults, door)
    about = about_from(rows, faults)
    items = _items(rows, faults)
    _keep_at_home(items, heading.circulation, faults)
    bad = [row.line for row in group.rows if isinstance(row, RejectedRow) or faults[row.line]]
    if not bad:
        yield replace(_draft(group.report, heading, items), about=about)
        return
    held_back: _Problems = [("report", f"Held back because line {bad[0]} of this report was refused.")]
    for row in group.rows:
        yield row if isinstance(row, RejectedRow) else _with_reasons(row, faults[row.line] or held_back)


def _keep_at_home(
    items: list[ItemDraft], circulation: Circulation | None, faults: dict[int, _Problems]
) -> None:
    if circulation is None or circulation == Circulation():
        return
    for item in items:
        if isinstance(item.grade, OlderGrade) and item.grade.stays_home:
            faults[item.line].append(
                ("handling", f"Under 5x5x5 handling code {item.grade.handling} an item is not circulated: leave the "
                 "circulation blank, and have it graded anew or a sanitised version made.")
            )  # fmt: skip


def _draft(report: str, heading: _Heading, items: list[ItemDraft]) -> ReportDraft:
    when, title, marking = heading.date_of_intelligence, heading.title, heading.marking
    if when is None or title is None or marking is None or heading.circulation is None:
        raise AssertionError("a report with no fault has a whole heading")
    in_order = tuple(sorted(items, key=lambda item: item.number))
    lines = tuple(item.line for item in items)
    return ReportDraft(report, when, title, marking, heading.circulation, in_order, lines)


def _with_reasons(row: Row, problems: _Problems) -> RejectedRow:
    columns = dict.fromkeys(column for column, _ in problems)
    reasons = dict.fromkeys(sentence for _, sentence in problems)
    refused = _refused(row, ", ".join(columns), " ".join(reasons))
    return replace(refused, faults=tuple(problems))


def _heading(rows: list[Row], faults: dict[int, _Problems], door: _Door) -> _Heading:
    """Read what a report says once: from its first row, with which every later one must agree or be blank."""
    if not rows:
        return _Heading(None, None, None, None)
    first, *later = rows
    _try(faults[first.line], "report", reference_from, first.values["report"])
    heading = _read_heading(first.values, faults[first.line], door)
    for row in later:
        said = {column for column in _SHARED_COLUMNS if row.values[column].strip()}
        values = {column: (row if column in said else first).values[column] for column in _SHARED_COLUMNS}
        problems: _Problems = []
        found = _read_heading(values, problems, door)
        faults[row.line] += [problem for problem in problems if problem[0] in said]
        faults[row.line] += _differences(heading, found, row, said)
    return heading


def _read_heading(values: dict[str, str], problems: _Problems, door: _Door) -> _Heading:
    when = partial(date_from, today=door.today)
    circulation = partial(circulation_from, bodies=door.bodies)
    return _Heading(
        _try(problems, "date_of_intelligence", when, values["date_of_intelligence"]),
        _try(problems, "title", title_from, values["title"]),
        _try(problems, "marking", classification_from, values["marking"]),
        _try(problems, "circulation", circulation, values["circulation"]),
    )


def _differences(first: _Heading, found: _Heading, row: Row, said: set[str]) -> _Problems:
    return [
        (column, f"The {column} {shown(row.values[column])} is not that of the report's first row.")
        for column in _SHARED_COLUMNS
        if column in said and _differ(getattr(first, column), getattr(found, column))
    ]


def _differ(first: object, found: object) -> bool:
    return first is not None and found is not None and first != found


def _items(rows: list[Row], faults: dict[int, _Problems]) -> list[ItemDraft]:
    items: list[ItemDraft] = []
    lines: dict[int, int] = {}
    last = 0
    for row in rows:
        problems = faults[row.line]
        number = _try(problems, "item", partial(item_number_from, after=last), row.values["item"])
        text = _try(problems, "text", text_from, row.values["text"])
        grade = _grade(row, problems)
        selectors = _selectors(row.values["selectors"], problems)
        if number is None:
            continue
        if number in lines:
            problems.append(("item", f"The item {number} stands on line {lines[number]} already."))
        last = number
        lines.setdefault(number, row.line)
        items.append(ItemDraft(number, text or "", grade, selectors, row.line))
    return items


def _grade(row: Row, problems: _Problems) -> Grade | OlderGrade | None:
    """Read the grade, which is none when all six boxes are blank: a person will give it."""
    scheme = row.values.get("scheme", "").strip().casefold() or SCHEME
    if scheme not in _READERS:
        problems.append(("scheme", f"The scheme {shown(scheme)} is not one of {', '.join(_READERS)}."))
        return None
    boxes = {column: row.values[column] for column in _GRADE_COLUMNS}
    if not any(box.strip() for box in boxes.values()):
        return None
    faulty = len(problems)
    for column in _CODE_COLUMNS:
        _try(problems, column, refuse_formula, boxes[column].strip())
    instructions = partial(plain_text, name="instructions")
    boxes["instructions"] = _try(problems, "instructions", instructions, boxes["instructions"]) or ""
    if len(problems) > faulty:
        return None
    try:
        return _READERS[scheme](**boxes)
    except GradeRefused as refusal:
        problems += [(problem.field, problem.sentence) for problem in refusal.problems]
        return None


_READERS: Final[dict[str, Callable[..., Grade | OlderGrade]]] = {
    SCHEME: grade_from,
    OLDER_SCHEME: older_grade_from,
}
"""Each scheme reads its own codes; none is read as another's."""


def _selectors(text: str, problems: _Problems) -> tuple[Selector, ...]:
    """Read `kind:value` joined by `;`, each once; a part that is not a selector is named, with the reason."""
    found: dict[Selector, None] = {}
    for place, part in enumerate(parts_of(text), 1):
        read = partial(_selectors_in_part, place=place)
        found |= dict.fromkeys(_try(problems, "selectors", read, part) or ())
    return tuple(found)


def _selectors_in_part(part: str, *, place: int) -> list[Selector]:
    words = plain_text(part, f"selector {place}")
    try:
        return parse_many(words)
    except NotASelector as problem:
        # Read part by part, so that every fault is told; each part then calls itself the first.
        raise CellProblem(f"Selector {place}, {str(problem).removeprefix('Selector 1, ')}") from problem


def _try(problems: _Problems, column: str, read: Callable[[str], _Read], text: str) -> _Read | None:
    try:
        return read(text)
    except CellProblem as problem:
        problems.append((column, str(problem)))
        return None
