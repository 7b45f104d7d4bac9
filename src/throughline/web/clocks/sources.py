"""Where the clocks on the wall come from: those of the one engine, and the times that records keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clocks.queries import ClockRow, kinds_running, running_clocks
from throughline.kernel import clock
from throughline.lines.queries import check_backs_due
from throughline.matching.queries import hits_by_due
from throughline.operations.queries import returns_owed
from throughline.orders.queries import questions_waiting
from throughline.sharing.queries import request_list
from throughline.tasking.queries import bids_waiting
from throughline.web.notices.words import RECORDS

MOST = 1_000
"""So many clocks of each source are looked at, the soonest due first."""
_ROUTES = RECORDS | {"check-back": "check-back"}


def href_of_clock(row: ClockRow) -> str:
    """The page of the thing for which a clock runs."""
    return reverse(_ROUTES[row.thing], args=[row.thing_ref])


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record that keeps its own times: what its clock is called, and who sees it."""

    key: str
    name: str
    needs: Permission
    rows: Callable[[Reader], list[ClockRow]]


def _of(
    reader: Reader, source: str, due: datetime, *, thing: str, ref: str, what: str, at: datetime | None
) -> ClockRow:
    name = next(one.name for one in SOURCES if one.key == source)
    is_past = due <= clock.now()
    return ClockRow(ref, source, name, what, thing, ref, reader.body_code, due, is_past, started_at=at)


def _hits(reader: Reader) -> list[ClockRow]:
    return [
        _of(reader, "hit", row.answer_by, thing="hit", ref=row.ref,
            what=f"{row.shown}, also held by {row.other_name}", at=row.raised_at)
        for row in hits_by_due(reader, size=MOST) if row.answer_by
    ]  # fmt: skip


def _bids(reader: Reader) -> list[ClockRow]:
    return [
        _of(reader, "bid", row.due_at, thing="bid", ref=row.ref, what=f"{row.title}: {row.what}", at=row.made_at)
        for row in bids_waiting(reader, size=MOST) if row.due_at
    ]  # fmt: skip


def _requests(reader: Reader) -> list[ClockRow]:
    found = request_list(reader, ours="received", state="asked", size=MOST).rows
    return [
        _of(reader, "request", row.due_at, thing="request", ref=row.ref,
            what=f"{row.other_name} asks for {row.shown}", at=row.asked_at)
        for row in found
    ]  # fmt: skip


def _check_backs(reader: Reader) -> list[ClockRow]:
    return [
        _of(
            reader,
            "check-back",
            row.since,
            thing="check-back",
            ref=row.check_back,
            what=row.name,
            at=row.since,
        )
        for row in check_backs_due(reader, size=MOST)
    ]


def _returns(reader: Reader) -> list[ClockRow]:
    return [
        _of(reader, "return", row.due_at, thing="operation", ref=row.ref, what=row.name, at=None)
        for row in returns_owed(reader, size=MOST)
    ]


def _questions(reader: Reader) -> list[ClockRow]:
    return [
        _of(
            reader,
            "order question",
            row.answer_by,
            thing="order-question",
            ref=row.ref,
            what=row.shown,
            at=row.asked_at,
        )
        for row in questions_waiting(reader, size=MOST)
    ]


SOURCES: Sequence[Source] = (
    Source("hit", "Time to answer a hit", Permission.HIT_JUDGE, _hits),
    Source("bid", "Next step of a bid", Permission.TASK_READ, _bids),
    Source("request", "Time to answer a request for access", Permission.REQUEST_ANSWER, _requests),
    Source("check-back", "Check-back on a closed line", Permission.LINE_DECIDE, _check_backs),
    Source("return", "Return of an operation", Permission.RETURN_SEND, _returns),
    Source("order question", "Time to say whether intelligence is lost", Permission.HIT_JUDGE, _questions),
)
"""Records that keep times of their own. What is started with `clocks.services.start_clock` needs no entry here."""


def kinds_for(reader: Reader) -> dict[str, str]:
    """The kinds of clocks that this reader can have on the wall, by name."""
    return kinds_running(reader) | {one.key: one.name for one in SOURCES if reader.may(one.needs)}


def all_clocks(reader: Reader, *, kind: str = "") -> list[ClockRow]:
    """The clocks that the reader may know, of one kind or of all, the soonest due first."""
    own = {source.key for source in SOURCES}
    found = [] if kind in own else running_clocks(reader, kinds=[kind] if kind else (), size=MOST)
    for source in SOURCES:
        if reader.may(source.needs) and kind in ("", source.key):
            found += source.rows(reader)
    return sorted(found, key=lambda row: (row.due_at, row.ref))
