"""What a person says when they ask for access, and when they answer."""

from throughline.sharing.services import LONGEST_REASON
from throughline.sharing.workflow import REFUSALS
from throughline.web.fields import Choice, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.sharing.words import SIDES, STATES


class FilterForm(Form):
    """Which requests to list."""

    ours = Select("Whose", choices=[Choice(*side) for side in SIDES.items()], empty="Made and received")
    state = Select("State", choices=[Choice(*state) for state in STATES.items()], empty="Every state")


class AskForm(Form):
    """Why the asker needs it."""

    why = TextArea(
        "Why do you need it?",
        hint="Their desk reads this and decides on it. It is kept in the journal. Such as: we plan a warrant there",
        needed="Say why you need it: the holder decides on that",
        limit=LONGEST_REASON,
        rows=4,
    )


class GrantForm(Form):
    """Which report is opened, as it stands."""

    report = OneOf(
        "Which report do you open?",
        hint="It opens to the body that asks, as it stands",
        needed="Choose which report to open",
    )


class SanitiseForm(Form):
    """A version written for the asker."""

    report = OneOf(
        "Which report is it drawn from?",
        hint="Its date, marking, source and assessment codes go with your words; nothing else does",
        needed="Choose which report it is drawn from",
    )
    heading = Text("Title", hint="Without names or numbers", needed="Write a title", limit=200)
    words = TextArea(
        "The sanitised text",
        hint="In your own words: nothing that shows the source, the technique or the operation",
        needed="Write the sanitised text",
    )


class RefuseForm(Form):
    """Why not."""

    reason = OneOf(
        "Why do you refuse?",
        hint="The asker reads this",
        needed="Choose why you refuse",
        choices=[Choice(*refusal) for refusal in REFUSALS.items()],
    )
    words = TextArea(
        "In your own words",
        hint="The asker reads this too: say what would let you agree, if anything would",
        needed="Say in your own words why you refuse",
        limit=1_000,
        rows=3,
    )
