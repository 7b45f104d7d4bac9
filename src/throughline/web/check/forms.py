"""What a person types to check a selector, and what it may be read as."""

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.selectors.registry import KINDS, NotASelector, Selector, guess, parse
from throughline.web.fields import Choice, ManyOf, OneOf, Select, Text
from throughline.web.forms import Form

LONGEST_REASON = 500
"""What the journal keeps of a reason."""


SILENT = "silent"
ASK_SILENTLY = Choice(
    SILENT,
    "Ask silently",
    hint="Whoever holds it is told that somebody asked, not who or why; nobody else is told",
)


def may_ask_silently(reader: Reader) -> bool:
    """Whoever may keep a silent interest may ask silently too."""
    return reader.may(Permission.INTEREST_KEEP)


class CheckForm(Form):
    """A value, perhaps its kind, and the reason; once valid, `readings` is what the value may be, likeliest first."""

    selector = Text(
        "What do you want to check?",
        hint="A phone number, vehicle, name with date of birth, address, handle or account, as you have it",
        needed="Enter what you want to check",
        limit=400,
    )
    kind = Select(
        label="What it is",
        hint="Leave this unless you need to say",
        choices=[Choice(kind.name, kind.label) for kind in KINDS.values()],
        empty="Work it out",
    )
    why = Text(
        "Why do you ask?",
        hint="Kept in the journal, and shown to whoever holds it, such as: stopped on the A2",
        needed="Say why you ask: it is kept in the journal and shown to whoever holds it",
        limit=LONGEST_REASON,
    )
    silent = ManyOf(label="Who may learn that you asked", choices=[ASK_SILENTLY])
    readings: tuple[Selector, ...] = ()

    def rules(self) -> None:
        try:
            first = parse(self.selector, self.kind or None)
        except NotASelector as problem:
            self.refuse("selector", str(problem))
            return
        self.readings = (first,) if self.kind else tuple(guess(self.selector)) or (first,)


class WhichForm(Form):
    """The question that follows when a value may be several things; the rest is carried along as it was typed."""

    selector = Text("What was typed", limit=400)
    why = Text("Why", limit=LONGEST_REASON)
    silent = ManyOf("Silently", choices=[ASK_SILENTLY])
    kind = OneOf(
        label="What is it?",
        hint="What you typed can be read in more than one way",
        needed="Choose what it is",
    )


def which_form(form: CheckForm, *, is_second_time: bool) -> WhichForm:
    """Ask which of its readings the value is; the second time with the sentence that it was not said."""
    choices = [
        Choice(reading.kind, KINDS[reading.kind].label, hint=reading.shown) for reading in form.readings
    ]
    asked = WhichForm(
        start={"selector": form.selector, "why": form.why, "silent": form.silent}, choices={"kind": choices}
    )
    if is_second_time:
        asked.refuse("kind", WhichForm.kind.needed)
    return asked
