"""Machines: programs of a body that sign in with a secret of their own, and the tokens that they then show.

The account of a machine is one like a person's, without a password: its roles are given as a person's are, by two
administrators where the instance asks for that, and the database opens to it by the same rule. Its scopes are
permissions, and narrow what its roles let it do.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import connection

from throughline.access import journal
from throughline.access.four_eyes import give_or_ask
from throughline.access.journal import Verb
from throughline.access.models import Machine, Person, Token
from throughline.access.permissions import Permission, Role
from throughline.access.queries import UnknownPerson, reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.access.services import enter_account
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import ALPHABET, new_ref

P = Permission
_SCOPES = {
    P.CHECK_RUN: {P.CHECK_RUN},
    P.HIT_READ: {P.HIT_READ},
    P.LINE_READ: {P.LINE_READ},
    # As a file does: what comes graded stands graded, and goes to whom it names.
    P.REPORT_LOAD: {P.REPORT_LOAD, P.REPORT_ADD, P.REPORT_GRADE, P.REPORT_CIRCULATE},
    P.REPORT_READ: {P.REPORT_READ},
}
"""What there is for a machine to do, and the permissions that each takes."""
SCOPES: frozenset[str] = frozenset(_SCOPES)
LASTS = timedelta(minutes=30)
"""A token is asked for anew after this."""
_CLIENT = re.compile(f"MA-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


class MachineProblem(FieldProblem):
    """What is wrong with how a machine is added or ended, for the field named."""


class MachineRefused(Exception):
    """A machine is not let in; ``error`` is the code of RFC 6749, section 5.2."""

    def __init__(self, error: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = error


@dataclass(frozen=True, slots=True)
class NewMachine:
    """What a machine signs in with. The secret is shown once; ``waits`` when a second administrator must agree."""

    client: str
    secret: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MachineCard:
    """A machine of the administrator's own body."""

    username: str
    name: str
    client: str
    scopes: tuple[str, ...]
    made_at: datetime
    made_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh token, what it is for, and for how many seconds."""

    token: str
    scopes: tuple[str, ...]
    seconds: int


def _hash_of(secret: str) -> str:
    """A secret is random and long, so its hash needs neither salt nor stretching."""
    return sha256(secret.encode()).hexdigest()


@writes
def add_machine(
    *, by: Reader, username: str, name: str, roles: frozenset[Role], scopes: Collection[str]
) -> NewMachine:
    """Give a program of the administrator's own body a way in, and roles, which may wait for a second administrator.

    Raises:
        PersonProblem, MachineProblem: for the field that needs mending.
    """
    by.require(Permission.PERSON_MANAGE)
    if not scopes or not set(scopes) <= SCOPES:
        raise MachineProblem("scopes", f"Choose what it may do, one or more of {', '.join(sorted(SCOPES))}.")
    person = enter_account(username=username, name=name, roles=roles, body=by.body)
    secret = token_urlsafe(32)
    machine = Machine.objects.create(
        person=person, client=new_ref("MA"), secret_hash=_hash_of(secret), scopes=sorted(set(scopes)),
        made_at=clock.now(), made_by=by.username,
    )  # fmt: skip
    waits = give_or_ask(person, roles, by=by, why="for a machine")
    journal.note(
        Verb.ALTER, "machine", person.username, why="added", roles=sorted(roles), scopes=machine.scopes,
        waiting=waits,
    )  # fmt: skip
    return NewMachine(machine.client, secret, waits)


@writes
def end_machine(*, by: Reader, username: str, why: str) -> None:
    """End a machine of the administrator's own body: its secret and its tokens open nothing from now on.

    Raises:
        MachineProblem: no reason was given.
        UnknownPerson: the body has no such machine.
    """
    by.require(Permission.PERSON_MANAGE)
    why = MachineProblem.unless_said("why", why, "Say why it is ended: it is kept in the journal.")
    machine = Machine.objects.filter(person__username=username, ended_at__isnull=True).first()
    if machine is None:
        raise UnknownPerson("Your body has no machine of that username that can still sign in.")
    machine.ended_at = clock.now()
    machine.save(update_fields=["ended_at"])
    Token.objects.filter(person=machine.pk).delete()
    Person.objects.get(pk=machine.pk).grants.filter(ends__isnull=True).update(ends=clock.today())
    journal.note(Verb.ALTER, "machine", username, why=why, account="ended")


def machines_of(by: Reader) -> list[MachineCard]:
    """The machines of the administrator's own body by username, those that were ended as well."""
    by.require(Permission.PERSON_MANAGE)
    with reading(by):
        rows = Machine.objects.select_related("person").order_by("person__username")
        return [
            MachineCard(
                row.person.username, row.person.name, row.client, tuple(row.scopes), row.made_at, row.made_by,
                row.ended_at,
            )
            for row in rows
        ]  # fmt: skip


def issue_token(*, client: str, secret: str, scopes: Collection[str] = ()) -> Issued:
    """Let a machine in, for all that it may do or for some of it.

    Raises:
        MachineRefused: with the same words whether the client or the secret was wrong.
    """
    machine, given = _signed_in(client, secret)
    open_to_it = {scope for scope in given if machine.may(scope)}
    asked = set(scopes) or open_to_it
    if not asked or not asked <= open_to_it:
        with reading(machine):
            journal.note(Verb.REFUSE, "token", why="asked for more than it may do")
        raise MachineRefused(
            "invalid_scope",
            "This client may do none of this, or not all. Its administrator gives it roles and scopes.",
        )
    token, now = token_urlsafe(32), clock.now()
    with reading(machine):
        Token.objects.create(
            key_hash=_hash_of(token), person=machine.person, scopes=sorted(asked), made_at=now,
            expires_at=now + LASTS,
        )  # fmt: skip
        journal.note(Verb.SIGN_IN, "token", machine.username, scopes=sorted(asked))
    return Issued(token, tuple(sorted(asked)), int(LASTS.total_seconds()))


def _signed_in(client: str, secret: str) -> tuple[Reader, list[str]]:
    found = _asked("access_machine_is", client, _hash_of(secret)) if _CLIENT.fullmatch(client) else None
    if found is None:
        journal.note(Verb.REFUSE, "token", why="no such client, or another secret")
        raise MachineRefused("invalid_client", "The client and its secret do not open an account.")
    machine = _machine(*found)
    if machine is None:
        raise MachineRefused("unauthorized_client", "The account of this client is closed.")
    return machine, found[1]


def reader_with_secret(*, client: str, secret: str) -> Reader:
    """The machine of these credentials with all that its roles and scopes let it do today, for a single request.

    Raises:
        MachineRefused: with the same words whether the client or the secret was wrong.
    """
    return _signed_in(client, secret)[0]


def reader_with_token(token: str) -> Reader | None:
    """The machine that shows this token, with what its roles and its scopes both let it do today; None for no token."""
    found = _asked("access_token_opens", _hash_of(token), clock.now())
    return _machine(*found) if found else None


@writes
def end_token(*, by: Reader, token: str) -> None:
    """Let a token open nothing any more; one of another machine, or of none, is passed over (RFC 7009, section 2.2)."""
    if Token.objects.filter(key_hash=_hash_of(token), person=by.person).delete()[0]:
        journal.note(Verb.SIGN_IN, "token", by.username, why="ended")


def _asked(door: str, *values: str | datetime) -> tuple[int, list[str]] | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select person, scopes from {door}(%s, %s)", values)  # noqa: S608 one of two names above
        return cursor.fetchone()  # type: ignore[no-any-return]  # as the two doors give it


def _machine(person: int, scopes: list[str]) -> Reader | None:
    account = reader_numbered(person)
    if account is None:
        return None
    wanted = frozenset[Permission]().union(*(_SCOPES[Permission(scope)] for scope in scopes))
    return replace(account, permissions=account.permissions & wanted)
