"""What is asked of someone who raises a concern, looks after one, or reads who it is about."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from throughline.kernel.problems import LONGEST_WORDS
from throughline.kernel.working_days import NATION_NAMES
from throughline.organisations.queries import BodyCard
from throughline.safeguarding.law import Ask, steps
from throughline.safeguarding.looking_after import Move, Step
from throughline.safeguarding.raising import Who
from throughline.safeguarding.words import AGES, HARMS, OUTCOMES
from throughline.web.fields import Choice, Day, Field, ManyOf, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.moments import moment_of, time_of_day
from throughline.web.safeguarding.words import STATES

FULL = LONGEST_WORDS - 1


def choices(words: Mapping[str, str]) -> list[Choice]:
    """Words of a list as choices."""
    return [Choice(value, text) for value, text in words.items()]


class FilterForm(Form):
    """Which concerns to list."""

    state = Select("State", choices=choices(STATES), empty="Every state", hint="Now")
    age = Select("Age", choices=choices(AGES), empty="Every age", hint="Of the person")


class WhoForm(Form):
    """Who somebody is. Each of these is read for a further reason only."""

    name = Text("Name", hint="And any other name. It is shown for a further reason only", limit=200)
    born_on = Day("Date of birth", hint="If known", past=True)
    selector = Text("How can the person be found again?", limit=200,
                    hint="A name with date of birth, or a number, such as Example, Sam, 2010-05-03")  # fmt: skip
    address = Text("Address", hint="Where the person lives or is placed", limit=300)
    contact = Text("Safe way to reach the person", hint="And who may not hear of it", limit=300)
    family = TextArea(
        "Family, carers and partners", hint="Who they are, and whether contact is safe", limit=FULL, rows=2
    )
    authority = Text("Home local authority", hint="Responsible for the person, with its desk", limit=200)

    def who(self) -> Who:
        """What the service takes."""
        return Who(self.name, self.born_on, self.selector, self.address, self.contact, self.family)


class KindForm(Form):
    """Of whom and of what a concern is."""

    age = OneOf("Is the person under 18?", hint="If you are not sure, the person is treated as a child",
                choices=choices(AGES), needed="Choose whether the person is under 18")  # fmt: skip
    harms = ManyOf("What may be happening?", hint="Choose all that you have a reason for", choices=choices(HARMS),
                   needed="Choose at least one from the list")  # fmt: skip


class RaiseForm(KindForm):
    """A concern to be."""

    words = TextArea("What worries you?", hint="What was seen or heard, when and where. No names: they go below",
                     limit=FULL, rows=5, needed="Say what worries you, in your own words")  # fmt: skip
    nation = OneOf("Where is the person?", hint="The law and the bank holidays of the nation count",
                   choices=[Choice(n.value, name) for n, name in NATION_NAMES.items()],
                   needed="Choose where the person is")  # fmt: skip


class FullRaiseForm(RaiseForm, WhoForm):
    """The same, with who it is about."""


class MoveForm(Form):
    """Why, in words."""

    words = TextArea(
        "In your own words",
        hint="Kept with the concern",
        needed="Say why, in a few words",
        limit=FULL,
        rows=4,
    )

    def move(self) -> Move:
        """What the service takes."""
        return Move(self.words)


class TakeUpForm(KindForm, MoveForm):
    """Of whom and of what it is, as the person who takes it up sees it."""

    def move(self) -> Move:
        return Move(self.words, age=self.age, harms=self.harms)


class CloseForm(MoveForm):
    """What came of it."""

    outcome = OneOf(
        "Outcome",
        hint="What came of it for the person",
        choices=choices(OUTCOMES),
        needed="Choose the outcome",
    )
    not_owed = TextArea(
        "If a duty still runs: why is it not owed any more?", limit=FULL, rows=2,
        hint="Note it first if it was done. A concern is not closed while a decision on a referral is awaited",
    )  # fmt: skip

    def move(self) -> Move:
        return Move(self.words, outcome=self.outcome, not_owed=self.not_owed)


class DoneForm(Form):
    """What came of something that was done."""

    words = TextArea("What came of it?", hint="What was decided, who does what, and what happens if it fails",
                     limit=FULL, rows=5, needed="Say what was done and what came of it")  # fmt: skip
    who = Text("With whom?", hint="Names and agencies", limit=300)
    on = Day("Day", hint="On which it was done. Today if you leave it blank", past=True)
    at = Text("Time", hint="Such as 16:30. Only with a day", limit=5, width="govuk-input--width-5",
              check=time_of_day)  # fmt: skip
    next_on = Day("When does somebody look again?", hint="If a day was agreed")

    def rules(self) -> None:
        moment_of(self, self.on, self.at, field="at")

    def step_of(self, kind: str, details: Mapping[str, str]) -> Step:
        """What the service takes."""
        at = moment_of(self, self.on, self.at, field="at")
        return Step(kind, self.words, self.who, at, self.next_on, details)


class StepForm(DoneForm):
    """Something that was done. What is a record of its own has a page of its own."""

    kind = OneOf("What was done?", needed="Choose what was done",
                 choices=[Choice(k.key, k.name, k.prompt) for k in steps().values() if not k.asks])  # fmt: skip

    def step(self) -> Step:
        """What the service takes."""
        return self.step_of(self.kind, {})


@cache
def record_form(kind: str) -> type[DoneForm]:
    """The form of a record of its own, such as a visit: what its kind asks, then what came of it."""
    fields = {one.key: _asked(one, steps()[kind].source) for one in steps()[kind].asks}
    return type("RecordForm", (type("AsksForm", (Form,), fields), DoneForm), {})


def _asked(one: Ask, source: str) -> Field[Any]:
    needed = f"Answer: {one.asks}" if one.is_needed else ""
    if one.choices:
        return OneOf(
            one.asks, hint=source, needed=needed, choices=[Choice(w, w.capitalize()) for w in one.choices]
        )
    return TextArea(one.asks, hint="In a sentence or two", needed=needed, limit=FULL, rows=2)


class ReasonForm(Form):
    """Why somebody needs to read who a concern is about."""

    why = Text("Why do you need to know who it is?", hint="Kept in the journal, which auditors read. Name nobody",
               limit=200, needed="Say why you need to know who it is")  # fmt: skip


class ShareForm(Form):
    """Which body needs to know, and why."""

    body = Select(
        "Body", hint="Those who look after concerns there may know it from then on", needed="Choose a body"
    )
    words = TextArea("Why does that body need to know?", hint="Kept with the concern", limit=FULL, rows=3,
                     needed="Say why that body needs to know")  # fmt: skip


def body_choices(cards: Mapping[int, BodyCard], *, without: int) -> list[Choice]:
    """Every other body."""
    return [Choice(card.code, card.name) for card in cards.values() if card.id != without]
