"""What is asked of someone who keeps a standing enquiry, renews it, or ends it."""

from collections.abc import Sequence
from datetime import date

from throughline.kernel import clock
from throughline.selectors.registry import KINDS, NotASelector, Selector, guess, parse
from throughline.selectors.services import latest_end
from throughline.web.fields import Choice, Day, ManyOf, Select, Text, Wrong
from throughline.web.forms import Form

LONGEST_REASON = 500
"""What the journal keeps of a reason."""
SILENT = "silent"


class LastDay(Day):
    """A last day, from today to twelve months on; left empty, it is the latest that there may be."""

    def read(self, typed: object, choices: Sequence[Choice]) -> date:
        today = clock.today()
        found = super().read(typed, choices) or latest_end(today)
        if not today <= found <= latest_end(today):
            raise Wrong(f"{self.label} must be between today and {latest_end(today):%-d %B %Y}")
        return found


LAST_DAY_HINT = "No more than 12 months from now; leave it empty for the whole 12 months"
SILENTLY = Choice(
    SILENT,
    "Keep it silent",
    hint="Anyone who checks it is shown nothing of your interest, and you are still told who asked. "
    "Otherwise they are told that your body holds it, and to ring your desk.",
)


class ManyForm(Form):
    """The reason, the last day, and whether it is silent, for the values of a list."""

    why = Text(
        "Why do you want to hear of them?",
        hint="Kept in the journal, and shown to your own body, such as: an open line in Norwich",
        needed="Say why your body keeps these standing enquiries",
        limit=LONGEST_REASON,
    )
    ends = LastDay("Last day", hint=LAST_DAY_HINT)
    silent = ManyOf(label="Who may learn of it", choices=[SILENTLY])


class KeepForm(Form):
    """A value, perhaps its kind, the reason, and whether it is silent; once valid, `reading` is the selector."""

    selector = Text(
        "What do you want to hear of?",
        hint="A phone number, vehicle, name with date of birth, address, handle or account, as you have it",
        needed="Enter what you want to hear of",
        limit=400,
    )
    kind = Select(
        label="What it is",
        hint="Leave this unless you need to say",
        choices=[Choice(kind.name, kind.label) for kind in KINDS.values()],
        empty="Work it out",
    )
    why = Text(
        "Why do you keep it?",
        hint="Kept in the journal, and shown to your own body, such as: an open line in Norwich",
        needed="Say why your body keeps this standing enquiry",
        limit=LONGEST_REASON,
    )
    ends = LastDay("Last day", hint=LAST_DAY_HINT)
    silent = ManyOf(
        label="Who may learn of it",
        choices=[SILENTLY],
    )
    reading: Selector

    def rules(self) -> None:
        try:
            self.reading = parse(self.selector, self.kind or None)
        except NotASelector as problem:
            self.refuse("selector", str(problem))
            return
        readings = guess(self.selector)
        if not self.kind and len(readings) > 1:
            labels = " or ".join(KINDS[reading.kind].label for reading in readings)
            self.refuse("kind", f"This may be more than one thing ({labels}). Choose what it is")


class RenewForm(Form):
    """Until when a standing enquiry is kept from now on, and why."""

    ends = LastDay("Last day", hint=LAST_DAY_HINT)
    why = Text(
        "Why do you still need it?",
        hint="Kept in the journal, such as: the operation runs until May",
        needed="Say why your body still needs it",
        limit=LONGEST_REASON,
    )


class EndForm(Form):
    """Why a standing enquiry ends."""

    why = Text(
        "Why does it end?",
        hint="Kept in the journal, such as: the operation is over",
        needed="Say why it ends: it is kept in the journal",
        limit=LONGEST_REASON,
    )
