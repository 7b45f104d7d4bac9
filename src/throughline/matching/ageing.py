"""When what a body holds is so old that it should have been reviewed."""

from datetime import date

REVIEW_YEARS = 6
"""Years after which a sighting is old. Our default, from general knowledge of review practice: not verified."""


def is_old(newest: date | None, *, today: date) -> bool:
    """Whether the newest sighting that a reader may know lies before the review date; nothing known is not old."""
    if newest is None:
        return False
    return (newest.year + REVIEW_YEARS, newest.month, newest.day) < (today.year, today.month, today.day)
