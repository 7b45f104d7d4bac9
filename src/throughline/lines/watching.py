"""What call data does for lines by itself: numbers that fall silent or are cut off are watched, and life is noticed."""

import contextlib
from collections.abc import Iterable, Sequence

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.outbox import Payload
from throughline.lines.known import Held, of
from throughline.lines.models import CountyLine
from throughline.lines.queries import known_lines
from throughline.lines.telling import tell_of_life
from throughline.lines.workflow import CLOSED, OPEN_STATES
from throughline.telecoms.lives import Life, lives_of
from throughline.telecoms.queries import NoCalls
from throughline.telecoms.watching import WatchProblem, keep_watch

WHY = "looking whether numbers of lines fell silent or came back"


def watch_closed_lines(facts: Sequence[Payload]) -> None:
    """Watch the numbers of lines that were closed, by an arrest or an order, for whoever closed them."""
    for fact in facts:
        reader = _keeper(fact["person"])
        if reader is None:
            continue
        for line, numbers in _numbers(reader, CLOSED, only=fact["line"]):
            _watch(reader, line, numbers, why=f"{line.ref} was closed")


def look_at_lines(facts: Sequence[Payload]) -> None:
    """As calls arrive: watch the numbers of open lines that fell silent, and tell of life in closed ones.

    Done for the person who loaded them, over what they may know, on the lines that their body leads.
    """
    for person in dict.fromkeys(fact["person"] for fact in facts):
        reader = _keeper(person)
        if reader:
            _look(reader)


def _look(reader: Reader) -> None:
    still, closed = list(_numbers(reader, OPEN_STATES)), list(_numbers(reader, CLOSED))
    keys = sorted({key for _, numbers in (*still, *closed) for key in _keys(numbers)})
    if not keys:
        return
    try:
        lives = lives_of(reader, keys, why=WHY)
    except NoCalls:
        return
    for line, numbers in still:
        # One whose replacement is known is looked for no more.
        silent = [n for n in numbers if not n.detail and n.value in lives and lives[n.value].is_silent]
        _watch(reader, line, silent, why=f"Number of {line.ref} that fell silent")
    alive = [line.ref for line, numbers in closed if _lives_after(line, _keys(numbers), lives)]
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select * from lines_life_in_calls(%s, %s, %s)", [alive, clock.today(), clock.now()])
        tell_of_life(cursor.fetchall())


def _keeper(person: int) -> Reader | None:
    reader = reader_numbered(person)
    return (
        reader if reader and reader.may(Permission.CALLS_READ) and reader.may(Permission.LINE_READ) else None
    )


def _numbers(
    reader: Reader, states: Iterable[str], *, only: int | None = None
) -> Iterable[tuple[CountyLine, tuple[Held, ...]]]:
    """The lines that the reader's body leads in these states, each with its numbers as far as the reader may know."""
    with reading(reader):
        rows = CountyLine.objects.filter(lead=reader.body, state__in=list(states)).order_by("pk")
        lines = list(rows.filter(pk=only) if only else rows)
        known = known_lines(reader, lines)
    return [(line, of(known[line.pk].facts, "number")) for line in lines if line.pk in known]


def _keys(numbers: Iterable[Held]) -> set[str]:
    """The numbers and what replaced them."""
    return {key for number in numbers for key in (number.value, number.detail) if key}


def _lives_after(line: CountyLine, keys: Iterable[str], lives: dict[str, Life]) -> bool:
    return any(
        key in lives and line.closed_on and clock.day_of(lives[key].last) > line.closed_on for key in keys
    )


def _watch(reader: Reader, line: CountyLine, numbers: Iterable[Held], *, why: str) -> None:
    for number in numbers:
        # It is watched already, or there are no calls of it yet.
        with contextlib.suppress(WatchProblem):
            keep_watch(by=reader, number=number.value, line=line.ref, why=why)
