"""The life of a review: open, proposed for disposal by one person, disposed of by another."""

from typing import Any

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow


def _nothing_holds_it(review: Any) -> str | None:
    trouble: str | None = review.held_by()
    return trouble


REVIEW = Workflow(
    name="review",
    table="retention_review",
    starts=("open",),
    moves=(
        Move("group", "open -> open", needs=Permission.RETENTION_REVIEW),
        Move("keep", "open -> open", needs=Permission.RETENTION_REVIEW),
        Move("propose", "open -> proposed", needs=Permission.RETENTION_REVIEW, guard=_nothing_holds_it),
        Move("send-back", "proposed -> open", needs=Permission.RETENTION_CONFIRM),
        Move("confirm", "proposed -> disposed", needs=Permission.RETENTION_CONFIRM, guard=_nothing_holds_it),
    ),
)
"""Whoever proposed does not confirm: the database's own door refuses it as well."""
