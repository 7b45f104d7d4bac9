"""How often somebody may do a thing in a time, counted in the database so that every process counts together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, reading
from throughline.kernel import clock


@dataclass(frozen=True, slots=True)
class Limit:
    """So many uses of ``what`` in a window that begins with the first of them."""

    what: str
    uses: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class TooOften:
    """The limit is reached until then."""

    limit: Limit
    until: datetime

    @property
    def seconds(self) -> int:
        """How long to wait from now, at least one."""
        return max(1, int((self.until - clock.now()).total_seconds()))


def spend(limit: Limit, *, who: str, by: Reader | None) -> TooOften | None:
    """Count one use by ``who``, an account or an address. That the limit was passed is noted once a window."""
    uses, since = _asked("access_pace_spend", limit, who) or (0, clock.now())
    if uses <= limit.uses:
        return None
    if uses == limit.uses + 1:
        _note(limit, by)
    return TooOften(limit, since + limit.window)


def is_spent(limit: Limit, *, who: str) -> TooOften | None:
    """Whether the limit is reached, without counting this as a use."""
    uses, since = _asked("access_pace_spent", limit, who) or (0, clock.now())
    return TooOften(limit, since + limit.window) if uses >= limit.uses else None


def _asked(door: str, limit: Limit, who: str) -> tuple[int, datetime] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select uses, since from {door}(%s, %s, %s, %s)",  # noqa: S608 one of two names above
            [limit.what, who, clock.now(), int(limit.window.total_seconds())],
        )
        return cursor.fetchone()  # type: ignore[no-any-return]  # as the two doors give it


def _note(limit: Limit, by: Reader | None) -> None:
    """In the journal of the body of whoever was held up; of an address nobody signed in at, in nobody's."""
    why = f"more than {limit.uses} in {int(limit.window.total_seconds()) // 60} minutes"
    if by is None:
        journal.note(Verb.REFUSE, limit.what, why=why)
        return
    with reading(by):
        journal.note(Verb.REFUSE, limit.what, why=why)
