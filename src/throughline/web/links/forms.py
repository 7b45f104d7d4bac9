"""What a person asks of the list of proposed links, and says of one."""

from throughline.matching.people.links import OPEN
from throughline.matching.people.reasons import LONGEST_REASON
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK, UNSURE
from throughline.web.fields import Choice, OneOf, Select, TextArea
from throughline.web.forms import Form
from throughline.web.links.words import STATES


class FilterForm(Form):
    """Which links to list."""

    state = Select(
        label="Judged by your body",
        choices=[Choice(verdict, words) for verdict, words in STATES.items() if verdict != OPEN],
        empty=STATES[OPEN],
    )


class JudgeForm(Form):
    """A judgement with its reason."""

    verdict = OneOf(
        label="Are they the same person?", hint="Nothing is lost: what you say now can be taken back",
        needed="Say whether they are the same person",
    )  # fmt: skip
    why = TextArea(
        "Why?",
        hint="Whoever may know both records can read it. Such as: the officer knows both addresses",
        needed="Give your reason",
        limit=LONGEST_REASON,
        rows=3,
    )


class JudgePlacesForm(Form):
    """The same of two addresses."""

    verdict = OneOf(
        label="Are they the same place?", hint="Nothing is lost: what you say now can be taken back",
        needed="Say whether they are the same place",
    )  # fmt: skip
    why = TextArea(
        "Why?",
        hint="Whoever may know both addresses can read it. Such as: the flats were renumbered",
        needed="Give your reason",
        limit=LONGEST_REASON,
        rows=3,
    )


class AnswerForm(Form):
    """What asking the other desk came to."""

    verdict = OneOf(
        label="Are they the same person?", hint="Ring them first: a likeness of encodings proves nothing by itself",
        needed="Say whether they are the same person",
    )  # fmt: skip
    why = TextArea(
        "What did they say?",
        hint="Both bodies can read it, so name nobody. Such as: their desk confirmed date of birth and address",
        needed="Say what they said",
        limit=LONGEST_REASON,
        rows=3,
    )


def verdicts(standing: str) -> list[Choice]:
    """What may be said now: taking back is offered where the body has said something."""
    choices = [
        Choice(SAME, "Yes, the same person"),
        Choice(DIFFERENT, "No, different people", hint="They are never joined, whatever else is found"),
        Choice(UNSURE, "It cannot be said yet"),
    ]
    return _with_taking_back(choices, standing, "The link is open again")


def place_verdicts(standing: str) -> list[Choice]:
    """The same of two addresses."""
    choices = [
        Choice(SAME, "Yes, the same place"),
        Choice(
            DIFFERENT, "No, different places", hint="Whoever checks one of them is no more sent to the other"
        ),
        Choice(UNSURE, "It cannot be said yet"),
    ]
    return _with_taking_back(choices, standing, "The two are open again")


def _with_taking_back(choices: list[Choice], standing: str, then: str) -> list[Choice]:
    return [*choices, Choice(TAKEN_BACK, "Take back what my body said", hint=then)] if standing else choices
