"""Disruptions: claimed by bodies, joined by others, and counted once by a person who claims nothing in them."""

from dataclasses import dataclass

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.refs import new_ref
from throughline.operations.events import DisruptionMoved
from throughline.operations.models import Disruption, DisruptionClaim, Operation
from throughline.operations.packs import known_line
from throughline.operations.periods import PeriodProblem, read_day
from throughline.operations.planning import OperationProblem, chosen, said
from throughline.operations.words import LEVELS, PS
from throughline.operations.workflow import DISRUPTION
from throughline.organisations.queries import body_cards
from throughline.tasking.moving import NATIONAL, desk_for, regions_of


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a body claims: the day as it is written, the four Ps that it was for, and the other bodies in it by code."""

    on: str
    title: str
    what: str
    level: str
    ps: tuple[str, ...]
    why: str
    line: str = ""
    operation: str = ""
    bodies: tuple[str, ...] = ()


@writes
def claim_disruption(*, by: Reader, draft: ClaimDraft) -> str:
    """Claim a disruption; returns its reference. It opens to the bodies named, the region, and the national centre.

    Raises:
        OperationProblem: for the field that needs mending, or the reader knows of the same event: it is joined.
    """
    by.require(Permission.TASK_WORK)
    title = said("title", draft.title, "Say in a few words what happened")
    what = said("what", draft.what, "Say what was done, and what it changed")
    try:
        on = read_day(draft.on)
    except PeriodProblem as problem:
        raise OperationProblem("on", str(problem)) from None
    if on > clock.today():
        raise OperationProblem("on", "The day must not be in the future")
    line = known_line(draft.line)
    week = (
        Operation.objects.filter(ref=draft.operation.strip().upper()).first()
        if draft.operation.strip()
        else None
    )
    if draft.operation.strip() and week is None:
        raise OperationProblem("operation", "You know of no operation with this reference")
    same = Disruption.objects.filter(line=line, on=on).exclude(state__in=("folded", "not counted")).first()
    if line and same:
        raise OperationProblem(
            "line", f"{same.ref} is of this line and this day: join it, so that it counts once"
        )
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, compartment=line.compartment if line else 0,
        circulation=Circulation(bodies=tuple(sorted(_opened_to(by, draft.bodies)))),
    )  # fmt: skip
    marking.released = True
    marking.save()
    made = Disruption.objects.create(
        marking=marking, owner=by.body, ref=new_ref("DS"), on=on, title=title, what=what, line=line, operation=week,
        made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    _claim(by, made, draft.ps, draft.level, draft.why)
    journal.note(Verb.COLLECT, "disruption", made.ref, why=title, line=draft.line)
    announce(DisruptionMoved(disruption=made.pk, verb="claim", body=by.body))
    return made.ref


def _opened_to(by: Reader, codes: tuple[str, ...]) -> set[int]:
    ids = {card.code: card.id for card in body_cards().values()}
    if not set(codes) <= ids.keys():
        raise OperationProblem("bodies", "Choose bodies from the list")
    return ({ids[code] for code in codes} | regions_of(by.body) | {desk_for(NATIONAL, by.body)}) - {by.body}


def _claim(by: Reader, made: Disruption, ps: tuple[str, ...], level: str, why: str) -> None:
    chosen("level", level, LEVELS, "Choose the level that you claim")
    why = said("why", why, "Say what the level rests on")
    if not ps or not set(ps) <= PS.keys():
        raise OperationProblem("ps", "Choose at least one of the four Ps")
    for p in ps:
        DisruptionClaim.objects.create(
            marking_id=made.marking_id, owner=made.owner, disruption=made, body=by.body, p=p, level=level, why=why,
            made_at=clock.now(), made_by=by.name,
        )  # fmt: skip


@writes
def join_disruption(*, by: Reader, ref: str, ps: tuple[str, ...], level: str, why: str) -> None:
    """Claim a part in a disruption that another body told of.

    Raises:
        Disruption.DoesNotExist: the reader may not know of it.
        OperationProblem: for the field that needs mending, it is past claiming, or the body claims it already.
    """
    by.require(Permission.TASK_WORK)
    made = Disruption.objects.get(ref=ref)
    if made.state != "claimed":
        raise OperationProblem("", "It has been moderated: ask whoever did to open it again")
    if DisruptionClaim.objects.filter(disruption=made, body=by.body).exists():
        raise OperationProblem("", "Your body claims it already")
    _claim(by, made, ps, level, why)
    journal.note(Verb.ALTER, "disruption", ref, why=why, verb="join")
    announce(DisruptionMoved(disruption=made.pk, verb="join", body=by.body))


@writes
def moderate_disruption(
    *, by: Reader, ref: str, verb: str, words: str, level: str = "", into: str = ""
) -> None:
    """Count a disruption at a level, leave it out, fold it into another telling of the same event, or open it again.

    Raises:
        Disruption.DoesNotExist: the reader may not know of it.
        OperationProblem: for the field that needs mending, or the reader's body claims a part in it.
        MoveRefused: it is not in that state, or the role does not let the reader.
    """
    words = said("words", words, "Say what you rest that on")
    made = Disruption.objects.get(ref=ref)
    if DisruptionClaim.objects.filter(disruption=made, body=by.body).exists():
        raise OperationProblem("", "Your body claims a part in it: somebody else moderates it")
    other = None
    if verb == "fold":
        other = Disruption.objects.filter(ref=into.strip().upper()).exclude(pk=made.pk).first()
        if other is None or other.state in ("folded", "not counted"):
            raise OperationProblem("into", "Name a disruption that you know, and that stands")
    if verb == "count":
        chosen("level", level, LEVELS, "Choose the level at which it counts")
    DISRUPTION.make(verb, made, by=by, why=words)
    Disruption.objects.filter(pk=made.pk).update(
        level=level if verb == "count" else "",
        words=words,
        moderated_by=by.name,
        moderated_at=clock.now(),
        into=other,
    )
    journal.note(Verb.ALTER, "disruption", ref, why=words, owner=made.owner, verb=verb)
    announce(DisruptionMoved(disruption=made.pk, verb=verb, body=by.body))
