"""Passwords: what one must be, and a new one, chosen by the person or given by their administrator."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Credential
from throughline.access.queries import looked_after
from throughline.access.reader import Reader, writes
from throughline.access.signing_in import accepts
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem

SHORTEST_PASSWORD = 12
"""Characters. Length alone is asked for, and no change by the calendar (so the National Cyber Security Centre)."""


class PasswordProblem(FieldProblem):
    """What is wrong with a password, for the field named."""


def refuse_weak(password: str, *, username: str) -> None:
    """See that a password may be kept.

    Raises:
        PasswordProblem: for the field `password`.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordProblem("password", f"Enter a password of at least {SHORTEST_PASSWORD} characters.")
    if _is_common(password):
        raise PasswordProblem(
            "password", "Enter another password: this one is on the lists that guessers try first."
        )
    name = username.partition("@")[0].lower()
    if len(name) > 2 and name in password.lower():  # noqa: PLR2004 initials stand in any words
        raise PasswordProblem("password", "Enter a password that does not hold the username.")


def _is_common(password: str) -> bool:
    """Whether it is among the 20,000 that leaked most often, as Django keeps them."""
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False


def change_password(*, by: Reader, current: str, password: str) -> None:
    """Choose a new password of one's own. Every session ends, this one as well.

    A wrong present password counts as a failure to sign in, and locks the account as those do.

    Raises:
        PasswordProblem: for the field that needs mending.
    """
    refuse_weak(password, username=by.username)
    if password == current:
        raise PasswordProblem("password", "Enter a password that differs from the present one.")
    # Refused out here, so that the failure stays counted.
    if not _is_changed(by=by, current=current, password=password):
        raise PasswordProblem(
            "current", "Enter your present password: this is not it, or the account is locked."
        )


@writes
def _is_changed(*, by: Reader, current: str, password: str) -> bool:
    if not accepts(Credential.objects.select_for_update().get(pk=by.person), current):
        return False
    renew_password(by.person, password)
    journal.note(Verb.ALTER, "person", by.username, why="changed their own password")
    return True


@writes
def give_password(*, by: Reader, username: str, password: str, why: str) -> None:
    """Give someone of the administrator's own body, who has forgotten theirs, a new first password.

    Raises:
        PasswordProblem: for the field that needs mending.
        UnknownPerson: there is nobody of that name in the body.
    """
    person = looked_after(by, username)
    if person.person == by.person:
        raise PasswordProblem("password", "Change your own password under your account.")
    if not why.strip():
        raise PasswordProblem("why", "Say why the person is given a password.")
    refuse_weak(password, username=username)
    renew_password(person.person, password)
    journal.note(Verb.ALTER, "person", username, why=why.strip(), given="a new password")


def renew_password(person: int, password: str) -> None:
    """Keep a new password, which lifts a lock. The database itself then ends the sessions (access/sql/sessions.sql)."""
    Credential.objects.filter(pk=person).update(
        password_hash=make_password(password), changed_at=clock.now(), failures=0, locked_until=None
    )
