"""Putting a target pack into an operation, and saying who does what on which day."""

from collections.abc import Sequence

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.operations.models import Duty, Operation, Pack
from throughline.operations.periods import PeriodProblem, read_day
from throughline.operations.planning import OperationProblem, said
from throughline.organisations.queries import body_cards
from throughline.tasking.models import Bid

OPEN = ("planned", "under way")


@writes
def add_pack(
    *, by: Reader, ref: str, title: str, words: str, line: str = "", bid: str = "", bodies: Sequence[str] = ()
) -> str:
    """Put a line or a bid that the reader may know into the operation; returns the pack's reference.

    The pack is a record of the reader's body, in the compartment of its line or bid, and opens to the bodies named and
    to nobody else: that the operation is known to a body does not make its packs known to it.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: for the field that needs mending.
    """
    by.require(Permission.OPERATION_PLAN)
    operation = Operation.objects.get(ref=ref)
    if by.body not in operation.taking_part or operation.state not in OPEN:
        raise OperationProblem(
            "", "Packs are put into an operation that is not over, by the bodies that take part"
        )
    title = said("title", title, "Say in a few words what is to be done")
    words = said("words", words, "Say what whoever works on it has to know")
    on_line, on_bid = known_line(line), _known_bid(bid)
    if on_line is None and on_bid is None:
        raise OperationProblem("line", "Name the line or the bid that the pack is for")
    compartment = max((one.compartment for one in (on_line, on_bid) if one), default=0)
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, compartment=compartment,
        circulation=Circulation(bodies=tuple(_among(operation, bodies) - {by.body})),
    )  # fmt: skip
    marking.released = True
    marking.save()
    pack = Pack.objects.create(
        marking=marking, owner=by.body, ref=new_ref("TP"), operation=operation, line=on_line, bid=on_bid, title=title,
        words=words, made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "pack", pack.ref, why=title, operation=ref, line=line, bid=bid)
    cards = body_cards()
    for body in marking.bodies:
        journal.note(Verb.DISCLOSE, "pack", pack.ref, why="it is put into an operation", to=cards[body].code)
    return pack.ref


def known_line(ref: str) -> CountyLine | None:
    """The line of this reference, None for no reference; OperationProblem where the reader knows of none."""
    if not ref.strip():
        return None
    found = CountyLine.objects.filter(ref=ref.strip().upper()).first()
    if found is None:
        raise OperationProblem("line", "You know of no line with this reference")
    return found


def _known_bid(ref: str) -> Bid | None:
    if not ref.strip():
        return None
    found = Bid.objects.filter(ref=ref.strip().upper()).first()
    if found is None:
        raise OperationProblem("bid", "You know of no bid with this reference")
    return found


def _among(operation: Operation, codes: Sequence[str]) -> set[int]:
    part = {card.code: n for n, card in body_cards().items() if n in operation.taking_part}
    if not set(codes) <= part.keys():
        raise OperationProblem("bodies", "Choose bodies that take part")
    return {part[code] for code in codes}


@writes
def give_duty(*, by: Reader, ref: str, day: str, body: str, who: str, what: str, pack: str = "") -> None:
    """Say who of a body does what on a day of the operation; of a pack, only those who may know it read it.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: for the field that needs mending.
    """
    by.require(Permission.OPERATION_PLAN)
    operation = Operation.objects.get(ref=ref)
    if by.body != operation.owner:
        # Of its own people every body that takes part may say it.
        (own,) = (card.code for n, card in body_cards().items() if n == by.body)
        if body != own:
            raise OperationProblem("body", "Only the body that leads says what others do")
    try:
        on = read_day(day)
    except PeriodProblem as problem:
        raise OperationProblem("day", str(problem)) from None
    if not operation.starts_on <= on <= operation.ends_on:
        raise OperationProblem("day", "The day must be one of the operation")
    (whose,) = _among(operation, [body]) or {0}
    of = Pack.objects.filter(operation=operation, ref=pack).first() if pack else None
    if pack and of is None:
        raise OperationProblem("pack", "Choose a pack from the list")
    Duty.objects.create(
        marking_id=(of or operation).marking_id, owner=(of or operation).owner, operation=operation, pack=of, day=on,
        body=whose, who=said("who", who, "Say who does it"), what=said("what", what, "Say what is to be done"),
        by_body=by.body, made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.ALTER, "operation", ref, why="who does what", day=on.isoformat())
