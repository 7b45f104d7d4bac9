"""Sightings, the narrow waist: a selector, where it was seen, when, and under which marking."""

from django.db import models

from throughline.access.models import Marked


def _part(number: int) -> models.Func:
    """The line (1) or the postcode (2) of an address."""
    return models.Func(
        "key", models.Value("|"), models.Value(number), function="split_part", output_field=models.TextField()
    )


class Sighting(Marked):
    """One selector seen in one source. Every source writes these; matching reads nothing else."""

    kind = models.TextField()
    key = models.TextField()
    source = models.TextField()
    source_ref = models.TextField()
    grade = models.TextField(default="")
    seen_on = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "selectors_sighting"
        constraints = [
            models.UniqueConstraint(fields=["source_ref", "kind", "key"], name="sighting_once_a_source"),
        ]
        indexes = [
            models.Index(fields=["key", "kind"], name="sighting_by_selector"),
            models.Index(fields=["owner", "-id"], name="sighting_by_owner"),
            # An address is found again by its line alone, or by its postcode alone.
            models.Index(_part(1), condition=models.Q(kind="address"), name="sighting_by_line"),
            models.Index(_part(2), condition=models.Q(kind="address"), name="sighting_by_postcode"),
        ]


class Interest(Marked):
    """A body's standing interest in a selector. Silent: the body hears of enquiries, the enquirer sees nothing.

    On pages it is a standing enquiry: "tell us if it ever appears". ``ends_on`` is the last day on which it is kept.
    """

    ref = models.TextField(unique=True)
    kind = models.TextField()
    key = models.TextField()
    why = models.TextField()
    kept_by = models.TextField()
    at = models.DateTimeField()
    ends_on = models.DateField(null=True)
    state = models.TextField(default="kept")

    class Meta:
        db_table = "selectors_interest"
        indexes = [models.Index(fields=["key", "kind"], name="interest_by_selector")]
