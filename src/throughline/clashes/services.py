"""Planning an event, changing it, its moves, and telling both sides of a clash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.clashes.events import NearbyLooked
from throughline.clashes.kinds import EVENT_KINDS, WIDEST
from throughline.clashes.models import Clash, NearbyLook, PlannedEvent
from throughline.clashes.places import COARSEST_SPREAD, Place
from throughline.clashes.times import TimeProblem, check_times
from throughline.clashes.workflow import PLANNED_EVENT, STANDING
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards

LOOKS_A_DAY = 100
"""Looks of one person in 24 hours: a busy desk's load of events, and too few to comb a city street by street."""
SILENT_AT_ONCE = 10
"""Silent events of one person that stand at once: each is a look-out, and nobody hears of it."""
LONGEST_WHY = 500


class EventProblem(FieldProblem):
    """What is wrong with an event, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What a person says of an event: its kind, what it is, where, from when to when in UTC, and whom to ring."""

    kind: str
    what: str
    place: Place
    starts_at: datetime
    ends_at: datetime
    contact: str


@writes
def plan_event(
    *,
    by: Reader,
    draft: EventDraft,
    why: str,
    silent: bool = False,
    compartment: int = 0,
    origin_ref: str = "",
) -> str:
    """Plan an event of the reader's body and look for others near it; returns its reference.

    ``origin_ref`` is the body's own reference of it, where it has one.

    A silent event looks for nothing: a question that nobody hears would map the operations of others.

    Raises:
        EventProblem: for the field that needs mending.
    """
    by.require(Permission.EVENT_PLAN)
    _check(draft, why)
    _take_turn()
    if silent:
        _check_silence(by)
    if compartment and compartment not in by.compartments:
        raise EventProblem("compartment", "You are not on the list of this compartment.")
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(), compartment=compartment,
        silent=silent,
    )  # fmt: skip
    marking.save()
    event = PlannedEvent(
        marking=marking, owner=by.body, ref=new_ref("EV"), planned_by=by.name, planned_person=by.person,
        planned_at=clock.now(), silent=silent, compartment=compartment, origin_ref=origin_ref,
    )  # fmt: skip
    _write(event, draft)
    journal.note(Verb.COLLECT, "planned event", event.ref, why=why.strip()[:LONGEST_WHY], silent=silent)
    _look(by, event, why)
    return event.ref


@writes
def plan_event_once(
    *, by: Reader, draft: EventDraft, why: str, origin_ref: str, silent: bool = False
) -> bool:
    """Plan an event under the body's own reference; false if it stands so already, and then nothing is changed.

    Raises:
        EventProblem: for the field that needs mending; ``event`` if another stands under that reference.
    """
    by.require(Permission.EVENT_PLAN)
    _take_turn()
    held = PlannedEvent.objects.filter(owner=by.body, origin_ref=origin_ref).first()
    if held is None:
        plan_event(by=by, draft=draft, why=why, silent=silent, origin_ref=origin_ref)
        return True
    if _said(held) != draft or held.silent != silent:
        raise EventProblem(
            "event", f"{origin_ref} is planned already, and otherwise: change {held.ref} on its page"
        )
    return False


def _said(event: PlannedEvent) -> EventDraft:
    place = Place(event.postcode, event.easting, event.northing, event.spread)
    return EventDraft(event.kind, event.what, place, event.starts_at, event.ends_at, event.contact)


@writes
def change_event(*, by: Reader, ref: str, draft: EventDraft, why: str) -> None:
    """Change an event that stands, and look again.

    Raises:
        EventProblem: for the field that needs mending.
        PlannedEvent.DoesNotExist: the reader may not know such an event.
    """
    by.require(Permission.EVENT_PLAN)
    _check(draft, why)
    _take_turn()
    event = _held(by, ref)
    if event.state not in STANDING:
        raise EventProblem("", f"This event is {event.state}, so it cannot be changed.")
    _write(event, draft)
    journal.note(Verb.ALTER, "planned event", ref, why=why.strip()[:LONGEST_WHY])
    _look(by, event, why)


@writes
def break_silence(*, by: Reader, ref: str, why: str) -> None:
    """Open a silent event: what is near is looked for now, and both sides are told."""
    by.require(Permission.EVENT_SILENCE)
    _check_why(why)
    _take_turn()
    event = _held(by, ref)
    if event.state not in STANDING or not event.silent:
        raise EventProblem("", "This event is not silent, or it is over. Look at it again.")
    event.marking.silent = False
    event.marking.save(update_fields=["silent"])
    event.silent = False
    journal.note(Verb.ALTER, "planned event", ref, why=why.strip()[:LONGEST_WHY], silent=False)
    _look(by, event, why)


@writes
def move_event(*, by: Reader, ref: str, verb: str, why: str = "") -> None:
    """Begin, finish or cancel an event (cancelling needs a reason).

    Raises:
        EventProblem: a cancellation without a reason.
        MoveRefused: the event cannot be moved so.
        PlannedEvent.DoesNotExist: the reader may not know such an event.
    """
    if verb == "cancel":
        _check_why(why, "Say why it is cancelled")
    event = _held(by, ref)
    PLANNED_EVENT.make(verb, event, by=by, why=why.strip())
    journal.note(Verb.ALTER, "planned event", ref, why=why.strip()[:LONGEST_WHY], verb=verb)


def _take_turn() -> None:
    """Lookers queue, and take their place before any row, so that no two of them wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(7302)")


def _held(by: Reader, ref: str) -> PlannedEvent:
    # A lock that lets others point at the row: a neighbour's look may be writing a clash on it.
    return PlannedEvent.objects.select_for_update(no_key=True).get(ref=ref, owner=by.body)


def _check(draft: EventDraft, why: str) -> None:
    if draft.kind not in EVENT_KINDS:
        raise EventProblem("kind", "Choose what kind of event it is")
    if not draft.what.strip():
        raise EventProblem("what", "Say in a few words what is planned")
    if not draft.contact.strip():
        raise EventProblem("contact", "Say whom your desk should ring about it")
    if draft.place.spread > COARSEST_SPREAD:
        raise EventProblem("spot", "Give the place to within a kilometre")
    _check_why(why)
    try:
        check_times(starts_at=draft.starts_at, ends_at=draft.ends_at)
    except TimeProblem as problem:
        raise EventProblem(problem.field, str(problem)) from problem


def _check_why(why: str, sentence: str = "Say why: it is kept in the journal") -> None:
    if not why.strip():
        raise EventProblem("why", sentence)


def _check_silence(by: Reader) -> None:
    by.require(Permission.EVENT_SILENCE)
    own = PlannedEvent.objects.filter(planned_person=by.person, state__in=STANDING, silent=True)
    if own.count() >= SILENT_AT_ONCE:
        raise EventProblem(
            "silent", f"You keep {SILENT_AT_ONCE} events silent already. Finish or cancel one first"
        )


def _write(event: PlannedEvent, draft: EventDraft) -> None:
    kind, place = EVENT_KINDS[draft.kind], draft.place
    event.kind, event.radius, event.margin = kind.name, kind.radius, kind.margin
    event.what, event.contact = draft.what.strip(), draft.contact.strip()
    event.postcode, event.sector = place.postcode, place.sector
    event.easting, event.northing, event.spread = place.easting, place.northing, place.spread
    event.starts_at, event.ends_at = draft.starts_at, draft.ends_at
    event.save()


def _look(by: Reader, event: PlannedEvent, why: str) -> None:
    """Look for other bodies' events near this one, unless it is silent; journalled, and both sides are told next."""
    if event.silent:
        return
    now = clock.now()
    if NearbyLook.objects.filter(person=by.person, at__gt=now - timedelta(days=1)).count() >= LOOKS_A_DAY:
        raise EventProblem(
            "", f"You have planned or changed {LOOKS_A_DAY} events in 24 hours. Ask a colleague, or wait"
        )
    look = NearbyLook.objects.create(
        marking=event.marking, owner=by.body, event=event, person=by.person, person_name=by.name,
        why=why.strip()[:LONGEST_WHY], at=now,
    )  # fmt: skip
    before = _others(event)
    with connection.cursor() as cursor:
        cursor.execute("select clashes_meet(%s, %s)", [look.pk, WIDEST + COARSEST_SPREAD])
    found = _others(event) - before
    journal.note(Verb.CONSULT, "nearby events", event.ref, why=look.why, existence=len(found))
    announce(NearbyLooked(look=look.pk))


def _others(event: PlannedEvent) -> set[int]:
    return set(Clash.objects.filter(event=event).values_list("other", flat=True))


def tell_of_clashes(facts: Sequence[Payload]) -> None:
    """Tell each side of what was found: which other body, and the desk to ring, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select * from clashes_to_tell(%s)", [[fact["look"] for fact in facts]])
        sides = [_Side(*row) for row in cursor.fetchall()]
    cards = body_cards()
    tell([_message(side, cards[side.other]) for side in sides])
    for side in sides:
        # In the journal of the body whose plan was made known; of one told in silence it must not hear.
        owner = None if side.is_silent else side.other
        journal.note(Verb.DISCLOSE, "planned event", why="clash", owner=owner, to=cards[side.body].code)


@dataclass(frozen=True, slots=True)
class _Side:
    ref: str
    body: int
    other: int
    compartment: int
    is_silent: bool


def _message(side: _Side, other: BodyCard) -> Message:
    silence = " Your event is silent: they were not told of it." if side.is_silent else ""
    text = (
        f"{other.name} plans something near your event {side.ref}, at about the same time. "
        f"Ring them before you go on: {other.desk}.{silence}"
    )
    return Message(side.body, "clash", text, "event", side.ref, side.compartment)
