"""What is asked of someone who plans an operation, fills in a return or publishes totals."""

import functools
from collections.abc import Mapping
from datetime import date

from throughline.kernel.problems import LONGEST_WORDS
from throughline.operations.disruptions import ClaimDraft
from throughline.operations.measures import measures_on
from throughline.operations.planning import OperationDraft
from throughline.operations.slots import EVERY
from throughline.operations.words import ATTRIBUTIONS, KINDS, LEVELS, PS
from throughline.tasking.work_done import FOUND
from throughline.web.fields import Choice, Field, ManyOf, OneOf, Select, Text, TextArea, Upload
from throughline.web.forms import Form
from throughline.web.operations.words import STATES


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in words.items()]


_FULL = 4_999
"""Characters of a long answer: below it the box counts them."""


class FilterForm(Form):
    """Which operations to list."""

    state = Select("State", choices=_choices(STATES), empty="Every state", hint="Now")


class PlanForm(Form):
    """An operation to be."""

    name = Text("What is it called?", hint="As it should stand in lists. No names of people", limit=120,
                needed="Say what it is called")  # fmt: skip
    kind = OneOf("What is it?", hint="A week is compared with other weeks", choices=_choices(KINDS),
                 needed="Choose what it is")  # fmt: skip
    starts = Text("First day", hint="Such as Monday 23 June 2025: a weekday that does not agree is refused", limit=40,
                  needed="Enter the first day", width="govuk-input--width-20")  # fmt: skip
    ends = Text("Last day", hint="Such as Sunday 29 June 2025", limit=40, needed="Enter the last day",
                width="govuk-input--width-20")  # fmt: skip
    days_note = Text(
        "A note on the days", hint="If they are not known for certain, such as for a past week", limit=200
    )
    every = OneOf("How often are returns asked?", hint="Of every body that takes part", choices=_choices(EVERY),
                  needed="Choose how often returns are asked")  # fmt: skip
    briefing = TextArea("Briefing", hint="Every body that takes part reads it. No names of people, no lines",
                        needed="Write a briefing", limit=LONGEST_WORDS, rows=6)  # fmt: skip
    whole = ManyOf("Every body", hint="For a national week", choices=[Choice("all", "Every body takes part")])
    bodies = ManyOf("Bodies that take part", hint="Your own leads it, and takes part in any case")

    def draft(self, every_body: tuple[str, ...]) -> OperationDraft:
        """What the service takes."""
        return OperationDraft(
            name=self.name, kind=self.kind, starts=self.starts, ends=self.ends, every=self.every,
            briefing=self.briefing, bodies=every_body if self.whole else self.bodies, days_note=self.days_note,
        )  # fmt: skip


class MoveForm(Form):
    """Why the operation is moved."""

    words = TextArea("Why?", hint="Every body that takes part reads it", needed="Say why, in a few words",
                     limit=_FULL, rows=3)  # fmt: skip


class PublishForm(Form):
    """What is published."""

    lead = TextArea("Lead", hint="The sentences at the top of the summary. Its figures are held against the totals",
                    limit=_FULL, rows=4)  # fmt: skip
    words = TextArea("Who agreed the totals?", hint="And when. Every body that takes part reads it",
                     needed="Say who agreed the totals", limit=_FULL, rows=2)  # fmt: skip


class PackForm(Form):
    """A target pack."""

    title = Text("What is to be done?", hint="In a few words. Those to whom you open the pack read it", limit=120,
                 needed="Say in a few words what is to be done")  # fmt: skip
    line = Text("Line", hint="Its reference, if you may know it", limit=20, width="govuk-input--width-20")
    bid = Text("Bid", hint="Its reference, if you may know it", limit=20, width="govuk-input--width-20")
    words = TextArea("What has to be known", hint="By whoever works on it", limit=_FULL, rows=5,
                     needed="Say what whoever works on it has to know")  # fmt: skip
    bodies = ManyOf("Who may know the pack", hint="Your own body may. Nobody else does unless you name them")


class ResultForm(Form):
    """What came of work on a pack."""

    day = Text("Day", hint="Such as Tuesday 24 June 2025", needed="Enter the day", limit=40,
               width="govuk-input--width-20")  # fmt: skip
    text = TextArea("What was done and what was found?", hint="One statement, for the report. No names of people",
                    needed="Say what was done and what was found", limit=_FULL, rows=4)  # fmt: skip
    found = ManyOf("What does it say of the line?", hint="Each becomes evidence on the line", choices=_choices(FOUND),
                   needed="Choose what was found or done")  # fmt: skip


class DutyForm(Form):
    """Who does what on a day."""

    day = Text("Day", hint="Such as Tuesday 24 June 2025", needed="Enter the day", limit=40,
               width="govuk-input--width-20")  # fmt: skip
    body = Select("Body", hint="Whose people do it", needed="Choose a body")
    who = Text(
        "Who", hint="A team or a role, such as the proactive team", needed="Say who does it", limit=120
    )
    what = Text("What", hint="Such as: warrants in the north", needed="Say what is to be done", limit=400)
    pack = Select("Target pack", hint="Then only those who may know the pack read this", empty="None")


class ReturnForm(Form):
    """A return, without its measures: those are added as they are defined on the first day."""

    is_nil = ManyOf("Nothing to report", hint="A return of nothing is a return", choices=[
        Choice("nil", "There is nothing to report")])  # fmt: skip
    as_at = Text("As at", hint="When the figures stood, such as 23 June 2025 14:30", limit=60,
                 needed="Enter the day and time at which the figures stood", width="govuk-input--width-20")  # fmt: skip
    source = Text("Source", hint="Such as custody records. Every body that takes part reads it", limit=200,
                  needed="Say where the figures come from")  # fmt: skip
    attribution = OneOf("What are the figures put down to?", hint="Of most of them", choices=_choices(ATTRIBUTIONS),
                        needed="Choose what the figures are put down to")  # fmt: skip
    explained = TextArea("Why a figure is unusual", hint="If one lies far from those of your last returns", limit=_FULL,
                         rows=2)  # fmt: skip
    reason = TextArea("Why the return is corrected", hint="Kept with this version. Only for a correction", limit=_FULL,
                      rows=2)  # fmt: skip
    after = Text("Version", hint="The version that you had before you", limit=5)


UNITS = {"£": "in pounds", "kg": "in kilograms"}


@functools.cache
def return_form(day: date) -> type[ReturnForm]:
    """The form of a return, with every measure as it is defined on a day."""
    asked: dict[str, Field[str]] = {
        key: Text(measure.name, hint=_hint(measure.definition, measure.unit), limit=40, width="govuk-input--width-10")
        for key, measure in measures_on(day).items()
    }  # fmt: skip
    return type(
        "MeasuresForm", (ReturnForm,), {"__module__": __name__, "__doc__": ReturnForm.__doc__, **asked}
    )


def _hint(definition: str, unit: str) -> str:
    return f"{definition} {UNITS[unit].capitalize()}." if unit in UNITS else definition


class SheetForm(Form):
    """A return filled in as a workbook."""

    sheet = Upload("Workbook", hint="The template, filled in and saved as .xlsx or .csv", needed="Choose a file",
                   largest=2_000_000, accept=".xlsx,.csv")  # fmt: skip


class CompareForm(Form):
    """Which two weeks to compare."""

    earlier = Select("Earlier week", hint="Of those that you may know")
    later = Select("Later week", hint="Of those that you may know")


class JoinForm(Form):
    """What a body claims of a disruption."""

    ps = ManyOf("What was it for?", hint="Of the four Ps, all that it was for", choices=_choices(PS),
                needed="Choose at least one of the four Ps")  # fmt: skip
    level = OneOf("At which level?", hint="As you would defend it. Not taken from a published definition",
                  choices=_choices(LEVELS), needed="Choose the level that you claim")  # fmt: skip
    why = TextArea("What does the level rest on?", hint="Whoever may know the disruption reads it", limit=_FULL, rows=3,
                   needed="Say what the level rests on")  # fmt: skip


class ClaimForm(JoinForm):
    """A disruption."""

    on = Text("Day", hint="Such as Tuesday 24 June 2025", needed="Enter the day", limit=40,
              width="govuk-input--width-20")  # fmt: skip
    title = Text("What happened?", hint="In a few words. No names of people", needed="Say in a few words what happened",
                 limit=120)  # fmt: skip
    what = TextArea("What was done, and what did it change?", hint="Whoever may know the disruption reads it",
                    needed="Say what was done, and what it changed", limit=_FULL, rows=4)  # fmt: skip
    line = Text(
        "Line",
        hint="Its reference, if there is one that you may know",
        limit=20,
        width="govuk-input--width-20",
    )
    operation = Text(
        "Operation", hint="Its reference, if it was part of one", limit=20, width="govuk-input--width-20"
    )
    bodies = ManyOf("Other bodies in it", hint="They may read it, and claim their part")

    @property
    def draft(self) -> ClaimDraft:
        """What the service takes."""
        return ClaimDraft(
            self.on,
            self.title,
            self.what,
            self.level,
            self.ps,
            self.why,
            self.line,
            self.operation,
            self.bodies,
        )


class CountForm(MoveForm):
    """At which level it counts."""

    level = OneOf("At which level does it count?", hint="In your own judgement, from the claims and their grounds",
                  choices=_choices(LEVELS), needed="Choose the level at which it counts")  # fmt: skip


class FoldForm(MoveForm):
    """Of which event it is another telling."""

    into = Text("Which disruption is it another telling of?", hint="Its reference", limit=20,
                needed="Name a disruption that you know, and that stands", width="govuk-input--width-20")  # fmt: skip
