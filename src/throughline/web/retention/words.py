"""What people can do with a record under review: the words of each, and what follows."""

from dataclasses import dataclass

HISTORY = {
    "group": "Put into a group",
    "keep": "Kept",
    "propose": "Disposal proposed",
    "send-back": "Disposal refused",
    "confirm": "Disposed of",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its button, what follows, and what is said once it is done."""

    name: str
    follows: str
    done: str


ACTS = {
    "keep": Act("Keep it", "It is reviewed again after the years of its group.", "It is kept for now."),
    "group": Act(
        "Change its group", "Its next review is counted anew, by the periods of the group.", "The group is changed."
    ),
    "propose": Act(
        "Propose disposal", "Another person must confirm it before anything goes.",
        "Disposal is proposed. Another person must confirm it.",
    ),
    "hold": Act("Place a hold", "Nobody can dispose of it while the hold stands.", "The hold stands."),
    "send-back": Act("Refuse disposal", "It is open for review again.", "It is open for review."),
    "confirm": Act(
        "Dispose of it",
        "Its items, selectors, files, statements about lines that rest on it and hits that nobody judged go at once "
        "and cannot be brought back. Its reference, marking and dates stay, with a certificate.",
        "It is disposed of.",
    ),
}  # fmt: skip
