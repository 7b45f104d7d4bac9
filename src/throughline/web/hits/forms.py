"""What a person asks of the list of hits, and what they say of one hit."""

from throughline.matching.workflow import DISMISSAL_REASONS
from throughline.selectors.registry import KINDS
from throughline.web.fields import Choice, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.hits.words import MOVES, STATES

FIRST_STATE, EVERY_STATE = "raised", "all"
LONGEST_NOTE, LONGEST_MESSAGE = 1000, 4000


class FilterForm(Form):
    """Which hits to list."""

    state = Select(
        label="State",
        choices=[
            *(Choice(state, text) for state, text in STATES.items() if state != FIRST_STATE),
            Choice(EVERY_STATE, "Every state"),
        ],
        empty=STATES[FIRST_STATE],
    )
    kind = Select(
        label="Kind", choices=[Choice(kind.name, kind.label) for kind in KINDS.values()], empty="Every kind"
    )
    other = Select(label="Other body", empty="Every body")


class SayForm(Form):
    """Confirm, doubt or reconsider, with a word if wanted."""

    note = TextArea(
        "Note, if you want to add one",
        hint="Both bodies read it, where each is told of the other",
        limit=LONGEST_NOTE,
        rows=2,
    )


class TogetherForm(Form):
    """One judgement for many hits."""

    verb = OneOf(
        label="What do you make of them?", hint="It is said of each of them, for your body alone",
        needed="Choose what you make of them",
        choices=[Choice(verb, MOVES[verb].together) for verb in ("confirm", "doubt", "dismiss")],
    )  # fmt: skip
    reason = OneOf(
        label="If you dismiss them: why?",
        hint="Leave this unless you dismiss them",
        choices=[Choice(reason, words) for reason, words in DISMISSAL_REASONS.items()],
    )
    words = TextArea(
        "Note for both bodies",
        hint="Needed for another reason, such as: a shop's own number",
        limit=LONGEST_NOTE,
        rows=2,
    )
    second_look = OneOf(
        label="If you dismiss rare ones: should a second person look first?",
        hint="The rare ones then wait until a colleague of your body agrees. The others are dismissed at once.",
        choices=[Choice("yes", "Yes, hold the rare ones"), Choice("no", "No, dismiss them at once")],
    )

    def rules(self) -> None:
        if self.verb != "dismiss":
            return
        if not self.reason:
            self.refuse("reason", "Choose a reason for dismissing the hits")
        if self.reason == "other" and not self.words:
            self.refuse("words", "Say what the other reason is")
        if not self.second_look:
            self.refuse("second_look", "Choose whether a second person should look first")


class SecondLookForm(Form):
    """What the second person says."""

    said = Text("A word on it, if you want", hint="Such as: I know the address", limit=LONGEST_NOTE)


class NoteForm(Form):
    """A note for the thread."""

    message = TextArea(
        "Your note",
        hint="Such as: is yours the one in custody? Say nothing of a source",
        needed="Enter a note",
        limit=LONGEST_MESSAGE,
        rows=3,
    )


class DismissForm(Form):
    """Dismiss, with a reason; another reason needs words."""

    reason = OneOf(
        label="Why dismiss it?",
        hint="Both bodies may read it. A dismissed hit can be taken up again",
        needed="Choose a reason for dismissing the hit",
        choices=[Choice(reason, words) for reason, words in DISMISSAL_REASONS.items()],
    )
    words = Text(
        "In your own words",
        hint="Needed for another reason, such as: a shop's own number",
        limit=LONGEST_NOTE,
    )

    def rules(self) -> None:
        if self.reason == "other" and not self.words:
            self.refuse("words", "Say what the other reason is")
