"""Bodies, and which body followed which."""

from django.db import models


class Body(models.Model):
    """A force, unit, agency or centre. Never deleted: a body that ends has an end date and successors."""

    id = models.SmallAutoField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    level = models.TextField()
    region = models.TextField()
    rocu = models.TextField(default="", blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    desk_name = models.TextField()
    desk_phone = models.TextField()
    desk_email = models.TextField()

    class Meta:
        db_table = "organisations_body"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=["local", "regional", "national"]), name="body_level_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="body_ends_after_it_starts",
            ),
        ]


class Succession(models.Model):
    """From this day the successor answers for what the predecessor held."""

    predecessor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="follows")
    on = models.DateField()

    class Meta:
        db_table = "organisations_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_is_between_two"
            ),
        ]


class Outline(models.Model):
    """The outline of an area for the map: rings of longitude and latitude. Public, and replaced as a whole.

    ``body`` is the code of the body whose area it is, '' where its name is none that is known.
    """

    name = models.TextField()
    body = models.TextField(default="")
    rings = models.JSONField()

    class Meta:
        db_table = "organisations_outline"
