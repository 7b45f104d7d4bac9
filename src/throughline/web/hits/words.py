"""What the moves, states and reasons of a hit are called on pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A move as a button, as the sentence told once it is made, and as a line of the history."""

    button: str
    done: str
    history: str
    together: str = ""


MOVES = {
    "confirm": MoveWords(
        "Confirm the hit", "You confirmed the hit.", "Confirmed", "Confirm them: they are links"
    ),
    "dismiss": MoveWords(
        "Dismiss the hit", "You dismissed the hit.", "Dismissed", "Dismiss them: they are no links"
    ),
    "doubt": MoveWords(
        "I am unsure", "You marked the hit as unsure.", "Marked as unsure", "I am unsure of them"
    ),
    "reconsider": MoveWords("Reconsider", "The hit is open again, as unsure.", "Reconsidered"),
}
STATES = {
    "raised": "Raised: to be judged",
    "confirmed": "Confirmed",
    "dismissed": "Dismissed",
    "unsure": "Unsure",
}
RANKED_BY = {
    "kind": "Kind of selector",
    "holders": "Bodies that hold it",
    "times": "Times seen",
    "common": "Common value",
}
