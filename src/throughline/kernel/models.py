"""Facts waiting for their next step, and the history of every move."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FactRow(models.Model):
    """Something that happened, written in the same transaction as the change itself. Ids only, no content."""

    name = models.TextField()
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_fact"


class StepRow(models.Model):
    """One step that a fact asks for. A step that failed stays here, with its owner, until it is done."""

    # No index of its own: the unique constraint below begins with it.
    fact = models.ForeignKey(FactRow, on_delete=models.PROTECT, db_index=False)
    step = models.TextField()
    state = models.TextField(default="waiting")
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="")
    owner = models.TextField(default="admin")

    class Meta:
        db_table = "kernel_step"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "done", "failed"]), name="step_state_is_known"
            ),
            models.UniqueConstraint(fields=["fact", "step"], name="step_once_a_fact"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="step_waiting"),
            models.Index(fields=["id"], condition=models.Q(state="failed"), name="step_failed"),
        ]


class History(models.Model):
    """One move of one record: who, when and why. Read by the bodies named on it."""

    thing = models.TextField()
    thing_id = models.BigIntegerField()
    verb = models.TextField()
    before = models.TextField()
    after = models.TextField()
    by_person = models.IntegerField(null=True)
    by_name = models.TextField()
    at = models.DateTimeField()
    why = models.TextField(default="")
    bodies = ArrayField(models.SmallIntegerField())
    compartment = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "kernel_history"
        indexes = [models.Index(fields=["thing", "thing_id", "id"], name="history_of_a_thing")]
