"""Standing in for someone on leave: a colleague holds some of their roles until a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Person, RoleGrant
from throughline.access.permissions import OUTSIDE, Role
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem

LONGEST = timedelta(days=60)
"""Longer than leave is a change of post, which an administrator makes."""
NEVER = frozenset({Role.ADMIN, Role.AUDITOR}) | OUTSIDE
"""Those who watch over others are appointed, not lent; a partner agency has log-ins of its own."""


class DelegationProblem(FieldProblem):
    """What is wrong with a delegation, for the field named."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A role lent: by whom, to whom, and the last day on which it is held."""

    role: str
    giver: str
    taker: str
    taker_username: str
    last_day: date


def roles_to_lend(reader: Reader) -> frozenset[Role]:
    """The roles that this person holds in their own right and may lend."""
    own = RoleGrant.objects.filter(person_id=reader.person, ends__isnull=True).values_list("role", flat=True)
    return frozenset(Role(role) for role in own) - NEVER


@writes
def delegate_roles(
    *, by: Reader, roles: frozenset[Role], username: str, last_day: date | None, why: str
) -> None:
    """Lend roles of one's own to a colleague of the same body, up to and including a day.

    Raises:
        DelegationProblem: for the field that needs mending.
    """
    today = clock.today()
    if not roles:
        raise DelegationProblem("roles", "Choose at least one of your roles.")
    if roles - roles_to_lend(by):
        raise DelegationProblem("roles", "You can lend only roles that you hold yourself.")
    if last_day is None or last_day < today:
        raise DelegationProblem("last_day", "The last day must be today or later.")
    if last_day > today + LONGEST:
        raise DelegationProblem("last_day", f"The last day must be within {LONGEST.days} days.")
    if not why.strip():
        raise DelegationProblem("why", "Say why a colleague stands in for you.")
    taker = Person.objects.filter(username=username.strip().lower(), body_id=by.body, active=True).first()
    if taker is None or taker.pk == by.person:
        raise DelegationProblem("username", "Enter the username of a colleague in your own body.")
    if RoleGrant.objects.filter(person=taker, role__in=OUTSIDE, ends__isnull=True).exists():
        raise DelegationProblem("username", "Nobody of a partner agency stands in for you.")
    _end(RoleGrant.objects.filter(person=taker, granted_by=by.username, role__in=roles), today)
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(
                person=taker, role=role, starts=today, ends=last_day + timedelta(days=1),
                granted_by=by.username, why=f"stands in: {why.strip()}",
            )
            for role in sorted(roles)
        ]
    )  # fmt: skip
    journal.note(
        Verb.ALTER,
        "person",
        taker.username,
        why=why.strip(),
        lent=sorted(roles),
        last_day=last_day.isoformat(),
    )


@writes
def end_delegations(*, by: Reader, username: str) -> int:
    """Take back, from today, every role lent to this colleague. Returns how many."""
    ended = _end(
        RoleGrant.objects.filter(person__username=username, person__body_id=by.body, granted_by=by.username),
        clock.today(),
    )
    if ended:
        journal.note(Verb.ALTER, "person", username, why="came back", ended=ended)
    return ended


def _end(grants: QuerySet[RoleGrant], today: date) -> int:
    """Grants that an administrator made have no end, and are not touched."""
    return grants.filter(ends__gt=today).update(ends=today)


def delegations_of(reader: Reader) -> tuple[list[Delegation], list[Delegation]]:
    """What this person has lent to others, and what others have lent to them, as it stands today."""
    standing = RoleGrant.objects.filter(ends__gt=clock.today(), starts__lte=clock.today()).select_related(
        "person"
    )
    lent = standing.filter(granted_by=reader.username, person__body_id=reader.body)
    names = dict(Person.objects.filter(body_id=reader.body).values_list("username", "name"))
    return (
        [_card(row, names) for row in lent.order_by("person__username", "role")],
        [_card(row, names) for row in standing.filter(person_id=reader.person).order_by("role")],
    )


def _card(row: RoleGrant, names: dict[str, str]) -> Delegation:
    last_day = (row.ends or clock.today()) - timedelta(days=1)
    giver = names.get(row.granted_by, row.granted_by)
    return Delegation(row.role, giver, row.person.name, row.person.username, last_day)
