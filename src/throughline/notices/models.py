"""Notices to bodies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Preference(models.Model):
    """Which kinds of notice a person wants gathered by the day instead of one by one."""

    person = models.IntegerField(primary_key=True)
    gathered = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "notices_preference"


class Notice(models.Model):
    """Something a body should look at. The text tells no more than the body may know already.

    ``needs`` names a permission, if it is for those alone who hold it.
    """

    ref = models.TextField()
    body = models.SmallIntegerField()
    # Addressed to one person where the rest of the body may not know what it is about.
    person = models.IntegerField(null=True)
    compartment = models.SmallIntegerField(default=0)
    needs = models.TextField(default="", db_default="")
    kind = models.TextField()
    text = models.TextField()
    thing = models.TextField(default="")
    thing_ref = models.TextField(default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.TextField(default="")

    class Meta:
        db_table = "notices_notice"
        constraints = [models.UniqueConstraint(fields=["ref"], name="notice_ref_once")]
        indexes = [
            models.Index(
                fields=["body", "id"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["body", "-id"], name="notice_by_body"),
        ]
