"""How the optional columns of a file of reports are read: what the report says of itself, once."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from throughline.intelligence.about import (
    LONGEST_CAVEAT,
    LONGEST_CONTACT,
    LONGEST_PROVENANCE,
    NOTHING_MORE,
    About,
    Provenance,
    pii_from,
    priority_from,
    sensitive_source_from,
    threats_from,
    words_from,
)
from throughline.intelligence.grading import Grade, GradeRefused, grade_from
from throughline.intelligence.report_cells import CellProblem
from throughline.intelligence.report_columns import ABOUT_COLUMNS, Row

Problems = list[tuple[str, str]]
_Read = TypeVar("_Read")
_GRADE: Final = ("source", "assessment", "handling", "action", "sanitisation", "instructions")


def about_from(rows: list[Row], faults: dict[int, Problems]) -> About:
    """What the first row says; a later one must agree or be blank. Faults are added to their row's."""
    if not rows:
        return NOTHING_MORE
    first, *later = rows
    said = {column: first.values.get(column, "").strip() for column in ABOUT_COLUMNS}
    for row in later:
        faults[row.line] += [
            (column, f"The {column} is not that of the report's first row.")
            for column in ABOUT_COLUMNS
            if row.values.get(column, "").strip() not in ("", said[column])
        ]
    return _read(said, faults[first.line]) if any(said.values()) else NOTHING_MORE


def _read(said: dict[str, str], problems: Problems) -> About:
    def read(column: str, how: Callable[[str], _Read], blank: _Read) -> _Read:
        try:
            return how(said[column])
        except CellProblem as problem:
            problems.append((column, str(problem)))
            return blank

    return About(
        threats=read("threats", threats_from, ()),
        priority=read("priority", priority_from, ""),
        caveat=read("caveat", partial(words_from, name="caveat", most=LONGEST_CAVEAT), ""),
        contact=read("contact", partial(words_from, name="contact", most=LONGEST_CONTACT), ""),
        pii=read("pii", pii_from, ""),
        sensitive_source=read("sensitive_source", sensitive_source_from, ""),
        provenance=_provenance(said, read, problems),
    )


def _provenance(
    said: dict[str, str], read: Callable[[str, Callable[[str], str], str], str], problems: Problems
) -> Provenance | None:
    text = read("provenance", partial(words_from, name="provenance", most=LONGEST_PROVENANCE), "")
    codes = {name: said[f"provenance_{name}"] for name in _GRADE}
    if text:
        return Provenance(text, _grade(codes, problems) if any(codes.values()) else None)
    if any(codes.values()):
        problems.append(
            ("provenance", "The provenance is graded but blank: write the statement, or leave out its grade.")
        )
    return None


def _grade(codes: dict[str, str], problems: Problems) -> Grade | None:
    try:
        return grade_from(**codes)
    except GradeRefused as refusal:
        problems += [(f"provenance_{problem.field}", problem.sentence) for problem in refusal.problems]
        return None
