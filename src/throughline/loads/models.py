"""Loads of reports and of calls, their kept files, the rows refused, and the maps of columns that a body saves."""

from django.db import models


class Load(models.Model):
    """One file that one person loads. It opens to that person alone, as do its parts, its rows and its refusals."""

    ref = models.TextField()
    kind = models.TextField(default="reports")
    authority = models.TextField(default="")
    owner = models.SmallIntegerField()
    person = models.IntegerField()
    filename = models.TextField()
    suffix = models.TextField()
    size = models.BigIntegerField()
    state = models.TextField(default="kept")
    layout = models.JSONField(null=True)
    map_name = models.TextField(default="")
    problem = models.TextField(default="")
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    blocks = models.IntegerField(null=True)
    done = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    read = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    reports = models.IntegerField(default=0)
    lines = models.IntegerField(default=0)
    resembling = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    advice = models.JSONField(default=dict)

    class Meta:
        db_table = "loads_load"
        constraints = [models.UniqueConstraint(fields=["ref"], name="load_ref_once")]
        indexes = [models.Index(fields=["person", "-id"], name="load_by_person")]

    def history_bodies(self) -> list[int]:
        """The body may see that somebody loaded; what was in the file it may not."""
        return [self.owner]

    def history_compartment(self) -> int:
        return 0


class Part(models.Model):
    """A piece of the file as it was sent, kept until the load ends."""

    # No index of its own: the unique constraint below begins with it.
    load = models.ForeignKey(Load, on_delete=models.CASCADE, db_index=False)
    person = models.IntegerField()
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "loads_part"
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="part_once")]


class Block(models.Model):
    """Some rows of the file, read but not yet recorded: where a load that was cut off goes on."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, db_index=False)
    person = models.IntegerField()
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "loads_block"
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="block_once")]


class Refusal(models.Model):
    """One row that was refused, with what it holds, so that it can be mended on the page."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, db_index=False)
    person = models.IntegerField()
    line = models.IntegerField()
    report = models.TextField()
    columns = models.TextField()
    reason = models.TextField()
    raw = models.TextField()
    values = models.JSONField()
    faults = models.JSONField()

    class Meta:
        db_table = "loads_refusal"
        constraints = [models.UniqueConstraint(fields=["load", "line"], name="refusal_once_a_line")]
        indexes = [models.Index(fields=["load", "report", "line"], name="refusal_by_report")]


class ColumnMap(models.Model):
    """What the columns of a body's files hold, under a name of its own, found again by the header."""

    body = models.SmallIntegerField()
    kind = models.TextField(default="reports")
    name = models.TextField()
    fingerprint = models.TextField()
    layout = models.JSONField()
    saved_by = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "loads_column_map"
        constraints = [models.UniqueConstraint(fields=["body", "kind", "name"], name="map_name_once_a_body")]
        indexes = [models.Index(fields=["body", "fingerprint"], name="map_by_header")]
