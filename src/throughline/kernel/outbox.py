"""The outbox: a fact is written with the change it tells of, and each step it asks for is done exactly once.

A step runs in the transaction that marks it done, so a killed worker leaves it waiting and nothing half done
(decision 0003: why the outbox is its own queue).
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from throughline.kernel import clock
from throughline.kernel.models import FactRow, StepRow

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""A step is tried this often, with growing pauses, before it waits for its owner."""
WAKE = "throughline_wake"
"""The channel on which the database wakes a sleeping worker at commit."""
_MOMENT = 0.05
"""Seconds between two looks at steps that another worker has in hand."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, in the past tense. Subclasses hold ids and plain values, never content."""


Payload = Mapping[str, Any]
Step = Callable[[Sequence[Payload]], None]
"""A step takes the payloads of a batch of facts of one kind, oldest first."""

_steps_of: dict[str, list[str]] = {}
_steps: dict[str, Step] = {}


def use_flow(flow: Mapping[type[Fact], Sequence[Step]]) -> None:
    """Tell the outbox which steps follow which fact. Called once at start, with the table in ``flow.py``."""
    _steps_of.clear()
    _steps.clear()
    for fact, steps in flow.items():
        _steps_of[fact.__name__] = [step.__name__ for step in steps]
        _steps.update({step.__name__: step for step in steps})


def announce(*facts: Fact) -> None:
    """Record facts and the steps they ask for, in the caller's transaction.

    Raises:
        KeyError: the flow does not know this fact; a fact nobody follows would be lost in silence.
    """
    if not facts:
        return
    at = clock.now()
    rows = FactRow.objects.bulk_create(
        [FactRow(name=type(fact).__name__, payload=asdict(fact), at=at) for fact in facts], batch_size=1000
    )
    StepRow.objects.bulk_create(
        [StepRow(fact=row, step=step, due_at=at) for row in rows for step in _steps_of[row.name]],
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [WAKE])


def work_once(*, batch: int = 200) -> int:
    """Take up to ``batch`` steps that are due, do them, mark them done. Returns how many were taken."""
    return _work(batch, due_by=clock.now())


def _work(batch: int, *, due_by: datetime | None) -> int:
    with transaction.atomic():
        taken = _take(batch, due_by)
        for step, rows in groupby(sorted(taken, key=lambda r: (r[1], r[0])), key=lambda r: r[1]):
            _do(step, list(rows))
    return len(taken)


def drain() -> int:
    """Do every step that waits, and those that they bring about, without the pauses between attempts.

    What another worker has in hand is waited for. Returns how many steps were taken here. A step that cannot be
    done has then given up and stands under ``failed``.
    """
    total = 0
    while (taken := _work(200, due_by=None)) or waiting():
        total += taken
        if not taken:
            time.sleep(_MOMENT)
    return total


def waiting() -> int:
    """How many steps wait for a worker."""
    return StepRow.objects.filter(state="waiting").count()


def failed() -> int:
    """How many steps gave up and wait for their owner."""
    return StepRow.objects.filter(state="failed").count()


def retry_failed() -> int:
    """Put every failed step back in the queue, by hand. Returns how many."""
    return StepRow.objects.filter(state="failed").update(state="waiting", attempts=0, due_at=clock.now())


_Taken = tuple[int, str, dict[str, Any], int]


def _take(batch: int, due_by: datetime | None) -> list[_Taken]:
    rows = StepRow.objects.select_for_update(skip_locked=True, of=("self",)).filter(state="waiting")
    if due_by:
        rows = rows.filter(due_at__lte=due_by)
    rows = rows.order_by("id")[:batch]
    return [(row.pk, row.step, row.fact.payload, row.attempts) for row in rows.select_related("fact")]


def _do(step: str, rows: list[_Taken]) -> None:
    try:
        with transaction.atomic():
            _steps[step]([row[2] for row in rows])
    except Exception as trouble:
        if len(rows) == 1:
            _put_back(rows[0], trouble)
            return
        # One poisoned fact must not hold up the rest of its batch: do them one by one.
        for row in rows:
            _do(step, [row])
        return
    StepRow.objects.filter(pk__in=[row[0] for row in rows]).update(
        state="done", done_at=clock.now(), trouble=""
    )


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
