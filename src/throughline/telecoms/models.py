"""The authorities under which call data is held, and the loads under each. The calls themselves are files."""

from django.db import models
from django.db.models import F, Q

from throughline.access.models import Marked


class Authority(Marked):
    """Leave to hold call data: on which grounds, for which period, and until when it may be kept.

    ``ref`` is the body's own reference, ``code`` the one by which pages know it. ``folder`` names its folder in
    the call store. Whoever may know this row may use those calls, and nobody else may: the row is the one lock.
    """

    code = models.TextField(unique=True)
    ref = models.TextField()
    state = models.TextField(default="recorded")
    grounds = models.TextField(default="")
    necessity = models.TextField(default="")
    proportionality = models.TextField(default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    keep_until = models.DateField()
    folder = models.TextField(unique=True)
    calls = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="")

    class Meta:
        db_table = "telecoms_authority"
        constraints = [
            # Among the standing ones that the same people may know: a clash must not tell of a closed circle's.
            models.UniqueConstraint(
                fields=["owner", "ref", "compartment"],
                condition=Q(ended_at__isnull=True),
                name="authority_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="authority_ends_after_its_start",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-id"], name="authority_by_body")]


class CallLoad(Marked):
    """What was loaded under an authority at one time, and what became of its rows. Forgotten with the authority."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    kind = models.TextField()
    files = models.TextField()
    read = models.BigIntegerField()
    kept = models.BigIntegerField()
    rejected = models.BigIntegerField()
    unchanged = models.BigIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.TextField()

    class Meta:
        db_table = "telecoms_load"


class Finding(models.Model):
    """An item of a report that a person wrote from calls, and an authority on which it rests.

    Its sightings go when the authority ends; the engine alone reads this. ``body`` is the one whose item it is.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    item = models.TextField()
    body = models.SmallIntegerField()

    class Meta:
        db_table = "telecoms_finding"
        constraints = [models.UniqueConstraint(fields=["authority", "item"], name="finding_rests_once")]


class Watch(models.Model):
    """A number whose successor is searched for by itself as calls arrive, under one authority and no longer than it.

    It opens to the body that keeps it, as far as the authority does. ``told`` is a digest of the number of which its
    keeper was told last, so that nobody is told twice; the finding itself is not kept, but found anew by whoever asks.
    """

    ref = models.TextField(unique=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, db_index=False)
    number = models.TextField()
    line = models.TextField(default="")
    why = models.TextField()
    silent_at = models.DateTimeField(null=True)
    body = models.SmallIntegerField()
    person = models.IntegerField()
    kept_by = models.TextField()
    compartment = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    told = models.TextField(default="")
    state = models.TextField(default="watching")

    class Meta:
        db_table = "telecoms_watch"
        indexes = [
            models.Index(fields=["authority"], name="watch_by_authority"),
            models.Index(fields=["body", "-id"], name="watch_by_body"),
        ]

    def history_bodies(self) -> list[int]:
        """Why a watch was moved is for the body that keeps it."""
        return [self.body]

    def history_compartment(self) -> int:
        return self.compartment
