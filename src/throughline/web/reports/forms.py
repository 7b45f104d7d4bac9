"""What a person asks of the list of reports, and how a report is graded, circulated or rejected."""

from typing import TypeVar

from throughline.access.reader import Reader
from throughline.intelligence.grading import (
    Action,
    Assessment,
    Grade,
    GradeRefused,
    Handling,
    Sanitising,
    Source,
    grade_from,
)
from throughline.organisations.queries import body_cards
from throughline.web.fields import Choice, ManyOf, OneOf, Select, Text, TextArea
from throughline.web.forms import Form

STATES = {
    "received": "Received", "graded": "Graded", "circulated": "Circulated", "rejected": "Rejected",
    "corrected": "Corrected", "withdrawn": "Withdrawn",
}  # fmt: skip
NOBODY, NAMED, EVERYONE = "nobody", "named", "everyone"
_Code = TypeVar("_Code", Source, Assessment, Handling, Action, Sanitising)


def coded(codes: type[_Code]) -> list[Choice]:
    """The codes of one part of a grade as choices, each with its meaning."""
    return [Choice(str(code), f"{code}: {code.label}", code.help) for code in codes]


class FilterForm(Form):
    """Which reports to list."""

    text = Text(
        "Words", hint="As they may stand in a report, such as: hostel", limit=500, input_type="search"
    )
    owner = Select("Body", empty="Every body")
    state = Select("State", choices=[Choice(*state) for state in STATES.items()], empty="Every state")


class GradeForm(Form):
    """The grade of one item (3x5x2). The last three questions are for handling code C alone."""

    source = OneOf("Source evaluation", choices=coded(Source), needed="Choose a source evaluation")
    assessment = OneOf(
        "Intelligence assessment", choices=coded(Assessment), needed="Choose an intelligence assessment"
    )
    handling = OneOf("Handling code", choices=coded(Handling), needed="Choose a handling code")
    action = OneOf("Action code", hint="Only under handling code C", choices=coded(Action))
    sanitisation = OneOf("Sanitisation code", hint="Only under handling code C", choices=coded(Sanitising))
    instructions = TextArea(
        "Handling instructions",
        hint="Only under handling code C: what whoever reads it must respect, such as: ring our desk before you act",
        limit=2_000, rows=3,
    )  # fmt: skip

    grade: Grade

    def rules(self) -> None:
        try:
            self.grade = grade_from(**{name: self.answers[name] for name in GradeForm.fields})
        except GradeRefused as refused:
            for problem in refused.problems:
                self.refuse(problem.field, problem.sentence)


class CirculationForm(Form):
    """Who may know the report besides the body that owns it."""

    circulation = OneOf(
        "Who is it circulated to?",
        hint="Those who need it to act. They are told of it at once; more bodies can be added later",
        needed="Choose who the report is circulated to",
        choices=[
            Choice(NAMED, "The bodies chosen below"),
            Choice(EVERYONE, "Every body"),
        ],
    )
    bodies = ManyOf("Bodies", hint="Only when it goes to the bodies chosen here")

    def rules(self) -> None:
        if self.circulation == NAMED and not self.bodies:
            self.refuse("bodies", "Choose at least one body, or circulate it to every body")
        if self.circulation == EVERYONE and self.bodies:
            self.refuse("bodies", "Leave the bodies empty if the report goes to every body")


class WidenForm(Form):
    """Who else may know a circulated report, and why."""

    bodies = ManyOf("Bodies", hint="Besides those that have it already", needed="Choose at least one body")
    why = TextArea("Why do they need it?", hint="Kept in the journal and the history, such as: the line now reaches "
                   "their area", limit=500, rows=3,
                   needed="Say why they need it")  # fmt: skip


class RejectForm(Form):
    """Why a report is not taken."""

    why = TextArea("Why is it rejected?", hint="Its author reads this: say what is missing or wrong, so that it "
                   "can be written again", limit=1_000, rows=3,
                   needed="Say why the report is rejected")  # fmt: skip


def bodies_without(reader: Reader, names: tuple[str, ...]) -> list[Choice]:
    """Every other body but those named already."""
    return [choice for choice in other_bodies(reader) if choice.text not in names]


def other_bodies(reader: Reader) -> list[Choice]:
    """Every body but the reader's own."""
    return [Choice(card.code, card.name) for card in body_cards().values() if card.code != reader.body_code]
