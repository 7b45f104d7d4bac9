"""What the states and moves of a bid are called on pages."""

from throughline.web.lines.words import Act

STATES = {
    "bid": "To be deconflicted", "referred": "Referred up", "deconflicted": "To be assessed",
    "assessed": "To be decided", "adopted": "Adopted", "shared": "To be shared", "not adopted": "Not adopted",
    "allocated": "Offered", "accepted": "Accepted", "declined": "Declined", "active": "Under way",
    "result": "Result to be reviewed", "reviewed": "Reviewed", "closed": "Closed", "withdrawn": "Withdrawn",
}  # fmt: skip
HISTORY = {
    "deconflict": "Deconflicted", "assess": "Assessed", "adopt": "Adopted", "share": "To be shared",
    "turn down": "Not adopted", "refer up": "Referred up", "escalate": "Escalated", "offer": "Offered",
    "allocate": "Offered as planned",
    "accept": "Accepted", "decline": "Declined", "begin": "Begun", "record": "Result recorded",
    "review": "Reviewed", "close": "Closed", "withdraw": "Withdrawn", "take off": "Taken off",
}  # fmt: skip
PILES = {"ours": "Waiting for me", "declined": "Declined", "overdue": "Overdue", "results": "Results missing"}
MOVES = {
    "deconflict": Act(
        "Deconflict it",
        "The numbers that go with the bid, and the numbers and people that you know on its line, are checked now. Each "
        "holder is told that you asked. What is found is shown to your body alone.",
        "What was found is on the bid.",
    ),
    "assess": Act(
        "Assess it",
        "The line's score and confidence, as you may know them now, go with your words to every side of the bid.",
        "The bid is assessed.",
    ),
    "adopt": Act("Adopt it", "It is offered to a body next.", "The bid is adopted."),
    "share": Act(
        "Share it", "Several bodies do the work together. One of them leads, and is offered it next.",
        "The bid is to be shared.",
    ),
    "turn-down": Act(
        "Do not adopt it", "Every side reads your reason and your words. The body that bids can escalate it.",
        "The bid is not adopted.",
    ),
    "refer-up": Act("Refer it up", "The level above deconflicts, assesses and decides.", "The bid is referred up."),
    "escalate": Act("Escalate it", "The level above deconflicts, assesses and decides.", "The bid is escalated."),
    "offer": Act(
        "Offer it to a body", "They may read the bid from now on, as may their region.", "The work is offered.",
    ),
    "allocate": Act(
        "Offer it as planned",
        "It goes to the body that the adopted plan names. They may read the bid from now on, as may their region.",
        "The work is offered.",
    ),
    "accept": Act("Accept it", "Your body does the work, and this officer answers for it.", "You accepted the work."),
    "decline": Act(
        "Decline it", "Every side reads your reason and your words, and where you say it should go next.",
        "You declined the work.",
    ),
    "begin": Act("Begin", "The work counts as under way.", "The work is under way."),
    "record": Act(
        "Record the result",
        "The line's score, as you may know it now, is kept beside it. A line that was closed is closed on the register "
        "first, where its check-backs are set.",
        "The result is recorded.",
    ),
    "review": Act("Review the result", "It is kept with the bid.", "The result is reviewed."),
    "close": Act(
        "Close the bid", "Nothing waits any more. The check-backs of a closed line go on.", "The bid is closed.",
    ),
    "take-off": Act(
        "Take the work off", "Nobody works on it from now on. Every side reads your words.", "The work is taken off.",
    ),
    "withdraw": Act("Withdraw the bid", "Nobody works on it for you.", "The bid is withdrawn."),
}  # fmt: skip
"""Each move as its address names it."""
