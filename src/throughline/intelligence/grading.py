"""How far an item of intelligence may be trusted and shared: the 3x5x2 codes, and a grade made of them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, Self, TypeVar

SCHEME: Final = "3x5x2"
"""Recorded beside every grade, so that a grade made under another scheme is never read as one of ours."""

TRIO: Final = re.compile(r"\[([1-3])([A-E])([PC])\]")
"""A grade as it is printed after an item: source, assessment and handling in brackets, `[1BP]`."""

LONGEST_INSTRUCTIONS: Final = 2_000


class _Code(StrEnum):
    """A code with the words an officer reads beside it: a `label`, and one line of `help`."""

    label: str
    help: str

    def __new__(cls, code: str, label: str, help_line: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.help = help_line
        return member


class Source(_Code):
    """How reliable the source is.

    From the College of Policing's intelligence management APP, as read in a third party's account of it.
    """

    RELIABLE = (
        "1",
        "Reliable",
        "The source has been found reliable before, or its reliability is not in doubt.",
    )
    UNTESTED = (
        "2",
        "Untested",
        "There is no record by which to judge this source, or it is not yet known to be right.",
    )
    NOT_RELIABLE = "3", "Not reliable", "There is reason to doubt this source: say why in the report."


class Assessment(_Code):
    """How the source came to know it, and whether anything else bears it out.

    From the College of Policing's intelligence management APP, as read in a third party's account of it.
    """

    DIRECT = "A", "Known directly to the source", "The source saw, heard or did it at first hand."
    CORROBORATED = (
        "B",
        "Known indirectly to the source but corroborated",
        "The source was told it, and separate information bears it out.",
    )
    INDIRECT = (
        "C",
        "Known indirectly to the source",
        "The source was told it, and nothing else bears it out yet.",
    )
    NOT_KNOWN = "D", "Not known", "There is no way to judge how the source came to know it."
    FALSE = "E", "Suspected to be false", "The information is thought to be untrue: say why in the report."


class Handling(_Code):
    """Whether the item may be shared as it stands.

    P and C: the College of Policing's 3x5x2, with its tests of a policing purpose and a legitimate need.
    """

    PERMITTED = (
        "P",
        "Lawful sharing permitted",
        "May be shared for a policing purpose with anyone who has a legitimate need.",
    )
    CONDITIONS = (
        "C",
        "Lawful sharing permitted with conditions",
        "May be shared only as the action code, the sanitisation code and the written instructions say.",
    )


class Action(_Code):
    """What a recipient may do with an item under C.

    The meanings are read in a third party's account of the scheme. The short labels are unverified: check
    against the College APP.
    """

    DEVELOP_COVERTLY = (
        "A1",
        "Covert development",
        "May be combined or corroborated. Ask the originator before acting on it or what is drawn from it.",
    )
    USE_COVERTLY = (
        "A2",
        "Covert use",
        "Covert action only, protecting source and technique. Not for evidence, or for an arrest on its own.",
    )
    USE_OVERTLY = "A3", "Overt use", "Overt action is permitted, as the owner of the intelligence specifies."


class Sanitising(_Code):
    """Who may take the source's traces out of an item under C so that it can go further.

    The meanings are read in a third party's account of the scheme. The short label of S1 is unverified: check
    against the College APP.
    """

    DELEGATED = "S1", "Delegated authority", "You may sanitise it for wider circulation without asking first."
    CONSULT = "S2", "Consult the originator", "Do not sanitise it before you have consulted the originator."


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be respected by anyone who is given an item under C."""

    action: Action
    sanitising: Sanitising
    instructions: str


@dataclass(frozen=True, slots=True)
class Grade:
    """One item's 3x5x2 grade. No conditions means P; a C without its codes cannot be written down."""

    source: Source
    assessment: Assessment
    conditions: Conditions | None

    scheme: ClassVar[str] = SCHEME

    def __str__(self) -> str:
        return f"{self.source}{self.assessment}{self.handling}"

    @property
    def handling(self) -> Handling:
        """P, or C when there are conditions."""
        return Handling.CONDITIONS if self.conditions else Handling.PERMITTED

    @property
    def trio(self) -> str:
        """The grade as printed after an item: `[1BP]`."""
        return f"[{self}]"


class GradeProblem(ValueError):
    """One fault in a grade: the `field` it is in, and a `sentence` that says what to write instead."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class GradeRefused(ValueError):
    """A grade that cannot be accepted, with every one of its `problems`, to be mended at once."""

    def __init__(self, problems: list[GradeProblem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)


_AnyCode = TypeVar("_AnyCode", bound=_Code)

_NAMES: Final[dict[str, str]] = {
    "source": "source evaluation",
    "assessment": "intelligence assessment",
    "handling": "handling code",
    "action": "action code",
    "sanitisation": "sanitisation code",
}

_OLDER_CODES: Final = {
    "source": frozenset("ABCDE"),
    "assessment": frozenset("12345"),
    "handling": frozenset("12345"),
}
"""The codes of 5x5x5, which 3x5x2 replaced: letters and figures stand the other way round."""


def grade_from(
    *,
    source: str,
    assessment: str,
    handling: str,
    action: str = "",
    sanitisation: str = "",
    instructions: str = "",
) -> Grade:
    """Read the six boxes of the form as a grade; spaces and lower case are forgiven.

    Under C the action code, the sanitisation code and written instructions are all required; under P all
    three must be blank (College of Policing 3x5x2; an NCA report form in public code enforces the same).
    Raises `GradeRefused` with every problem found. A 5x5x5 code is refused and never converted.
    """
    problems: list[GradeProblem] = []
    read_source = _read(Source, "source", source, problems)
    read_assessment = _read(Assessment, "assessment", assessment, problems)
    read_handling = _read(Handling, "handling", handling, problems)
    conditions = None
    if read_handling is Handling.CONDITIONS:
        conditions = _conditions(action, sanitisation, instructions, problems)
    elif read_handling is Handling.PERMITTED:
        problems += _conditions_under_p(action=action, sanitisation=sanitisation, instructions=instructions)
    if problems or read_source is None or read_assessment is None:
        raise GradeRefused(problems)
    return Grade(read_source, read_assessment, conditions)


def _read(kind: type[_AnyCode], field: str, text: str, problems: list[GradeProblem]) -> _AnyCode | None:
    code = text.strip().upper()
    found = {member.value: member for member in kind}.get(code)
    if found is None:
        problems.append(GradeProblem(field, _refusal(kind, field, code)))
    return found


def _refusal(kind: type[_Code], field: str, code: str) -> str:
    allowed = _listed([member.value for member in kind])
    if not code:
        return f"The {_NAMES[field]} is blank: write {allowed}."
    if code in _OLDER_CODES.get(field, frozenset()):
        return (
            f"The {_NAMES[field]} {code} is 5x5x5; Throughline takes {SCHEME} and converts nothing: "
            f"have the item graded again and write {allowed}; or, in a file, write 5x5x5 in the column scheme."
        )
    return f"The {_NAMES[field]} {code[:20]!a} is not one of {allowed}."


def _conditions(
    action: str, sanitisation: str, instructions: str, problems: list[GradeProblem]
) -> Conditions | None:
    read_action = _read(Action, "action", action, problems)
    read_sanitising = _read(Sanitising, "sanitisation", sanitisation, problems)
    written = instructions.strip()
    if not written:
        problems.append(GradeProblem("instructions", "Handling code C needs written handling instructions."))
    if len(written) > LONGEST_INSTRUCTIONS:
        problems.append(GradeProblem("instructions", _too_long(len(written))))
    if read_action is None or read_sanitising is None:
        return None
    return Conditions(read_action, read_sanitising, written)


def _conditions_under_p(**boxes: str) -> list[GradeProblem]:
    return [
        GradeProblem(field, f"Handling code P takes no {_NAMES.get(field, field)}: leave it blank, or use C.")
        for field, text in boxes.items()
        if text.strip()
    ]


def _too_long(length: int) -> str:
    return f"The handling instructions are {length:,} characters long; {LONGEST_INSTRUCTIONS:,} is the most."


def _listed(codes: list[str]) -> str:
    return f"{', '.join(codes[:-1])} or {codes[-1]}"
