"""The questions on a version of a report: what an item starts from, what is left out, and why it is corrected."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from throughline.intelligence.grading import SCHEME
from throughline.intelligence.queries import ItemView, ReportPage
from throughline.intelligence.report_cells import (
    CellProblem,
    Circulation,
    Classification,
    date_from,
    title_from,
)
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.kernel import clock
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Text, TextArea, day_boxes
from throughline.web.forms import Form
from throughline.web.reports.about_forms import AboutForm
from throughline.web.reports.adding import HeadingForm
from throughline.web.reports.forms import EVERYONE
from throughline.web.reports.item_forms import ItemForm, item_form
from throughline.web.request import Request, posted

LEAVE_OUT = "yes"
MARKINGS = {"OFFICIAL": "0", "OFFICIAL-SENSITIVE": "1"}


class CorrectionForm(Form):
    """What belongs to the whole of a corrected version. Its circulation is that of the earlier one."""

    title = Text(
        "Title",
        hint="Without names or numbers, such as: Calls arranged from a hostel",
        needed="Enter a title",
    )
    date_of_intelligence = Day("Date of the intelligence", hint="When it happened or was learned, such as 27 3 2026",
                               needed="Enter the date of the intelligence", past=True)  # fmt: skip
    marking = OneOf(
        "Marking", hint="OFFICIAL-SENSITIVE where it could do harm in the wrong hands, as when it names people",
        needed="Choose a marking",
        choices=[Choice(value, name) for name, value in MARKINGS.items()],
    )  # fmt: skip
    why = TextArea(
        "Why is it corrected?",
        hint="Everyone who may read the report reads this, such as: the registration was misread", limit=1_000, rows=3,
        needed="Say why the report is corrected",
    )  # fmt: skip

    def rules(self) -> None:
        for name, read in (("title", lambda: title_from(self.title)), ("date_of_intelligence", self._dated)):
            try:
                read()
            except CellProblem as problem:
                self.refuse(name, str(problem))

    def _dated(self) -> None:
        if self.date_of_intelligence:
            date_from(self.date_of_intelligence.isoformat(), today=clock.today())


class WithdrawForm(Form):
    """Why a report is taken back."""

    why = TextArea(
        "Why is it withdrawn?",
        hint="Everyone who may read the report reads this, such as: it was about somebody else of the same name",
        limit=1_000, rows=3,
        needed="Say why the report is withdrawn",
    )  # fmt: skip


class VersionItemForm(ItemForm):
    """One item of a version. Left out, it is asked nothing more."""

    @property
    def is_left_out(self) -> bool:
        """Whether the person left this item out of the version."""
        return LEAVE_OUT in str(self[f"leave_out_{self.number}"].typed)

    def is_valid(self) -> bool:
        """Read the answers, with a grade as the one more that a version needs; what is left out may hold anything."""
        return self.is_left_out or super().is_valid()

    def rules(self) -> None:
        super().rules()
        if self.grade is None and not self.faults:
            self.refuse(f"source_{self.number}", "Grade this item: a version has grades of its own")


@functools.cache
def version_item_form(number: int) -> type[VersionItemForm]:
    """The form of the item with this number in a version."""
    choice = [Choice(LEAVE_OUT, "Leave this item out of the version")]
    named = {
        f"leave_out_{number}": ManyOf(
            "Left out", hint="Of an item left out nothing goes into the version", choices=choice
        )
    }
    return type(f"VersionItem{number}Form", (item_form(number, True), VersionItemForm), named)  # noqa: FBT003 it is graded


def heading_start(found: ReportPage) -> dict[str, object]:
    """What stands in the boxes of a version's heading at first."""
    day = found.date_of_intelligence
    return {
        "title": found.title, "date_of_intelligence": day_boxes(day),
        "marking": MARKINGS[found.marking],
    }  # fmt: skip


def item_start(item: ItemView, number: int, *, with_handling: bool) -> dict[str, object]:
    """What stands in the boxes of an item at first: all that the earlier one says, to be edited.

    The handling of a sanitised version is its own: whoever makes it chooses it anew.
    """
    start: dict[str, object] = {
        "text": item.text,
        "selectors": "\n".join(selector.written for selector in item.selectors),
    }
    if item.grade and item.scheme == SCHEME:
        # A grade of the older scheme is not converted: a person grades the version.
        source, assessment, handling = tuple(item.grade)
        start |= {"source": source, "assessment": assessment, "handling": handling if with_handling else ""}
    if item.conditions and with_handling:
        terms = item.conditions
        start |= {
            "action": terms.action, "sanitisation": terms.sanitisation, "instructions": terms.instructions
        }  # fmt: skip
    return {f"{name}_{number}": value for name, value in start.items()}


@dataclass(frozen=True, slots=True)
class VersionForms:
    """All that is asked on the page of a version."""

    heading: HeadingForm | CorrectionForm
    items: Sequence[VersionItemForm]
    more: AboutForm

    @property
    def parts(self) -> tuple[Form, ...]:
        """Every form, in the order of the page."""
        return (self.heading, *self.items, self.more)

    def are_ready(self, request: Request) -> bool:
        """Whether the page was sent to be recorded with every question answered; each is asked, to show all faults."""
        if posted(request, "do") != "save":
            return False
        if not all([form.is_valid() for form in self.parts]):  # noqa: C419
            return False
        if all(item.is_left_out for item in self.items):
            self.heading.refuse("", "Keep at least one item")
            return False
        if not self.more.waits_for_no_grade:
            self.more.refuse("provenance_source", "Grade the provenance too: a version waits for no grade")
            return False
        return True

    def together(self) -> Form:
        """Every form as one, for the summary of their faults."""
        whole = _All()
        whole.parts = self.parts
        return whole

    def draft(self, *, origin: str) -> ReportDraft:
        """The version as it is to be recorded: the items that were not left out, numbered anew."""
        day = self.heading.date_of_intelligence
        assert day is not None  # noqa: S101 the question is a needed one
        kept = [item for item in self.items if not item.is_left_out]
        return ReportDraft(
            report=origin, date_of_intelligence=day, title=self.heading.title,
            classification=Classification(int(self.heading.marking)), circulation=_circulation(self.heading),
            items=tuple(
                ItemDraft(
                    number=number, text=item.answer("text"), grade=item.grade,
                    selectors=tuple(dict.fromkeys(item.selectors)), line=number,
                )
                for number, item in enumerate(kept, 1)
            ),
            lines=tuple(range(1, len(kept) + 1)), about=self.more.about,
        )  # fmt: skip


class _All(Form):
    parts: Sequence[Form] = ()

    @property
    def problems(self):  # type: ignore[no-untyped-def]  # as in Form
        return [problem for part in self.parts for problem in part.problems]


def _circulation(heading: HeadingForm | CorrectionForm) -> Circulation:
    if isinstance(heading, CorrectionForm):
        return Circulation()
    return Circulation(everyone=heading.circulation == EVERYONE, bodies=tuple(heading.bodies))
