"""Reading people, and explaining what a reader may know."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from throughline.access.models import Person, RoleGrant
from throughline.access.permissions import (
    NO_CLEARANCE,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    clearance_of,
    conditions_of,
    permissions_of,
)
from throughline.access.reader import Reader, reading
from throughline.access.rule import CLAUSES
from throughline.kernel import clock
from throughline.kernel.explain import Reason


class UnknownPerson(Exception):
    """No active person has this username."""


def reader_named(username: str, *, on: date | None = None) -> Reader:
    """The reader with this username, with the roles held today.

    Raises:
        UnknownPerson: nobody active has that username.
    """
    reader = _reader(on or clock.today(), username=username.strip().lower())
    if reader is None:
        raise UnknownPerson(f"Nobody can sign in as {username!r}. Usernames look like analyst@norf.")
    return reader


def reader_numbered(person_id: int) -> Reader | None:
    """The reader with this id, or None when the person has left."""
    return _reader(clock.today(), number=person_id)


_WHO = """
select p.id, p.username, p.name, p.body_id, b.code, b.name, b.ends,
       array(select g.role from access_role_grant g
              where g.person_id = p.id and g.starts <= %(day)s and (g.ends is null or g.ends > %(day)s)),
       array(select c.compartment_id from access_compartment_person c where c.person_id = p.id),
       array(select t.team_id from access_team_person t where t.person_id = p.id)
  from access_person p join organisations_body b on b.id = p.body_id
 where p.active and (p.id = %(number)s or p.username = %(username)s)
"""
"""One active person and all that they hold on a day: each request begins with it, so it is written out as SQL."""


def _reader(day: date, *, number: int | None = None, username: str | None = None) -> Reader | None:
    with connection.cursor() as cursor:
        cursor.execute(_WHO, {"day": day, "number": number, "username": username})
        found = cursor.fetchone()
    if found is None:
        return None
    person, username, name, body, body_code, body_name, body_ends, held, compartments, teams = found
    roles = frozenset(Role(role) for role in held)
    standing = body_ends is None or body_ends > day
    return Reader(
        person=person, username=username, name=name, body=body, body_code=body_code, body_name=body_name,
        roles=roles, permissions=permissions_of(roles), clearance=clearance_of(roles) if standing else NO_CLEARANCE,
        conditions=conditions_of(roles), compartments=tuple(compartments), teams=tuple(teams),
    )  # fmt: skip


def looked_after(by: Reader, username: str) -> Reader:
    """Someone of the administrator's own body, whose account is theirs to look after.

    Raises:
        NotAllowed: the reader manages nobody.
        UnknownPerson: there is nobody of that name in the body.
    """
    by.require(Permission.PERSON_MANAGE)
    person = reader_named(username)
    if person.body != by.body:
        raise UnknownPerson("There is nobody of that username in your body.")
    return person


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in the directory."""

    username: str
    name: str
    body_code: str
    roles: tuple[str, ...]
    active: bool


def people_page(
    reader: Reader, *, text: str = "", after: str = "", size: int = 50
) -> tuple[list[PersonCard], str]:
    """People of the reader's own body by username, and the username after which the next page starts ('' if none)."""
    reader.require(Permission.PERSON_READ)
    rows = Person.objects.filter(body_id=reader.body).order_by("username").select_related("body")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(name__icontains=text))
    if after:
        rows = rows.filter(username__gt=after)
    found = list(rows[: size + 1])
    grants: dict[int, list[str]] = {}
    today = clock.today()
    held = RoleGrant.objects.filter(Q(ends=None) | Q(ends__gt=today), starts__lte=today, person__in=found)
    for person_id, role in held.values_list("person_id", "role"):
        grants.setdefault(person_id, []).append(role)
    cards = [
        PersonCard(p.username, p.name, p.body.code, tuple(sorted(grants.get(p.pk, []))), p.active)
        for p in found[:size]
    ]
    return cards, (found[size - 1].username if len(found) > size else "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a reader may know a record, and which clause decided."""

    may_know: bool
    reasons: tuple[Reason, ...]


def explain(reader: Reader, marking: int) -> Explanation:
    """Ask the database which clause of the rule opens or shuts this marking to this reader."""
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select * from access_explain(%s)", [marking])
        row = cursor.fetchone()
    if row is None:
        return Explanation(may_know=False, reasons=())
    held = {clause.name: bool(value) for clause, value in zip(CLAUSES, row, strict=True)}
    circulated = held["released"] and held["conditions"] and held["circulation"]
    may_know = held["compartment"] and held["classification"] and (held["owner"] or circulated)
    reasons = tuple(Reason(c.name, "yes" if held[c.name] else "no", c.sentence) for c in CLAUSES)
    return Explanation(may_know=may_know, reasons=reasons)


def roles_with(permission: Permission) -> list[str]:
    """The roles that carry a permission, for pages and docs."""
    return [role.value for role, held in ROLE_PERMISSIONS.items() if permission in held]
