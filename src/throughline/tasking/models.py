"""Bids for work on a line, what was found before it was decided, who declined, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.access.models import Marked
from throughline.lines.models import CountyLine


class Bid(Marked):
    """A body's bid for work on a line. It opens to that body and to those in its circulation, which grows with it.

    ``owner`` bids, ``desk`` decides, ``offered`` is to do the work. ``numbers`` are those of the line that the bidder
    lets go with it, as ``kind:key``. Score and confidence stand as the assessor read them at that moment.
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
