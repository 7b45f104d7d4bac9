"""Who may make a sanitised version of what: the codes S1 and S2 as a rule, with no database in it."""

from typing import Final

from throughline.intelligence.grading import Sanitising

STANDS: Final = frozenset({"graded", "circulated"})
"""The states of a report of which a version may be made."""
CURRENT: Final = STANDS | {"received"}
"""The states of a report that stands, or waits to: the rest was replaced, rejected or taken back."""


def sanitisable(*, is_own: bool, sanitisation: str) -> bool:
    """Whether a body may sanitise an item: its own always, another's only where S1 gives it leave.

    Under S2 the originator must be consulted, so the originator makes the version; an item under P carries no such
    code, and goes further only if its owner circulates it.
    """
    return is_own or sanitisation == Sanitising.DELEGATED
