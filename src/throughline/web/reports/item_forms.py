"""The questions about each item of a report that is being written; a report has as many as its author wants."""

import functools
from typing import Any

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
from throughline.intelligence.report_cells import CellProblem, text_from
from throughline.selectors.found_in_text import found_in_text
from throughline.selectors.registry import KINDS, NotASelector, Selector, guess, parse
from throughline.web.fields import Choice, ManyOf, OneOf, Text, TextArea
from throughline.web.forms import Form
from throughline.web.reports.forms import coded

MOST_OFFERED = 50
CODES = ("source", "assessment", "handling", "action", "sanitisation", "instructions")


class ItemForm(Form):
    """One item: its words, its selectors and, from whoever may grade, its grade. Names end in the item's number."""

    number = 0

    def answer(self, name: str) -> Any:
        """The answer to a question of this item, or '' when it was not asked."""
        return self.answers.get(f"{name}_{self.number}", "")

    def rules(self) -> None:
        try:
            text_from(self.answer("text"))
        except CellProblem as problem:
            self.refuse(f"text_{self.number}", str(problem))
        self.selectors = self._typed_selectors() + [parse(value) for value in self.answer("found")]
        self.grade = self._grade()

    selectors: list[Selector]
    grade: Grade | None

    def _typed_selectors(self) -> list[Selector]:
        out = []
        for line in filter(None, map(str.strip, self.answer("selectors").splitlines())):
            try:
                out.append(_read_as_one(line))
            except NotASelector as problem:
                self.refuse(f"selectors_{self.number}", f"{line[:60]}: {problem}")
        return out

    def _grade(self) -> Grade | None:
        codes = {name: self.answer(name) for name in CODES}
        if not any(codes.values()):
            return None
        try:
            return grade_from(**codes)
        except GradeRefused as refused:
            for problem in refused.problems:
                self.refuse(f"{problem.field}_{self.number}", problem.sentence)
        return None


def _read_as_one(line: str) -> Selector:
    """What a line says, or a question when it could be several things: a guess could tie the wrong people."""
    readings = guess(line)
    if len(readings) > 1:
        kinds = " or ".join(f"{selector.kind}:" for selector in readings)
        raise NotASelector(f"this could be several things. Put {kinds} before it")
    return readings[0] if readings else parse(line)


@functools.cache
def item_form(number: int, may_grade: bool) -> type[ItemForm]:  # noqa: FBT001 a key of the cache
    """The form of the item with this number."""
    questions: dict[str, Any] = {
        "text": TextArea("What is known", hint="One statement: who, what, why, where, when, how. Say nothing of the "
                         "source, of tactics or of an operation's name.", needed="Write what is known", rows=5),
        "selectors": TextArea("Selectors", hint="One a line: 07700 900123, or vehicle: AB12 CDE. Each is matched "
                              "against every other body's.", limit=10_000, rows=3),
        "found": ManyOf("Found in the text", hint="Tick each that is right. Nothing is matched unless you tick it."),
    }  # fmt: skip
    if may_grade:
        questions |= {
            "source": OneOf("Source evaluation", choices=coded(Source)),
            "assessment": OneOf("Intelligence assessment", choices=coded(Assessment)),
            "handling": OneOf("Handling code", choices=coded(Handling)),
            "action": OneOf("Action code", hint="Only under handling code C", choices=coded(Action)),
            "sanitisation": OneOf(
                "Sanitisation code", hint="Only under handling code C", choices=coded(Sanitising)
            ),
            "instructions": Text(
                "Handling instructions",
                hint="Only under handling code C: what whoever reads it "
                "must respect, such as: ring our desk before you act",
                limit=2_000,
            ),
        }
    named = {f"{name}_{number}": question for name, question in questions.items()}
    return type(f"Item{number}Form", (ItemForm,), {"number": number, **named})


def offers(text: str) -> list[Choice]:
    """The selectors seen in a text, each offered once for a person to confirm."""
    seen = dict.fromkeys(found.selector for found in found_in_text(text))
    return [Choice(f"{s.kind}:{s.key}", s.shown, KINDS[s.kind].label) for s in list(seen)[:MOST_OFFERED]]
