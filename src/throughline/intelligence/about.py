"""What a report says of itself besides its items: threats, priority, provenance, caveat, contact and source."""

import re
from dataclasses import dataclass, field
from typing import Final

from throughline.intelligence.grading import Grade
from throughline.intelligence.report_cells import CellProblem, plain_text, refuse_formula, shown
from throughline.intelligence.threats import threat_families

PRIORITIES: Final = {
    "high": "Threat to life, serious harm, or an imminent risk or opportunity",
    "medium": "Time-critical",
    "low": "All else",
}
"""One force's wording, as read in a third party's account of it: unverified as a national rule."""

CAVEAT: Final = (
    "For intelligence only. Not to be disclosed in proceedings unless the originator authorises it."
)
"""The dissemination caveat of a report that carries no other."""

LONGEST_PROVENANCE: Final = 4_000
LONGEST_CAVEAT: Final = 1_000
LONGEST_CONTACT: Final = 200
_UNIT_REF: Final = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/-]{1,39}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the information is linked to the matter, without naming the source. Graded in its own right."""

    text: str
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class About:
    """All of it; what is blank was not said. `pii` (public interest immunity) is `yes`, `no` or blank."""

    threats: tuple[str, ...] = ()
    priority: str = ""
    caveat: str = ""
    contact: str = ""
    pii: str = ""
    sensitive_source: str = ""
    provenance: Provenance | None = field(default=None)


NOTHING_MORE: Final = About()


def threats_from(text: str) -> tuple[str, ...]:
    """Read codes of threat families joined by `;`. Raises `CellProblem`."""
    refuse_formula(text.strip())
    codes = dict.fromkeys(code.strip().casefold() for code in text.split(";") if code.strip())
    unknown = [code for code in codes if code not in threat_families()]
    if unknown:
        raise CellProblem(f"The threat {shown(unknown[0])} is not one of: {', '.join(threat_families())}.")
    return tuple(codes)


def priority_from(text: str) -> str:
    """Read a priority. Raises `CellProblem`."""
    return _one_of(text, tuple(PRIORITIES), "priority")


def pii_from(text: str) -> str:
    """Read whether public interest immunity applies. Raises `CellProblem`."""
    return _one_of(text, ("yes", "no"), "pii")


def _one_of(text: str, allowed: tuple[str, ...], name: str) -> str:
    said = text.strip().casefold()
    if said and said not in allowed:
        raise CellProblem(f"The {name} {shown(text)} is not one of {', '.join(allowed)}.")
    return said


def sensitive_source_from(text: str) -> str:
    """Read the originating unit's own reference of a sensitive source: opaque, and only one a report.

    No name can be written down here: letters, figures, hyphens and strokes, with at least one figure, no space.
    """
    said = text.strip().upper()
    if said and not _UNIT_REF.fullmatch(said):
        raise CellProblem(
            "The sensitive source is the unit's own reference and never a name: 2 to 40 letters, figures, hyphens and "
            "strokes, with at least one figure and no space. One a report."
        )
    return said


def words_from(text: str, *, name: str, most: int) -> str:
    """Read free words, within a length. Raises `CellProblem`."""
    words = plain_text(text, name).strip()
    if len(words) > most:
        raise CellProblem(f"The {name} is {len(words):,} characters long; {most:,} is the most.")
    return words
