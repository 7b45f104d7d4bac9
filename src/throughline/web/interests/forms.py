"""What is asked of someone who keeps an interest, or ends one."""

from throughline.selectors.registry import KINDS, NotASelector, Selector, guess, parse
from throughline.web.fields import Choice, ManyOf, Select, Text
from throughline.web.forms import Form

LONGEST_REASON = 500
"""What the journal keeps of a reason."""
SILENT = "silent"


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
        hint="Kept in the journal, and shown to your own body",
        needed="Say why your body keeps this interest",
        limit=LONGEST_REASON,
    )
    silent = ManyOf(
        label="Who may learn of it",
        choices=[
            Choice(
                SILENT,
                "Keep it silent",
                hint="Anyone who checks it is shown nothing of your interest, and you are still told who asked. "
                "Otherwise they are told that your body holds it, and to ring your desk.",
            )
        ],
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


class EndForm(Form):
    """Why an interest ends."""

    why = Text(
        "Why does it end?",
        hint="Kept in the journal",
        needed="Say why the interest ends: it is kept in the journal",
        limit=LONGEST_REASON,
    )
