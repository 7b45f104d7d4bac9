"""Planned events, the looks for others near them, and the clashes found."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from throughline.access.models import Marked
from throughline.clashes.workflow import STANDING


class PlannedEvent(Marked):
    """Something that a body plans to do at a place and a time. Its own body reads it, and nobody else ever.

    ``radius`` and ``margin`` are those of its kind on the day it was planned; ``spread`` says by how many metres
    its place may be out.
    """

    ref = models.TextField(unique=True)
    origin_ref = models.TextField(default="")
    """The body's own reference, where the event came in a file."""
    kind = models.TextField()
    what = models.TextField()
    postcode = models.TextField(default="")
    sector = models.TextField(default="")
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    spread = models.IntegerField(default=0)
    radius = models.IntegerField()
    margin = models.DurationField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    contact = models.TextField()
    planned_by = models.TextField()
    planned_person = models.IntegerField()
    planned_at = models.DateTimeField()
    state = models.TextField(default="planned")

    class Meta:
        db_table = "clashes_event"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
                name="event_place_whole",
            ),
            models.CheckConstraint(
                condition=~Q(sector="") | Q(easting__isnull=False), name="event_has_a_place"
            ),
            models.UniqueConstraint(
                fields=["owner", "origin_ref"], condition=~Q(origin_ref=""), name="event_origin_once"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "starts_at", "id"], name="event_by_body"),
            # The clash door looks these two up: what stands in a box of metres, and in a postcode sector.
            GistIndex(
                OpClass(Func(F("easting"), F("northing"), function="point"), name="point_ops"),
                name="event_standing_place",
                condition=Q(state__in=STANDING),
            ),
            models.Index(
                fields=["sector", "ends_at"], name="event_standing_sector", condition=Q(state__in=STANDING)
            ),
        ]


class NearbyLook(Marked):
    """One look for other bodies' events near one of ours: by whom and why. Marked as the event is."""

    event = models.ForeignKey(PlannedEvent, on_delete=models.PROTECT, related_name="looks")
    person = models.IntegerField()
    person_name = models.TextField()
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "clashes_look"
        indexes = [models.Index(fields=["person", "-at"], name="look_by_person")]


class Clash(Marked):
    """A warning at one side: near this event, that other body plans something too. Marked as the event is.

    It stays as long as the event does: a warning taken back would tell where the other is. ``look`` is the look
    that found it, of either side. One row for each event of the other's, so that each of its looks is heard here;
    which event that is stays with the engine, and a page names each body once.
    """

    event = models.ForeignKey(PlannedEvent, on_delete=models.PROTECT, related_name="clashes")
    other = models.SmallIntegerField()
    other_event = models.BigIntegerField()
    look = models.BigIntegerField()

    class Meta:
        db_table = "clashes_clash"
        constraints = [models.UniqueConstraint(fields=["event", "other_event"], name="clash_once_a_pair")]
        indexes = [models.Index(fields=["look"], name="clash_by_look")]
