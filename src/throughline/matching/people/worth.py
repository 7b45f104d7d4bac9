"""Which proposed link to look at first: a pure rule, by what a person's answer would tell.

The value of an answer is the doubt that it takes away (C. E. Shannon, 1948), counted by what it touches: doubt x
log2(1 + sightings that the reader may know of both) x 2 where either may be a child. A link at one half, on many
sightings, of somebody under 18, stands first; one that is nearly sure either way, last.
"""

from datetime import date
from math import log2

from throughline.kernel.working_days import age_on

CHILD = 18
FOR_A_CHILD = 2.0


def worth(*, probability: float, sightings: int, may_be_child: bool) -> float:
    """The value of judging a link, 0 or more, without a unit: it orders, and says nothing else."""
    return doubt(probability) * log2(1 + sightings) * (FOR_A_CHILD if may_be_child else 1.0)


def doubt(probability: float) -> float:
    """What is not known, in bits: 1 at one half, 0 where it is sure."""
    if not 0 < probability < 1:
        return 0.0
    return -sum(share * log2(share) for share in (probability, 1 - probability))


def may_be_child(key: str, today: date) -> bool:
    """Whether a person of this value is under 18 today."""
    born = date.fromisoformat(key.rsplit("|", 1)[1])
    return age_on(today, born) < CHILD
