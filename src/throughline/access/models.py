"""People, their roles and teams, markings, and the journal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from throughline.organisations.models import Body


class Person(models.Model):
    """Someone with a log-in. Names and roles are a directory that colleagues may see; secrets are not here."""

    username = models.TextField(unique=True)
    name = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "access_person"


class Credential(models.Model):
    """How a person proves who they are: an argon2 hash, and the count of failures in a row."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    password_hash = models.TextField()
    failures = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "access_credential"


class SecondFactor(models.Model):
    """A shared secret for one-time codes (RFC 6238). It counts once the person has shown a code made from it."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    secret = models.TextField()
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    spare_hashes = ArrayField(models.TextField(), default=list)

    class Meta:
        db_table = "access_second_factor"


class SignOn(models.Model):
    """Which subject of the organisation's single sign-on opens an account. People join the two; nothing else does."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    issuer = models.TextField()
    subject = models.TextField()
    joined_at = models.DateTimeField()
    joined_by = models.TextField()

    class Meta:
        db_table = "access_sign_on"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_opens_one_account")
        ]


class Session(models.Model):
    """One browser in which a person is signed in, or was until a day ago. Its key is known here by its hash alone."""

    ref = models.TextField(unique=True)
    person = models.IntegerField()
    body = models.SmallIntegerField()
    key_hash = models.TextField(unique=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.TextField()
    browser = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.TextField(default="")

    class Meta:
        db_table = "access_session"
        indexes = [models.Index(fields=["person"], name="session_of_a_person")]


class Machine(models.Model):
    """A program of a body that signs in with a secret of its own. Its account holds roles as a person's does."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    client = models.TextField(unique=True)
    secret_hash = models.TextField()
    scopes = ArrayField(models.TextField())
    made_at = models.DateTimeField()
    made_by = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_machine"


class Token(models.Model):
    """What a machine shows with each request until it runs out, known here by its hash alone."""

    key_hash = models.TextField(primary_key=True)
    person = models.IntegerField()
    scopes = ArrayField(models.TextField())
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "access_token"
        indexes = [models.Index(fields=["person"], name="token_of_a_machine")]


class Pace(models.Model):
    """How often an account or an address did a thing that has a limit, and since when: one row for each two."""

    what = models.TextField()
    who = models.TextField()
    since = models.DateTimeField()
    uses = models.IntegerField()

    class Meta:
        db_table = "access_pace"
        constraints = [models.UniqueConstraint(fields=["what", "who"], name="pace_counted_once")]


class RoleGrant(models.Model):
    """A role held by a person from one day to another, and who gave it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    granted_by = models.TextField()
    why = models.TextField(default="")

    class Meta:
        db_table = "access_role_grant"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(ends__isnull=True), name="role_held_once"
            )
        ]


class RoleWish(models.Model):
    """Roles that one administrator wants somebody to have, until a second agrees or declines. It grants nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    roles = ArrayField(models.TextField())
    why = models.TextField()
    asked_person = models.IntegerField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")
    answer_why = models.TextField(default="")
    agreed = models.BooleanField(default=False)

    class Meta:
        db_table = "access_role_wish"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(answered_at__isnull=True), name="one_wish_waits"
            )
        ]


class Team(models.Model):
    """A named group of people, of one body or several, that a circulation can name."""

    name = models.TextField(unique=True)
    people = models.ManyToManyField(Person, related_name="teams", db_table="access_team_person")

    class Meta:
        db_table = "access_team"


class Compartment(models.Model):
    """A closed circle: what carries its mark opens only to the people on its list, whatever else holds."""

    id = models.SmallAutoField(primary_key=True)
    name = models.TextField(unique=True)
    people = models.ManyToManyField(Person, related_name="compartments", db_table="access_compartment_person")

    class Meta:
        db_table = "access_compartment"


class Labels(models.Model):
    """The label columns on which the rule of need-to-know is tested.

    On every protected row they are copies of its marking, written by the database and by nobody else.
    """

    owner = models.SmallIntegerField()
    released = models.BooleanField(default=False)
    classification = models.SmallIntegerField(default=1)
    conditions = models.SmallIntegerField(default=0)
    everyone = models.BooleanField(default=False)
    bodies = ArrayField(models.SmallIntegerField(), default=list)
    people = ArrayField(models.IntegerField(), default=list)
    teams = ArrayField(models.IntegerField(), default=list)
    compartment = models.SmallIntegerField(default=0)
    silent = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Marking(Labels):
    """Who may know a record, and on what terms. A report and all that is drawn from it share one.

    An item under handling code C has a marking of its own, whose circulation follows its ``parent``.
    ``released`` is false until the record is circulated: until then it opens to its owner alone.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    handling = models.TextField(default="P")
    action = models.TextField(default="")
    sanitisation = models.TextField(default="")
    instructions = models.TextField(default="")

    class Meta:
        db_table = "access_marking"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(classification__in=[0, 1]), name="nothing_above_official_sensitive"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(handling="P", action="", sanitisation="", instructions="", conditions=0)
                    | (
                        models.Q(handling="C", sanitisation__in=["S1", "S2"])
                        & ~models.Q(instructions="")
                        & (
                            models.Q(action="A1", conditions=1)
                            | models.Q(action="A2", conditions=2)
                            | models.Q(action="A3", conditions=4)
                        )
                    )
                ),
                name="conditions_under_c_and_only_there",
            ),
        ]


class Marked(Labels):
    """A protected row: it points at its marking and carries the marking's labels."""

    # The triggers of access/rule.py see to it that a marking stands and stays: a constraint would look it up twice.
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, db_constraint=False)

    class Meta:
        abstract = True

    def history_bodies(self) -> list[int]:
        """Whose readers may read this record's history: its owner's."""
        return [self.owner]

    def history_compartment(self) -> int:
        return self.compartment


class JournalLane(models.Model):
    """The head of one hash chain. Many lanes stand side by side so that writers do not queue for one lock."""

    id = models.SmallIntegerField(primary_key=True)
    entries = models.BigIntegerField(default=0)
    head = models.BinaryField()

    class Meta:
        db_table = "access_journal_lane"


class JournalEntry(models.Model):
    """Who did or looked at what, when and why (Data Protection Act 2018, section 62). Never changed."""

    lane = models.SmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.IntegerField(null=True)
    person_name = models.TextField()
    body = models.SmallIntegerField(null=True)
    verb = models.TextField()
    thing = models.TextField()
    ref = models.TextField()
    why = models.TextField()
    detail = models.JSONField()
    owner = models.SmallIntegerField(null=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "access_journal_entry"
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="journal_place_once")]
        indexes = [
            models.Index(fields=["body", "-id"], name="journal_by_body"),
            models.Index(fields=["person", "-id"], name="journal_by_person"),
            models.Index(fields=["owner", "-id"], name="journal_by_owner"),
        ]
