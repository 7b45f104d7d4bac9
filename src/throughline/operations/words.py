"""The lists that people choose from: kinds of operation, and what a figure is put down to."""

from typing import Final

KINDS: Final = {
    "week": "Intensification week",
    "operation": "Operation",
}
ATTRIBUTIONS: Final = {
    "week": "Because of this operation",
    "programme": "Because of this operation, and paid for by the county lines programme",
    "mixed": "Some would have happened without it",
    "not said": "Not said",
}
"""Programme figures count only what would not have happened without its money (Home Office programme data): each return
says what its figures are put down to. The words are ours."""
LEVELS: Final = {
    "major": "Major: significantly and lastingly reduced",
    "moderate": "Moderate: noticeably reduced, for a time",
    "minor": "Minor: reduced a little",
    "none": "None: no change",
    "negative": "Negative: made worse",
}
"""Levels of disruption. From general knowledge: no published definition was read, and pages say so."""
PS: Final = {"pursue": "Pursue", "prevent": "Prevent", "protect": "Protect", "prepare": "Prepare"}
