"""What was answered to a machine that may ask again."""

from django.db import models


class Answer(models.Model):
    """The answer to one write under the key that its machine gave, kept a day and given again word for word."""

    person = models.IntegerField()
    key = models.TextField()
    asked = models.TextField()
    status = models.SmallIntegerField(default=0)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "interop_answer"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="answered_once")]
