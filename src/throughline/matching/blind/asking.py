"""Pairs found blind, as each of the two bodies may know them: its own reference, whom to ring, and the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.matching.blind.models import BlindAnswer
from throughline.matching.people.reasons import check_verdict
from throughline.matching.people.who import SAME, TAKEN_BACK
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards

OPEN = "open"


class BlindNotKnown(Exception):
    """The reader's body is not one of the two."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer in the history of a pair, oldest first."""

    verdict: str
    by: str
    body_name: str
    at: datetime
    why: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class BlindPair:
    """A pair as one of the two bodies knows it. ``own`` and ``theirs`` are what each says now, '' for nothing."""

    ref: str
    record: str
    body_name: str
    desk: str
    desk_email: str
    likeness: float
    probability: float
    made_at: datetime
    own: str
    theirs: str
    history: tuple[Answered, ...]

    @property
    def is_one(self) -> bool:
        """Resolved: both bodies say that it is one person."""
        return self.own == self.theirs == SAME


def blind_pairs(
    reader: Reader, *, verdict: str = OPEN, offset: int = 0, size: int = 25
) -> tuple[tuple[BlindPair, ...], int]:
    """The pairs that the reader's body has not answered (or answered so), and how many: those confirmed there first."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        found = [pair for pair in _pairs(reader, None) if (pair.own or OPEN) == verdict]
        found.sort(key=lambda pair: (pair.theirs != SAME, abs(pair.probability - 0.5), pair.ref))
        rows = tuple(found[offset : offset + size])
        journal.note(
            Verb.CONSULT, "blind link list", why="looked at a list", refs=[pair.ref for pair in rows]
        )
    return rows, len(found)


def waiting_blind(reader: Reader, *, cap: int) -> int:
    """How many pairs the reader's body has not answered."""
    with reading(reader):
        return min(sum(not pair.own for pair in _pairs(reader, None)), cap)


def blind_pair(reader: Reader, ref: str) -> BlindPair | None:
    """One pair, journalled; None when the reader's body is not one of the two."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        found = next(iter(_pairs(reader, [ref])), None)
        if found:
            journal.note(Verb.CONSULT, "blind link", ref, why="opened a blind match")
    return found


@writes
def answer_blind(*, by: Reader, ref: str, verdict: str, why: str) -> None:
    """Say what asking the other desk came to: a row for good, told to the other body.

    Raises:
        FieldProblem: no verdict or no reason.
        BlindNotKnown: the reader's body is not one of the two.
    """
    by.require(Permission.HIT_JUDGE)
    check_verdict(verdict, why)
    with connection.cursor() as cursor:
        cursor.execute("select other from matching_blind_known(%s)", [[ref]])
        row = cursor.fetchone()
    if row is None:
        raise BlindNotKnown
    BlindAnswer.objects.create(
        link=ref, body=by.body, other=row[0], verdict=verdict, why=why.strip(), by_person=by.person,
        by_name=by.name, at=clock.now(),
    )  # fmt: skip
    journal.note(
        Verb.ALTER if verdict == TAKEN_BACK else Verb.COMBINE,
        "blind link",
        ref,
        why=why.strip(),
        verdict=verdict,
    )
    text = f"{by.name} at {by.body_name} answered a blind match: {ref}"
    tell([Message(row[0], "blind answered", text, "blind-link", ref)])


def _pairs(reader: Reader, refs: Sequence[str] | None) -> list[BlindPair]:
    with connection.cursor() as cursor:
        cursor.execute("select * from matching_blind_known(%s)", [None if refs is None else list(refs)])
        rows = cursor.fetchall()
    if not rows:
        return []
    cards, said = body_cards(), dict[str, list[Answered]]()
    for one in BlindAnswer.objects.filter(link__in=[row[0] for row in rows]).order_by("pk"):
        own = one.body == reader.body
        said.setdefault(one.link, []).append(
            Answered(one.verdict, one.by_name, cards[one.body].name, one.at, one.why, own)
        )
    return [_pair(row, cards, said.get(row[0], [])) for row in rows]


def _pair(row: Sequence[Any], cards: Mapping[int, BodyCard], said: Sequence[Answered]) -> BlindPair:
    ref, record, other, likeness, probability, made_at = row
    card = cards[other]
    return BlindPair(
        ref, record, card.name, card.desk, card.desk_email, likeness, probability, made_at,
        _newest(said, own=True), _newest(said, own=False), tuple(said),
    )  # fmt: skip


def _newest(said: Sequence[Answered], *, own: bool) -> str:
    verdict = next((one.verdict for one in reversed(said) if one.is_own == own), "")
    return "" if verdict == TAKEN_BACK else verdict
