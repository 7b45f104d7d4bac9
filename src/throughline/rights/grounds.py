"""Kinds of request, what may be decided on a record, and the grounds for giving less: as data, none verified."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from throughline.kernel.terms import Term, Unit

GIVE, PART, WITHHOLD = "give", "part", "withhold"
DECISIONS: Final = {
    "access": {GIVE: "Give it", PART: "Give it in part", WITHHOLD: "Withhold it"},
    "rectification": {GIVE: "Put it right", PART: "Put part of it right", WITHHOLD: "Leave it as it is"},
    "erasure": {GIVE: "Erase it", PART: "Erase part of it", WITHHOLD: "Keep it"},
    "restriction": {GIVE: "Restrict it", PART: "Restrict part of it", WITHHOLD: "Do not restrict it"},
    "disclosure": {GIVE: "Disclose it", PART: "Disclose it in part", WITHHOLD: "Withhold it"},
}
"""What may be decided on a record, by kind of request: all that was asked, part of it, or nothing."""
KINDS: Final = {
    "access": "Access: the person asks what is held on them (DPA 2018 s.45)",
    "rectification": "Rectification: the person says that something is wrong (DPA 2018 s.46)",
    "erasure": "Erasure: the person asks that it be erased (DPA 2018 s.47)",
    "restriction": "Restriction: the person asks that its use be restricted (DPA 2018 s.47)",
    "disclosure": "Disclosure in a criminal case (CPIA 1996)",
}
"""The kinds of request. The sections are from general knowledge and not verified."""
_PAUSE = "DPA 2018 s.54(3): while proof of identity that was reasonably asked for has not come (not verified)"
ANSWER: Final = Term(
    "rights answer", "Answer to a request on a person", "DPA 2018 s.45(5), s.48 and s.54: one month from its receipt",
    Unit.MONTHS, 1, warn_hours=(7 * 24, 24), is_first_counted=True, is_unverified=True, pause=_PAUSE,
)  # fmt: skip
"""The day of receipt is counted, which is the shorter reading."""
STATED: Final = Term(
    "disclosure answer", "Disclosure in a case", "The day that the court or the prosecutor gave", Unit.STATED,
    warn_hours=(7 * 24, 24),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """Why less than all is given: the words for us, those for the person ('' for none), and where it is from."""

    key: str
    kinds: tuple[str, ...]
    words: str
    said: str
    source: str
    is_verified: bool


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key, in order. Source: see `Ground.source`; none was read in the Act itself."""
    text = files("throughline.rights").joinpath("grounds.csv").read_text(encoding="utf-8")
    return {
        row["key"]: Ground(
            row["key"], tuple(KINDS) if row["kinds"] == "all" else tuple(row["kinds"].split()), row["words"],
            row["said"], row["source"], row["is_verified"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


def grounds_for(kind: str) -> dict[str, Ground]:
    """Those that a request of this kind may be refused on."""
    return {key: ground for key, ground in grounds().items() if kind in ground.kinds}


def trouble_with(kind: str, *, decision: str, ground: str, words: str) -> tuple[str, str] | None:
    """The field at fault in a decision on a record, and the sentence; None where it can stand.

    Less than all needs one of the grounds of its kind; a part needs the words that are given; all needs no ground.
    """
    if decision not in DECISIONS[kind]:
        return "decision", "Choose what is decided."
    if decision != GIVE and ground not in grounds_for(kind):
        return "ground", "Choose why: what is not given needs a ground."
    if decision == GIVE and ground:
        return "ground", "Leave the ground empty: everything that was asked is given."
    if decision == PART and not words.strip():
        return "words", "Write the part that is given."
    return None
