"""Clocks, each with the term under which it was started."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked


class RunningClock(Marked):
    """One clock on one thing, under the marking of that thing; it opens to whoever holds the permission ``needs`` too.

    It keeps the term as it stood at its start. ``pauses`` holds moments in pairs: from, until. ``pause_basis``
    says under what it may stand still, '' where nothing lets it. Once ended it is not changed any more; ``due_at``
    moves later at the end of a pause alone (sql/clocks.sql).
    """

    ref = models.TextField(unique=True)
    term = models.TextField()
    name = models.TextField()
    basis = models.TextField()
    is_unverified = models.BooleanField(default=False)
    unit = models.TextField()
    length = models.PositiveSmallIntegerField(default=0)
    nation = models.TextField()
    warn_hours = ArrayField(models.PositiveIntegerField(), default=list)
    thing = models.TextField()
    thing_ref = models.TextField()
    part = models.TextField(default="")
    what = models.TextField()
    needs = models.TextField(default="")
    escalates = models.TextField(default="")
    start_event = models.TextField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    pause_basis = models.TextField(default="")
    paused_at = models.DateTimeField(null=True)
    paused_why = models.TextField(default="")
    pauses = ArrayField(models.DateTimeField(), default=list)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.TextField(default="")
    ended_why = models.TextField(default="")
    ended_by = models.TextField(default="")

    class Meta:
        db_table = "clocks_clock"
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "thing_ref", "part", "term"], condition=models.Q(ended_at=None),
                name="one_clock_of_a_term_runs",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(ended_at=None), name="clock_by_due"),
            models.Index(fields=["thing", "thing_ref"], name="clock_of_a_thing"),
        ]
