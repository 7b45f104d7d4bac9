"""Recording the authority for call data, and keeping it for longer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from secrets import token_hex
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.telecoms.events import AuthorityLapses
from throughline.telecoms.models import Authority
from throughline.telecoms.workflow import AUTHORITY

PROVISIONAL_DAYS: Final = 90
"""Calls loaded before the particulars of their authority were recorded are kept for so long, and no longer."""
LONGEST_REF, LONGEST_TEXT = 100, 4000


class AuthorityProblem(FieldProblem):
    """What is wrong with an authority, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an authority says: grounds, why it is necessary and proportionate, its period, and how long to keep.

    ``bodies`` are the ids of other bodies that may use what is held under it.
    """

    grounds: str
    starts_on: date
    ends_on: date
    keep_until: date
    necessity: str = ""
    proportionality: str = ""
    bodies: tuple[int, ...] = ()


@writes
def record_authority(*, by: Reader, ref: str, said: Particulars) -> str:
    """Record an authority of the reader's body, or the particulars of one that a load recorded without them.

    Returns its code. Raises `AuthorityProblem` for the field that needs mending.
    """
    by.require(Permission.CALLS_LOAD)
    ref = checked_ref(ref)
    _check(said)
    held = standing_authority(by, ref)
    if held and held.state == AUTHORITY.start:
        raise AuthorityProblem("ref", f"{ref} is recorded already.")
    if held:
        AUTHORITY.make("record", held, by=by, why="its particulars are recorded")
    else:
        held = _new(by, ref, keep_until=said.keep_until)
    Authority.objects.filter(pk=held.pk).update(
        grounds=said.grounds.strip(), necessity=said.necessity.strip(), proportionality=said.proportionality.strip(),
        starts_on=said.starts_on, ends_on=said.ends_on, keep_until=said.keep_until,
    )  # fmt: skip
    held.marking.bodies, held.marking.released = list(said.bodies), bool(said.bodies)
    held.marking.save()
    _set_clock(held.pk, said.keep_until)
    journal.note(
        Verb.COLLECT, "authority", held.ref, why="recorded", keep_until=said.keep_until, bodies=said.bodies
    )
    return held.code


@writes
def keep_longer(*, by: Reader, ref: str, keep_until: date, why: str) -> None:
    """Set another last day of keeping, later or earlier, with the reason. Raises `AuthorityProblem`."""
    held = own_authority(by, ref)
    _check_last_day(keep_until)
    Authority.objects.filter(pk=held.pk).update(keep_until=keep_until)
    _set_clock(held.pk, keep_until)
    journal.note(
        Verb.ALTER, "authority", held.ref, why=checked_why(why), before=held.keep_until, keep_until=keep_until
    )


def authority_for_load(by: Reader, ref: str) -> tuple[Authority, bool]:
    """The authority under which calls are loaded, locked, and whether this load had to record it. In a transaction."""
    ref = checked_ref(ref)
    held = standing_authority(by, ref)
    is_new = held is None
    if held is None:
        keep_until = clock.today() + timedelta(days=PROVISIONAL_DAYS)
        try:
            with transaction.atomic():
                held = _new(by, ref, keep_until=keep_until, state="awaited")
            _set_clock(held.pk, keep_until)
            journal.note(Verb.COLLECT, "authority", ref, why="recorded at load, particulars awaited")
        except IntegrityError:
            # Another first load under it was quicker: this one waited for its end, and is the second.
            held, is_new = standing_authority(by, ref), False
    if held is None:
        raise AuthorityProblem("ref", f"{ref} has just ended: load under an authority that stands.")
    return Authority.objects.select_for_update(no_key=True).get(pk=held.pk), is_new


def standing_authority(by: Reader, ref: str) -> Authority | None:
    """The authority of this reference, or code, that the reader's own body holds, if the reader may know it."""
    found = Authority.objects.filter(Q(ref=ref) | Q(code=ref), owner=by.body, ended_at__isnull=True)
    return found.select_related("marking").first()


def own_authority(by: Reader, ref: str) -> Authority:
    """The same, to be changed by somebody who may. Raises `AuthorityProblem` where there is none."""
    by.require(Permission.CALLS_LOAD)
    held = standing_authority(by, ref.strip())
    if held is None:
        raise AuthorityProblem("ref", f"Your body has no standing authority {ref}.")
    # A load under way has the row: it ends first.
    return Authority.objects.select_for_update(no_key=True).get(pk=held.pk)


def checked_ref(ref: str) -> str:
    """The reference without space around it. Raises `AuthorityProblem`."""
    ref = ref.strip()
    if not ref or len(ref) > LONGEST_REF or not ref.isprintable():
        raise AuthorityProblem("ref", f"Give the authority's reference in at most {LONGEST_REF} characters.")
    return ref


def checked_why(why: str) -> str:
    """A reason without space around it. Raises `AuthorityProblem` where there is none."""
    if not why.strip():
        raise AuthorityProblem("why", "Say why: it is kept in the journal.")
    return why.strip()[:LONGEST_TEXT]


def _check(said: Particulars) -> None:
    if not said.grounds.strip():
        raise AuthorityProblem("grounds", "Say on which grounds the data was obtained.")
    if max(map(len, (said.grounds, said.necessity, said.proportionality))) > LONGEST_TEXT:
        raise AuthorityProblem("grounds", f"Write at most {LONGEST_TEXT:,} characters.")
    if said.ends_on < said.starts_on:
        raise AuthorityProblem("ends_on", "The period ends before it starts.")
    _check_last_day(said.keep_until)


def _check_last_day(keep_until: date) -> None:
    if keep_until < clock.today():
        raise AuthorityProblem("keep_until", "The last day of keeping is over already.")


def _new(by: Reader, ref: str, *, keep_until: date, state: str = AUTHORITY.start) -> Authority:
    marking = marking_for(owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation())
    marking.save()
    return Authority.objects.create(
        marking=marking, owner=by.body, code=new_ref("AU"), ref=ref, state=state, keep_until=keep_until,
        folder=token_hex(12), recorded_at=clock.now(), recorded_by=by.name,
    )  # fmt: skip


def _set_clock(authority: int, keep_until: date) -> None:
    over = datetime.combine(keep_until + timedelta(days=1), time(), tzinfo=clock.LONDON)
    announce(AuthorityLapses(authority=authority), due=over)
