"""The grades of 5x5x5, the scheme before 3x5x2: read and shown as they are, and never converted.

The codes are read in accounts of the old form. Their wording here is from general knowledge and unverified: see
docs/unverified.md.
"""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from throughline.intelligence.grading import LONGEST_INSTRUCTIONS, GradeProblem, GradeRefused

OLDER_SCHEME: Final = "5x5x5"

OLDER_TRIO: Final = re.compile(r"\[?([A-E])([1-5])([1-5])\]?")
"""A grade of 5x5x5: letters and figures stand the other way round, so none is ever taken for a 3x5x2."""

SOURCES: Final = {
    "A": "Always reliable",
    "B": "Mostly reliable",
    "C": "Sometimes reliable",
    "D": "Unreliable",
    "E": "Untested source",
}
ASSESSMENTS: Final = {
    "1": "Known to be true without reservation",
    "2": "Known personally to the source but not to the person reporting",
    "3": "Not known personally to the source, but corroborated",
    "4": "Cannot be judged",
    "5": "Suspected to be false",
}
HANDLINGS: Final = {
    "1": "May be shared within the police service and with other law enforcement agencies",
    "2": "May be shared with parties in the United Kingdom that do not prosecute",
    "3": "May be shared with law enforcement agencies abroad",
    "4": "Within the originating body only",
    "5": "May be shared, but the receiving body must observe the conditions given",
}
STAYS_HOME: Final = frozenset({"4", "5"})
"""Handling codes under which an item is not circulated from here: 4 forbids it, and the conditions of 5 are words that
nothing here can hold anyone to. It goes further once a person has graded it under 3x5x2 or made a sanitised version."""


@dataclass(frozen=True, slots=True)
class OlderGrade:
    """One item's 5x5x5 grade, as it was recorded."""

    source: str
    assessment: str
    handling: str
    instructions: str = ""

    scheme: ClassVar[str] = OLDER_SCHEME
    conditions: ClassVar[None] = None

    def __str__(self) -> str:
        return f"{self.source}{self.assessment}{self.handling}"

    @property
    def stays_home(self) -> bool:
        """Whether the item may not be circulated under this grade."""
        return self.handling in STAYS_HOME


def why_it_stays_home(number: int, handling: str) -> str:
    """Why a report with this item is not circulated, and what to do instead."""
    return (
        f"Item {number} is under 5x5x5 handling code {handling}, so the report is not circulated. "
        "Make a sanitised version, which is graded anew."
    )


_PARTS: Final = (
    ("source", SOURCES, "A to E"),
    ("assessment", ASSESSMENTS, "1 to 5"),
    ("handling", HANDLINGS, "1 to 5"),
)


def older_grade_from(
    *, source: str, assessment: str, handling: str, action: str = "", sanitisation: str = "", instructions: str = "",
) -> OlderGrade:  # fmt: skip
    """Read the boxes of a row of the older scheme. Action and sanitisation codes belong to 3x5x2 and must be blank.

    Raises `GradeRefused` with every problem found.
    """
    given = {"source": source.strip().upper(), "assessment": assessment.strip(), "handling": handling.strip()}
    problems = [
        GradeProblem(name, f"The 5x5x5 {name} {given[name][:20]!a} is not one of {allowed}.")
        for name, codes, allowed in _PARTS
        if given[name] not in codes
    ]
    problems += [
        GradeProblem(name, f"5x5x5 has no {name} code: leave it blank.")
        for name, text in (("action", action), ("sanitisation", sanitisation))
        if text.strip()
    ]
    written = instructions.strip()
    if len(written) > LONGEST_INSTRUCTIONS:
        problems.append(
            GradeProblem(
                "instructions",
                f"The handling instructions are longer than {LONGEST_INSTRUCTIONS:,} characters.",
            )
        )
    if problems:
        raise GradeRefused(problems)
    return OlderGrade(**given, instructions=written)


def older_codes(grade: str) -> list[tuple[str, str]]:
    """Each code of ``B21`` with its meaning in its own scheme; none if it is not a grade of 5x5x5."""
    found = OLDER_TRIO.fullmatch(grade)
    if not found:
        return []
    source, assessment, handling = found.groups()
    return [(source, SOURCES[source]), (assessment, ASSESSMENTS[assessment]), (handling, HANDLINGS[handling])]


def older_in_words(grade: str) -> str:
    """``B21`` spelled out; nothing if it is not a grade of 5x5x5."""
    meanings = [meaning for _, meaning in older_codes(grade)]
    return f"5x5x5: {'; '.join(meanings)}" if meanings else ""
