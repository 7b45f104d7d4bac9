"""The kinds of planned event, how near in space and time another counts as a clash, and why.

The figures are our judgement: no published rule was found (see docs/unverified.md). They err on the wide side, since
a needless call to a desk costs a minute.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind: its name and label, how near counts in metres and in time, and the reason for that."""

    name: str
    label: str
    radius: int
    margin: timedelta
    reason: str


_ALL = (
    EventKind(
        "warrant", "Warrant", 1_000, timedelta(hours=6),
        "Vans, a forced door and people who run are noticed some streets away, and for hours before and after.",
    ),
    EventKind(
        "surveillance", "Surveillance", 2_000, timedelta(hours=12),
        "A team follows on foot and by car, and is spoilt by anything that draws eyes to the neighbourhood that day.",
    ),
    EventKind(
        "visit", "Visit", 500, timedelta(hours=3),
        "A few officers at one address are seen in its own street.",
    ),
    EventKind(
        "test purchase", "Test purchase", 1_000, timedelta(hours=6),
        "A buyer and the officers who cover them move through the streets around a meeting place.",
    ),
    EventKind(
        "other", "Something else", 1_000, timedelta(hours=6),
        "Nothing is known of it, so it is taken as a warrant is.",
    ),
)  # fmt: skip
EVENT_KINDS = {kind.name: kind for kind in _ALL}
WIDEST = max(kind.radius for kind in _ALL)
"""Metres. Of two events, the wider radius and the longer margin count, so that both sides get one answer."""
