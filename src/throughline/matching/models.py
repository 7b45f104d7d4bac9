"""The inverted index of who holds what, the hits between bodies, and enquiries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Holding(models.Model):
    """One posting of the index: this body has seen this selector so often. Only the engine reads it."""

    pk = models.CompositePrimaryKey("key", "kind", "body")
    kind = models.TextField()
    key = models.TextField()
    body = models.SmallIntegerField()
    times = models.IntegerField()
    silent_times = models.IntegerField(default=0)
    first_on = models.DateField()
    last_on = models.DateField()
    compartment = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "matching_holding"


class Hit(models.Model):
    """One selector held by two bodies. One row for the selector and the pair, however often each has seen it."""

    ref = models.TextField()
    kind = models.TextField()
    key = models.TextField()
    body_a = models.SmallIntegerField()
    body_b = models.SmallIntegerField()
    told_a = models.BooleanField()
    told_b = models.BooleanField()
    compartment_a = models.SmallIntegerField(default=0)
    compartment_b = models.SmallIntegerField(default=0)
    holders = models.IntegerField(default=2)
    times = models.IntegerField(default=2)
    common = models.BooleanField(default=False)
    raised_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "matching_hit"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="hit_ref_once"),
            models.UniqueConstraint(fields=["key", "kind", "body_a", "body_b"], name="hit_once_a_pair"),
            models.CheckConstraint(
                condition=models.Q(body_a__lt=models.F("body_b")), name="hit_pair_in_order"
            ),
        ]


class HitSide(models.Model):
    """One body's side of a hit: what it decided, and whether it is told at all.

    Its kind is the hit's, repeated so that a list is read off one index, in order, without a join.
    """

    # No index of its own: the unique constraint below begins with it.
    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="sides", db_index=False)
    kind = models.TextField()
    body = models.SmallIntegerField()
    other = models.SmallIntegerField()
    told = models.BooleanField()
    other_told = models.BooleanField()
    compartment = models.SmallIntegerField(default=0)
    other_compartment = models.SmallIntegerField(default=0)
    state = models.TextField(default="raised")
    rarity = models.FloatField(default=0.0)
    reason = models.TextField(default="")
    decided_by = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matching_hit_side"
        constraints = [models.UniqueConstraint(fields=["hit", "body"], name="hit_side_once")]
        indexes = [
            models.Index(fields=["body", "state", "-rarity", "id"], name="hit_side_ranked"),
            models.Index(fields=["body", "state", "id"], name="hit_side_oldest"),
        ]

    def history_bodies(self) -> list[int]:
        """A decision is for both sides to see, where the whole of the other is told."""
        sees_it_all = self.other_told and self.other_compartment == 0
        return [self.body, self.other] if sees_it_all else [self.body]

    def history_compartment(self) -> int:
        return self.compartment


class Enquiry(models.Model):
    """A check that somebody ran: what was asked, by whom and why. Read by the enquirer's own body.

    ``pointed`` are the bodies that it pointed to: of these its person may ask for access.
    """

    ref = models.TextField()
    kind = models.TextField()
    key = models.TextField()
    body = models.SmallIntegerField()
    person = models.IntegerField()
    person_name = models.TextField()
    why = models.TextField()
    pointed = ArrayField(models.SmallIntegerField(), default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "matching_enquiry"
        constraints = [models.UniqueConstraint(fields=["ref"], name="enquiry_ref_once")]
        indexes = [models.Index(fields=["body", "-id"], name="enquiry_by_body")]
