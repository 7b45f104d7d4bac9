"""What the states and sides of a request for access are called on pages."""

SIDES = {"received": "Received by your body", "made": "Made by your body"}
STATES = {
    "asked": "Waiting for an answer",
    "granted": "Granted",
    "sanitised": "Granted, sanitised",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}
DONE = {
    "granted": "Granted in full",
    "sanitised": "Granted with a sanitised report",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}
