"""Reports, their separately graded items, the selectors a person confirmed, files kept with them, and drafts."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from throughline.access.models import Marked


class Report(Marked):
    """A container of items from one body, with the two dates: of the intelligence, and of its recording."""

    ref = models.TextField()
    origin_ref = models.TextField()
    title = models.TextField()
    date_of_intelligence = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    contact = models.TextField()
    content_hash = models.TextField()
    state = models.TextField(default="received")
    is_sanitised = models.BooleanField(default=False)
    # When it was corrected or withdrawn, and why: for everyone who may read it, so not only in its history.
    closed_at = models.DateTimeField(null=True)
    closed_why = models.TextField(default="")
    threats = ArrayField(models.TextField(), default=list)
    priority = models.TextField(default="")
    caveat = models.TextField(default="")
    pii = models.TextField(default="")

    class Meta:
        db_table = "intelligence_report"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="report_ref_once"),
            models.UniqueConstraint(fields=["owner", "origin_ref"], name="report_once_a_body"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="report_by_owner"),
            models.Index(fields=["state", "-id"], name="report_by_state"),
            models.Index(fields=["date_of_intelligence"], name="report_by_date"),
        ]

    def waiting_items(self) -> int:
        """How many of its items, its provenance among them, have no grade yet."""
        return self.items.filter(handling="").count() + self.provenances.filter(handling="").count()


class Item(Marked):
    """One statement, graded on its own. The scheme is kept with the grade and never converted."""

    # No index of its own: the unique constraint below begins with it.
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items", db_index=False)
    number = models.SmallIntegerField()
    ref = models.TextField()
    text = models.TextField()
    scheme = models.TextField(default="3x5x2")
    source = models.TextField(default="")
    assessment = models.TextField(default="")
    handling = models.TextField(default="")
    # What was written beside a 5x5x5 handling code; the instructions of a 3x5x2 stand on the marking.
    older_instructions = models.TextField(default="")
    search = SearchVectorField(null=True)

    class Meta:
        db_table = "intelligence_item"
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="item_ref_once"),
            models.UniqueConstraint(fields=["report", "number"], name="item_number_once"),
        ]


class ItemSelector(Marked):
    """A selector in an item, typed or confirmed by a person."""

    # No index of its own: the unique constraint below begins with it.
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="selectors", db_index=False)
    kind = models.TextField()
    key = models.TextField()

    class Meta:
        db_table = "intelligence_item_selector"
        constraints = [models.UniqueConstraint(fields=["item", "kind", "key"], name="item_selector_once")]


class Provenance(Marked):
    """How a report's information is linked to the matter, without naming a source. Graded in its own right."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="provenances", db_index=False)
    text = models.TextField()
    source = models.TextField(default="")
    assessment = models.TextField(default="")
    handling = models.TextField(default="")

    class Meta:
        db_table = "intelligence_provenance"
        constraints = [models.UniqueConstraint(fields=["report"], name="provenance_once_a_report")]


class SensitiveSource(models.Model):
    """A report rests on a sensitive source: its unit's opaque reference and no more, for the owner's body alone."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, db_index=False)
    unit_ref = models.TextField()

    class Meta:
        db_table = "intelligence_sensitive_source"
        constraints = [models.UniqueConstraint(fields=["report"], name="sensitive_source_once_a_report")]


class ReportLink(models.Model):
    """One report was drawn from another, or replaces it. It opens to those who may know both, and to nobody else."""

    later = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="links_back", db_index=False)
    earlier = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="links_on")
    kind = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "intelligence_report_link"
        constraints = [
            models.UniqueConstraint(fields=["later", "kind"], name="report_link_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["derived_from", "replaces"]), name="report_link_kind_is_known"
            ),
        ]


class SavedDraft(models.Model):
    """A report that someone has not finished writing: the form as typed, for that person alone, in their body."""

    person = models.IntegerField()
    body = models.SmallIntegerField()
    ref = models.TextField()
    typed = models.TextField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "intelligence_saved_draft"
        constraints = [models.UniqueConstraint(fields=["person", "ref"], name="draft_once_a_person")]


class Attachment(Marked):
    """A file kept with a report or with one of its items, under the same marking. It is never opened here."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="attachments", null=True, db_index=False
    )
    ref = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    size = models.IntegerField()
    sha256 = models.TextField()
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intelligence_attachment"
        constraints = [models.UniqueConstraint(fields=["ref"], name="attachment_ref_once")]
