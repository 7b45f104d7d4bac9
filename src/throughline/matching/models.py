"""The inverted index of who holds what, the hits between bodies, and enquiries."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from throughline.matching.blind.models import BlindAnswer, BlindLink, BlindRecord
from throughline.matching.people.models import (
    IdentifierRule,
    LinkageCheck,
    LinkJudgement,
    LinkModel,
    LinkSide,
    LinkWeight,
    PersonCode,
    PersonKnown,
    PersonLink,
)
from throughline.matching.places.models import PlaceJudgement

__all__ = [
    "AnswerDeadline",
    "AnswerTime",
    "BlindAnswer",
    "BlindLink",
    "BlindRecord",
    "BulkCheck",
    "BulkLine",
    "Enquiry",
    "Hit",
    "HitEscalation",
    "HitNote",
    "HitSide",
    "Holding",
    "IdentifierRule",
    "LinkJudgement",
    "LinkModel",
    "LinkSide",
    "LinkWeight",
    "LinkageCheck",
    "PersonCode",
    "PersonKnown",
    "PersonLink",
    "PlaceJudgement",
    "SecondLook",
]  # fmt: skip


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

    Its kind is the hit's, repeated so that a list is read off one index, in order, without a join. ``overdue`` is set
    by the clock once ``answer_by`` has passed without a judgement, and cleared by one.
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
    answer_by = models.DateTimeField(null=True)
    overdue = models.BooleanField(default=False, db_default=False)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matching_hit_side"
        constraints = [models.UniqueConstraint(fields=["hit", "body"], name="hit_side_once")]
        indexes = [
            models.Index(fields=["body", "state", "-overdue", "-rarity", "id"], name="hit_side_ranked"),
            models.Index(fields=["body", "state", "id"], name="hit_side_oldest"),
            # Sides fall due in nearly the order in which they were written: a few pages index millions.
            BrinIndex(fields=["answer_by"], name="hit_side_due"),
        ]

    def history_bodies(self) -> list[int]:
        """A decision is for both sides to see, where the whole of the other is told."""
        sees_it_all = self.other_told and self.other_compartment == 0
        return [self.body, self.other] if sees_it_all else [self.body]

    def history_compartment(self) -> int:
        return self.compartment


class HitNote(models.Model):
    """One note of the thread on a hit. Whether the other body reads it is settled as it is written, for good.

    Both sides' compartments stand on it, so that a note opens only to people on the lists of both.
    """

    # No index of its own: the one below begins with it.
    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="notes", db_index=False)
    ref = models.TextField()
    body = models.SmallIntegerField()
    other = models.SmallIntegerField()
    shared = models.BooleanField()
    compartment = models.SmallIntegerField(default=0)
    other_compartment = models.SmallIntegerField(default=0)
    text = models.TextField()
    person = models.IntegerField()
    person_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "matching_hit_note"
        constraints = [models.UniqueConstraint(fields=["ref"], name="hit_note_ref_once")]
        indexes = [models.Index(fields=["hit", "id"], name="hit_note_of_hit")]


class SecondLook(models.Model):
    """A dismissal of a rare hit that waits until a second person of the same body has looked as well."""

    side = models.ForeignKey(HitSide, on_delete=models.PROTECT, related_name="looks")
    batch = models.TextField()
    body = models.SmallIntegerField()
    compartment = models.SmallIntegerField(default=0)
    state = models.TextField(default="asked")
    reason = models.TextField()
    asked_person = models.IntegerField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    decided_by = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matching_second_look"
        constraints = [
            models.UniqueConstraint(
                fields=["side"], condition=models.Q(state="asked"), name="second_look_asked_once"
            )
        ]
        indexes = [models.Index(fields=["body", "batch"], name="second_look_by_batch")]

    def history_bodies(self) -> list[int]:
        """How a body comes to its judgement is its own affair."""
        return [self.body]

    def history_compartment(self) -> int:
        return self.compartment


class HitEscalation(models.Model):
    """A side that was not answered in time, as its region is told: which hit, of what kind, between whom."""

    hit = models.TextField()
    kind = models.TextField()
    body = models.SmallIntegerField()
    other = models.SmallIntegerField()
    region = models.SmallIntegerField()
    answer_by = models.DateTimeField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "matching_hit_escalation"
        constraints = [models.UniqueConstraint(fields=["hit", "body"], name="hit_escalation_once_a_side")]
        indexes = [
            models.Index(
                fields=["region", "answer_by", "id"],
                condition=models.Q(answered_at__isnull=True),
                name="hit_escalation_open",
            )
        ]


class AnswerTime(models.Model):
    """How many working days a body has to answer a hit, where this instance changed it."""

    name = models.TextField(primary_key=True)
    working_days = models.SmallIntegerField()

    class Meta:
        db_table = "matching_answer_time"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__in=["ordinary", "urgent"]), name="answer_time_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(working_days__gte=1, working_days__lte=60), name="answer_time_in_days"
            ),
        ]


class AnswerDeadline(models.Model):
    """A moment at which answers fall due and for which a clock runs: one clock, however many hits."""

    moment = models.DateTimeField(primary_key=True)

    class Meta:
        db_table = "matching_answer_deadline"


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
    silent = models.BooleanField(default=False)
    bulk = models.TextField(default="")

    class Meta:
        db_table = "matching_enquiry"
        constraints = [models.UniqueConstraint(fields=["ref"], name="enquiry_ref_once")]
        indexes = [
            models.Index(fields=["body", "-id"], name="enquiry_by_body"),
            models.Index(fields=["key", "kind"], name="enquiry_by_selector"),
            models.Index(fields=["bulk"], condition=~models.Q(bulk=""), name="enquiry_by_bulk"),
        ]


class BulkCheck(models.Model):
    """A list of values that somebody checks under one reason. Open to whoever asked, and to nobody else."""

    ref = models.TextField()
    body = models.SmallIntegerField()
    person = models.IntegerField()
    person_name = models.TextField()
    why = models.TextField()
    silent = models.BooleanField(default=False)
    at = models.DateTimeField()
    state = models.TextField(default="asked")
    read = models.IntegerField()
    values = models.IntegerField()
    refused = models.IntegerField()
    answered = models.IntegerField(default=0)

    class Meta:
        db_table = "matching_bulk_check"
        constraints = [models.UniqueConstraint(fields=["ref"], name="bulk_check_ref_once")]
        indexes = [models.Index(fields=["person", "-id"], name="bulk_check_by_person")]

    def history_bodies(self) -> list[int]:
        """Its own body's."""
        return [self.body]

    def history_compartment(self) -> int:
        return 0


class BulkLine(models.Model):
    """One value of a list, however often it stands there, or one line that could not be read.

    Values are counted by ``place`` from 1; a refused line has the place 0 and says its ``problem``. The answer is
    not kept here: it is asked of the database each time, for what the person may know then.
    """

    # No index of its own: that of the list and place begins with it.
    bulk = models.ForeignKey(BulkCheck, on_delete=models.PROTECT, related_name="lines", db_index=False)
    person = models.IntegerField()
    place = models.IntegerField()
    line = models.IntegerField()
    typed = models.TextField()
    kind = models.TextField(default="")
    key = models.TextField(default="")
    times = models.IntegerField(default=1)
    problem = models.TextField(default="")

    class Meta:
        db_table = "matching_bulk_line"
        indexes = [models.Index(fields=["bulk", "place", "line"], name="bulk_line_in_order")]
