"""Encodings that bodies loaded, the pairs found among them, and what the two bodies said of each."""

from django.db import models

from throughline.matching.people.who import VERDICTS


class BlindRecord(models.Model):
    """One encoding under the body's own reference. Only the engine reads it."""

    body = models.SmallIntegerField()
    record = models.TextField()
    packed = models.BinaryField()
    made_by = models.TextField()
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "matching_blind_record"
        constraints = [models.UniqueConstraint(fields=["body", "record"], name="blind_record_once_a_body")]


class BlindLink(models.Model):
    """Two encodings of two bodies that may be of one person. Each body is shown its own reference alone, by a door."""

    ref = models.TextField(unique=True)
    body_a = models.SmallIntegerField()
    record_a = models.TextField()
    body_b = models.SmallIntegerField()
    record_b = models.TextField()
    likeness = models.FloatField()
    probability = models.FloatField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "matching_blind_link"
        constraints = [
            models.UniqueConstraint(
                fields=["body_a", "record_a", "body_b", "record_b"], name="blind_link_once_a_pair"
            ),
            models.CheckConstraint(
                condition=models.Q(body_a__lt=models.F("body_b")), name="blind_link_pair_in_order"
            ),
        ]
        indexes = [models.Index(fields=["body_b"], name="blind_link_by_second")]


class BlindAnswer(models.Model):
    """What one of the two bodies said of a pair after asking: a row for good, read by both."""

    link = models.TextField()
    body = models.SmallIntegerField()
    other = models.SmallIntegerField()
    verdict = models.TextField(choices=[(verdict, verdict) for verdict in VERDICTS])
    why = models.TextField()
    by_person = models.IntegerField()
    by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "matching_blind_answer"
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=VERDICTS), name="blind_verdict_is_known")
        ]
        indexes = [models.Index(fields=["link", "id"], name="blind_answer_by_link")]
