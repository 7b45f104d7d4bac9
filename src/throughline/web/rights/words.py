"""What people can do with a request on a person: the words of each act, and what follows."""

from dataclasses import dataclass

UNVERIFIED = "The duties and exemptions of the Data Protection Act 2018 that bear on this are not verified: ask your data protection officer."  # noqa: E501
STATES = {
    "received": "Received",
    "deciding": "Being decided on",
    "proposed": "Waits for a second person",
    "approved": "Approved, to be sent",
    "sent": "Answered",
    "withdrawn": "Withdrawn",
}
HISTORY = {
    "gather": "Gathered",
    "propose": "Answer proposed",
    "send-back": "Sent back",
    "approve": "Answer approved",
    "send": "Answer sent",
    "withdraw": "Withdrawn",
}
SHORT = {
    "access": "Access",
    "rectification": "Rectification",
    "erasure": "Erasure",
    "restriction": "Restriction",
    "disclosure": "Disclosure in a case",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its button, what follows, and what is said once it is done."""

    name: str
    follows: str
    done: str


ACTS = {
    "gather": Act(
        "Gather what is held", "Every record that you may know and that names the person or a value of theirs is put "
        "on the request. Records of other bodies are not: those bodies are named. What was decided before stays.",
        "What is held is on the request.",
    ),
    "ask": Act(
        "Ask other bodies", "Each value of the person is checked, and every body that holds it is asked. Whoever "
        "holds it reads who asked and why. Nothing of theirs comes onto this request.",
        "The other bodies are asked. Their answers come to Requests.",
    ),
    "propose": Act(
        "Propose the answer", "A second person, who decided on none of the records, must approve it before it is sent.",
        "The answer is proposed. A second person must approve it.",
    ),
    "send-back": Act("Send it back", "It is decided on again.", "It is being decided on again."),
    "approve": Act(
        "Approve the answer", "You have read each decision and the answer. It can be sent as it is now, and no other.",
        "The answer is approved, and can be sent.",
    ),
    "send": Act(
        "Say that it was sent", "Throughline sends nothing by itself: send the file first. The clock ends, and the "
        "journal says what was disclosed.",
        "The request is answered.",
    ),
    "withdraw": Act(
        "Close it without an answer", "For a request that was withdrawn, or is not one. The clock stops.",
        "The request is closed.",
    ),
}  # fmt: skip
