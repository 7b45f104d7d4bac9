"""What a person asks of the list of hits, and what they say of one hit."""

from throughline.matching.workflow import DISMISSAL_REASONS
from throughline.selectors.registry import KINDS
from throughline.web.fields import Choice, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.hits.words import STATES

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

    note = TextArea("Note, if you want to add one", limit=LONGEST_NOTE, rows=2)


class NoteForm(Form):
    """A note for the thread."""

    message = TextArea("Your note", needed="Enter a note", limit=LONGEST_MESSAGE, rows=3)


class DismissForm(Form):
    """Dismiss, with a reason; another reason needs words."""

    reason = OneOf(
        label="Why dismiss it?",
        needed="Choose a reason for dismissing the hit",
        choices=[Choice(reason, words) for reason, words in DISMISSAL_REASONS.items()],
    )
    words = Text("In your own words", hint="Needed for another reason", limit=LONGEST_NOTE)

    def rules(self) -> None:
        if self.reason == "other" and not self.words:
            self.refuse("words", "Say what the other reason is")
