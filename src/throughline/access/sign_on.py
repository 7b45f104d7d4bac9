"""Single sign-on: whose account a subject of the organisation's provider opens. It proves who, and gives no role."""

from django.conf import settings
from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import SignOn
from throughline.access.provider import LONGEST_SUBJECT, Proof
from throughline.access.queries import looked_after, reader_named
from throughline.access.reader import Reader, reading, writes
from throughline.access.second_factor import asks_for_code
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem


class SignOnProblem(FieldProblem):
    """What is wrong with how an account is joined to a subject, for the field named."""


class UnknownSubject(Exception):
    """The provider knows this person and no account here is joined to them; the text is for them."""


def sign_on(proof: Proof) -> tuple[Reader, bool]:
    """The reader whom a proof stands for, and whether a code is still asked for before they are signed in.

    Raises:
        UnknownSubject: no account that is open is joined to the subject.
    """
    with connection.cursor() as cursor:
        cursor.execute("select access_subject_is(%s, %s)", [proof.issuer, proof.subject])
        username = cursor.fetchone()[0]
    if username is None:
        journal.note(Verb.REFUSE, "sign in", why="single sign-on: no account is joined to this subject")
        raise UnknownSubject(
            "Your organisation's sign-on knows you, and no account here is joined to you yet. "
            "Give your administrator what stands below, and ask them to join it to your account."
        )
    reader = reader_named(username)
    waits = asks_for_code(reader)
    if not waits:
        with reading(reader):
            journal.note(Verb.SIGN_IN, "session", why="with single sign-on")
    return reader, waits


def subject_of(by: Reader, username: str) -> str:
    """The subject that the account of someone of the administrator's own body is joined to; '' for none.

    Raises:
        UnknownPerson: there is nobody of that name in the body.
    """
    person = looked_after(by, username)
    with reading(by):
        held = SignOn.objects.filter(person_id=person.person, issuer=settings.SIGN_ON_ISSUER)
        return held.values_list("subject", flat=True).first() or ""


@writes
def join_subject(*, by: Reader, username: str, subject: str, why: str) -> None:
    """Join an account to a subject of the provider in force, or with '' to none any more.

    Raises:
        SignOnProblem: for the field that needs mending.
        UnknownPerson: there is nobody of that name in the body.
    """
    person, subject = looked_after(by, username), subject.strip()
    why = SignOnProblem.unless_said("why", why, "Say why: it is kept in the journal.")
    if len(subject) > LONGEST_SUBJECT:
        raise SignOnProblem("subject", f"Enter a subject of {LONGEST_SUBJECT} characters or fewer.")
    SignOn.objects.filter(person_id=person.person).delete()
    if subject:
        with connection.cursor() as cursor:
            cursor.execute("select access_subject_is(%s, %s)", [settings.SIGN_ON_ISSUER, subject])
            if cursor.fetchone()[0] is not None:
                raise SignOnProblem("subject", "This subject is joined to another account. Ask whose it is.")
        SignOn.objects.create(
            person_id=person.person, issuer=settings.SIGN_ON_ISSUER, subject=subject,
            joined_at=clock.now(), joined_by=by.username,
        )  # fmt: skip
    journal.note(Verb.ALTER, "person", username, why=why, sign_on="joined" if subject else "parted")
