"""What is asked of someone who narrows the list of lines, adds evidence, closes a line or looks back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from throughline.lines.queries import OnLine
from throughline.lines.services import Said
from throughline.lines.statements import (
    BODY,
    DRUGS,
    EXPLOITATION,
    OF_SELECTORS,
    ROLES,
    TOWN,
    TRANSPORT,
    VIOLENCE,
    WORD,
)
from throughline.lines.workflow import OPEN
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Select, Text, TextArea, Wrong
from throughline.web.forms import Form
from throughline.web.lines.words import CLOSURES, STATES

LONGEST_REASON = 500
NEW, ANOTHER, NOBODY = "new", "another", "none"
NEWEST = "newest"


def _words(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in words.items()]


def _phone(text: str) -> None:
    try:
        parse(text, "phone")
    except NotASelector as problem:
        raise Wrong(str(problem)) from None


class FilterForm(Form):
    """Which lines to list."""

    state = Select(label="State", choices=[Choice(OPEN, "Open: proposed, live or reopened"), *_words(STATES)],
                   empty="Every state")  # fmt: skip
    brand = Text("Name of the line", hint="Or a part of it", limit=60)
    body = Select(label="Led by", empty="Every body")
    area = Select(label="Area that it touches", empty="Everywhere")
    town = Text("Town that it touches", hint="Or a part of its name", limit=60)
    order = Select(label="Order", choices=[Choice(NEWEST, "Newest on the register first")],
                   empty="Highest score first", hint="Open lines come first by score")  # fmt: skip


def filter_choices() -> dict[str, Sequence[Choice]]:
    """The bodies, for the filters."""
    bodies = [Choice(card.code, card.name) for card in body_cards().values()]
    return {"body": [Choice(NOBODY, "Nobody yet"), *bodies], "area": bodies}


class AddForm(Form):
    """What an item says of a line; once valid, `said` is what the service takes."""

    line = OneOf(
        label="Which line does it tell of?", hint="A line on which one of these values stands already comes first",
        needed="Choose a line, or a new one",
    )  # fmt: skip
    other = Text(
        "Reference of the other line", hint="Such as CL-7K3M-9QXT", limit=20, width="govuk-input--width-10"
    )
    values = ManyOf(
        label="What stands in the item that belongs to the line?",
        hint="Leave out what the item names for another reason, such as a witness",
    )
    role = Select(
        label="Role of the people chosen", choices=_words(ROLES), empty="Role not known",
        hint="What they do for the line. It says nothing of their status in law or in safeguarding",
    )  # fmt: skip
    replaced_by = Text(
        "Number that replaced the number chosen", hint="If the item says so", limit=30, check=_phone,
        width="govuk-input--width-20",
    )  # fmt: skip
    from_on = Day(label="In use since", hint="If the item says so. For example, 27 3 2026")
    to_on = Day(label="In use until", hint="If the item says so")
    brand = Text(
        "Name that the line trades under",
        hint="As customers know it",
        limit=60,
        width="govuk-input--width-20",
    )
    exports_from = Select(
        label="Area that it comes from",
        hint="Where the number is held and the drugs are sent from",
        empty="Not said",
    )
    exports_town = Text(
        "Town that it comes from", hint="If the item says so", limit=60, width="govuk-input--width-20"
    )
    imports_to = Select(label="Area that it sells in", hint="Where its customers are", empty="Not said")
    imports_town = Text(
        "Town that it sells in", hint="If the item says so", limit=60, width="govuk-input--width-20"
    )
    drugs = ManyOf(label="Drugs", hint="Those that the item names", choices=_words(DRUGS))
    transport = ManyOf(label="Transport", hint="How people and drugs travel", choices=_words(TRANSPORT))
    violence = ManyOf(label="Violence", hint="Seen, reported or threatened", choices=_words(VIOLENCE))
    exploitation = ManyOf(
        label="Exploitation", hint="Of children, or of adults at risk", choices=_words(EXPLOITATION)
    )
    words = TextArea("In a few words", hint="What else the item says of it", limit=500, rows=2)
    why = Text(
        "Why do you add it?", hint="Kept in the journal", needed="Say why: it is kept in the journal",
        limit=LONGEST_REASON,
    )  # fmt: skip
    said: list[Said]

    def rules(self) -> None:
        if self.line == ANOTHER and not self.other:
            self.refuse("other", "Enter the reference of the other line")
        if self.from_on and self.to_on and self.from_on > self.to_on:
            self.refuse("to_on", "In use until must not be before in use since")
        self.said = [*self._chosen(), *self._named(), *self._listed()]
        if not self.said:
            self.refuse("values", "Choose or write at least one thing that the item says of the line")

    @property
    def ref(self) -> str:
        """The reference of the line, '' for a new one."""
        return {NEW: "", ANOTHER: self.other.upper()}.get(self.line, self.line)

    def _chosen(self) -> Iterator[Said]:
        dates: tuple[date | None, date | None] = (self.from_on, self.to_on)
        for value in self.values:
            kind, _, key = value.partition(":")
            statement = OF_SELECTORS[kind]
            detail = {"role": self.role or "not known", "number": self._replacement()}.get(statement, "")
            yield Said(statement, kind, key, detail, *dates, words=self.words)

    def _replacement(self) -> str:
        return parse(self.replaced_by, "phone").key if self.replaced_by else ""

    def _named(self) -> Iterator[Said]:
        if self.brand:
            try:
                yield Said("brand", "brand", parse(self.brand, "brand").key, words=self.words)
            except NotASelector as problem:
                self.refuse("brand", str(problem))
        for side, field in (("exports from", "exports"), ("imports to", "imports")):
            code, town = self.answers[f"{field}_{side.split()[1]}"], self.answers[f"{field}_town"]
            if code:
                yield Said(side, BODY, code, words=self.words)
            if town:
                yield Said(side, TOWN, town, words=self.words)

    def _listed(self) -> Iterator[Said]:
        for field, statement in (
            ("drugs", "drug"),
            *((name, name) for name in ("transport", "violence", "exploitation")),
        ):
            for word in self.answers[field]:
                yield Said(statement, WORD, word, words=self.words)


def add_choices(selectors: Sequence[Selector], lines: Sequence[OnLine]) -> dict[str, Sequence[Choice]]:
    """The values of the item, the lines on which one of them stands already, and the bodies."""
    bodies = [Choice(card.code, card.name) for card in body_cards().values()]
    offered = [s for s in selectors if s.kind in OF_SELECTORS]
    return {
        "line": [
            *(
                Choice(on.ref, on.name, hint=f"{on.ref}. A value of the item stands on it already")
                for on in lines
            ),
            Choice(NEW, "A new line"),
            Choice(ANOTHER, "Another line, by its reference"),
        ],
        "values": [Choice(f"{s.kind}:{s.key}", s.shown, hint=KINDS[s.kind].label) for s in offered],
        "exports_from": bodies,
        "imports_to": bodies,
    }


class ReasonForm(Form):
    """Why a line is moved, or evidence withdrawn."""

    why = Text(
        "Why?", hint="Kept in the journal", needed="Say why: it is kept in the journal", limit=LONGEST_REASON
    )


class LeadForm(ReasonForm):
    """The officer responsible for a line."""

    officer = Text(
        "Lead responsible officer", hint="Name and rank", needed="Enter the lead responsible officer"
    )


class CloseForm(Form):
    """How a line was closed, when, and the items on which it rests."""

    closure = OneOf(
        label="How was it closed?",
        needed="Choose how it was closed",
        choices=[Choice(value, text, hint=hint) for value, (text, hint) in CLOSURES.items()],
    )
    closed_on = Day(
        label="Closed on", hint="For example, 27 3 2026", needed="Enter the day it was closed", past=True
    )
    out_of_use = Text(
        "Item that says that the number is out of use", hint="Such as IR-7K3M-9QXT/1",
        needed="Enter the reference of the item that says that the number is out of use", limit=30,
        width="govuk-input--width-20",
    )  # fmt: skip
    charged = Text(
        "Item that says that the line holder is arrested and charged", hint="For Type 1", limit=30,
        width="govuk-input--width-20",
    )  # fmt: skip
    why = Text(
        "What was done?", hint="Kept in the journal", needed="Say what was done: it is kept in the journal",
        limit=LONGEST_REASON,
    )  # fmt: skip

    def rules(self) -> None:
        if self.closure == "type 1" and not self.charged:
            self.refuse("charged", "Enter the item that says that the line holder is arrested and charged")

    @property
    def day(self) -> date:
        """The day it was closed."""
        assert self.closed_on  # noqa: S101 asked for by the field
        return self.closed_on

    @property
    def items(self) -> list[str]:
        """The items in the order in which the type of closure asks for them."""
        return [self.charged, self.out_of_use] if self.closure == "type 1" else [self.out_of_use]


class LookBackForm(Form):
    """What a check-back found."""

    alive = OneOf(
        label="Has the line come back?", needed="Choose whether the line has come back",
        choices=[
            Choice("no", "No sign of life", hint="It stays closed"),
            Choice("yes", "It has come back", hint="The line is reopened"),
        ],
    )  # fmt: skip
    found = TextArea(
        "What did you look at, and what did you find?", hint="Such as: no call to the number since the arrests",
        limit=LONGEST_REASON, rows=3,
        needed="Say what you looked at and what you found",
    )  # fmt: skip
