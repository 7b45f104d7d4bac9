"""What judgements of a proposed link are called on pages."""

from throughline.matching.people.links import OPEN
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK, UNSURE

VERDICTS = {
    SAME: "The same person",
    DIFFERENT: "Different people",
    UNSURE: "It cannot be said",
    TAKEN_BACK: "Taken back",
}
"""As a line of the history."""
STATES = {OPEN: "To be judged", **{verdict: VERDICTS[verdict] for verdict in (SAME, DIFFERENT, UNSURE)}}
DONE = {
    SAME: "You said that they are the same person.",
    DIFFERENT: "You said that they are different people.",
    UNSURE: "You said that it cannot be said yet.",
    TAKEN_BACK: "You took your judgement back.",
}
PLACES = {
    SAME: "The same place",
    DIFFERENT: "Different places",
    UNSURE: "It cannot be said",
    TAKEN_BACK: "Taken back",
}
"""The same of two addresses."""
PLACE_DONE = {
    SAME: "You said that they are the same place.",
    DIFFERENT: "You said that they are different places.",
    UNSURE: "You said that it cannot be said yet.",
    TAKEN_BACK: "You took your judgement back.",
}
