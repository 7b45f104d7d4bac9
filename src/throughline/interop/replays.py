"""Writing once, however often a machine asks: the answer to a key is kept, and given again."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction

from throughline.access.reader import Reader, reading
from throughline.interop.models import Answer
from throughline.interop.problems import Problem
from throughline.kernel import clock

KEPT = timedelta(days=1)


def write_once(
    by: Reader, *, key: str, asked: object, write: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any], bool]:
    """Do a write and keep its answer in the same transaction, or give what was answered before.

    Args:
        key: what the machine calls this write; '' keeps nothing.
        asked: what it sent, by which a key that is used for something else is noticed.

    Returns:
        The status, the answer, and whether it was given before.

    Raises:
        Problem: the key was used for something else within a day.
    """
    if not key:
        return (*write(), False)
    digest = sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    try:
        with reading(by):
            Answer.objects.filter(person=by.person, at__lt=clock.now() - KEPT).delete()
            with transaction.atomic():
                # Another request with the same key waits here until this one is done, and then finds the answer.
                row = Answer.objects.create(person=by.person, key=key, asked=digest, at=clock.now())
            row.status, row.content = write()
            row.save(update_fields=["status", "content"])
            return row.status, row.content, False
    except IntegrityError:
        return _again(by, key, digest)


def _again(by: Reader, key: str, digest: str) -> tuple[int, dict[str, Any], bool]:
    with reading(by):
        row = Answer.objects.filter(person=by.person, key=key).first()
    if row is None:
        raise Problem(HTTPStatus.CONFLICT, "The same was asked at this moment. Ask again.")
    if row.asked != digest:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "This Idempotency-Key was used for something else within a day. Give each write a key of its own.",
        )
    return row.status, row.content, True
