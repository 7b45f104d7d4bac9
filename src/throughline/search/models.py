"""The values that search finds, the searches that people keep, and what those have found since."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Value(models.Model):
    """One selector that some body has seen, once however often: what fragments and names are sought in.

    Only the engine reads it. It says nothing of who may know; the sightings of the value do.
    """

    kind = models.TextField()
    key = models.TextField()
    name = models.TextField(default="")
    """Of a person: the words of the name in plain small letters."""
    sounds = SearchVectorField(null=True)
    """Of a person: those words, and how each sounds."""

    class Meta:
        db_table = "search_value"
        constraints = [models.UniqueConstraint(fields=["key", "kind"], name="value_once")]


class SavedSearch(models.Model):
    """A search that a person keeps under a name, to be told of what it finds from then on. Theirs alone."""

    ref = models.TextField(unique=True)
    person = models.IntegerField()
    body = models.SmallIntegerField()
    name = models.TextField()
    text = models.TextField()
    group = models.TextField(default="")
    owner = models.TextField(default="")
    report_state = models.TextField(default="")
    state = models.TextField(default="running")
    at = models.DateTimeField()
    marks = ArrayField(models.TextField())
    """Of whatever it can find, something carries one of these: it is run for no other news."""

    class Meta:
        db_table = "search_saved"
        indexes = [models.Index(fields=["person", "-id"], name="saved_by_person")]

    def history_bodies(self) -> list[int]:
        return [self.body]

    def history_compartment(self) -> int:
        return 0


class Alert(models.Model):
    """Something new that a saved search found: a report or a sighting, by its number. It holds no content.

    It opens as long as its person may know what it points at, and not longer.
    """

    saved = models.ForeignKey(SavedSearch, on_delete=models.PROTECT, related_name="alerts", db_index=False)
    person = models.IntegerField()
    thing = models.TextField()
    thing_id = models.BigIntegerField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_alert"
        constraints = [
            models.UniqueConstraint(fields=["saved", "thing", "thing_id"], name="alert_once"),
            models.CheckConstraint(
                condition=models.Q(thing__in=["report", "sighting"]), name="alert_of_a_known_thing"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "id"], condition=models.Q(seen_at__isnull=True), name="alert_unseen"
            )
        ]
