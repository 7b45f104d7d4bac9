"""Operations, the packs and duties in them, the returns of each body in every version, and what was published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked
from throughline.lines.models import CountyLine
from throughline.tasking.models import Bid


class Operation(Marked):
    """An operation or an intensification week, led by its ``owner``. It opens to the bodies that take part."""

    ref = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # What is said of the days, where they are not known for certain.
    days_note = models.TextField(default="")
    briefing = models.TextField()
    taking_part = ArrayField(models.SmallIntegerField())
    every = models.TextField()
    state = models.TextField(default="planned")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "operations_operation"
        indexes = [models.Index(fields=["-starts_on"], name="operation_by_day")]

    def history_bodies(self) -> list[int]:
        """All that may know the operation."""
        return sorted({self.owner, *self.bodies})


class Pack(Marked):
    """A target pack: a line or a bid that the operation is to work on, under the marking of the body that adds it."""

    ref = models.TextField(unique=True)
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="packs")
    # Whoever may know a pack need not know its line or its bid, so no join may be made through these.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, null=True, related_name="packs")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, null=True, related_name="packs")
    title = models.TextField()
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "operations_pack"


class Duty(Marked):
    """Who does what on which day; one that belongs to a pack is known to those who may know the pack."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="duties")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, null=True, related_name="duties")
    day = models.DateField()
    body = models.SmallIntegerField()
    who = models.TextField()
    what = models.TextField()
    by_body = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "operations_duty"


class ReturnDraft(Marked):
    """What somebody has typed into a return so far: for their own body alone."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="drafts")
    body = models.SmallIntegerField()
    day = models.DateField()
    typed = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    class Meta:
        db_table = "operations_return_draft"
        constraints = [
            models.UniqueConstraint(fields=["operation", "body", "day"], name="one_draft_of_a_return")
        ]


class Return(Marked):
    """One version of a body's return for a day; versions are only ever added, and the newest stands.

    ``figures`` holds what was given by measure, as it was said ("over 600"); a measure that is not in it was not said.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="returns")
    body = models.SmallIntegerField()
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    is_nil = models.BooleanField()
    as_at = models.DateTimeField()
    source = models.TextField()
    attribution = models.TextField()
    reason = models.TextField(default="")
    explained = models.TextField(default="")
    sent_at = models.DateTimeField()
    sent_by = models.TextField()

    class Meta:
        db_table = "operations_return"
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "body", "day", "number"], name="one_return_of_a_number"
            )
        ]
        indexes = [models.Index(fields=["body", "-day"], name="return_by_body")]


class Publication(Marked):
    """The totals as they were published, by measure: figure, and version of its definition."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="publication")
    at = models.DateTimeField()
    by_name = models.TextField()
    lead = models.TextField(default="")
    totals = models.JSONField()

    class Meta:
        db_table = "operations_publication"


class Disruption(Marked):
    """Something that disrupted a line or those behind it, once, however many bodies claim it; opened to them and above.

    ``level`` and ``words`` are the moderator's. ``into`` is the event of which this was another telling.
    """

    ref = models.TextField(unique=True)
    on = models.DateField()
    title = models.TextField()
    what = models.TextField()
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, null=True, related_name="disruptions")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, null=True, related_name="disruptions")
    state = models.TextField(default="claimed")
    level = models.TextField(default="")
    words = models.TextField(default="")
    moderated_by = models.TextField(default="")
    moderated_at = models.DateTimeField(null=True)
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="folded")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "operations_disruption"
        indexes = [models.Index(fields=["state", "-on"], name="disruption_by_state")]

    def history_bodies(self) -> list[int]:
        """All that may know the disruption."""
        return sorted({self.owner, *self.bodies})


class DisruptionClaim(Marked):
    """That a body claims a disruption: at which level, for which of the four Ps, and on what grounds."""

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="claims")
    body = models.SmallIntegerField()
    p = models.TextField()
    level = models.TextField()
    why = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "operations_disruption_claim"
        constraints = [
            models.UniqueConstraint(fields=["disruption", "body", "p"], name="claimed_once_by_a_body")
        ]
