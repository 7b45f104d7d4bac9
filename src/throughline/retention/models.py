"""Reviews of records, the holds that forbid disposal, and the certificates of what was disposed of."""

from datetime import date

from django.db import connection, models
from django.db.models import Q

from throughline.intelligence.models import Report
from throughline.kernel import clock


class Review(models.Model):
    """What a body decided about keeping one report. It opens to people of that body who may know the report.

    ``group`` is the review group, ``review_on`` the day set by the last decision to keep it. ``reason`` is one of
    those of `groups.REASONS`, while disposal is proposed.
    """

    ref = models.TextField(unique=True)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="review")
    body = models.SmallIntegerField()
    compartment = models.SmallIntegerField(default=0)
    group = models.TextField(db_column="group_key")
    state = models.TextField(default="open")
    review_on = models.DateField(null=True)
    reason = models.TextField(default="")
    proposed_person = models.IntegerField(default=0)
    proposed_by = models.TextField(default="")
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_review"
        indexes = [
            models.Index(
                fields=["body", "proposed_at"], condition=Q(state="proposed"), name="review_proposed"
            )
        ]

    def history_bodies(self) -> list[int]:
        """Why a body keeps a record is its own affair."""
        return [self.body]

    def history_compartment(self) -> int:
        return self.compartment

    def held_by(self) -> str | None:
        """A sentence that names what forbids disposal, if anything does."""
        with connection.cursor() as cursor:
            cursor.execute("select retention_is_relied_on(%s)", [self.report_id])
            if cursor.fetchone()[0]:
                return "Work that is not finished rests on it: it cannot be disposed of yet."
        held = standing_holds(clock.today()).filter(Q(report=self.report_id) | Q(report=None), body=self.body)
        first = held.order_by("id").first()
        return f"A hold asked for by {first.asked_by} stands. It must be lifted first." if first else None


class Hold(models.Model):
    """Somebody has asked that a record be kept, or with no report all records of the body: who, why and until when."""

    ref = models.TextField(unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="holds")
    body = models.SmallIntegerField()
    compartment = models.SmallIntegerField(default=0)
    asked_by = models.TextField()
    why = models.TextField()
    until = models.DateField(null=True)
    placed_at = models.DateTimeField()
    placed_by = models.TextField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.TextField(default="")
    lifted_why = models.TextField(default="")

    class Meta:
        db_table = "retention_hold"
        indexes = [models.Index(fields=["body", "-id"], name="hold_of_a_body")]


def standing_holds(today: date) -> models.QuerySet[Hold]:
    """The holds that forbid disposal on a day: not lifted, and their last day not over."""
    return Hold.objects.filter(Q(until=None) | Q(until__gte=today), lifted_at=None)


class Disposal(models.Model):
    """A certificate: what kind of record was disposed of, whose, when, under which rule and by whom. No content.

    ``gone`` counts what was deleted, by kind. Written by the database's own door and never changed.
    """

    ref = models.TextField(unique=True)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="disposal")
    body = models.SmallIntegerField()
    compartment = models.SmallIntegerField(default=0)
    kind = models.TextField(default="report")
    group = models.TextField(db_column="group_key")
    rule = models.TextField()
    reason = models.TextField()
    proposed_person = models.IntegerField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.TextField()
    confirmed_at = models.DateTimeField()
    gone = models.JSONField()

    class Meta:
        db_table = "retention_disposal"
        indexes = [models.Index(fields=["body", "-id"], name="disposal_of_a_body")]
