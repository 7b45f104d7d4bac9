"""The sessions that people have open: seeing them, and ending one before its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Session
from throughline.access.queries import looked_after
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref


class Ended(StrEnum):
    """How a session came to an end before it ran out. The database itself writes the last two."""

    SIGNED_OUT = "out"
    BY_PERSON = "self"
    BY_ADMINISTRATOR = "admin"
    CODE_TAKEN = "code"
    LASTED = "lasted"
    LEFT = "left"
    PASSWORD = "password"  # noqa: S105 the word, not one


class SessionProblem(FieldProblem):
    """What is wrong with how sessions are to be ended, for the field named."""


@dataclass(frozen=True, slots=True)
class SessionCard:
    """An open session: since when, last used when (to the minute), from which address, with which browser."""

    ref: str
    begun_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_this: bool


def _hash_of(key: str) -> str:
    """A key opens a session, so it is kept nowhere else. It is random, and its hash needs no salt."""
    return sha256(key.encode()).hexdigest()


@writes
def open_session(*, by: Reader, key: str, address: str, browser: str) -> str:
    """Put a session that has just begun among the person's own; returns its reference."""
    now = clock.now()
    return Session.objects.create(
        ref=new_ref("SE"), person=by.person, body=by.body, key_hash=_hash_of(key), begun_at=now, seen_at=now,
        address=address, browser=browser,
    ).ref  # fmt: skip


@writes
def see_session(*, by: Reader, key: str) -> bool:
    """Note that a session is in use. False when it is not among the open ones, and must open nothing."""
    own = Session.objects.filter(person=by.person, key_hash=_hash_of(key), ended_how="")
    return bool(own.update(seen_at=clock.now()))


def own_sessions(reader: Reader, *, key: str) -> list[SessionCard]:
    """The reader's open sessions, the last used first; that of `key` is this one."""
    with reading(reader):
        return _cards(_open(reader.person), key)


@writes
def sessions_of(*, by: Reader, username: str, key: str) -> list[SessionCard]:
    """The open sessions of someone of the administrator's own body. The look is in the journal.

    Raises:
        UnknownPerson: there is nobody of that name in the body.
    """
    person = looked_after(by, username)
    journal.note(Verb.CONSULT, "session", username, why="open sessions")
    return _cards(_open(person.person), key)


def _open(person: int) -> QuerySet[Session]:
    """Those that were neither ended nor have run out."""
    used_since = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Session.objects.filter(person=person, ended_how="", seen_at__gt=used_since)


def _cards(rows: QuerySet[Session], key: str) -> list[SessionCard]:
    this = _hash_of(key)
    return [
        SessionCard(row.ref, row.begun_at, row.seen_at, row.address, row.browser, row.key_hash == this)
        for row in rows.order_by("-seen_at", "-id")
    ]


@writes
def sign_out(*, by: Reader, key: str) -> None:
    """End the present session, in the journal as well."""
    _mark(Session.objects.filter(person=by.person, key_hash=_hash_of(key)), Ended.SIGNED_OUT)
    journal.note(Verb.SIGN_IN, "session", why="signed out")


@writes
def end_lasted(*, by: Reader, key: str) -> None:
    """End a session that has lasted as long as any may, however busy it was."""
    if _mark(Session.objects.filter(person=by.person, key_hash=_hash_of(key)), Ended.LASTED):
        journal.note(Verb.SIGN_IN, "session", why="lasted as long as one may")


@writes
def end_own_session(*, by: Reader, ref: str) -> bool:
    """End one of one's own sessions; false when it is not open any more, or is not one's own."""
    return bool(_end(_open(by.person).filter(ref=ref), by.username, Ended.BY_PERSON, "ended by the person"))


@writes
def end_other_sessions(*, by: Reader, key: str) -> int:
    """End all of one's own sessions but the present one; returns how many."""
    others = _open(by.person).exclude(key_hash=_hash_of(key))
    return _end(others, by.username, Ended.BY_PERSON, "ended by the person")


@writes
def end_sessions(*, by: Reader, username: str, refs: Sequence[str], why: str) -> int:
    """End sessions of someone of the administrator's own body; returns how many were still open.

    Raises:
        UnknownPerson: there is nobody of that name in the body.
        SessionProblem: no reason was given.
    """
    person = looked_after(by, username)
    if not why.strip():
        raise SessionProblem("why", "Say why the sessions are ended.")
    chosen = _open(person.person).filter(ref__in=refs)
    return _end(chosen, person.username, Ended.BY_ADMINISTRATOR, why.strip())


def end_for_code(person: Reader) -> None:
    """End every session of someone whose second factor is taken away, inside `reading` of the administrator."""
    _end(_open(person.person), person.username, Ended.CODE_TAKEN, "second factor taken away")


def _end(rows: QuerySet[Session], username: str, how: Ended, why: str) -> int:
    ended = _mark(rows, how)
    if ended:
        journal.note(Verb.SIGN_IN, "session", username, why=why, ended=ended)
    return ended


def _mark(rows: QuerySet[Session], how: Ended) -> int:
    """The database takes the key of each away with it."""
    return rows.filter(ended_how="").update(ended_how=how, ended_at=clock.now())


def ended_how(key: str) -> str:
    """How the session of this key was ended; '' when it ran out or never was."""
    with connection.cursor() as cursor:
        cursor.execute("select access_session_ended_how(%s)", [_hash_of(key)])
        return cursor.fetchone()[0] or ""


def clear_sessions() -> int:
    """Clear away what ended or ran out, of everyone; returns how many keys went."""
    with connection.cursor() as cursor:
        cursor.execute("select access_clear_sessions()")
        return int(cursor.fetchone()[0])
