"""What a decline may rest on, where it can go from there, and how tractable work is: lists that people choose from."""

REASONS = {
    "priority": "A higher local priority",
    "capacity": "No capacity",
    "capability": "No capability",
    "intelligence": "Not enough intelligence",
    "in hand": "Already under investigation",
    "elsewhere": "Better placed elsewhere",
    "safety": "Risk to safety or to a source",
}
"""Why work is declined. A list of this product: no published bid form names one."""
ROUTES = {
    "another": "Offer it to another body",
    "up": "Refer it to the level above",
    "heads": "Have the heads of crime of both bodies settle it",
    "again": "Bring it back when the reason has gone",
}
"""Where declined work goes next: named by whoever declines, taken by whoever the work waits for."""
TRACTABILITY = {
    "ready": "Ready: the holder and the number are known, and it could be done within two weeks",
    "near": "Near: one thing is missing, and it is known how to get it",
    "long": "Long: months of work before anything could be done",
    "unknown": "Not known: nobody has looked closely enough to say",
}
"""How far work would get, on a scale of this product: the assessor chooses, and says why in words."""
TACTICS = {
    "warrant": "Search warrant", "arrest": "Arrest phase", "surveillance": "Surveillance",
    "communications": "Communications data", "order": "Drug dealing telecommunications restriction order",
    "transport": "Work on rail, coach or roads", "visits": "Visits to homes that may be taken over",
    "safeguarding": "Safeguarding of children and adults", "finance": "Financial investigation",
    "partners": "Work with schools, housing or health",
}  # fmt: skip
PROTECTING = frozenset({"visits", "safeguarding", "partners"})
"""Tactics that are for somebody and against nobody."""
LEVELS = {"local": "Level 1, local", "regional": "Level 2, regional", "national": "Level 3, national"}
"""The levels of the National Intelligence Model."""
OUTCOMES = {
    "clear": "Nobody else is known to work on it",
    "together": "Others work on it or hold its numbers, and it goes on with them",
    "hold": "Others work on it, and it should not go on by itself",
}
"""What deconfliction came to, in the word of whoever did it."""
CLOSURES = {
    "": "Not closed",
    "type 1": "Closed, Type 1: the holder is charged and the number is out of use",
    "type 2": "Closed, Type 2: the number is out of use",
}
