"""People as the engine finds them again, proposed links with their weights, and what people judged of them."""

from django.db import models

from throughline.access.models import Marked
from throughline.matching.people.who import VERDICTS


class PersonKnown(models.Model):
    """One value of a person that some sighting knows. Only the engine reads it."""

    key = models.TextField(unique=True)

    class Meta:
        db_table = "matching_person"


class PersonCode(models.Model):
    """One key under which a person is found again. Only the engine reads it."""

    pk = models.CompositePrimaryKey("code", "person")
    code = models.BigIntegerField()
    person = models.ForeignKey(PersonKnown, on_delete=models.CASCADE)

    class Meta:
        db_table = "matching_person_code"


class PersonLink(models.Model):
    """Two values that may be one person. Read through the engine's door, at the degree that each reader may know."""

    ref = models.TextField(unique=True)
    key_a = models.TextField()
    key_b = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "matching_link"
        constraints = [
            models.UniqueConstraint(fields=["key_a", "key_b"], name="link_once_a_pair"),
            models.CheckConstraint(condition=~models.Q(key_a=models.F("key_b")), name="link_of_two"),
        ]
        indexes = [models.Index(fields=["key_b"], name="link_by_second")]


class LinkWeight(models.Model):
    """What speaks for a link, in bits: the two values alone (sightings 0), or as two sightings tell of them.

    Each reader is shown the highest of those whose sightings they may know: so no figure tells of another.
    """

    # No index of its own: the unique constraint below begins with it.
    link = models.ForeignKey(PersonLink, on_delete=models.CASCADE, related_name="weights", db_index=False)
    sighting_a = models.BigIntegerField(default=0)
    sighting_b = models.BigIntegerField(default=0)
    bits = models.FloatField()
    parts = models.JSONField()
    model = models.TextField()

    class Meta:
        db_table = "matching_link_weight"
        constraints = [
            models.UniqueConstraint(fields=["link", "sighting_a", "sighting_b"], name="link_weight_once")
        ]


class LinkSide(models.Model):
    """A body that holds one of the two values, and whether it was told that another body holds the other."""

    pk = models.CompositePrimaryKey("body", "link")
    body = models.SmallIntegerField()
    link = models.ForeignKey(PersonLink, on_delete=models.CASCADE, related_name="sides")
    told = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "matching_link_side"


class LinkModel(models.Model):
    """The weights that a run has learnt, kept for good under their name. Only the engine reads them."""

    name = models.TextField(unique=True)
    learnt = models.TextField()
    people = models.IntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "matching_link_model"


class Judgement(Marked):
    """What somebody said of two values, by which weights: a row for good. A change of mind is another row."""

    key_a = models.TextField()
    key_b = models.TextField()
    verdict = models.TextField(choices=[(verdict, verdict) for verdict in VERDICTS])
    why = models.TextField()
    by_person = models.IntegerField()
    by_name = models.TextField()
    at = models.DateTimeField()
    model = models.TextField()

    class Meta:
        abstract = True


class LinkJudgement(Judgement):
    """What somebody said of two people."""

    link = models.TextField()
    bits = models.FloatField()
    parts = models.JSONField()

    class Meta:
        db_table = "matching_link_judgement"
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=VERDICTS), name="link_verdict_is_known")
        ]
        indexes = [
            models.Index(fields=["link", "id"], name="link_judgement_by_link"),
            models.Index(fields=["key_a"], name="link_judgement_by_a"),
            models.Index(fields=["key_b"], name="link_judgement_by_b"),
        ]


class IdentifierRule(models.Model):
    """A body's word that the same national identifier joins two records without a further yes, from a day to a day.

    It holds from ``starts_on`` and no more from ``ends_on``. Never deleted: what held on a day can be told for good.
    """

    ref = models.TextField(unique=True)
    body = models.SmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    why = models.TextField()
    stated_by = models.TextField()
    stated_at = models.DateTimeField()
    ended_by = models.TextField(default="")
    ended_why = models.TextField(default="")

    class Meta:
        db_table = "matching_identifier_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=models.Q(ends_on__isnull=True), name="identifier_rule_once_a_body"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="identifier_rule_ends_after_it_starts",
            ),
        ]


class LinkageCheck(models.Model):
    """How right linkage was on labelled data: counts and shares, and nothing of any record."""

    name = models.TextField()
    measured_at = models.DateTimeField()
    model = models.TextField()
    records = models.IntegerField()
    figures = models.JSONField()

    class Meta:
        db_table = "matching_linkage_check"
