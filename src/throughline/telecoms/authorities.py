"""Recording the authority for call data, ending it, and deleting what was held under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from secrets import token_hex
from typing import Final

from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, reading, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.problems import FieldProblem
from throughline.telecoms.events import AuthorityLapses
from throughline.telecoms.models import Authority
from throughline.telecoms.store import delete_calls

PROVISIONAL_DAYS: Final = 90
"""Calls loaded before the particulars of their authority were recorded are kept for so long, and no longer."""
LONGEST_REF, LONGEST_TEXT = 100, 4000


class AuthorityProblem(FieldProblem):
    """What is wrong with an authority, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an authority says: grounds, why it is necessary and proportionate, its period, and how long to keep."""

    grounds: str
    starts_on: date
    ends_on: date
    keep_until: date
    necessity: str = ""
    proportionality: str = ""


@writes
def record_authority(*, by: Reader, ref: str, said: Particulars) -> None:
    """Record an authority of the reader's body, or the particulars of one that a load recorded without them.

    Raises:
        AuthorityProblem: for the field that needs mending.
    """
    by.require(Permission.CALLS_LOAD)
    ref = checked_ref(ref)
    _check(said)
    held = standing_authority(by, ref)
    if held and not held.is_awaited:
        raise AuthorityProblem("ref", f"{ref} is recorded already.")
    held = held or _new(by, ref, keep_until=said.keep_until)
    Authority.objects.filter(pk=held.pk).update(
        grounds=said.grounds.strip(), necessity=said.necessity.strip(), proportionality=said.proportionality.strip(),
        starts_on=said.starts_on, ends_on=said.ends_on, keep_until=said.keep_until, is_awaited=False,
    )  # fmt: skip
    _set_clock(held.pk, said.keep_until)
    journal.note(Verb.COLLECT, "authority", ref, why="recorded", keep_until=said.keep_until)


def authority_for_load(by: Reader, ref: str) -> tuple[Authority, bool]:
    """The authority under which calls are loaded, locked, and whether this load had to record it. In a transaction."""
    ref = checked_ref(ref)
    held = standing_authority(by, ref)
    if held is None:
        keep_until = clock.today() + timedelta(days=PROVISIONAL_DAYS)
        held = _new(by, ref, keep_until=keep_until, is_awaited=True)
        _set_clock(held.pk, keep_until)
        journal.note(Verb.COLLECT, "authority", ref, why="recorded at load, particulars awaited")
        return held, True
    return Authority.objects.select_for_update(no_key=True).get(pk=held.pk), False


def standing_authority(by: Reader, ref: str) -> Authority | None:
    """The authority of this reference that the reader's own body holds, if the reader may know it."""
    return Authority.objects.filter(owner=by.body, ref=ref, ended_at__isnull=True).first()


@transaction.atomic
def end_authority(*, by: Reader, ref: str, why: str) -> None:
    """End an authority of the reader's body and delete all that is held under it, at once.

    Raises:
        AuthorityProblem: no reason, or the reader may not know such an authority.
    """
    by.require(Permission.CALLS_LOAD)
    if not why.strip():
        raise AuthorityProblem("why", "Say why it ends: it is kept in the journal.")
    with reading(by):
        held = standing_authority(by, ref.strip())
        if held is None:
            raise AuthorityProblem("ref", f"Your body has no standing authority {ref}.")
        # A load under way has the row: it ends first, and what it wrote is deleted with the rest.
        held = Authority.objects.select_for_update(no_key=True).get(pk=held.pk)
        delete_calls(held.folder)
        Authority.objects.filter(pk=held.pk).update(
            ended_at=clock.now(), ended_why=why.strip()[:LONGEST_TEXT], calls=0
        )
        journal.note(Verb.ERASE, "calls of an authority", held.ref, why=why.strip(), calls=held.calls)


def end_lapsed_authorities(facts: Sequence[Payload]) -> None:
    """Delete the calls of authorities whose last day of keeping is over, unless it was put off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from telecoms_lapsed(%s, %s)", [[fact["authority"] for fact in facts], clock.today()]
        )
        lapsed = cursor.fetchall()
        # Files first: should the rest fail, the step comes again and finds them gone.
        for _, ref, owner, folder in lapsed:
            delete_calls(folder)
            journal.note(
                Verb.ERASE, "calls of an authority", ref, why="the last day of keeping is over", owner=owner
            )
        cursor.execute("select telecoms_end(%s, %s)", [[row[0] for row in lapsed], clock.now()])


def checked_ref(ref: str) -> str:
    """The reference without space around it. Raises `AuthorityProblem`."""
    ref = ref.strip()
    if not ref or len(ref) > LONGEST_REF or not ref.isprintable():
        raise AuthorityProblem("ref", f"Give the authority's reference in at most {LONGEST_REF} characters.")
    return ref


def _check(said: Particulars) -> None:
    if not said.grounds.strip():
        raise AuthorityProblem("grounds", "Say on which grounds the data was obtained.")
    if max(map(len, (said.grounds, said.necessity, said.proportionality))) > LONGEST_TEXT:
        raise AuthorityProblem("grounds", f"Write at most {LONGEST_TEXT:,} characters.")
    if said.ends_on < said.starts_on:
        raise AuthorityProblem("ends_on", "The period ends before it starts.")
    if said.keep_until < clock.today():
        raise AuthorityProblem("keep_until", "The last day of keeping is over already.")


def _new(by: Reader, ref: str, *, keep_until: date, is_awaited: bool = False) -> Authority:
    marking = marking_for(owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation())
    marking.save()
    return Authority.objects.create(
        marking=marking, owner=by.body, ref=ref, keep_until=keep_until, is_awaited=is_awaited, folder=token_hex(12),
        recorded_at=clock.now(), recorded_by=by.name,
    )  # fmt: skip


def _set_clock(authority: int, keep_until: date) -> None:
    over = datetime.combine(keep_until + timedelta(days=1), time(), tzinfo=clock.LONDON)
    announce(AuthorityLapses(authority=authority), due=over)
