"""Bids for work on a line and what became of them, the days that bodies have, and plans kept line by line."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked
from throughline.lines.models import CountyLine


class Bid(Marked):
    """A body's bid for work on a line. It opens to that body and to those in its circulation, which grows with it.

    ``owner`` bids, ``desk`` decides, ``offered`` is to do the work. ``numbers`` are those of the line that the bidder
    lets go with it, as ``kind:key``; ``child_at_risk`` is how it knows that a child is, '' where it knows of none.
    ``stopped`` is why the work may not go on for the sake of somebody, and whom to ring; '' where it may.
    Score and confidence stand as the assessor read them at that moment.
    """

    ref = models.TextField(unique=True)
    # Whoever may know a bid need not know its line, so no join may be made through this.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="bids")
    hit_ref = models.TextField(default="")
    title = models.TextField()
    asked = models.TextField()
    why = models.TextField()
    pursue = models.TextField(default="")
    prevent = models.TextField(default="")
    protect = models.TextField(default="")
    prepare = models.TextField(default="")
    tactics = ArrayField(models.TextField(), default=list)
    officer_days = models.PositiveIntegerField()
    numbers = ArrayField(models.TextField(), default=list)
    child_at_risk = models.TextField(default="")
    stopped = models.TextField(default="")
    asked_body = models.SmallIntegerField(null=True)
    level = models.TextField()
    desk = models.SmallIntegerField()
    offered = models.SmallIntegerField(null=True)
    officer = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()
    state = models.TextField(default="bid")
    due_at = models.DateTimeField(null=True)
    score = models.PositiveIntegerField(null=True)
    confidence = models.TextField(default="")
    tractability = models.TextField(default="")
    assessment = models.TextField(default="")
    assessed_by = models.TextField(default="")
    assessed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "tasking_bid"
        indexes = [
            models.Index(fields=["state", "due_at"], name="bid_by_state"),
            models.Index(fields=["owner", "-id"], name="bid_by_owner"),
        ]

    def history_bodies(self) -> list[int]:
        """All that may know the bid at the moment of the move."""
        return sorted({self.owner, *self.bodies})


class Deconfliction(Marked):
    """What was looked for before a bid went on, and what was found: for the body that looked, and nobody else.

    ``held`` are numbers and people of the line with the bodies that hold them; ``others`` are bodies with bids on the
    same line. Both say that there is something, and no more.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="deconflictions")
    at = models.DateTimeField()
    by_name = models.TextField()
    looked_for = models.PositiveSmallIntegerField()
    held = models.JSONField(default=list)
    others = ArrayField(models.SmallIntegerField(), default=list)
    outcome = models.TextField()
    words = models.TextField()

    class Meta:
        db_table = "tasking_deconfliction"


class Decline(Marked):
    """That a tasking meeting, or the body offered the work, declined it: why, in words, and where it goes next."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="declines")
    at = models.DateTimeField()
    by_body = models.SmallIntegerField()
    by_name = models.TextField()
    reason = models.TextField()
    words = models.TextField()
    route = models.TextField()

    class Meta:
        db_table = "tasking_decline"


class Result(Marked):
    """What came of the work, by the body that did it; the line's score as that body read it then."""

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="result")
    at = models.DateTimeField()
    by_body = models.SmallIntegerField()
    by_name = models.TextField()
    arrests = models.PositiveSmallIntegerField()
    closure = models.TextField(default="")
    adults = models.PositiveSmallIntegerField()
    children = models.PositiveSmallIntegerField()
    out_of_use = models.PositiveSmallIntegerField()
    words = models.TextField()
    score = models.PositiveIntegerField(null=True)
    confidence = models.TextField(default="")

    class Meta:
        db_table = "tasking_result"


class SetAside(models.Model):
    """That a cause for which a line asked for a bid was set aside, and why. It opens to the body that did so alone."""

    body = models.SmallIntegerField()
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="+")
    cause = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()

    class Meta:
        db_table = "tasking_set_aside"


class Capacity(models.Model):
    """The officer-days that a body has of one skill in the week from a Monday, and those that go elsewhere."""

    body = models.SmallIntegerField()
    skill = models.TextField()
    week = models.DateField()
    days = models.FloatField()
    reserved = models.FloatField(default=0)
    reserved_for = models.TextField(default="")
    said_at = models.DateTimeField()
    said_by = models.TextField()

    class Meta:
        db_table = "tasking_capacity"
        constraints = [
            models.UniqueConstraint(fields=["body", "skill", "week"], name="capacity_once"),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0) & models.Q(reserved__lte=models.F("days")),
                name="capacity_reserves_what_there_is",
            ),
        ]


class Plan(models.Model):
    """A plan of one body, from its asking to what became of it. It opens to that body alone, and so do its parts.

    ``after`` is the plan around whose edits it was worked out anew. Figures are in points, ``took`` in seconds;
    ``prices`` and ``floors`` are those of the planner, as plain values.
    """

    ref = models.TextField(unique=True)
    body = models.SmallIntegerField()
    state = models.TextField(default="asked")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    starts_on = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    seconds = models.FloatField()
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    worked_out_at = models.DateTimeField(null=True)
    objective = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    took = models.FloatField(null=True)
    prices = models.JSONField(default=list)
    floors = models.JSONField(default=list)
    lines = models.PositiveIntegerField(default=0)
    trouble = models.TextField(default="")

    class Meta:
        db_table = "tasking_plan"
        indexes = [models.Index(fields=["body", "-id"], name="plan_by_body")]

    def history_bodies(self) -> list[int]:
        """It is its body's own."""
        return [self.body]

    def history_compartment(self) -> int:
        """A plan is made of what all who read plans of its body may know, so of no closed compartment."""
        return 0


class PlanLine(models.Model):
    """One line of a plan, in or out of it: it opens to those readers of the plan who may know the line.

    ``place`` is its rank; ``days`` those of the plan as (week, code of body, skill, days, stage); ``before`` the lead
    in the plan then in force; ``bid`` the reference of the bid that came of it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    is_in = models.BooleanField()
    lead = models.TextField(default="")
    before = models.TextField(default="")
    support = ArrayField(models.TextField(), default=list)
    region = models.TextField(default="")
    gain = models.FloatField()
    spread = models.FloatField(default=0)
    child_at_risk = models.BooleanField(default=False)
    first_week = models.PositiveSmallIntegerField(default=0)
    last_week = models.PositiveSmallIntegerField(default=0)
    days = models.JSONField(default=list)
    could_lead = ArrayField(models.TextField(), default=list)
    reasons = ArrayField(models.TextField(), default=list)
    bid = models.TextField(default="")

    class Meta:
        db_table = "tasking_plan_line"
        constraints = [models.UniqueConstraint(fields=["plan", "line"], name="plan_line_once")]


class PlanSaid(models.Model):
    """What a person said of a line in a plan: that it must be worked, by whom, by whom not, from when, or not now.

    ``week`` is the Monday of the week in which it should begin.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    body = models.TextField(default="")
    week = models.DateField(null=True)
    why = models.TextField()
    at = models.DateTimeField()
    by_name = models.TextField()

    class Meta:
        db_table = "tasking_plan_said"
