"""Reports, the separately graded items in them, and the selectors that a person confirmed."""

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
        """How many of its items have no grade yet."""
        return self.items.filter(handling="").count()


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
