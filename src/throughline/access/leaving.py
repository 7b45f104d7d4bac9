"""Leaving: whoever has left can sign in no more, holds nothing, and keeps their name on what they did."""

from django.db.models import Q

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Person, RoleGrant, SignOn
from throughline.access.passwords import refuse_weak, renew_password
from throughline.access.permissions import Permission
from throughline.access.queries import UnknownPerson
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem


class LeavingProblem(FieldProblem):
    """What is wrong with how someone leaves or returns, for the field named."""


@writes
def retire_person(*, by: Reader, username: str, why: str) -> None:
    """Close the account of someone of the administrator's own body, with all that it holds or has lent.

    Raises:
        LeavingProblem: for the field that needs mending.
        UnknownPerson: there is nobody of that name in the body.
    """
    person = _of_own_body(by, username, why, active=True)
    if person.pk == by.person:
        raise LeavingProblem("why", "You cannot close your own account. Ask another administrator.")
    person.active = False
    person.save(update_fields=["active"])  # the database itself then ends the sessions
    today = clock.today()
    held = RoleGrant.objects.filter(
        Q(person=person) | Q(granted_by=username, person__body_id=by.body, ends__isnull=False)
    )
    held.filter(Q(ends__isnull=True) | Q(ends__gt=today)).update(ends=today)
    SignOn.objects.filter(person=person).delete()
    person.teams.clear()
    person.compartments.clear()
    journal.note(Verb.ALTER, "person", username, why=why.strip(), account="closed")


@writes
def bring_back_person(*, by: Reader, username: str, password: str, why: str) -> None:
    """Open the account of someone who had left, with a new first password and no role, team or closed circle.

    Raises:
        FieldProblem: for the field that needs mending.
        UnknownPerson: nobody of that name has left the body.
    """
    person = _of_own_body(by, username, why, active=False)
    refuse_weak(password, username=username)
    person.active = True
    person.save(update_fields=["active"])
    renew_password(person.pk, password)
    journal.note(Verb.ALTER, "person", username, why=why.strip(), account="opened again")


def has_left(reader: Reader, username: str) -> str:
    """The name of someone who has left the reader's body.

    Raises:
        UnknownPerson: nobody of that name has.
    """
    reader.require(Permission.PERSON_MANAGE)
    return _find(reader, username, active=False).name


def _of_own_body(by: Reader, username: str, why: str, *, active: bool) -> Person:
    by.require(Permission.PERSON_MANAGE)
    person = _find(by, username, active=active)
    if not why.strip():
        raise LeavingProblem("why", "Say why: it is kept in the journal.")
    return person


def _find(by: Reader, username: str, *, active: bool) -> Person:
    person = Person.objects.filter(username=username, body_id=by.body, active=active).first()
    if person is None:
        raise UnknownPerson("There is nobody of that username in your body.")
    return person
