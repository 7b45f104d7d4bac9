"""Reading a list that was checked: how far it is, its values with what is known of each, and the lines refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.matching.asked import AskedBy, asked_about
from throughline.matching.models import BulkCheck, BulkLine, Enquiry
from throughline.matching.queries import Holding, check_all_holdings
from throughline.organisations.queries import body_cards, body_ids
from throughline.selectors.registry import Selector


@dataclass(frozen=True, slots=True)
class BulkCard:
    """A list as a whole."""

    ref: str
    why: str
    at: datetime
    state: str
    is_silent: bool
    read: int
    values: int
    refused: int
    answered: int

    @property
    def repeated(self) -> int:
        """Lines that said again what an earlier line said."""
        return self.read - self.values - self.refused

    @property
    def is_answered(self) -> bool:
        """Whether every value was looked up."""
        return self.state == "answered"


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """One value of a list and what the reader may know of it."""

    place: int
    line: int
    typed: str
    selector: Selector
    times: int
    holdings: tuple[Holding, ...]
    asked: tuple[AskedBy, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that could not be read, and why."""

    line: int
    typed: str
    problem: str


def recent_bulk_checks(reader: Reader, *, size: int = 10) -> list[BulkCard]:
    """The newest lists of the reader's own."""
    reader.require(Permission.CHECK_RUN)
    with reading(reader):
        return [_card(row) for row in BulkCheck.objects.order_by("-id")[:size]]


def bulk_card(reader: Reader, ref: str) -> BulkCard | None:
    """One list of the reader's own as a whole, or None."""
    reader.require(Permission.CHECK_RUN)
    with reading(reader):
        row = BulkCheck.objects.filter(ref=ref).first()
    return _card(row) if row else None


def bulk_answers(reader: Reader, ref: str, *, why: str, after: int = 0, size: int = 100) -> list[BulkAnswer]:
    """Values of a list from a place on, with what was held when the list was asked, as the reader may know it now.

    Nothing before the whole list is answered: only then are the holders told. Journalled with ``why``.
    """
    reader.require(Permission.CHECK_RUN)
    with reading(reader):
        bulk = BulkCheck.objects.filter(ref=ref, state="answered").first()
        if bulk is None:
            return []
        lines = list(bulk.lines.filter(place__gt=after).order_by("place")[:size])
        journal.note(Verb.CONSULT, "bulk check", ref, why=why, values=len(lines), after=after)
        return _answers(reader, lines, bulk)


def held_answers(reader: Reader, ref: str, *, why: str) -> list[BulkAnswer]:
    """The same, of every value of the list of which the reader may know anything."""
    everything = bulk_answers(reader, ref, why=why, size=10_000)
    return [answer for answer in everything if answer.holdings or answer.asked]


def _answers(reader: Reader, lines: Sequence[BulkLine], bulk: BulkCheck) -> list[BulkAnswer]:
    selectors = [Selector(line.kind, line.key) for line in lines]
    holdings = check_all_holdings(reader, selectors, noted_by=bulk.at)
    asked, pointed = asked_about(reader, selectors), _pointed(bulk)
    return [
        BulkAnswer(
            line.place, line.line, line.typed, selector, line.times,
            tuple(replace(held, enquiry=pointed.get(_pointer(selector, held), "")) for held in found),
            asked.get(selector, ()),
        )
        for line, selector, found in zip(lines, selectors, holdings, strict=True)
    ]  # fmt: skip


def _pointer(selector: Selector, held: Holding) -> tuple[Selector, str]:
    """A value with the body that it points to; a body whose content is known too is pointed to apart."""
    return selector, held.body if held.degree == "existence" else ""


def _pointed(bulk: BulkCheck) -> dict[tuple[Selector, str], str]:
    """The check of a value that pointed to a body when the list was asked; a newer pointer needs a new check."""
    codes = {number: code for code, number in body_ids().items()}
    checks = Enquiry.objects.filter(bulk=bulk.ref, person=bulk.person).exclude(pointed=[])
    return {
        (Selector(check.kind, check.key), codes[body]): check.ref
        for check in checks
        for body in check.pointed
    }


def refused_lines(reader: Reader, ref: str, *, skip: int = 0, size: int = 100) -> list[Refusal]:
    """The lines of a list that could not be read, in their order."""
    reader.require(Permission.CHECK_RUN)
    with reading(reader):
        rows = list(
            BulkLine.objects.filter(bulk__ref=ref, place=0).order_by("line", "id")[skip : skip + size]
        )
    return [Refusal(row.line, row.typed, row.problem) for row in rows]


def _card(row: BulkCheck) -> BulkCard:
    return BulkCard(
        row.ref, row.why, row.at, row.state, row.silent, row.read, row.values, row.refused, row.answered
    )


@dataclass(frozen=True, slots=True)
class AskedOfUs:
    """A value of the reader's body about which a list of another body asked; who asked is empty if they keep silent."""

    kind: str
    shown: str
    body_name: str
    desk: str
    person: str
    why: str
    at: datetime
    is_silent: bool


def asked_of_us(reader: Reader, ref: str) -> list[AskedOfUs]:
    """Which values of the reader's body a list of another body asked about; empty for a list unknown to them."""
    reader.require(Permission.NOTICE_READ)
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select * from matching_asked_of_us(%s)", [ref])
        rows = cursor.fetchall()
        if rows:
            journal.note(Verb.CONSULT, "enquiries", ref, why="read what was asked of us", values=len(rows))
    cards = body_cards() if rows else {}
    return [
        AskedOfUs(
            kind, Selector(kind, key).shown, cards[body].name if body else "", cards[body].desk if body else "",
            person, why, at, is_silent,
        )
        for _, kind, key, body, person, why, at, is_silent in rows
    ]  # fmt: skip
