"""The one clock: everything that needs to know the time asks here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_stopped: list[datetime] = []


def now() -> datetime:
    """The present moment, in UTC. Read it once at the edge and pass it down."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


def today() -> date:
    """The date on a wall calendar in the United Kingdom, where every clock in law is read."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The date of a moment on a wall calendar in the United Kingdom."""
    return at.astimezone(LONDON).date()


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock still, for tests and for replaying a past day."""
    _stopped.append(at)
    try:
        yield
    finally:
        _stopped.pop()
