"""More about a report: the questions that most reports can do without, and what the answers say."""

import functools
from collections.abc import Callable
from typing import Any

from throughline.intelligence.about import (
    CAVEAT,
    LONGEST_CAVEAT,
    LONGEST_CONTACT,
    LONGEST_PROVENANCE,
    PRIORITIES,
    About,
    Provenance,
    sensitive_source_from,
)
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
from throughline.intelligence.queries import ReportPage
from throughline.intelligence.report_cells import CellProblem
from throughline.intelligence.threats import threat_families
from throughline.web.fields import Choice, ManyOf, OneOf, Text, TextArea, Wrong
from throughline.web.forms import Form
from throughline.web.reports.forms import coded

CODES = ("source", "assessment", "handling", "action", "sanitisation", "instructions")
PREFIX = "provenance_"


def _checked(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of cells as the check of a box."""

    def check(text: str) -> object:
        try:
            return read(text)
        except CellProblem as problem:
            raise Wrong(str(problem)) from problem

    return check


class AboutForm(Form):
    """What the report says of itself. Every question may be left."""

    threats = ManyOf(
        "What threats is it about?",
        hint="All that fit; none, if none does",
        choices=[Choice(*family) for family in threat_families().items()],
    )
    priority = OneOf(
        "Priority", choices=[Choice(name, name.capitalize(), meaning) for name, meaning in PRIORITIES.items()]
    )
    caveat = TextArea(
        "Dissemination caveat", hint=f"Left empty it reads: {CAVEAT}", limit=LONGEST_CAVEAT, rows=2
    )
    contact = Text(
        "Contact",
        hint="Who to ask about it: a name or post, and a number. Left empty it is you",
        limit=LONGEST_CONTACT,
    )
    pii = OneOf(
        "Does public interest immunity apply?",
        hint="Yes, if a claim to keep this report out of court proceedings is to be expected",
        choices=[Choice("yes", "Yes"), Choice("no", "No")],
    )  # fmt: skip
    sensitive_source = Text(
        "Reference of a sensitive source", hint="Your unit's own reference, never a name. Your own body alone sees it. "
        "One source a report", width="20", limit=40, check=_checked(sensitive_source_from),
    )  # fmt: skip
    provenance = TextArea(
        "Provenance", hint="How this is linked to the matter and to the people in it. Never who said it, or whether it "
        "was gathered openly or covertly", limit=LONGEST_PROVENANCE, rows=3,
    )  # fmt: skip

    provenance_grade: Grade | None

    def rules(self) -> None:
        codes = {name: str(self.answers.get(f"{PREFIX}{name}", "")) for name in CODES}
        self.provenance_grade = None
        if any(codes.values()) and not self.provenance:
            self.refuse("provenance", "Write the provenance, or leave out its grade")
        elif any(codes.values()):
            try:
                self.provenance_grade = grade_from(**codes)
            except GradeRefused as refused:
                for problem in refused.problems:
                    self.refuse(f"{PREFIX}{problem.field}", problem.sentence)

    @property
    def waits_for_no_grade(self) -> bool:
        """Whether nothing here has yet to be graded by a person."""
        return not self.provenance or self.provenance_grade is not None

    @property
    def about(self) -> About:
        """The answers; to be asked of a valid form."""
        return About(
            threats=self.threats, priority=self.priority, caveat=self.caveat, contact=self.contact, pii=self.pii,
            sensitive_source=sensitive_source_from(self.sensitive_source),
            provenance=Provenance(self.provenance, self.provenance_grade) if self.provenance else None,
        )  # fmt: skip

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in its boxes, so that they are shown open."""
        return any(self[name].typed for name in self.fields) or bool(self.faults)


class GradedAboutForm(AboutForm):
    """The same for whoever may grade: the provenance with a grade in its own right."""

    provenance_source = OneOf("Source evaluation of the provenance", choices=coded(Source))
    provenance_assessment = OneOf("Intelligence assessment of the provenance", choices=coded(Assessment))
    provenance_handling = OneOf("Handling code of the provenance", choices=coded(Handling))
    provenance_action = OneOf(
        "Action code of the provenance", hint="Only under handling code C", choices=coded(Action)
    )
    provenance_sanitisation = OneOf(
        "Sanitisation code of the provenance", hint="Only under handling code C", choices=coded(Sanitising)
    )
    provenance_instructions = Text(
        "Handling instructions of the provenance", hint="Only under handling code C", limit=2_000
    )


@functools.cache
def about_form(may_grade: bool) -> type[AboutForm]:  # noqa: FBT001 a key of the cache
    """The form for whoever may grade, or may not."""
    return GradedAboutForm if may_grade else AboutForm


def about_start(found: ReportPage, *, with_source: bool) -> dict[str, Any]:
    """What stands in the boxes of a version at first. A sanitised one starts without provenance, contact or source."""
    about = found.about
    start: dict[str, Any] = {
        "threats": about.threats, "priority": about.priority, "pii": about.pii,
        "caveat": "" if about.caveat == CAVEAT else about.caveat,
    }  # fmt: skip
    if not with_source:
        return start
    start |= {"contact": about.contact, "sensitive_source": about.sensitive_source}
    statement = found.provenance
    if statement is None:
        return start
    start["provenance"] = statement.text
    if statement.grade:
        start |= {f"{PREFIX}{name}": code for name, code in zip(CODES, tuple(statement.grade), strict=False)}
    if statement.conditions:
        terms = statement.conditions
        start |= {f"{PREFIX}action": terms.action, f"{PREFIX}sanitisation": terms.sanitisation,
                  f"{PREFIX}instructions": terms.instructions}  # fmt: skip
    return start
