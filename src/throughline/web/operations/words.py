"""What the states and moves of operations and returns are called on pages."""

from throughline.web.lines.words import Act

STATES = {
    "planned": "Planned", "under way": "Under way", "concluded": "Concluded", "published": "Published",
    "called off": "Called off",
}  # fmt: skip
COLOURS = {
    "planned": "blue", "under way": "yellow", "concluded": "purple", "published": "green", "called off": "grey",
}  # fmt: skip
HISTORY = {
    "begin": "Begun", "call off": "Called off", "conclude": "Concluded", "publish": "Totals published",
}  # fmt: skip
MOVES = {
    "begin": Act(
        "Begin", "Returns are asked from now on, and chased when they are late.", "It is under way."
    ),
    "call-off": Act("Call it off", "No returns are asked.", "It is called off."),
    "conclude": Act(
        "Conclude it",
        "Totals stay provisional: late returns and corrections still count.",
        "It is concluded.",
    ),
    "publish": Act(
        "Publish the totals",
        "The totals as they stand now are fixed as those published. What is corrected later is shown beside them.",
        "The totals are published.",
    ),
}
RETURNS = {
    "in": "In",
    "late": "In, late",
    "nil": "Nothing to report",
    "missing": "Missing",
    "waiting": "Not yet due",
}
RETURN_COLOURS = {"in": "green", "late": "orange", "nil": "teal", "missing": "red", "waiting": "grey"}
MARKS = {"in": "✓", "late": "L", "nil": "0", "missing": "!", "waiting": "·"}
"""What a return is in a picture too small for words; the picture's key and the table say the same."""
DISRUPTION_STATES = {
    "claimed": "To be moderated",
    "counted": "Counts",
    "not counted": "Left out",
    "folded": "Folded",
}
DISRUPTION_COLOURS = {"claimed": "blue", "counted": "green", "not counted": "grey", "folded": "purple"}
MODERATES = {
    "count": Act("Count it", "It counts once, at the level that you choose.", "It counts."),
    "leave-out": Act("Leave it out", "It counts nowhere. Its claims are kept.", "It is left out."),
    "fold": Act(
        "Fold it into another",
        "The event counts where it was told first, and not here.",
        "It is folded into the other.",
    ),
    "open-again": Act(
        "Open it again", "It counts nowhere until it is moderated anew.", "It waits for a moderator."
    ),
}
"""What a moderator can do with a disruption, as its address names it."""
