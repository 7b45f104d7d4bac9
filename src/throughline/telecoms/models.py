"""The authorities under which call data is held. The calls themselves are files, one folder an authority."""

from django.db import models
from django.db.models import F, Q

from throughline.access.models import Marked


class Authority(Marked):
    """Leave to hold call data: on which grounds, for which period, and until when it may be kept.

    ``folder`` is the name of its folder in the call store. Whoever may know this row may use those calls, and nobody
    else may: the row is the one lock. ``is_awaited`` says that it was recorded by a load, without its particulars.
    """

    ref = models.TextField()
    grounds = models.TextField(default="")
    necessity = models.TextField(default="")
    proportionality = models.TextField(default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    keep_until = models.DateField()
    is_awaited = models.BooleanField(default=False)
    folder = models.TextField(unique=True)
    calls = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="")

    class Meta:
        db_table = "telecoms_authority"
        constraints = [
            # Among the standing ones that the same people may know: a clash must not tell of a closed circle's.
            models.UniqueConstraint(
                fields=["owner", "ref", "compartment"],
                condition=Q(ended_at__isnull=True),
                name="authority_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="authority_ends_after_its_start",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-id"], name="authority_by_body")]
