"""What the states and moves of a county line are called on pages."""

from dataclasses import dataclass

STATES = {
    "proposed": "Proposed", "live": "Live", "closed type 1": "Closed, Type 1", "closed type 2": "Closed, Type 2",
    "reopened": "Reopened", "not a line": "Not a line",
}  # fmt: skip
HISTORY = {
    "accept": "Accepted as a line", "close as type 1": "Closed, Type 1", "close as type 2": "Closed, Type 2",
    "reopen": "Reopened", "dismiss": "Found to be no line", "reconsider": "Proposed again",
}  # fmt: skip
REACHES = {
    "external": "External: it sells outside the area that it comes from",
    "internal": "Internal: it sells in the area that it comes from",
    "": "Not known yet",
}
CLOSURES = {
    "type 1": ("Type 1", "The line holder is arrested and charged, and the number can be used no longer"),
    "type 2": ("Type 2", "The number, the line or the SIM is out of use"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """What needs a reason: its name, what follows from it, and the sentence told once it is done."""

    name: str
    follows: str
    done: str
    button: str = ""


MOVES = {
    "accept": Act("Accept it as a line", "It counts as a live line from then on.", "The line is live."),
    "dismiss": Act(
        "It is not a line", "It stays on the register as no line, with your reason.",
        "The line is marked as not a line.",
    ),
    "reopen": Act("Reopen the line", "It counts as live again.", "The line is reopened."),
    "reconsider": Act("Propose it again", "It waits to be accepted once more.", "The line is proposed again."),
}  # fmt: skip
