"""Whom a schedule is about, and for which request or case."""

from throughline.rights.grounds import DECISIONS, KINDS, grounds_for
from throughline.selectors.names import words_of
from throughline.selectors.registry import NotASelector, Selector, parse
from throughline.web.fields import Choice, Day, OneOf, Text, TextArea, Wrong
from throughline.web.forms import Form

MOST_VALUES = 50


def _is_whole(name: str) -> None:
    if len(words_of(name)) < len(("given", "surname")):
        raise Wrong("Enter a given name and a surname, such as Alex Example: one word is in too many records")


class RightsForm(Form):
    """Once valid, `selectors` are the values that were typed."""

    kind = OneOf(
        label="What is it for?",
        hint="It stands in the journal beside every record that is shown",
        needed="Choose what it is for",
        choices=[Choice(*kind) for kind in KINDS.items()],
    )
    reference = Text(
        "Reference of the request or case",
        hint="That under which your body keeps it, such as DP/2026/114. Put no name in it",
        needed="Enter the reference of the request or case",
        limit=100,
    )
    name = Text(
        "Name of the person",
        hint="Given name and surname. Other forms of the name and near spellings are looked for too",
        needed="Enter the name of the person",
        limit=100,
        check=_is_whole,
    )
    born = Day("Date of birth", hint="If it is known. People of that name born on another day are left out",
               past=True)  # fmt: skip
    values = TextArea(
        "Numbers, vehicles, addresses and other values",
        hint=f"Those that the person uses, one on each line, at most {MOST_VALUES}",
        limit=5_000,
    )
    selectors: tuple[Selector, ...] = ()

    def rules(self) -> None:
        lines = [line for line in self.values.splitlines() if line.strip()]
        if len(lines) > MOST_VALUES:
            self.refuse("values", f"Enter at most {MOST_VALUES} values; there are {len(lines)}")
            return
        try:
            self.selectors = tuple(dict.fromkeys(parse(line) for line in lines))
        except NotASelector as problem:
            self.refuse("values", str(problem))


class RequestForm(RightsForm):
    """A request as it came."""

    received_on = Day(
        "When was it received?", hint="The time to answer runs from this day", needed="Enter the day it was received",
        past=True,
    )  # fmt: skip
    due_on = Day(
        "Answer by", hint="For disclosure in a case alone: the day that the court or the prosecutor gave"
    )
    asked = TextArea(
        "What is asked, in short",
        hint="Such as what is said to be wrong, and what it should say. Leave it empty for all that is held",
        limit=2_000, rows=4,
    )  # fmt: skip


class WhyForm(Form):
    """A reason."""

    why = TextArea(
        "Why?", hint="Kept in the history of the request", needed="Give your reason", limit=1_000, rows=3
    )


class AskForm(Form):
    """What the other bodies read."""

    why = TextArea(
        "What should the other bodies read?",
        hint="Such as: a person has asked what is held on them, DP/2026/114. May we give it, or will you?",
        needed="Say why you ask", limit=500, rows=4,
    )  # fmt: skip


class ProposeForm(Form):
    """Whether the answer says that something is withheld."""

    tells = OneOf(
        label="Does the answer say that something is withheld?",
        hint="With the grounds in words. If that would itself do harm, it need not (DPA 2018 s.45(6), not verified)",
        needed="Choose whether it says so",
        choices=[Choice("yes", "Yes, with the grounds"), Choice("no", "No")],
    )


class ConfirmForm(Form):
    """Nothing is asked: whoever sends it has read what follows."""


class DecisionForm(Form):
    """What is decided on one record."""

    decision = OneOf(
        label="What is decided?",
        hint="Read the record first: is it about this person?",
        needed="Choose what is decided",
    )
    ground = OneOf(
        label="If not all of it, why?",
        hint="None of these grounds is verified: ask your data protection officer",
    )
    words = TextArea(
        "If in part, what is given?", hint="The words as the person will read them", limit=5_000, rows=6
    )


def decisions_for(kind: str) -> dict[str, list[Choice]]:
    """The choices of a `DecisionForm`, by the kind of the request."""
    return {
        "decision": [Choice(key, words) for key, words in DECISIONS[kind].items()],
        "ground": [Choice(one.key, one.words, hint=one.source) for one in grounds_for(kind).values()],
    }
