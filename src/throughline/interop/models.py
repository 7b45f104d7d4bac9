"""What was answered to a machine that may ask again."""

from django.db import models


class Answer(models.Model):
    """The answer to one write under the key that its machine gave, kept a day and given again word for word."""

    person = models.IntegerField()
    key = models.TextField()
    asked = models.TextField()
    status = models.SmallIntegerField(default=0)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "interop_answer"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="answered_once")]


class Change(models.Model):
    """That a thing was added or changed, in the order of transactions; the database itself writes it.

    A row opens to whoever may know the thing when they ask. Sides of hits and pieces of lines are things of their own.
    """

    xact = models.BigIntegerField()
    kind = models.TextField()
    thing = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "interop_change"
        indexes = [
            models.Index(fields=["xact", "id"], name="changes_in_order"),
            models.Index(fields=["kind", "at", "id"], name="changes_by_moment"),
            models.Index(fields=["kind", "thing", "at", "id"], name="changes_of_a_thing"),
        ]


class StixName(models.Model):
    """With which report a STIX object was given out, so that it is found again by its id, which is a hash."""

    name = models.UUIDField()
    report = models.BigIntegerField()

    class Meta:
        db_table = "interop_stix_name"
        constraints = [models.UniqueConstraint(fields=["name", "report"], name="stix_name_once_a_report")]
