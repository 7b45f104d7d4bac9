"""County lines, the evidence on which everything said of them rests, and what was decided about them."""

from django.db import models
from django.db.models import F, Q

from throughline.access.models import Marked


class CountyLine(models.Model):
    """One line of supply. It opens to whoever may know a piece of its evidence, and to the body that leads on it.

    It says nothing of the line but where it stands and who leads: all else is evidence. ``compartment`` is that of
    the evidence on which it was added; such a line opens to nobody outside that circle.
    """

    ref = models.TextField(unique=True)
    state = models.TextField(default="proposed")
    compartment = models.SmallIntegerField(default=0)
    lead = models.SmallIntegerField(null=True)
    officer = models.TextField(default="")
    added_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "lines_line"
        indexes = [models.Index(fields=["state", "-id"], name="line_by_state")]

    def history_bodies(self) -> list[int]:
        """Why a line was moved is for the body that leads on it."""
        return [self.lead] if self.lead else []

    def history_compartment(self) -> int:
        return self.compartment


class LineStanding(models.Model):
    """Where a line stood from a moment on: its state, who led, and the officer responsible. Never changed."""

    # No index of its own: the one below begins with it.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="standings", db_index=False)
    at = models.DateTimeField()
    standing = models.TextField()
    lead = models.SmallIntegerField(null=True)
    officer = models.TextField(default="")

    class Meta:
        db_table = "lines_standing"
        indexes = [models.Index(fields=["line", "at"], name="line_standing_in_order")]


class Evidence(Marked):
    """One statement about a line, marked and graded as the item that says so. Added and never changed.

    One that turns out wrong is withdrawn by a row of its own, which points at it in ``withdraws``. ``detail`` is
    the role of a person, or the number that replaced a number.
    """

    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    ref = models.TextField(unique=True)
    statement = models.TextField()
    kind = models.TextField()
    value = models.TextField()
    detail = models.TextField(default="")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    words = models.TextField(default="")
    source_ref = models.TextField()
    grade = models.TextField()
    seen_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    by_body = models.SmallIntegerField()
    by_person = models.IntegerField()
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, related_name="withdrawal", null=True)

    class Meta:
        db_table = "lines_evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(from_on__lte=F("to_on")),
                name="evidence_ends_after_its_start",
            ),
        ]
        indexes = [
            models.Index(fields=["line", "id"], name="evidence_of_line"),
            models.Index(fields=["value", "kind", "statement"], name="evidence_by_value"),
            models.Index(fields=["source_ref"], name="evidence_by_source"),
        ]


class CheckBack(models.Model):
    """A look, after a closure, whether a line has come back: on a day set by the closure, or because of a sighting."""

    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="check_backs")
    ref = models.TextField(unique=True)
    due_on = models.DateField()
    is_sign_of_life = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(default="")
    found = models.TextField(default="")

    class Meta:
        db_table = "lines_check_back"
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(is_sign_of_life=True, done_at__isnull=True),
                name="sign_of_life_once_until_looked_at",
            )
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_at__isnull=True), name="check_back_due")
        ]


class LineMerge(models.Model):
    """That a line is the same as another, which stands for both. Undone, it leaves both as they were.

    Evidence stays with the line for which it was added. A line that stands for others and is merged itself takes them
    along: their rows are overtaken by those of the later ``batch``, and stand again when that is undone.
    """

    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="merges")
    head = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="stands_for")
    batch = models.TextField()
    at = models.DateTimeField()
    by_body = models.SmallIntegerField()
    by_name = models.TextField()
    why = models.TextField()
    overtaken_by = models.TextField(default="")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(default="")

    class Meta:
        db_table = "lines_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(undone_at__isnull=True, overtaken_by=""),
                name="line_merged_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["batch"], name="line_merge_by_batch")]


class LineApart(models.Model):
    """A person's word that two lines are not one, so that nobody is asked again. The older line comes first."""

    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="apart_from", db_index=False)
    other = models.ForeignKey(CountyLine, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_body = models.SmallIntegerField()
    by_name = models.TextField()
    why = models.TextField()

    class Meta:
        db_table = "lines_apart"
        constraints = [models.UniqueConstraint(fields=["line", "other"], name="lines_apart_once")]
