"""Keeping, renewing and ending an interest in a selector."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, reading, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.refs import new_ref
from throughline.kernel.working_days import years_after
from throughline.selectors.events import InterestsDue, SightingsNoted, SightingsWithdrawn
from throughline.selectors.models import Interest, Sighting
from throughline.selectors.registry import Selector
from throughline.selectors.workflow import INTEREST

A_PART = 500
"""Sightings handed to matching in one fact, as a load does."""


class InterestProblem(ValueError):
    """What is wrong with an interest, in a sentence."""


def latest_end(today: date) -> date:
    """The last day that an interest begun or renewed today may be kept to: twelve months on."""
    return years_after(today, 1)


@writes
def keep_interest(
    *, by: Reader, selector: Selector, why: str, silent: bool, ends_on: date | None = None
) -> str:
    """Register the body's interest in a selector and return its reference.

    An interest is a sighting like any other, so check and matching need no second rule for it. With ``ends_on``
    that is its last day: it ends by itself, and the body is told.

    Raises:
        InterestProblem: no reason, or a last day that is over or more than twelve months away.
    """
    return _keep([selector], by=by, why=why, silent=silent, ends_on=ends_on)[0]


@writes
def keep_interests(
    *, by: Reader, selectors: Sequence[Selector], why: str, silent: bool, ends_on: date
) -> int:
    """Register an interest in each of these in which the body keeps none yet; returns how many were new."""
    kept = set(
        Interest.objects.filter(state="kept", owner=by.body, key__in={s.key for s in selectors}).values_list(
            "kind", "key"
        )
    )
    wanted = [s for s in dict.fromkeys(selectors) if (s.kind, s.key) not in kept]
    return len(_keep(wanted, by=by, why=why, silent=silent, ends_on=ends_on))


def _keep(
    selectors: Sequence[Selector], *, by: Reader, why: str, silent: bool, ends_on: date | None
) -> list[str]:
    by.require(Permission.INTEREST_KEEP)
    if not why.strip():
        raise InterestProblem("Say why the body keeps this interest.")
    if ends_on:
        _require_end(ends_on)
    if not selectors:
        return []
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(), silent=silent
    )
    marking.save()
    now, today = clock.now(), clock.today()
    interests = [
        Interest(
            marking=marking, owner=by.body, ref=new_ref("IN"), kind=s.kind, key=s.key, why=why.strip(),
            kept_by=by.name, at=now, ends_on=ends_on,
        )
        for s in selectors
    ]  # fmt: skip
    Interest.objects.bulk_create(interests, batch_size=A_PART)
    sightings = Sighting.objects.bulk_create(
        [
            Sighting(
                marking=marking, owner=by.body, kind=i.kind, key=i.key, source="interest", source_ref=i.ref,
                seen_on=today, noted_at=now,
            )
            for i in interests
        ],
        batch_size=A_PART,
    )  # fmt: skip
    refs = [i.ref for i in interests]
    detail = {"silent": silent, "ends_on": ends_on}
    journal.note_all([Entry(Verb.COLLECT, "interest", ref, why, detail) for ref in refs])
    for first in range(0, len(sightings), A_PART):
        announce(SightingsNoted(sightings=[s.pk for s in sightings[first : first + A_PART]]))
    if ends_on:
        _wind_clock(refs, body=by.body, ends_on=ends_on)
    return refs


def _require_end(ends_on: date) -> None:
    today = clock.today()
    if not today <= ends_on <= latest_end(today):
        raise InterestProblem(
            f"The last day must be between today and {latest_end(today):%-d %B %Y}, twelve months from now."
        )


def _wind_clock(refs: Sequence[str], *, body: int, ends_on: date) -> None:
    over = datetime.combine(ends_on + timedelta(days=1), time(), tzinfo=clock.LONDON)
    for first in range(0, len(refs), A_PART):
        announce(InterestsDue(interests=list(refs[first : first + A_PART]), body=body), due=over)


@writes
def renew_interest(*, by: Reader, ref: str, ends_on: date, why: str) -> None:
    """Keep an interest until another last day.

    Raises:
        InterestProblem: no reason, a last day that cannot be, or an interest that has ended.
        Interest.DoesNotExist: the reader's body has no such interest.
    """
    by.require(Permission.INTEREST_KEEP)
    interest = Interest.objects.select_for_update().get(ref=ref, owner=by.body)
    if interest.state != INTEREST.start:
        raise InterestProblem("This standing enquiry has ended. Keep a new one.")
    if not why.strip():
        raise InterestProblem("Say why the body still keeps it.")
    _require_end(ends_on)
    Interest.objects.filter(pk=interest.pk).update(ends_on=ends_on)
    journal.note(Verb.ALTER, "interest", ref, why=why, verb="renew", before=interest.ends_on, ends_on=ends_on)
    _wind_clock([ref], body=by.body, ends_on=ends_on)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """An interest that has ended by itself, and the last day on which it was kept."""

    ref: str
    selector: Selector
    ends_on: date


def lapse_interests(*, body: int, refs: Sequence[str]) -> list[Lapsed]:
    """End those of these interests whose last day is over. One renewed or ended in the meantime is left alone."""
    by = _clockwork(body)
    with reading(by):
        due = list(
            Interest.objects.select_for_update()
            .filter(ref__in=refs, state=INTEREST.start, ends_on__lt=clock.today())
            .order_by("id")
        )
        if not due:
            return []
        ended = [i.ref for i in due]
        sightings = list(Sighting.objects.filter(source_ref__in=ended).values_list("id", flat=True))
        INTEREST.make_all("end", due, by=by, why="its last day is over")
        announce(SightingsWithdrawn(sightings=sightings))
        journal.note_all([Entry(Verb.ALTER, "interest", ref, "its last day is over") for ref in ended])
    return [Lapsed(i.ref, Selector(i.kind, i.key), i.ends_on) for i in due if i.ends_on]


def _clockwork(body: int) -> Reader:
    """Throughline itself, ending for a body what the body said should end that day. It can do nothing else."""
    return Reader(
        person=0, username="throughline", name="Throughline", body=body, body_code="", body_name="",
        permissions=frozenset({Permission.INTEREST_KEEP}), clearance=OFFICIAL_SENSITIVE,
    )  # fmt: skip


@writes
def end_interest(*, by: Reader, ref: str, why: str) -> None:
    """End an interest: its sighting is withdrawn and hits it kept quiet are told."""
    interest = Interest.objects.select_for_update().get(ref=ref)
    sightings = list(Sighting.objects.filter(source_ref=ref).values_list("id", flat=True))
    INTEREST.make("end", interest, by=by, why=why, fact=SightingsWithdrawn(sightings=sightings))
    journal.note(Verb.ALTER, "interest", ref, why=why)
