"""Judging many hits at once, and the second look that a rare one may wait for before it is dismissed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.answering import is_rare
from throughline.matching.events import SecondLookAsked
from throughline.matching.models import HitSide, SecondLook
from throughline.matching.reasons import HitProblem, reason_in_words
from throughline.matching.workflow import HIT, SECOND_LOOK
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import Selector

MOST = 200
"""So many hits may be judged at once: a person answers for each of them."""
ONCE_JUDGED = ("raised", "unsure")
"""The states from which a hit can be dismissed."""


class SecondLookProblem(ValueError):
    """Why a second look cannot be given, in a sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many hits a judgement reached at once, and how many wait for a second look."""

    done: int
    held: int


@writes
def judge_hits(
    *, by: Reader, refs: Sequence[str], verb: str, reason: str = "", note: str = "", second_look: bool = False
) -> Outcome:
    """Judge the reader's own side of many hits alike: all of them, or none.

    With ``second_look`` the rare ones of a dismissal are held until a second person of the body has agreed.

    Raises:
        HitProblem: no hits, too many, or a dismissal without its reason.
        MoveRefused: one of them cannot be moved so.
        HitSide.DoesNotExist: one of them the reader may not know.
    """
    by.require(Permission.HIT_JUDGE)
    wanted = sorted(set(refs))
    if not 0 < len(wanted) <= MOST:
        raise HitProblem(f"Choose between 1 and {MOST} hits.")
    why = reason_in_words(verb=verb, reason=reason, note=note)
    sides = list(
        HitSide.objects.select_for_update(of=("self",))
        .filter(hit__ref__in=wanted, body=by.body).order_by("id").select_related("hit")
    )  # fmt: skip
    if len(sides) != len(wanted):
        raise HitSide.DoesNotExist
    held = [side for side in sides if second_look and verb == "dismiss" and is_rare(side.rarity)]
    now = [side for side in sides if side not in held]
    _judge(now, by=by, verb=verb, why=why)
    if held:
        _hold(held, by=by, why=why)
    return Outcome(len(now), len(held))


def _judge(sides: Sequence[HitSide], *, by: Reader, verb: str, why: str) -> None:
    if not sides:
        return
    HIT.make_all(verb, sides, by=by, why=why)
    HitSide.objects.filter(pk__in=[side.pk for side in sides]).update(
        reason=why, decided_by=by.name, decided_at=clock.now()
    )
    journal.note_all(
        [Entry(Verb.ALTER, "hit", s.hit.ref, why, {"verb": verb, "together": len(sides)}) for s in sides]
    )


def _hold(sides: Sequence[HitSide], *, by: Reader, why: str) -> None:
    if SecondLook.objects.filter(side__in=sides, state="asked").exists():
        raise HitProblem("A second look is asked for one of these already. Leave it out.")
    if any(side.state not in ONCE_JUDGED for side in sides):
        raise HitProblem("One of these is dismissed or confirmed already. Look again.")
    batch, at = new_ref("SL"), clock.now()
    SecondLook.objects.bulk_create(
        [
            SecondLook(
                side=side, batch=batch, body=by.body, compartment=side.compartment, reason=why,
                asked_person=by.person, asked_by=by.name, asked_at=at,
            )
            for side in sides
        ]
    )  # fmt: skip
    journal.note_all(
        [Entry(Verb.ALTER, "hit", s.hit.ref, why, {"verb": "ask for a second look"}) for s in sides]
    )
    announce(SecondLookAsked(batch=batch))


def tell_of_second_look(facts: Sequence[Payload]) -> None:
    """Tell those of the body who judge hits that a colleague asks them to look."""
    messages = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute("select * from matching_second_look_to_tell(%s)", [fact["batch"]])
            for body, asked_by, compartment, hits in cursor.fetchall():
                few = "1 rare hit is" if hits == 1 else f"{hits:,} rare hits are"
                text = f"{asked_by} asks for a second look before {few} dismissed"
                messages.append(
                    Message(
                        body, "second look", text, "second-looks", "", compartment, needs=Permission.HIT_JUDGE
                    )
                )
    tell(messages)


@dataclass(frozen=True, slots=True)
class LookRow:
    """One hit that waits for a second look."""

    hit: str
    kind: str
    shown: str
    other_name: str
    rarity: float


@dataclass(frozen=True, slots=True)
class Look:
    """One request for a second look, with its hits; whoever asked cannot give it."""

    batch: str
    asked_by: str
    asked_at: datetime
    reason: str
    is_own: bool
    rows: tuple[LookRow, ...]


@dataclass(frozen=True, slots=True)
class LookWaiting:
    """One request for a second look that the reader may give: how many hits, whose, and since when."""

    batch: str
    asked_by: str
    asked_at: datetime
    hits: int


def looks_waiting(reader: Reader, *, size: int) -> list[LookWaiting]:
    """What waits for the reader's own second look, oldest first; whoever asked for it waits for somebody else."""
    reader.require(Permission.HIT_JUDGE)
    with reading(reader):
        rows = (
            SecondLook.objects.filter(body=reader.body, state="asked")
            .exclude(asked_person=reader.person)
            .values("batch", "asked_by", "asked_at")
            .annotate(hits=Count("id"))
            .order_by("asked_at", "batch")[:size]
        )
        return [LookWaiting(**row) for row in rows]


def second_looks(reader: Reader, *, size: int = 500) -> tuple[Look, ...]:
    """What waits for a second look in the reader's body, oldest first; journalled."""
    reader.require(Permission.HIT_JUDGE)
    cards = body_cards()
    with reading(reader):
        rows = SecondLook.objects.filter(body=reader.body, state="asked").order_by("id")
        found = list(rows.select_related("side__hit")[:size])
        if found:
            refs = [look.side.hit.ref for look in found]
            journal.note(Verb.CONSULT, "second looks", why="looked at a list", refs=refs)
    batches: dict[str, list[SecondLook]] = {}
    for look in found:
        batches.setdefault(look.batch, []).append(look)
    return tuple(
        Look(
            batch, looks[0].asked_by, looks[0].asked_at, looks[0].reason, looks[0].asked_person == reader.person,
            tuple(
                LookRow(
                    look.side.hit.ref, look.side.kind, Selector(look.side.kind, look.side.hit.key).shown,
                    cards[look.side.other].name, look.side.rarity,
                )
                for look in looks
            ),
        )
        for batch, looks in batches.items()
    )  # fmt: skip


@writes
def give_second_look(*, by: Reader, batch: str, verb: str, note: str = "") -> int:
    """Agree to dismiss the hits of a batch, or decline; returns how many were dismissed.

    A hit that was judged in the meantime keeps that judgement.

    Raises:
        SecondLookProblem: the person asked for it themselves.
        SecondLook.DoesNotExist: the reader may not know such a request, or it waits no more.
    """
    by.require(Permission.HIT_JUDGE)
    looks = list(SecondLook.objects.filter(batch=batch, body=by.body, state="asked").order_by("id"))
    if not looks:
        raise SecondLook.DoesNotExist
    if any(look.asked_person == by.person for look in looks):
        raise SecondLookProblem("You asked for this second look. Somebody else of your body must look.")
    sides = {
        side.pk: side
        for side in HitSide.objects.select_for_update(of=("self",))
        .filter(pk__in=[look.side_id for look in looks]).order_by("id").select_related("hit")
    }  # fmt: skip
    open_still = [look for look in looks if sides[look.side_id].state in ONCE_JUDGED]
    overtaken = [look for look in looks if look not in open_still]
    SECOND_LOOK.make_all(verb, open_still, by=by, why=note.strip())
    SECOND_LOOK.make_all("overtake", overtaken, by=by, why="judged in the meantime")
    SecondLook.objects.filter(pk__in=[look.pk for look in looks]).update(
        decided_by=by.name, decided_at=clock.now()
    )
    told = ". ".join(part for part in (looks[0].reason, f"Second look by {by.name}", note.strip()) if part)
    if verb == "agree":
        _judge([sides[look.side_id] for look in open_still], by=by, verb="dismiss", why=told)
        return len(open_still)
    journal.note_all(
        [
            Entry(Verb.ALTER, "hit", s.hit.ref, note.strip(), {"verb": "decline a second look"})
            for s in sides.values()
        ]
    )
    return 0
