"""What people judged of two addresses."""

from django.db import models

from throughline.matching.people.models import Judgement
from throughline.matching.people.who import VERDICTS


class PlaceJudgement(Judgement):
    """What somebody said of two addresses. ``pair`` is their reference: every judgement on them carries the same."""

    pair = models.TextField()
    probability = models.FloatField()

    class Meta:
        db_table = "matching_place_judgement"
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=VERDICTS), name="place_verdict_is_known"),
            models.CheckConstraint(
                condition=models.Q(key_a__lt=models.F("key_b")), name="place_pair_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["pair"], name="place_judgement_by_pair"),
            models.Index(fields=["key_a"], name="place_judgement_by_a"),
            models.Index(fields=["key_b"], name="place_judgement_by_b"),
        ]
