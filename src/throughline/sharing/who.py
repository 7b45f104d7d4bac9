"""Who can see a record and why: the database's own rule, asked of readers that are only supposed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Compartment, Team
from throughline.access.permissions import ROLE_PERMISSIONS, Permission, Role, clearance_of, conditions_of
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading
from throughline.access.rule import CLAUSES, OWNER, Clause
from throughline.kernel import clock
from throughline.kernel.explain import Reason
from throughline.matching.models import HitSide
from throughline.matching.who import CIRCLE, HIT_CLAUSES, SIDE
from throughline.organisations.queries import BodyCard, body_cards

NOBODY = 0
"""No person has this number: a supposed reader is nobody in particular."""
DEGREES = CONTENT, EXISTENCE, NOTHING = "content", "existence", "nothing"


@dataclass(frozen=True, slots=True)
class Supposed:
    """A reader as the rule knows them."""

    body: int
    person: int
    clearance: int
    conditions: int
    compartments: tuple[int, ...]
    teams: tuple[int, ...]


def anyone(body: int, role: Role) -> Supposed:
    """Somebody in a body with this one role, on no list and in no team."""
    held = frozenset({role})
    return Supposed(body, NOBODY, clearance_of(held), conditions_of(held), (), ())


def someone(reader: Reader) -> Supposed:
    """A person as they are."""
    return Supposed(
        reader.body, reader.person, reader.clearance, reader.conditions, reader.compartments, reader.teams
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the database says of one supposed reader: whether they may know, and which clauses hold."""

    may_know: bool
    holds: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as this module asks about it."""

    door: str
    key: int | str
    clauses: tuple[Clause, ...]
    named: tuple[int, ...]
    """People whom its circulation or the list of its compartment names, alone or in a team."""
    points_own: bool = False
    points_others: bool = False
    """Whether a check points people of its own body, or of others, to what it holds."""


def answers(door: str, key: int | str, supposed: Sequence[Supposed]) -> list[Answer]:
    """Ask the rule of each, in order; nothing when the present reader may not ask about the record."""
    with connection.cursor() as cursor:
        asked = json.dumps([asdict(reader) for reader in supposed])
        cursor.execute(f"select * from {door}(%s, %s::jsonb)", [key, asked])  # noqa: S608 the doors are named above
        return [Answer(row[0], tuple(row[1:])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies of which the same roles may know, by the same clause; ``bodies`` is empty for every other body."""

    bodies: tuple[str, ...]
    roles: tuple[str, ...]
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person who may know although others of their role and body may not."""

    name: str
    body: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WhoCanSee:
    """Everyone who may know a record, and why."""

    thing: str
    ref: str
    groups: tuple[Group, ...]
    people: tuple[Named, ...]


def who_can_see(reader: Reader, thing: str, ref: str) -> WhoCanSee | None:
    """Everyone who may know a report, item, interest or hit; for people of its body who know it, and its auditors.

    None for everyone else, whether there is such a record or not. The look is journalled.
    """
    cards = body_cards(on=clock.today())
    grid = [(body, role) for body in cards for role in Role]
    with reading(reader):
        record = _record(reader, thing, ref)
        found = record and answers(record.door, record.key, [anyone(*pair) for pair in grid])
        if not record or not found:
            return None
        groups, known = _grouped(reader, record, list(zip(grid, found, strict=True)), cards)
        people = _people(record, known, cards)
        journal.note(Verb.CONSULT, "who can see", ref, why=f"asked who can see the {thing}")
    return WhoCanSee(thing, ref, groups, people)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one role in one body would be shown, in one of the three degrees, and the clauses behind it."""

    degree: str
    body_name: str
    role: str
    decided: str
    reasons: tuple[Reason, ...]


def what_would_see(reader: Reader, thing: str, ref: str, *, body: str, role: Role) -> Verdict | None:
    """What somebody with this role in this body would be shown; None as for ``who_can_see``, or without such a body."""
    card = next((card for card in body_cards().values() if card.code == body), None)
    if card is None:
        return None
    with reading(reader):
        record = _record(reader, thing, ref)
        found = record and answers(record.door, record.key, [anyone(card.id, role)])
        if not record or not found:
            return None
        journal.note(
            Verb.CONSULT,
            "who can see",
            ref,
            why=f"asked what a role sees of the {thing}",
            body=body,
            role=role,
        )
    (answer,) = found
    points = record.points_own if card.id == reader.body else record.points_others
    degree = CONTENT if answer.may_know else EXISTENCE if points and _checks(role) else NOTHING
    reasons = tuple(
        Reason(clause.name, "yes" if holds else "no", clause.sentence)
        for clause, holds in zip(record.clauses, answer.holds, strict=True)
        # Who of the other body is on whose list is not asked, so nothing is said of it.
        if clause is not CIRCLE or card.id == reader.body
    )
    return Verdict(degree, card.name, role.value, _deciding(record, answer).name, reasons)


def _checks(role: Role) -> bool:
    return Permission.CHECK_RUN in ROLE_PERMISSIONS[role] and clearance_of(frozenset({role})) >= 0


def _deciding(record: _Record, answer: Answer) -> Clause:
    """The clause that opens a record, or the first that keeps it shut."""
    held = dict(zip(record.clauses, answer.holds, strict=True))
    if answer.may_know:
        return next((clause for clause in (OWNER, SIDE) if held.get(clause)), record.clauses[-1])
    return next(clause for clause, holds in held.items() if not holds and clause is not OWNER)


def _record(reader: Reader, thing: str, ref: str) -> _Record | None:
    if thing == "hit":
        side = HitSide.objects.filter(hit__ref=ref, body=reader.body).first()
        circle = side.compartment if side else 0
        return _Record("matching_who_can_see", ref, HIT_CLAUSES, _on_lists(circle, (), ()))
    with connection.cursor() as cursor:
        cursor.execute("select * from sharing_record(%s, %s)", [thing, ref])
        row = cursor.fetchone()
    if row is None:
        return None
    marking, circle, people, teams, own, others = row
    named = _on_lists(circle, people, teams)
    return _Record("access_who_can_see", marking, CLAUSES, named, points_own=own, points_others=others)


def _on_lists(compartment: int, people: Iterable[int], teams: Iterable[int]) -> tuple[int, ...]:
    """Everyone named: one by one, by a team, or on the list of the compartment."""
    found = set(people)
    found |= set(
        Team.objects.filter(id__in=list(teams), people__isnull=False).values_list("people", flat=True)
    )
    found |= set(
        Compartment.objects.filter(id=compartment, people__isnull=False).values_list("people", flat=True)
    )
    return tuple(sorted(found))


_Cell = tuple[tuple[int, Role], Answer]


def _grouped(
    reader: Reader, record: _Record, cells: list[_Cell], cards: dict[int, BodyCard]
) -> tuple[tuple[Group, ...], set[tuple[int, Role]]]:
    """Bodies put together where the same roles may know by the same clause, one's own first."""
    known = {pair for pair, answer in cells if answer.may_know}
    opened: dict[int, dict[Clause, list[str]]] = {}
    for (body, role), answer in cells:
        if answer.may_know:
            opened.setdefault(body, {}).setdefault(_deciding(record, answer), []).append(role.value)
    alike: dict[tuple[bool, Clause, tuple[str, ...]], list[int]] = {}
    for body, by_clause in opened.items():
        for clause, roles in by_clause.items():
            alike.setdefault((body != reader.body, clause, tuple(roles)), []).append(body)
    every = len(cards) - 1
    groups = tuple(
        Group(
            () if len(bodies) == every and every > 1 else tuple(cards[body].name for body in bodies), roles,
            clause.name, clause.sentence,
        )
        for (_, clause, roles), bodies in sorted(alike.items(), key=lambda pair: pair[0][0])
    )  # fmt: skip
    return groups, known


def _people(record: _Record, known: set[tuple[int, Role]], cards: dict[int, BodyCard]) -> tuple[Named, ...]:
    """Of those who are named, whoever may know for that reason alone."""
    readers = [reader for reader in map(reader_numbered, record.named) if reader]
    apart = [reader for reader in readers if not any((reader.body, role) in known for role in reader.roles)]
    found = answers(record.door, record.key, [someone(reader) for reader in apart]) if apart else []
    return tuple(
        Named(reader.name, cards[reader.body].name, _deciding(record, answer).sentence)
        for reader, answer in zip(apart, found, strict=True)
        if answer.may_know and reader.body in cards
    )
