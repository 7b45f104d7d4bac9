"""The outbox: a fact is written with the change it tells of, and each step it asks for is done exactly once.

A step runs in the transaction that marks it done, so a killed worker leaves it waiting and nothing half done
(decision 0003: why the outbox is its own queue).
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Min, Q

from throughline.kernel import clock
from throughline.kernel.models import StepRow

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""A step is tried this often, with growing pauses, before it waits for its owner."""
LEFT_FOR = timedelta(hours=1)
"""How long a step that this version does not know is left to a newer one; then it is tried, and fails in sight."""
WAKE = "throughline_wake"
"""The channel on which the database wakes a sleeping worker at commit."""
_MOMENT = 0.05
"""Seconds between two looks at steps that another worker has in hand."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in the past tense. Subclasses hold ids and plain values, never content."""


Payload = Mapping[str, Any]
Step = Callable[[Sequence[Payload]], None]
"""A step takes the payloads of a batch of facts of one kind, oldest first.

All that it does is in the database, so that it can be undone and done again.
"""

_Taken = tuple[int, str, dict[str, Any], int]
"""The number of a step, its name, the payload of its fact, and how often it was tried before."""

_steps_of: dict[str, list[str]] = {}
_steps: dict[str, Step] = {}


_ANNOUNCE = """
with fact as (
  insert into kernel_fact (name, payload, at)
    select name, payload, %(at)s from unnest(%(names)s::text[], %(payloads)s::jsonb[])
      with ordinality as f(name, payload, place) order by place
  returning id, name
), step as (
  insert into kernel_step (fact_id, step, state, attempts, due_at, trouble, owner)
    select fact.id, s.step, 'waiting', 0, %(due)s, '', 'admin'
      from fact join unnest(%(of)s::text[], %(steps)s::text[]) with ordinality as s(name, step, place) using (name)
     order by fact.id, s.place
) select pg_notify(%(wake)s, '')
"""
"""One statement, since every move and every step announces something."""
_TAKE = """
select s.id, s.step, f.payload, s.attempts from kernel_step s join kernel_fact f on f.id = s.fact_id
 where s.state = 'waiting' and (s.due_at <= %(now)s or s.attempts > 0 and %(hurried)s)
   and (s.step = any(%(known)s) or s.attempts > 0 or s.due_at < %(late)s)
 order by s.id limit %(batch)s for update of s skip locked
"""
"""A worker of the version before leaves to the new one what it does not know, while that takes over."""
_WAITS = """
select exists (select from kernel_step where state = 'waiting' and (due_at <= %(now)s or attempts > 0)
  and (step = any(%(known)s) or attempts > 0 or due_at < %(late)s))
"""
_DONE = "update kernel_step set state = 'done', done_at = %s, trouble = '' where id = any(%s)"


def use_flow(flow: Mapping[type[Fact], Sequence[Step]]) -> None:
    """Tell the outbox which steps follow which fact. Called once at start, with the table in ``flow.py``."""
    _steps_of.clear()
    _steps.clear()
    for fact, steps in flow.items():
        _steps_of[fact.__name__] = [step.__name__ for step in steps]
        _steps.update({step.__name__: step for step in steps})


def announce(*facts: Fact, due: datetime | None = None) -> None:
    """Record facts and the steps they ask for, in the caller's transaction.

    With ``due`` the steps wait until then: a clock. Such a step looks first whether it is still needed.

    Raises:
        KeyError: the flow does not know this fact; a fact nobody follows would be lost in silence.
    """
    if not facts:
        return
    names = [type(fact).__name__ for fact in facts]
    asked = [(name, step) for name in dict.fromkeys(names) for step in _steps_of[name]]
    with connection.cursor() as cursor:
        cursor.execute(
            _ANNOUNCE,
            {
                "names": names, "payloads": [json.dumps(asdict(fact)) for fact in facts],
                "at": clock.now(), "due": due or clock.now(),
                "of": [name for name, _ in asked], "steps": [step for _, step in asked], "wake": WAKE,
            },
        )  # fmt: skip


def work_once(*, batch: int = 200) -> int:
    """Take up to ``batch`` steps that are due and do them. Returns how many were taken."""
    return _work(batch, hurried=False)


def _work(batch: int, *, hurried: bool) -> int:
    try:
        return _work_through(batch, _do_all, hurried=hurried)
    except Exception:
        return _work_through(batch, _do_with_care, hurried=hurried)


def _work_through(batch: int, do: Callable[[list[_Taken]], None], *, hurried: bool) -> int:
    with transaction.atomic():
        if taken := _take(batch, hurried=hurried):
            do(taken)
    return len(taken)


def _do_all(taken: list[_Taken]) -> None:
    """As nearly always: no savepoint, since if one step fails the whole batch is undone and done again with care."""
    for step, rows in _by_step(taken):
        _steps[step]([row[2] for row in rows])
    # Only now: withdrawing looks at what still waits to be matched, in this very batch as well.
    _mark_done(taken)


def _do_with_care(taken: list[_Taken]) -> None:
    for step, rows in _by_step(taken):
        _do(step, rows)


def _by_step(taken: list[_Taken]) -> Iterator[tuple[str, list[_Taken]]]:
    for step, rows in groupby(sorted(taken, key=lambda r: (r[1], r[0])), key=lambda r: r[1]):
        yield step, list(rows)


def _mark_done(rows: Sequence[_Taken]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [clock.now(), [row[0] for row in rows]])


def drain() -> int:
    """Do every step that waits, and those that they bring about, without the pauses between attempts.

    A clock that runs is left to run.

    What another worker has in hand is waited for. Returns how many steps were taken here. A step that cannot be
    done has then given up and stands under ``failed``.
    """
    total = 0
    while (taken := _work(200, hurried=True)) or _anything_waits():
        total += taken
        if not taken:
            time.sleep(_MOMENT)
    return total


def waiting() -> int:
    """How many steps wait for a worker, between two attempts as well; a clock that still runs is left to run."""
    return StepRow.objects.filter(Q(due_at__lte=clock.now()) | Q(attempts__gt=0), state="waiting").count()


def _anything_waits() -> bool:
    """Whether ``waiting`` is more than 0, by the small index of steps that wait."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, _known())
        return bool(cursor.fetchone()[0])


def _known() -> dict[str, Any]:
    """The steps of this version, and since when any other must have been due before it is tried."""
    now = clock.now()
    return {"now": now, "known": list(_steps), "late": now - LEFT_FOR}


@dataclass(frozen=True, slots=True)
class Standing:
    """Steps whose time has come and that nobody has done, since when the oldest of them, and those that gave up."""

    due: int
    oldest_seconds: float
    failed: int


def standing() -> Standing:
    """How the queue stands, in one look."""
    due, now = Q(state="waiting", due_at__lte=clock.now()), clock.now()
    found = StepRow.objects.exclude(state="done").aggregate(
        due=Count("pk", filter=due),
        since=Min("due_at", filter=due),
        failed=Count("pk", filter=Q(state="failed")),
    )
    since = (now - found["since"]).total_seconds() if found["since"] else 0.0
    return Standing(found["due"], since, found["failed"])


def failed() -> int:
    """How many steps gave up and wait for their owner."""
    return StepRow.objects.filter(state="failed").count()


def retry_failed() -> int:
    """Put every failed step back in the queue, by hand. Returns how many."""
    return StepRow.objects.filter(state="failed").update(state="waiting", attempts=0, due_at=clock.now())


def _take(batch: int, *, hurried: bool) -> list[_Taken]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, _known() | {"hurried": hurried, "batch": batch})
        return [(row, step, json.loads(payload), tried) for row, step, payload, tried in cursor.fetchall()]


def _do(step: str, rows: list[_Taken]) -> None:
    try:
        with transaction.atomic():
            _steps[step]([row[2] for row in rows])
            _mark_done(rows)
    except Exception as trouble:
        if len(rows) == 1:
            _put_back(rows[0], trouble)
            return
        # One poisoned fact must not hold up the rest of its batch: do them one by one.
        for row in rows:
            _do(step, [row])


def _put_back(row: _Taken, trouble: Exception) -> None:
    attempts = row[3] + 1
    log.exception("step %s of fact step row %s failed, attempt %s", row[1], row[0], attempts)
    StepRow.objects.filter(pk=row[0]).update(
        attempts=attempts,
        state="failed" if attempts >= ATTEMPTS else "waiting",
        due_at=clock.now() + timedelta(seconds=2**attempts),
        # The class only: a message could repeat content that the queue's reader may not know.
        trouble=type(trouble).__name__,
    )
