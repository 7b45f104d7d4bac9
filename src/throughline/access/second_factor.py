"""A second factor for signing in: setting it up, using a code, and taking it away from someone who lost it."""

from dataclasses import dataclass

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import SecondFactor
from throughline.access.one_time_codes import address_of, new_secret, new_spares, spare_hash, step_of
from throughline.access.queries import looked_after
from throughline.access.reader import Reader, reading, writes
from throughline.access.sessions import end_for_code
from throughline.kernel import clock


class CodeProblem(ValueError):
    """What is wrong with a one-time code, in a sentence."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a person's app needs: the secret, as text and as the address that the picture holds."""

    secret: str
    address: str


def asks_for_code(reader: Reader) -> bool:
    """Whether this person signs in with a second factor."""
    with reading(reader):
        return SecondFactor.objects.filter(person_id=reader.person, confirmed_at__isnull=False).exists()


@writes
def begin_second_factor(*, by: Reader) -> Setup:
    """A secret to be put into an app; the same one until a code from it was shown.

    Raises:
        CodeProblem: the person has a second factor already.
    """
    row, _ = SecondFactor.objects.get_or_create(person_id=by.person, defaults={"secret": new_secret()})
    if row.confirmed_at:
        raise CodeProblem("You sign in with a code already. Turn that off first.")
    return Setup(row.secret, address_of(row.secret, by.username))


@writes
def confirm_second_factor(*, by: Reader, code: str) -> list[str]:
    """Show that the app gives the right codes; from now on one is asked at sign-in. Returns spare codes, once.

    Raises:
        CodeProblem: the code does not fit.
    """
    row = SecondFactor.objects.select_for_update().get(person_id=by.person, confirmed_at__isnull=True)
    step = step_of(row.secret, code, at=clock.now(), after=row.last_step)
    if step is None:
        raise CodeProblem(
            "Enter the code that your app shows now. If it never fits, set the clock of your phone right."
        )
    spares = new_spares()
    row.last_step, row.confirmed_at = step, clock.now()
    row.spare_hashes = [spare_hash(spare) for spare in spares]
    row.save()
    journal.note(Verb.ALTER, "second factor", by.username, why="turned on")
    return spares


def uses_code(reader: Reader, code: str) -> bool:
    """Whether a code or a spare one fits, inside ``reading``; it is then used up."""
    row = SecondFactor.objects.select_for_update().get(person_id=reader.person, confirmed_at__isnull=False)
    step, spare = step_of(row.secret, code, at=clock.now(), after=row.last_step), spare_hash(code)
    if step is not None:
        row.last_step = step
    elif spare in row.spare_hashes:
        row.spare_hashes.remove(spare)
    else:
        return False
    row.save()
    return True


@writes
def end_second_factor(*, by: Reader, code: str) -> None:
    """Turn one's own second factor off, with a last code.

    Raises:
        CodeProblem: the code does not fit.
    """
    if not uses_code(by, code):
        raise CodeProblem("Enter the code that your app shows now, or a spare code.")
    _remove(by.person)
    journal.note(Verb.ALTER, "second factor", by.username, why="turned off")


@writes
def reset_second_factor(*, by: Reader, username: str, why: str) -> None:
    """Take the second factor from someone of the administrator's own body who lost their phone, and end their sessions.

    Raises:
        UnknownPerson: there is nobody of that name in the body.
        CodeProblem: no reason, or the person has none.
    """
    person = looked_after(by, username)
    if not why.strip():
        raise CodeProblem("Say why the second factor is taken away.")
    if not _remove(person.person):
        raise CodeProblem(f"{person.name} signs in without a code.")
    journal.note(Verb.ALTER, "second factor", username, why=why.strip())
    end_for_code(person)


def _remove(person: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select access_end_second_factor(%s)", [person])
        return bool(cursor.fetchone()[0])
