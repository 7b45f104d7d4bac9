"""Link charts that people draw, and what stands where on them."""

from django.db import models

from throughline.access.models import Marked


class LinkChart(Marked):
    """A chart of the person who draws it, theirs alone until shared. What ties its things is never kept: it is read."""

    ref = models.TextField(unique=True)
    person = models.IntegerField()
    person_name = models.TextField()
    name = models.TextField(default="")
    note = models.TextField(default="")
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "network_chart"
        indexes = [models.Index(fields=["person", "-changed_at"], name="chart_by_person")]


class ChartSpot(models.Model):
    """One thing on a chart, its place, and what was noted beside it. It opens to whoever may know both.

    ``number`` is thrown and never counted up, so that a gap tells nobody of what they may not know.
    """

    # No index of its own: the constraints below begin with it.
    chart = models.ForeignKey(LinkChart, on_delete=models.PROTECT, related_name="spots", db_index=False)
    number = models.IntegerField()
    kind = models.TextField()
    key = models.TextField()
    x = models.IntegerField()
    y = models.IntegerField()
    is_hidden = models.BooleanField(default=False)
    note = models.TextField(default="")

    class Meta:
        db_table = "network_chart_spot"
        constraints = [
            models.UniqueConstraint(fields=["chart", "kind", "key"], name="chart_spot_once"),
            models.UniqueConstraint(fields=["chart", "number"], name="chart_spot_number_once"),
        ]
