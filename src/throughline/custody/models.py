"""Arrests, the stages of their bail, its conditions, and breaches of them."""

from django.db import models

from throughline.access.models import Marked
from throughline.lines.models import CountyLine


class Arrest(Marked):
    """One person arrested for one offence, of the body that investigates; open to the lead of its line if it says so.

    ``case`` and ``law_version`` name the regime of bail. ``victims`` says whether victims' views were sought.
    """

    ref = models.TextField(unique=True)
    # Whoever may know an arrest need not know its line, so no join may be made through this.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, null=True, related_name="arrests")
    suspect = models.TextField()
    offence = models.TextField()
    arrested_at = models.DateTimeField()
    place = models.TextField(default="")
    nation = models.TextField()
    case = models.TextField()
    law_version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    state = models.TextField(default="in custody")
    starts_on = models.DateField(null=True)
    stage = models.TextField(default="")
    ends_at = models.DateTimeField(null=True)
    necessity = models.TextField(default="")
    victims = models.TextField(default="")
    victims_said = models.TextField(default="")
    decided_by = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "custody_arrest"
        indexes = [
            models.Index(fields=["owner", "state", "-id"], name="arrest_by_state"),
            models.Index(fields=["line"], name="arrest_of_line", condition=models.Q(line__isnull=False)),
        ]


class BailStage(Marked):
    """A stage of bail as it was decided: by whom, with which rank or by which court, until when. It is never changed.

    ``satisfied`` holds what was said to each condition, by its letter; ``applied_on`` is for a court alone.
    """

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="stages")
    stage = models.TextField()
    rank = models.TextField(default="")
    court = models.TextField(default="")
    applied_on = models.DateField(null=True)
    is_longer = models.BooleanField(default=False)
    satisfied = models.JSONField(default=dict)
    representations = models.TextField(default="")
    dpp = models.TextField(default="")
    why = models.TextField()
    ends_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    decided_by = models.TextField()

    class Meta:
        db_table = "custody_stage"
        constraints = [
            models.UniqueConstraint(
                fields=["arrest", "stage"], condition=~models.Q(stage="47ZG"), name="a_stage_once_an_arrest"
            )
        ]  # fmt: skip


class BailCondition(Marked):
    """A condition of somebody's bail, and when it was lifted."""

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="conditions_set")
    words = models.TextField()
    because = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.TextField()
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(default="")

    class Meta:
        db_table = "custody_condition"


class Breach(Marked):
    """That a condition, or bail itself, was broken, and what was done."""

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="breaches")
    what = models.TextField()
    done = models.TextField()
    at = models.DateTimeField()
    noted_by = models.TextField()

    class Meta:
        db_table = "custody_breach"
