"""Concerns, who they are about, what was done, and what partner agencies were told and sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from throughline.access.models import Marked
from throughline.lines.models import CountyLine


class Concern(Marked):
    """A concern about somebody: of the body that raised it, opened to others one by one, for safeguarding roles alone.

    ``age`` is child, adult or not sure. Who it is about stands in `Particulars`. ``reasons`` are those for which
    screening proposed it. Its words in history are empty: what was said stands in `ConcernStep`.
    """

    ref = models.TextField(unique=True)
    state = models.TextField(default="raised")
    age = models.TextField()
    harms = ArrayField(models.TextField(), default=list)
    nation = models.TextField()
    authority = models.TextField(default="")
    words = models.TextField(default="")
    source = models.TextField()
    source_ref = models.TextField(default="")
    # Whoever may know a concern need not know its line, so no join may be made through this.
    line = models.ForeignKey(CountyLine, on_delete=models.PROTECT, null=True, related_name="concerns")
    reasons = ArrayField(models.TextField(), default=list)
    raised_at = models.DateTimeField()
    raised_by = models.TextField()
    raised_person = models.IntegerField()
    authority_told_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "safeguarding_concern"
        indexes = [
            models.Index(fields=["state", "-id"], name="concern_by_state"),
            models.Index(fields=["line"], name="concern_of_line", condition=Q(line__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source_ref"], condition=Q(source="screening"), name="proposed_once_a_source"
            )
        ]

    def history_bodies(self) -> list[int]:
        """All that may know it at the moment of the move: whichever body works on it. History has no words."""
        return sorted({self.owner, *self.bodies})


class Particulars(Marked):
    """Who a concern is about, read for a further reason only. ``kind`` and ``key`` are a selector, if one is known."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="particulars")
    name = models.TextField(default="")
    born_on = models.DateField(null=True)
    kind = models.TextField(default="")
    key = models.TextField(default="")
    address = models.TextField(default="")
    contact = models.TextField(default="")
    family = models.TextField(default="")
    written_by = models.IntegerField()

    class Meta:
        db_table = "safeguarding_particulars"
        indexes = [models.Index(fields=["key", "kind"], name="concern_by_selector", condition=~Q(key=""))]


class Assessment(Marked):
    """How vulnerable somebody was found, by one version of the indicators: each with answer, reason and evidence."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=list)
    judgement = models.TextField()
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "safeguarding_assessment"


class ConcernStep(Marked):
    """What was done or decided about a concern, with whom, when and why. Never changed.

    ``kind`` is a step of the data of duties, or the verb of a move; ``details`` answer what its kind asks.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.TextField()
    at = models.DateTimeField()
    who = models.TextField(default="")
    words = models.TextField()
    details = models.JSONField(default=dict)
    next_on = models.DateField(null=True)
    by_body = models.SmallIntegerField()
    by_name = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "safeguarding_step"


class LegalStatus(Marked):
    """What somebody was in law from a day on, such as a victim or a suspect: one of many, marked as its item.

    ``kind`` and ``key`` are the selector of the person. Added and never changed: a later status stands beside it.
    """

    kind = models.TextField()
    key = models.TextField()
    status = models.TextField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    words = models.TextField(default="")
    source_ref = models.TextField()
    grade = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    by_body = models.SmallIntegerField()

    class Meta:
        db_table = "safeguarding_status"
        indexes = [models.Index(fields=["key", "kind"], name="status_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(from_on__lte=models.F("to_on")),
                name="status_ends_after_its_start",
            )
        ]


class Referral(Marked):
    """A referral to the national referral mechanism, prepared here and submitted elsewhere; or a duty to notify.

    ``answers`` are by the keys of the live form, in the version of its data. ``notice_ref`` is the reference of a
    notice that names nobody, and leads back to nothing.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="referrals")
    ref = models.TextField(unique=True)
    notice_ref = models.TextField(unique=True)
    state = models.TextField(default="drafted")
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    decider = models.TextField(default="")
    submitted_ref = models.TextField(default="")
    submitted_on = models.DateField(null=True)
    reasonable_on = models.DateField(null=True)
    conclusive_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "safeguarding_referral"

    def history_bodies(self) -> list[int]:
        """All that may know it at the moment of the move: whichever body works on it. History has no words."""
        return sorted({self.owner, *self.bodies})


class MissingEpisode(Marked):
    """That the person of a concern went missing, or was found: from where, where to, and whose both places are.

    ``home`` is the force where the person lives, ``host`` that where they were found. Times are moments.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="episodes")
    ref = models.TextField(unique=True)
    state = models.TextField(default="missing")
    home = models.SmallIntegerField()
    host = models.SmallIntegerField(null=True)
    missing_from = models.TextField(default="")
    missing_at = models.DateTimeField(null=True)
    found_place = models.TextField(default="")
    found_at = models.DateTimeField(null=True)
    is_by_train = models.BooleanField(default=False)
    host_authority = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "safeguarding_episode"

    def history_bodies(self) -> list[int]:
        """All that may know it at the moment of the move: whichever body works on it. History has no words."""
        return sorted({self.owner, *self.bodies})


class Agency(models.Model):
    """A partner agency that a body works with, such as a local authority: of that body alone."""

    ref = models.TextField(unique=True)
    body = models.SmallIntegerField()
    name = models.TextField()
    kind = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "safeguarding_agency"
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="an_agency_once_a_body")]


class AgencyPerson(models.Model):
    """For which agency somebody with a partner's log-in works. Without one such a log-in sees nothing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    body = models.SmallIntegerField()
    person = models.IntegerField(unique=True)
    name = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.TextField()

    class Meta:
        db_table = "safeguarding_agency_person"


class Disclosure(models.Model):
    """What was disclosed of a concern to a partner agency, by whom, under which regime and basis. Never changed."""

    ref = models.TextField(unique=True)
    body = models.SmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="disclosures")
    # The agency may know what was disclosed and not the concern, so no join may be made through this.
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="disclosures")
    to_name = models.TextField()
    words = models.TextField()
    regime = models.TextField()
    basis = models.TextField()
    at = models.DateTimeField()
    by_person = models.IntegerField()
    by_name = models.TextField()

    class Meta:
        db_table = "safeguarding_disclosure"
        indexes = [models.Index(fields=["agency", "-at"], name="disclosed_to_an_agency")]


class PartnerMessage(models.Model):
    """What a partner agency sent to a body, and what it was answered; ``concern_ref`` is what was raised from it."""

    ref = models.TextField(unique=True)
    body = models.SmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="messages")
    from_name = models.TextField()
    words = models.TextField()
    sent_at = models.DateTimeField()
    person = models.IntegerField()
    by_name = models.TextField()
    concern_ref = models.TextField(default="")
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")

    class Meta:
        db_table = "safeguarding_partner_message"
        indexes = [
            models.Index(fields=["body"], condition=Q(answered_at=None), name="partner_message_waits"),
        ]
