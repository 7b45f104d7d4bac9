"""What the states, moves and steps of concerns are called on pages."""

from throughline.safeguarding.law import steps
from throughline.web.lines.words import Act

STATES = {
    "proposed": "Proposed", "raised": "Raised", "assessed": "Assessed", "referred": "Referred",
    "safeguarded": "Safety plan stands", "closed": "Closed", "set aside": "Set aside",
}  # fmt: skip
COLOURS = {
    "proposed": "blue", "raised": "red", "assessed": "yellow", "referred": "purple", "safeguarded": "green",
}  # fmt: skip
MOVES = {
    "take-up": Act(
        "Take it up", "It is looked after from now on, and its first clocks start.",
        "It is taken up, and its clocks run.",
    ),
    "set-aside": Act("Set it aside", "Nothing more is done, for the reason that you give.", "It is set aside."),
    "refer": Act(
        "Record a referral", "Somebody who may be a victim of modern slavery is referred.", "The referral is recorded."
    ),
    "safeguard": Act(
        "Record that a safety plan stands", "What keeps the person safe, and who does it.",
        "The plan stands, and the clock of its review runs.",
    ),
    "close": Act("Close it with its outcome", "Every clock ends. It can be reopened.", "It is closed."),
    "reopen": Act("Reopen it", "It is assessed anew, and its first clocks start again.", "It is reopened."),
}  # fmt: skip
REFERRAL_MOVES = {
    "submit": Act(
        "Record that it was submitted",
        "A person submits it on the form of the Home Office. The clock of the decision runs.",
        "It is recorded, and its clock runs.",
    ),
    "notify": Act(
        "Record that the Duty to Notify was sent",
        "For an adult who does not consent. It names nobody.",
        "It is recorded.",
    ),
    "withdraw": Act("Withdraw it", "Nothing more is done with it.", "It is withdrawn."),
    "find-reasonable": Act(
        "Record reasonable grounds",
        "The recovery period begins: at least 30 days.",
        "It is recorded, and the period runs.",
    ),
    "find-conclusive": Act(
        "Record conclusive grounds", "On the balance of probabilities.", "It is recorded."
    ),
    "decide-against": Act(
        "Record a negative decision", "Reconsideration can be asked for.", "It is recorded."
    ),
    "reconsider": Act(
        "Record that it is reconsidered",
        "The clock of the decision runs again.",
        "It is recorded, and its clock runs.",
    ),
}
EPISODE_MOVES = {
    "find": Act("Record that the person was found", "By your force, now. The clock of the return interview runs.",
                "It is recorded, and the clock of the return interview runs."),
    "interview": Act("Record the return interview", "What the child said, and what has to change.", "It is recorded."),
}  # fmt: skip
FIRST = ("take-up", "refer", "safeguard")
"""Moves that take a concern on: their buttons stand out."""
DONE = {key: kind.done for key, kind in steps().items()} | {
    "take-up": "Taken up", "set-aside": "Set aside", "assess": "Assessed", "refer": "Referred",
    "safeguard": "A safety plan stands", "close": "Closed", "reopen": "Reopened",
    "shared": "Shared with another body", "missing": "Reported missing",
    "found": "Found", "acknowledged": "Acknowledged by another body",
    "nrm-submit": "A referral was submitted", "nrm-notify": "A Duty to Notify was sent",
    "nrm-withdraw": "A referral was withdrawn", "nrm-find-reasonable": "Reasonable grounds were found",
    "nrm-find-conclusive": "Conclusive grounds were found", "nrm-decide-against": "A negative decision",
    "nrm-reconsider": "A decision is reconsidered",
}  # fmt: skip
SOURCES = {
    "a person": "A person raised it", "line": "Raised from a county line", "report": "Raised from a report",
    "hit": "Raised from a hit", "screening": "Proposed by screening", "missing": "A missing episode",
    "person": "Raised from a person's page",
}  # fmt: skip
FOUND = {"yes": "Yes", "no": "No", "not known": "Not known"}
