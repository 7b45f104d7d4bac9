"""What the states and moves of an arrest are called on pages."""

from throughline.web.lines.words import Act

STATES = {
    "in custody": "In custody", "on bail": "On bail", "under investigation": "Released under investigation",
    "charged": "Charged", "no further action": "No further action",
}  # fmt: skip
COLOURS = {"in custody": "red", "on bail": "yellow", "under investigation": "blue", "charged": "green"}
MOVES = {
    "bail": Act("Release on bail", "", "Bail runs, and its clock with it."),
    "release": Act("Release under investigation", "", "Released under investigation. A review falls due."),
    "charge": Act("Record a charge", "What runs for this suspect ends.", "The charge is recorded."),
    "end": Act("Take no further action", "What runs for this suspect ends.", "It is recorded."),
}
HISTORY = {
    "bail": "Released on bail", "release": "Released under investigation", "charge": "Charged",
    "end": "No further action",
}  # fmt: skip
ABOUT = {
    "start": "When months begin", "told": "Representations", "in time": "In time",
    "investigation": "Release under investigation", "presumption": "Bail or not", "nations": "Where",
}  # fmt: skip
