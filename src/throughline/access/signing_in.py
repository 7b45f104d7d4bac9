"""Signing in: a password, a one-time code where the person has one, and the lock after failures in a row."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Credential, SecondFactor
from throughline.access.queries import reader_named, reader_numbered
from throughline.access.reader import Reader, reading
from throughline.access.second_factor import uses_code
from throughline.kernel import clock

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)


class SignInRefused(Exception):
    """The name and password do not fit, or the account is locked; the words are the same, and never say which."""


def sign_in(*, username: str, password: str) -> tuple[Reader, bool]:
    """Check a password: the reader, and whether a code is still asked for before they are signed in.

    Five failures in a row lock the account for a quarter of an hour.

    Raises:
        SignInRefused: with the same words whether the name or the password was wrong.
    """
    refused = SignInRefused(
        "Enter your username and password again: they do not match an account. "
        f"After {FAILURES_ALLOWED} tries an account is locked for 15 minutes: then wait, or ask your administrator."
    )
    with transaction.atomic():
        credential = (
            Credential.objects.select_for_update()
            .filter(person__username=username.strip().lower(), person__active=True)
            .first()
        )
        if credential is None:
            make_password(password)  # the same work as for a real name, so that time tells nothing
            journal.note(Verb.REFUSE, "sign in", why="no such account")
            accepted = False
        else:
            accepted = accepts(credential, password)
    if not accepted:
        raise refused
    reader = reader_named(username)
    with reading(reader):
        waits = SecondFactor.objects.filter(person_id=reader.person, confirmed_at__isnull=False).exists()
        if not waits:
            _let_in(reader, "")
    return reader, waits


def enter_code(*, reader: Reader, code: str) -> None:
    """The second half of signing in. A code counts once, and failures lock the account as wrong passwords do.

    Raises:
        SignInRefused: the code does not fit, was used before, or the account is locked.
    """
    with reading(reader):
        credential = Credential.objects.select_for_update().get(pk=reader.person)
        fits = not _is_locked(credential) and uses_code(reader, code)
        if fits:
            _let_in(reader, "with a code")
        else:
            _count_failure(credential, "wrong code")
    if not fits:
        raise SignInRefused(
            "Enter the code that your app shows now, or a spare code that you have not used. "
            f"After {FAILURES_ALLOWED} tries an account is locked for 15 minutes."
        )


def _let_in(reader: Reader, why: str) -> None:
    """The count of failures starts anew only here: a right password must not allow more tries at the code."""
    Credential.objects.filter(pk=reader.person).update(failures=0, locked_until=None)
    journal.note(Verb.SIGN_IN, "session", why=why)


def accepts(credential: Credential, password: str) -> bool:
    """Whether a password opens an account that is not locked. A wrong one is counted and stands in the journal."""
    fits = check_password(password, credential.password_hash)  # also when locked, so that time tells nothing
    if _is_locked(credential):
        _note_refusal(credential, "account locked")
        return False
    if not fits:
        _count_failure(credential, "wrong password")
    return fits


def _is_locked(credential: Credential) -> bool:
    return bool(credential.locked_until and credential.locked_until > clock.now())


def _count_failure(credential: Credential, why: str) -> None:
    credential.failures += 1
    if credential.failures >= FAILURES_ALLOWED:
        credential.failures, credential.locked_until = 0, clock.now() + LOCKED_FOR
    credential.save(update_fields=["failures", "locked_until"])
    _note_refusal(credential, why)


def _note_refusal(credential: Credential, why: str) -> None:
    """In the journal of the account's own body, whose auditor is the one to see a guesser at work."""
    account = reader_numbered(credential.person_id)
    if account:
        with reading(account):
            journal.note(Verb.REFUSE, "sign in", why=why)
