"""Standing watches: keeping one, ending one, and the search that runs by itself as calls arrive."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.notices.services import Message, tell
from throughline.telecoms.events import WatchKept
from throughline.telecoms.models import Authority, Watch
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.queries import NoCalls
from throughline.telecoms.store import NUMBERS, database, parts
from throughline.telecoms.successors import Successors, successors
from throughline.telecoms.watch_workflow import STANDING, WATCH

LONGEST_WHY = 500
FOUND = "Call data that arrived shows who may have taken over from a number that you watch. See watch {ref}."
GONE = "The authority for call data has ended, and what you watched under it is watched no longer."


class WatchProblem(FieldProblem):
    """What is wrong with a watch, in a sentence, for the field named ('' for the whole)."""


@writes
def keep_watch(
    *, by: Reader, number: str, why: str, line: str = "", silent_at: datetime | None = None
) -> str:
    """Search by itself from now on who takes over from a number, and tell its keeper; returns its reference.

    It stands under the authority that holds calls of the number, of the reader's own body where there is one, and
    ends with it.

    Raises:
        WatchProblem: for the field that needs mending.
    """
    by.require(Permission.CALLS_READ)
    if not why.strip():
        raise WatchProblem("why", "Say why you watch it: it is kept in the journal")
    authority, key = _held_under(by, number)
    if Watch.objects.filter(number=key, state__in=STANDING).exists():
        raise WatchProblem("number", "Your body watches this number already")
    watch = Watch.objects.create(
        ref=new_ref("CW"), authority=authority, number=key, line=line, why=why.strip()[:LONGEST_WHY], body=by.body,
        silent_at=silent_at, person=by.person, kept_by=by.name, compartment=authority.compartment, made_at=clock.now(),
    )  # fmt: skip
    journal.note(Verb.COLLECT, "call watch", watch.ref, why=watch.why, owner=authority.owner)
    announce(WatchKept(watch=watch.pk))
    return watch.ref


def _held_under(by: Reader, number: str) -> tuple[Authority, str]:
    """The standing authority that holds calls of a number, and the key of the number there."""
    keys = keys_asked(number)
    held = list(Authority.objects.filter(ended_at__isnull=True).order_by("-keep_until", "-pk"))
    with database() as engine:
        for row in sorted(held, key=lambda one: one.owner != by.body):
            files = [*parts([row.folder], NUMBERS), *parts([row.folder], NUMBERS, opaque=True)]
            found = (
                files
                and engine.execute(
                    "select number from read_parquet($files) where number in (select unnest($keys)) limit 1",
                    {"files": files, "keys": keys},
                ).fetchall()
            )
            if found:
                return row, str(found[0][0])
    raise WatchProblem("number", "No call of it is in the data that you may know, so nothing can be watched")


@writes
def end_watch(*, by: Reader, ref: str, why: str) -> None:
    """Watch a number no longer.

    Raises:
        WatchProblem: no reason.
        MoveRefused: it has ended already.
        Watch.DoesNotExist: the reader may not know such a watch.
    """
    _move(by, ref, "end", why)


@writes
def look_on(*, by: Reader, ref: str, why: str) -> None:
    """What was found is not the one: watch on, and tell of another only. Raises as `end_watch`."""
    _move(by, ref, "look on", why)


def _move(by: Reader, ref: str, verb: str, why: str) -> None:
    by.require(Permission.CALLS_READ)
    if not why.strip():
        raise WatchProblem("why", "Say why: it is kept in the history")
    watch = Watch.objects.select_for_update(of=("self",)).get(ref=ref)
    WATCH.make(verb, watch, by=by, why=why.strip()[:LONGEST_WHY])
    journal.note(Verb.ALTER, "call watch", ref, why=why.strip()[:LONGEST_WHY], verb=verb)


def run_watches(facts: Sequence[Payload]) -> None:
    """Search again for each standing watch, as its keeper, over what the keeper may know now; tell of what is new."""
    ids = [fact["watch"] for fact in facts if "watch" in fact]
    arrived = [fact["authority"] for fact in facts if "authority" in fact]
    with connection.cursor() as cursor:
        cursor.execute("select person, id from telecoms_watches(%s)", [ids or None])
        rows = cursor.fetchall()
    for person, own in groupby(rows, key=itemgetter(0)):
        keeper = reader_numbered(person)
        if keeper and keeper.may(Permission.CALLS_READ):
            _look(keeper, [number for _, number in own], arrived)


def _look(keeper: Reader, ids: Sequence[int], arrived: Sequence[int]) -> None:
    with reading(keeper):
        if arrived and not Authority.objects.filter(pk__in=arrived).exists():
            return  # nothing new that the keeper may know
        watches = list(
            Watch.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("silent_at", "pk")
        )
        for at, group in groupby(watches, key=lambda watch: watch.silent_at):
            together = list(group)
            try:
                found = successors(keeper, [one.number for one in together], at=at, why="a standing watch")
            except NoCalls:
                continue
            for watch, answer in zip(together, found, strict=True):
                _tell_of(watch, answer, keeper)


def _tell_of(watch: Watch, answer: Successors, keeper: Reader) -> None:
    digest = "" if answer.none_found else _digest(watch.ref, answer.candidates[0].number)
    is_new = digest not in ("", watch.told)
    Watch.objects.filter(pk=watch.pk).update(looked_at=clock.now(), told=digest if is_new else watch.told)
    if not is_new:
        return
    if watch.state == WATCH.start:
        WATCH.make("find", watch, by=keeper, why="Found by itself as calls arrived")
    text = FOUND.format(ref=watch.ref)
    tell([Message(watch.body, "call watch", text, "watch", watch.ref, watch.compartment, watch.person)])


def _digest(ref: str, number: str) -> str:
    return sha256(f"{ref} {number}".encode()).hexdigest()[:16]


def forget_watches(facts: Sequence[Payload]) -> None:
    """Delete what was watched under authorities that have ended, and tell its keepers."""
    with connection.cursor() as cursor:
        cursor.execute("select * from telecoms_forget_watches(%s)", [[fact["authority"] for fact in facts]])
        gone = cursor.fetchall()
    if gone:
        journal.note(Verb.ERASE, "call watches", why="their authority has ended", watches=len(gone))
    tell([
        Message(body, "call watch", GONE, "watches", "", circle, person) for body, person, circle, n in gone if n
    ])  # fmt: skip
