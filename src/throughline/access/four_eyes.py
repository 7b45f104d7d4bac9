"""Four eyes: where the instance asks for it, a role that one administrator wants given waits for a second to agree.

A wish is no grant, so nothing that reads grants can take one for the other. Taking a role away waits for nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Person, RoleGrant, RoleWish
from throughline.access.permissions import Permission, Role
from throughline.access.queries import looked_after
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem

MOST_SHOWN = 50


class WishProblem(FieldProblem):
    """What is wrong with how a wish is made or answered, for the field named."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Roles that somebody is to be given, who asked and why; ``is_own`` when the reader did, and so may not answer."""

    roles: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    why: str
    is_own: bool


def grant(person: Person, role: Role, *, by: str, why: str) -> None:
    """Give a role from today."""
    RoleGrant.objects.create(person=person, role=role, starts=clock.today(), granted_by=by, why=why)


def give_or_ask(person: Person, roles: frozenset[Role], *, by: Reader, why: str) -> bool:
    """Give these roles, or where four eyes are asked for keep the wish; inside a service. True when it waits.

    Raises:
        WishProblem: a wish for this person waits already.
    """
    if not settings.FOUR_EYES or not roles:
        for role in sorted(roles):
            grant(person, role, by=by.username, why=why)
        return False
    if RoleWish.objects.filter(person_id=person.pk, answered_at__isnull=True).exists():
        raise WishProblem(
            "roles", "Roles for this person wait for a second administrator. Have those answered first."
        )
    RoleWish.objects.create(
        person_id=person.pk, roles=sorted(roles), why=why, asked_person=by.person, asked_by=by.username,
        asked_at=clock.now(),
    )  # fmt: skip
    return True


def wish_for(by: Reader, username: str) -> Wish | None:
    """What waits for someone of the administrator's own body.

    Raises:
        UnknownPerson: there is nobody of that name in the body.
    """
    person = looked_after(by, username)
    with reading(by):
        row = RoleWish.objects.filter(person_id=person.person, answered_at__isnull=True).first()
    if row is None:
        return None
    return Wish(tuple(row.roles), row.asked_by, row.asked_at, row.why, row.asked_person == by.person)


def wishes_to_answer(by: Reader) -> list[tuple[str, str]]:
    """Name and username of everyone of the body for whom roles wait that the reader may answer, oldest first."""
    by.require(Permission.PERSON_MANAGE)
    with reading(by):
        rows = RoleWish.objects.filter(answered_at__isnull=True, person__active=True).exclude(
            asked_person=by.person
        )
        named = rows.exclude(person_id=by.person).order_by("asked_at")
        return list(named.values_list("person__name", "person__username")[:MOST_SHOWN])


@writes
def answer_wish(*, by: Reader, username: str, agrees: bool, why: str) -> None:
    """Agree to what waits for someone, which gives the roles from today, or decline it. The asker cannot.

    Raises:
        WishProblem: for the field that needs mending.
        UnknownPerson: there is nobody of that name in the body.
    """
    by.require(Permission.PERSON_MANAGE)
    person = looked_after(by, username)
    why = WishProblem.unless_said("why", why, "Say why: it is kept in the journal.")
    if person.person == by.person:
        raise WishProblem("answer", "You cannot answer for your own roles. Ask another administrator.")
    row = RoleWish.objects.filter(person_id=person.person, answered_at__isnull=True).first()
    if row is None:
        raise WishProblem("answer", "Nothing waits for this person any more.")
    # The database refuses the asker as well; this says so in words.
    if row.asked_person == by.person:
        raise WishProblem("answer", "You asked for these roles, so another administrator has to answer.")
    found = RoleWish.objects.filter(pk=row.pk, answered_at__isnull=True)
    if not found.update(answered_at=clock.now(), answered_by=by.username, agreed=agrees, answer_why=why):
        raise WishProblem("answer", "Nothing waits for this person any more.")
    given = [Role(role) for role in row.roles if Role(role) not in person.roles] if agrees else []
    for role in given:
        grant(Person.objects.get(pk=person.person), role, by=f"{row.asked_by} and {by.username}", why=row.why)
    journal.note(
        Verb.ALTER,
        "person",
        username,
        why=why,
        wish="agreed" if agrees else "declined",
        roles=list(row.roles),
    )
