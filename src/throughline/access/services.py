"""Every way people, roles, credentials and markings may change."""

from dataclasses import dataclass
from secrets import token_urlsafe

from django.contrib.auth.hashers import make_password
from django.db import transaction

from throughline.access import journal
from throughline.access.four_eyes import give_or_ask, grant
from throughline.access.journal import Verb
from throughline.access.models import Compartment, Credential, Marking, Person, RoleGrant, Team
from throughline.access.passwords import refuse_weak
from throughline.access.permissions import A1, A2, A3, OUTSIDE, Permission, Role
from throughline.access.queries import UnknownPerson
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.organisations.models import Body

LONGEST_USERNAME = 100
ACTION_BITS = {"": 0, "A1": A1, "A2": A2, "A3": A3}


class PersonProblem(FieldProblem):
    """What is wrong with the particulars of a person, for the field named."""


@writes
def add_person(*, by: Reader, username: str, name: str, password: str, roles: frozenset[Role]) -> None:
    """Give someone of the administrator's own body a log-in and roles, which may wait for a second administrator.

    Raises:
        PersonProblem: for the field that needs mending.
    """
    by.require(Permission.PERSON_MANAGE)
    person = _enter(username=username, name=name, password=password, roles=roles, body=by.body)
    waits = give_or_ask(person, roles, by=by, why="on joining")
    journal.note(Verb.ALTER, "person", person.username, why="added", roles=sorted(roles), waiting=waits)


@transaction.atomic
def appoint_administrator(*, username: str, body: str) -> str:
    """The first administrator of a body, appointed by whoever runs the instance; returns a password to hand over.

    Raises:
        PersonProblem: no such body, or a username that cannot be.
    """
    found = Body.objects.filter(code=body.strip().upper()).first()
    if found is None:
        raise PersonProblem("body", f"No body has the code {body!r}. Codes look like NORF or ERSOU.")
    password, roles = token_urlsafe(12), frozenset({Role.ADMIN})
    name = f"Administrator of {found.name}"
    person = _enter(username=username, name=name, password=password, roles=roles, body=found.pk)
    grant(person, Role.ADMIN, by="throughline init", why="on joining")
    journal.note(Verb.ALTER, "person", person.username, why="added", roles=sorted(roles))
    return password


def _enter(*, username: str, name: str, password: str, roles: frozenset[Role], body: int) -> Person:
    """A person without a role yet."""
    refuse_weak(password, username=username.strip().lower())
    person = enter_account(username=username, name=name, roles=roles, body=body)
    Credential.objects.create(person=person, password_hash=make_password(password), changed_at=clock.now())
    return person


def enter_account(*, username: str, name: str, roles: frozenset[Role], body: int) -> Person:
    """An account without a role or a way in yet, inside a service.

    Raises:
        PersonProblem: for the field that needs mending.
    """
    username = username.strip().lower()
    if not username or " " in username or len(username) > LONGEST_USERNAME:
        raise PersonProblem("username", "Enter a username without spaces, such as j.smith@norf.")
    if not name.strip():
        raise PersonProblem("name", "Enter the person's name.")
    if not roles:
        raise PersonProblem("roles", "Choose at least one role.")
    _refuse_mixed(roles)
    if Person.objects.filter(username=username).exists():
        raise PersonProblem("username", "This username is taken. Choose another.")
    return Person.objects.create(username=username, name=name.strip(), body_id=body)


@writes
def change_roles(*, by: Reader, username: str, roles: frozenset[Role], why: str) -> None:
    """Make these the roles a person of the administrator's own body holds from today.

    Where the instance asks for four eyes, those that they did not hold wait for a second administrator.
    """
    by.require(Permission.PERSON_MANAGE)
    person = Person.objects.filter(username=username, body_id=by.body).first()
    if person is None:
        raise UnknownPerson("There is nobody of that username in your body.")
    if person.pk == by.person:
        raise PersonProblem("roles", "You cannot change your own roles. Ask another administrator.")
    if not why.strip():
        raise PersonProblem("why", "Say why the roles change.")
    _refuse_mixed(roles)
    today = clock.today()
    held = set(person.grants.filter(ends__isnull=True).values_list("role", flat=True))
    person.grants.filter(ends__isnull=True).exclude(role__in=roles).update(ends=today)
    waits = give_or_ask(person, roles - {Role(r) for r in held}, by=by, why=why)
    journal.note(Verb.ALTER, "person", username, why=why, roles=sorted(roles), waiting=waits)


def _refuse_mixed(roles: frozenset[Role]) -> None:
    if roles & OUTSIDE and roles - OUTSIDE:
        raise PersonProblem("roles", "A partner's log-in holds no other role.")


CAST_PASSWORD = "county-lines-trial"  # noqa: S105 printed for trials on synthetic data, by its own command


def load_cast() -> int:
    """One person for each role in each body, for trials: ``analyst@norf``. All share one password, by design."""
    if Person.objects.exists():
        return 0
    hashed, now, today = make_password(CAST_PASSWORD), clock.now(), clock.today()
    cast = [(role, body) for body in Body.objects.order_by("code") for role in Role]
    people = Person.objects.bulk_create(
        [
            Person(username=f"{role}@{body.code.lower()}", name=f"{role.title()} at {body.code}", body=body)
            for role, body in cast
        ]
    )
    Credential.objects.bulk_create(
        [Credential(person=p, password_hash=hashed, changed_at=now) for p in people]
    )
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(person=p, role=role, starts=today, granted_by="throughline init --cast")
            for p, (role, _) in zip(people, cast, strict=True)
        ]
    )
    return len(people)


@dataclass(frozen=True, slots=True)
class Circulation:
    """Who is meant to see a record beyond its owner, in ids."""

    everyone: bool = False
    bodies: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()


def marking_for(
    *, owner: int, classification: int, circulation: Circulation, compartment: int = 0, silent: bool = False,
) -> Marking:  # fmt: skip
    """A marking under handling code P, closed to all but its owner until it is released. Not yet saved."""
    return Marking(
        owner=owner, classification=classification, everyone=circulation.everyone, bodies=list(circulation.bodies),
        people=list(circulation.people), teams=list(circulation.teams), compartment=compartment, silent=silent,
    )  # fmt: skip


def conditioned(parent: Marking, *, action: str, sanitisation: str, instructions: str) -> Marking:
    """A marking under handling code C that follows the circulation of ``parent``. Not yet saved."""
    return Marking(
        parent=parent, owner=parent.owner, released=parent.released, classification=parent.classification,
        everyone=parent.everyone, bodies=parent.bodies, people=parent.people, teams=parent.teams,
        compartment=parent.compartment, silent=parent.silent, handling="C", action=action,
        sanitisation=sanitisation, instructions=instructions, conditions=ACTION_BITS[action],
    )  # fmt: skip


def form_team(*, name: str, people: list[int]) -> int:
    """A named group for circulations; returns its id."""
    team = Team.objects.create(name=name)
    team.people.set(people)
    return team.pk


def close_compartment(*, name: str, people: list[int]) -> int:
    """A closed circle of people; returns its id."""
    compartment = Compartment.objects.create(name=name)
    compartment.people.set(people)
    return compartment.pk
