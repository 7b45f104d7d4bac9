"""The clock of answers: started when a body is told of a hit, and escalated once to its region when it runs out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.matching.answering import (
    LONGEST_DAYS,
    ORDINARY_DAYS,
    URGENT_DAYS,
    URGENT_FROM,
    Deadlines,
    answer_by,
)
from throughline.matching.events import AnswersDue
from throughline.matching.models import AnswerTime
from throughline.matching.telling import apiece, within_a_sentence
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards, body_names, coordinators
from throughline.selectors.registry import KINDS


class AnswerTimeProblem(ValueError):
    """What is wrong with a period, in a sentence, for the field named."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def answer_times() -> dict[str, int]:
    """The working days that a body has, by name: ``ordinary`` and ``urgent``."""
    return {"ordinary": ORDINARY_DAYS, "urgent": URGENT_DAYS} | dict(
        AnswerTime.objects.values_list("name", "working_days")
    )


def may_set_answer_times(reader: Reader) -> bool:
    """Whether the reader administers the national centre: the time is one for all, so no other body sets it."""
    return reader.may(Permission.PERSON_MANAGE) and body_cards()[reader.body].kind == "coordination"


@writes
def set_answer_times(*, by: Reader, times: Mapping[str, int], why: str) -> None:
    """Change those periods that differ from what they were, for the hits that are told from now on.

    Raises:
        AnswerTimeProblem: a period that is too short or too long, or no reason.
        NotAllowed: the person does not administer the national centre.
    """
    if not may_set_answer_times(by):
        raise NotAllowed("Only an administrator of the national centre sets the time for every body.")
    if not why.strip():
        raise AnswerTimeProblem("why", "Say why: it is kept in the journal")
    standing = answer_times()
    for name, days in times.items():
        if days != standing[name]:
            change_answer_time(name=name, working_days=days, why=why.strip())


def change_answer_time(*, name: str, working_days: int, why: str = "changed for this instance") -> None:
    """Change a period for the hits that are told from now on. Done by whoever runs the instance.

    Raises:
        AnswerTimeProblem: less than a day, or longer than anybody remembers.
    """
    if not 1 <= working_days <= LONGEST_DAYS:
        raise AnswerTimeProblem(name, f"Enter between 1 and {LONGEST_DAYS} working days.")
    AnswerTime.objects.update_or_create(name=name, defaults={"working_days": working_days})
    journal.note(Verb.ALTER, "answer time", name, why=why, working_days=working_days)


def deadlines() -> Deadlines:
    """By when hits told at this moment are to be answered."""
    days, now = answer_times(), clock.now()
    return Deadlines(answer_by(now, days["ordinary"]), answer_by(now, days["urgent"]))


def start_late_clocks(sides: Sequence[int]) -> None:
    """Start the clock of sides that a silence or a compartment kept from being told before."""
    due = deadlines()
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_start_clocks(%s, %s, %s, %s)",
            [list(sides), due.ordinary, due.urgent, URGENT_FROM],
        )


def run_clocks(moments: Iterable[datetime | None]) -> None:
    """Let one clock run for each moment at which answers fall due, if none runs for it yet."""
    with connection.cursor() as cursor:
        for moment in sorted({moment for moment in moments if moment}):
            cursor.execute(
                "insert into matching_answer_deadline values (%s) on conflict do nothing returning 1",
                [moment],
            )
            if cursor.fetchone():
                announce(AnswersDue(at=moment.isoformat()), due=moment)


@dataclass(frozen=True, slots=True)
class _Late:
    hit: str
    kind: str
    body: int
    other: int
    compartment: int
    region: int | None


def escalate_unanswered(facts: Sequence[Payload]) -> None:
    """Mark what was not answered in time, and tell each body and the co-ordinators of its region, once."""
    above = coordinators(on=clock.today())
    late: list[_Late] = []
    moments = sorted(datetime.fromisoformat(fact["at"]) for fact in facts)
    with connection.cursor() as cursor:
        for moment in moments:
            cursor.execute(
                "select * from matching_escalate(%s, %s, %s::smallint[], %s::smallint[])",
                [moment, clock.now(), list(above), list(above.values())],
            )
            late += [_Late(*row) for row in cursor.fetchall()]
    if late:
        told = sum(row.region is not None for row in late)
        journal.note(Verb.DISCLOSE, "hit", why="not answered in time", late=len(late), told_to_regions=told)
        tell([*_to_the_late(late), *_to_the_regions(late)])


def _to_the_late(late: list[_Late]) -> list[Message]:
    names = body_names({n for row in late for n in (row.other, row.region) if n})

    def one(row: _Late) -> Message:
        told = f" {names[row.region]} has been told." if row.region else ""
        text = f"You have not answered the hit with {names[row.other]} in time: {row.hit}.{told}"
        return Message(row.body, "late", text, "hit", row.hit, row.compartment)

    def many(row: _Late, count: int) -> Message:
        return Message(
            row.body, "late", f"{count:,} hits were to be answered by now", "hits", "", row.compartment
        )

    return apiece(late, lambda row: (row.body, row.compartment), one, many)


def _to_the_regions(late: list[_Late]) -> list[Message]:
    """The reference, the kind and the bodies: that a hit exists, and nothing that either holds."""
    names = body_names({n for row in late for n in (row.body, row.other)})

    def one(row: _Late) -> Message:
        return _to_overseers(
            row, f"{names[row.body]} has not answered hit {row.hit} with {names[row.other]} in time. "
            f"It is on a {within_a_sentence(KINDS[row.kind].label)}.",
        )  # fmt: skip

    def many(row: _Late, count: int) -> Message:
        return _to_overseers(row, f"{count:,} hits in your region were not answered in time")

    return apiece([row for row in late if row.region], lambda row: row.region, one, many)


def _to_overseers(row: _Late, text: str) -> Message:
    return Message(row.region or 0, "overdue", text, "hits-overdue", needs=Permission.HIT_OVERSEE)
