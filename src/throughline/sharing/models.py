"""Requests for access."""

from django.db import models


class AccessRequest(models.Model):
    """A body's request to see what another holds on a selector, and the answer to it.

    One that is not ``sent`` was asked of a body to which a check no longer points: it is the asker's alone, and reads
    to the asker like any other.
    """

    ref = models.TextField()
    kind = models.TextField()
    key = models.TextField()
    source_ref = models.TextField()
    asker = models.SmallIntegerField()
    asker_compartment = models.SmallIntegerField(default=0)
    asked_by = models.TextField()
    why = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    holder = models.SmallIntegerField()
    holder_compartment = models.SmallIntegerField(default=0)
    sent = models.BooleanField()
    state = models.TextField(default="asked")
    reason = models.TextField(default="")
    words = models.TextField(default="")
    report_ref = models.TextField(default="")
    answered_by = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sharing_request"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="request_ref_once"),
            models.UniqueConstraint(
                fields=["asker", "asker_compartment", "holder", "kind", "key"],
                condition=models.Q(state="asked"),
                name="request_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "state", "due_at"], name="request_by_holder"),
            models.Index(fields=["asker", "-id"], name="request_by_asker"),
        ]

    def history_bodies(self) -> list[int]:
        """Both sides, where the request reached the other."""
        return [self.asker, self.holder] if self.sent else [self.asker]

    def history_compartment(self) -> int:
        return self.holder_compartment or self.asker_compartment
