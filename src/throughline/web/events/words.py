"""What the kinds and moves of a planned event are called on pages."""

from dataclasses import dataclass

from throughline.clashes.kinds import EVENT_KINDS

KIND_LABELS = {kind.name: kind.label for kind in EVENT_KINDS.values()}
BUTTONS = {"begin": "It is under way", "finish": "It is over"}
DONE = {"begin": "The event is under way.", "finish": "The event is over."}
HISTORY = {"begin": "Under way", "finish": "Over", "cancel": "Cancelled"}


@dataclass(frozen=True, slots=True)
class Act:
    """What needs a reason: its name, what follows from it, and the sentence told once it is done."""

    name: str
    follows: str
    done: str


CANCEL = Act("Cancel the event", "It warns nobody from then on.", "The event is cancelled.")
BREAK_SILENCE = Act(
    "Break the silence",
    "You are told at once of who else plans something near it, and they are told of your body.",
    "The event is silent no longer.",
)
