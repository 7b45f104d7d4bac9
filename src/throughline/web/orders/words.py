"""What the states, moves and parts of court orders are called on pages."""

from throughline.orders.law import all_versions
from throughline.web.lines.words import Act

STATES = {
    "drafted": "Drafted", "authorised": "Authorised", "applied": "Applied for", "granted": "Granted",
    "refused": "Refused", "served": "Served", "complied": "Complied with", "varied": "Varied",
    "extended": "Extended", "expired": "Expired", "discharged": "Discharged", "withdrawn": "Withdrawn",
}  # fmt: skip
COLOURS = {
    "drafted": "blue", "authorised": "blue", "applied": "purple", "granted": "yellow", "served": "yellow",
    "varied": "yellow", "extended": "yellow", "complied": "green", "refused": "red",
}  # fmt: skip
HISTORY = {
    "authorise": "Authorised", "apply": "Applied for", "grant": "Granted", "refuse": "Refused", "serve": "Served",
    "comply": "Complied with", "vary": "Varied by the court", "extend": "Extended by the court", "expire": "Expired",
    "discharge": "Discharged", "withdraw": "Withdrawn",
}  # fmt: skip
MOVES = {
    "authorise": Act(
        "Authorise it", "The Act says who may apply: give the rank that you hold.", "It is authorised."
    ),
    "apply": Act("Record the application", "It is before the court.", "The application is recorded."),
    "grant": Act(
        "Record that it is granted",
        "The time for compliance is worked out from the day of the order, and its clock starts.",
        "It is granted, and its clocks run.",
    ),
    "refuse": Act("Record that it is refused", "Nothing is cut off.", "It is recorded as refused."),
    "serve": Act("Record that it is served", "The provider has it.", "It is recorded as served."),
    "comply": Act(
        "Record compliance",
        "From that moment a watch is kept for the number that takes over, where call data is held.",
        "It is recorded. What takes over is being watched for.",
    ),
    "vary": Act("Record a variation", "It is served again, and its clocks start anew.", "It is varied."),
    "extend": Act(
        "Record an extension",
        "Only the court extends an order. Nothing extends by itself.",
        "It is extended.",
    ),
    "expire": Act("Record that it expired", "Its last day is over.", "It is recorded as expired."),
    "discharge": Act("Record a discharge", "The court has ended it.", "It is recorded as discharged."),
    "withdraw": Act("Withdraw it", "Nothing more is done with it.", "It is withdrawn."),
}
SHORT = {key: versions[-1].short for key, versions in all_versions().items()}
"""The kinds as lists call them."""
FIRST = ("authorise", "apply", "grant", "serve", "comply")
"""Moves that take an order on: their buttons stand out."""
PARTS = {
    "used": "First limb: use", "prevents": "Second limb: effect", "plan": "What else is done",
    "affected": "Persons likely to be affected", "innocent": "Innocent use", "proportionate": "Proportionality",
    "without_notice": "Why without notice", "duration": "Duration asked",
}  # fmt: skip
ABOUT = {
    "power": "Power", "applicant": "Who may apply", "respondent": "Against whom", "offences": "Offences",
    "items": "What it can name", "used": "First limb of the test", "prevents": "Second limb of the test",
    "standard": "Standard of proof", "affected": "Affected persons", "carve-out": "Exception", "duration": "Duration",
    "compliance": "Time for compliance", "earlier": "Earlier time", "working day": "Working day", "court": "Court",
    "notice": "Notice and privacy", "change": "Change and end", "breach": "Breach", "commencement": "In force from",
}  # fmt: skip
