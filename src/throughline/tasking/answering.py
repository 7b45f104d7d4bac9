"""What the body offered the work says and does: accept or decline, begin, the result; then the review and the close."""

from dataclasses import dataclass

from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.lines.workflow import CLOSED
from throughline.tasking.deciding import record_decline, score_now
from throughline.tasking.models import Bid, Result
from throughline.tasking.moving import BidProblem, chosen, held, move, said
from throughline.tasking.words import CLOSURES
from throughline.tasking.work_done import FOUND, WorkDone, put_on_line

MOST = 10_000
"""Of any one count in a result: more is a typing error."""


@writes
def accept_bid(*, by: Reader, ref: str, officer: str, words: str) -> None:
    """Accept the work and name the lead responsible officer.

    Raises:
        BidProblem: no officer named, or the work is offered to another body.
        MoveRefused: the bid is not in that state.
    """
    officer = said("officer", officer, "Enter the lead responsible officer")
    why = f"Lead responsible officer: {officer}. {words.strip()}".strip()
    move(held(by, ref, "accept"), "accept", by=by, why=why, officer=officer)


@writes
def decline_bid(*, by: Reader, ref: str, reason: str, words: str, route: str) -> None:
    """Decline the work: a reason of the list, words, and a named route of escalation.

    Raises:
        BidProblem: for the field that needs mending.
        MoveRefused: the bid is not in that state.
    """
    record_decline(held(by, ref, "decline"), "decline", by=by, reason=reason, words=words, route=route)


@writes
def begin_bid(*, by: Reader, ref: str, words: str) -> None:
    """Say that the work has begun.

    Raises:
        BidProblem: nothing said, or the work is another body's.
        MoveRefused: the bid is not in that state.
    """
    move(held(by, ref, "begin"), "begin", by=by, why=said("words", words, "Say what was begun"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the work, in numbers of people and of telephone numbers; ``closure`` is a type of closure or ''.

    ``found`` is what it shows of the line, as ``statement:word``: it becomes evidence there.
    """

    arrests: int
    closure: str
    adults: int
    children: int
    out_of_use: int
    words: str
    found: tuple[str, ...] = ()


@writes
def record_result(*, by: Reader, ref: str, outcome: Outcome) -> None:
    """Record what came of the work, put what it shows on the line, and keep the line's score as it then reads.

    Raises:
        BidProblem: for the field that needs mending.
        MoveRefused: the bid is not in that state.
        NotAllowed: something is shown of the line, and the reader keeps no lines.
    """
    counts = {name: getattr(outcome, name) for name in ("arrests", "adults", "children", "out_of_use")}
    for name, count in counts.items():
        if not 0 <= count <= MOST:
            raise BidProblem(name, f"Enter a number between 0 and {MOST:,}")
    chosen("closure", outcome.closure, CLOSURES, "Choose whether the line was closed, and how")
    words = said("words", outcome.words, "Say what was done and what came of it")
    bid = held(by, ref, "record")
    _check_closure(bid, outcome.closure)
    _put_on_line(by, bid, words, outcome.found)
    score, confidence = score_now(bid.line_id)
    move(bid, "record", by=by, why=words)
    Result.objects.create(
        marking_id=bid.marking_id, owner=bid.owner, bid=bid, at=clock.now(), by_body=by.body, by_name=by.name,
        closure=outcome.closure, words=words, score=score, confidence=confidence, **counts,
    )  # fmt: skip


def _put_on_line(by: Reader, bid: Bid, words: str, found: tuple[str, ...]) -> None:
    if not found:
        return
    if not set(found) <= FOUND.keys():
        raise BidProblem("found", "Choose from the list what it shows of the line")
    line = CountyLine.objects.filter(pk=bid.line_id).first()
    if line is None:
        raise BidProblem(
            "found", "You may not know the line of this bid. File a report of what it shows instead"
        )
    done = WorkDone(bid.title, clock.today(), words, found, bid.compartment)
    put_on_line(by, line, done, why=f"Result of bid {bid.ref}")


def _check_closure(bid: Bid, closure: str) -> None:
    """A closure stands on the register with its evidence and its check-backs, or it is not one."""
    line = CountyLine.objects.filter(pk=bid.line_id).first()
    if closure and line and line.state not in CLOSED:
        raise BidProblem("closure", f"Line {line.ref} is not closed on the register. Close it there first")


@writes
def review_bid(*, by: Reader, ref: str, words: str) -> None:
    """Say what the meeting makes of the result.

    Raises:
        BidProblem: nothing said, or the review is another body's.
        MoveRefused: the bid is not in that state.
    """
    move(held(by, ref, "review"), "review", by=by, why=said("words", words, "Say what was learnt"))


@writes
def close_bid(*, by: Reader, ref: str, words: str) -> None:
    """Close the bid. The check-backs of a closed line go on by themselves.

    Raises:
        BidProblem: nothing said, or the step is another body's.
        MoveRefused: the bid is not in that state.
    """
    move(held(by, ref, "close"), "close", by=by, why=said("words", words, "Say how it stands"))
