"""What skills, states and sayings of a plan are called on pages."""

from throughline.tasking.planning.tactics import tactics
from throughline.web.lines.words import Act

SKILLS = {name: name.capitalize() for name in tactics().skills}
STATES = {
    "asked": "Asked for", "being worked out": "Being worked out", "not worked out": "Not worked out",
    "proposed": "Proposed", "adopted": "Adopted", "set aside": "Set aside", "superseded": "Superseded",
}  # fmt: skip
HISTORY = {
    "begin": "Taken up by the flow", "propose": "Proposed", "give up": "Not worked out", "adopt": "Adopted",
    "set aside": "Set aside", "supersede": "Superseded",
}  # fmt: skip
SAYINGS = {
    "must": "It must be worked", "pinned": "If it is worked, by this body",
    "moved": "If it is worked, from this week on", "cannot": "Not by this body",
    "excluded": "Leave it alone for now",
}  # fmt: skip
MOVES = {
    "adopt": Act(
        "Adopt the plan",
        "A bid stands for each line in it from then on: one that was assessed is adopted, and where there is none it "
        "is made. The co-ordinators are told, deconflict each, and offer it to the body that the plan names.",
        "The plan is adopted, and its bids stand.",
    ),
    "set-aside": Act("Set the plan aside", "Nothing follows from it.", "The plan is set aside."),
}  # fmt: skip
"""Each move that a person makes, as its address names it."""
