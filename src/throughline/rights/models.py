"""Requests on people, what was decided on each record found, and the bodies that must be asked."""

from django.db import models
from django.db.models import Q

from throughline.access.models import Marked
from throughline.intelligence.models import Report
from throughline.rights.grounds import GIVE, PART


class RightsRequest(Marked):
    """A request of a person, or for disclosure in a case, to one body. Its own people with such work read it alone.

    ``values`` holds pairs of kind and key. ``found`` is how many records were put on it, so that whoever may not know
    all of them does not approve. ``digest`` is the SHA-256 of the answer as it was approved, in hex.
    """

    ref = models.TextField(unique=True)
    kind = models.TextField()
    reference = models.TextField()
    name = models.TextField()
    born = models.DateField(null=True)
    values = models.JSONField(default=list)
    asked = models.TextField(default="")
    received_on = models.DateField()
    officer = models.TextField()
    officer_person = models.IntegerField()
    made_at = models.DateTimeField()
    state = models.TextField(default="received")
    is_cut = models.BooleanField(default=False)
    found = models.PositiveIntegerField(default=0)
    tells_withheld = models.BooleanField(default=False)
    proposed_person = models.IntegerField(default=0)
    proposed_by = models.TextField(default="")
    approved_by = models.TextField(default="")
    approved_at = models.DateTimeField(null=True)
    digest = models.TextField(default="")

    class Meta:
        db_table = "rights_request"
        indexes = [
            models.Index(fields=["owner", "-id"], name="rights_request_of_a_body"),
            models.Index(
                fields=["owner", "received_on"], name="rights_request_open",
                condition=Q(state__in=["received", "deciding", "proposed", "approved"]),
            ),
        ]  # fmt: skip

    def undecided(self) -> str | None:
        """A sentence that says why the answer cannot be given by the present reader yet, if it cannot."""
        rows = FoundRecord.objects.filter(request=self)
        if rows.count() != self.found:
            return "Some of what was found is closed to you. Somebody who may know all of it must do this."
        waiting = rows.filter(decision="").count()
        return f"{waiting:,} of the records have no decision yet." if waiting else None

    def undone(self) -> str | None:
        """A sentence that names what was promised and is not done: reports to put right or to erase."""
        if self.kind not in ("rectification", "erasure"):
            return None
        stand = Report.objects.filter(pk__in=self._promised(GIVE, PART), closed_at=None)
        kept = Report.objects.filter(pk__in=self._promised(GIVE), disposal=None)
        waiting = stand if self.kind == "rectification" else stand.union(kept)
        refs = ", ".join(sorted(waiting.values_list("ref", flat=True)))
        verb = "Correct or withdraw" if self.kind == "rectification" else "Dispose of or correct"
        return f"{verb} these reports first: {refs}." if refs else None

    def _promised(self, *decisions: str) -> list[int]:
        rows = FoundRecord.objects.filter(request=self, thing="report", decision__in=decisions)
        return list(rows.values_list("thing_id", flat=True))


class FoundRecord(models.Model):
    """One record of the body that was found, and what was decided on it. It opens to whoever may know the record.

    ``ground`` is a key of grounds.csv. ``words`` are those that are given, of a record that is given in part.
    """

    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="records", db_index=False
    )
    thing = models.TextField()
    thing_id = models.BigIntegerField()
    ref = models.TextField()
    on = models.DateField(db_column="of_day")
    found_by = models.TextField()
    decision = models.TextField(default="")
    ground = models.TextField(default="")
    words = models.TextField(default="")
    decided_person = models.IntegerField(default=0)
    decided_by = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rights_record"
        constraints = [
            models.UniqueConstraint(fields=["request", "thing", "thing_id"], name="rights_record_once"),
            models.CheckConstraint(
                condition=Q(thing__in=["report", "arrest", "concern"]), name="rights_record_thing_is_known"
            ),
        ]


class AskedBody(models.Model):
    """A body that holds something: named, and asked. ``access`` is the request for access, '' where it is rung."""

    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="others", db_index=False
    )
    body = models.SmallIntegerField()
    access = models.TextField(default="")
    noted_at = models.DateTimeField()
    noted_by = models.TextField()

    class Meta:
        db_table = "rights_other"
        constraints = [
            models.UniqueConstraint(fields=["request", "body", "access"], name="rights_other_once")
        ]
