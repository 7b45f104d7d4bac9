"""What the pages of a load say of each kind of file: reports, or a register of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from throughline.intelligence.report_columns import COLUMNS
from throughline.intelligence.report_layout import (
    BORN,
    GIVEN,
    GRADE,
    MANY,
    NAME,
    POSTCODE,
    SELECTOR,
    STREET,
    SURNAME,
)
from throughline.loads.call_maps import CALLS
from throughline.loads.contents import LINES, REPORTS
from throughline.loads.line_rows import LINE_ROWS, label_of
from throughline.selectors.registry import KINDS


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind of file: where its loads are, what its columns hold, and what every row needs."""

    title: str
    page: str
    active: str
    back: tuple[str, str]
    file: str
    columns: Sequence[str]
    uses: Mapping[str, str]
    many: frozenset[str]
    needed: tuple[str, ...]
    fixed: tuple[str, ...]
    hints: Mapping[str, str]
    long: frozenset[str]
    advice: str


_CODES: Final = {
    "source": "Source evaluation (1 to 3)", "assessment": "Intelligence assessment (A to E)",
    "handling": "Handling code (P or C)", GRADE: "Grade in one cell, such as 2BP", "action": "Action code",
    "sanitisation": "Sanitisation code", "instructions": "Handling instructions", "marking": "Protective marking",
    "circulation": "Circulation",
}  # fmt: skip
_CODE_HINTS: Final = {
    "source": "1, 2 or 3. With the whole grade blank the item waits for a person to grade it",
    "assessment": "A, B, C, D or E", "handling": "P, or C with conditions",
    "action": "Only under C: A1, A2 or A3", "sanitisation": "Only under C: S1 or S2",
    "instructions": "Only under C: what whoever reads it must respect", "marking": "OFFICIAL or OFFICIAL-SENSITIVE",
    "circulation": "Codes of bodies such as NORF;KENT, or all. Blank for nobody else",
}  # fmt: skip
_OF_REPORTS: Final = {
    "report": "Reference of the report", "date_of_intelligence": "Date of the intelligence", "title": "Title",
    "item": "Number of the item", "text": "Text of the item", **_CODES, "selectors": "Selectors, written kind:value",
    **{f"{SELECTOR}{kind.name}": f"Selector: {kind.label}" for kind in KINDS.values()},
    SURNAME: "Person: surname", GIVEN: "Person: given names", NAME: "Person: whole name", BORN: "Person: date of birth",
    STREET: "Place: house and street", POSTCODE: "Place: postcode, to go with the street",
}  # fmt: skip
_REPORT_HINTS: Final = {
    "report": "Your force's own reference, such as NC/1/26. Rows that share one are one report",
    "date_of_intelligence": "Such as 31/01/2026 or 2026-01-31", "title": "One line, without names or numbers",
    "item": "From 1; blank for the next", "text": "What is reported", **_CODE_HINTS,
    "selectors": "Such as phone:07700 900123;vehicle:AB12 CDE",
}  # fmt: skip
_OF_LINES: Final = {
    **{column: label_of(column) for column in LINE_ROWS.every}, **_CODES,
    "reference": "Your own reference of the line", "name": "Name that it trades under", "numbers": "Numbers",
    "people": "People, with their roles", "holder": "Line holder", "group": "Group behind it",
    "officer": "Lead responsible officer", "priority": "Your own priority or tier", "score": "Your own score",
    "notes": "Notes, kept in the words of the item",
}  # fmt: skip
_LINE_HINTS: Final = {
    **dict.fromkeys(LINE_ROWS.every, "Several are parted by ;"), **_CODE_HINTS,
    "reference": "Rows that share one tell of one line", "name": "Without 'line'",
    "source": "1, 2 or 3. Everything on a line rests on a graded item",
    "people": "Surname, given name, date of birth (role), parted by ;",
    "holder": "Surname, given name, date of birth", "numbers": "Parted by ; or ,",
    "first_seen": "Such as 31/01/2026 or 2026-01-31", "last_seen": "Such as 31/01/2026 or 2026-01-31",
    "group": "The group that runs the line", "status": "Live, or blank for a proposal",
    "officer": "Who answers for the line", "priority": "As your body states it", "score": "As your body states it",
    "notes": "What else is known",
}  # fmt: skip
WORDINGS: Final = {
    REPORTS: Wording(
        "Load reports", "report-load", "reports", ("reports", "Reports"), "File of reports", COLUMNS, _OF_REPORTS, MANY,
        ("date_of_intelligence", "title", "text", "marking"),
        ("title", "marking", "circulation", "source", "assessment", "handling"), _REPORT_HINTS,
        frozenset({"text", "selectors", "instructions"}), "What the POLE minimum standard would still ask for",
    ),
    LINES: Wording(
        "Load a register of lines", "line-load", "lines", ("lines", "County lines"), "Register of lines",
        LINE_ROWS.every, _OF_LINES, frozenset(LINE_ROWS.many), ("last_seen", "marking", "source"),
        ("last_seen", "marking", "circulation", "source", "assessment", "handling"), _LINE_HINTS,
        frozenset({"notes", "people", "instructions"}), "What to know of these rows",
    ),
    # Calls have questions of their own; of the page of a load only the way back differs.
    CALLS: Wording(
        "Authorities for call data", "authorities", "reports", ("authorities", "Authorities for call data"),
        "File of calls", (), {}, frozenset(), (), (), {}, frozenset(), "What to know of these rows",
    ),
}  # fmt: skip
