"""Disruptions in lists and in totals: an event counts once, however many bodies claim it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.lines.models import CountyLine
from throughline.operations.models import Disruption, DisruptionClaim, Operation
from throughline.operations.words import LEVELS, PS
from throughline.operations.workflow import DISRUPTION
from throughline.organisations.queries import BodyCard, body_cards


@dataclass(frozen=True, slots=True)
class DisruptionRow:
    """A disruption in a list; ``claimants`` are the names of the bodies that claim it."""

    ref: str
    on: date
    title: str
    state: str
    level: str
    claimants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What a body claims."""

    body_name: str
    ps: tuple[str, ...]
    level: str
    why: str
    made_by: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """How many events count at a level, in all and for each P; one for two Ps stands under both, and counts once."""

    level: str
    events: int
    by_p: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DisruptionTotals:
    """Events that count, by level; those that wait for a moderator; and claims in the events that count."""

    levels: tuple[LevelRow, ...]
    events: int
    waiting: int
    claims: int


@dataclass(frozen=True, slots=True)
class DisruptionPage:
    """A disruption as one of its readers reads it; line and operation where they may know those as well."""

    row: DisruptionRow
    what: str
    line: str
    operation: str
    claims: tuple[ClaimRow, ...]
    words: str
    moderated_by: str
    moderated_at: datetime | None
    into: str
    made_by: str
    made_at: datetime
    moves: tuple[str, ...]
    may_join: bool


def disruption_list(
    reader: Reader, *, state: str = "", offset: int = 0, size: int = 25
) -> tuple[list[DisruptionRow], int]:
    """The disruptions that the reader may know, the latest first, and how many there are of these."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        rows = Disruption.objects.order_by("-on", "pk")
        rows = rows.filter(state=state) if state else rows
        total, found = rows.count(), list(rows[offset : offset + size])
        claims = list(DisruptionClaim.objects.filter(disruption__in=found))
        journal.note(Verb.CONSULT, "disruption list", why="looked at a list", refs=[one.ref for one in found])
    cards = body_cards()
    return [_row(one, [c for c in claims if c.disruption_id == one.pk], cards) for one in found], total


def _row(one: Disruption, claims: list[DisruptionClaim], cards: dict[int, BodyCard]) -> DisruptionRow:
    names = tuple(sorted({cards[claim.body].name for claim in claims}))
    return DisruptionRow(one.ref, one.on, one.title, one.state, one.level, names)


def disruption_totals(reader: Reader) -> DisruptionTotals:
    """What counts of all that the reader may know, each event once."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        counted = dict(Disruption.objects.filter(state="counted").values_list("pk", "level"))
        waiting = Disruption.objects.filter(state="claimed").count()
        claims = list(
            DisruptionClaim.objects.filter(disruption__in=counted).values_list("disruption_id", "p")
        )
    by_level = Counter(counted.values())
    by_both = Counter((counted[event], p) for event, p in set(claims))
    levels = tuple(LevelRow(level, by_level[level], tuple(by_both[level, p] for p in PS)) for level in LEVELS)
    return DisruptionTotals(levels, len(counted), waiting, len(claims))


def disruption_page(reader: Reader, ref: str, *, why: str = "opened the disruption") -> DisruptionPage | None:
    """Open a disruption, journalled; None when the reader may not know of it."""
    reader.require(Permission.TASK_READ)
    cards = body_cards()
    with reading(reader):
        one = Disruption.objects.filter(ref=ref).first()
        if one is None:
            return None
        claims = list(DisruptionClaim.objects.filter(disruption=one).order_by("pk"))
        line = CountyLine.objects.filter(pk__in=[one.line_id]).values_list("ref", flat=True).first()
        week = Operation.objects.filter(pk__in=[one.operation_id]).values_list("ref", flat=True).first()
        into = Disruption.objects.filter(pk__in=[one.into_id]).values_list("ref", flat=True).first()
        journal.note(Verb.CONSULT, "disruption", ref, why=why, owner=one.owner)
    claims_it = any(claim.body == reader.body for claim in claims)
    by_body = {body: [c for c in claims if c.body == body] for body in dict.fromkeys(c.body for c in claims)}
    return DisruptionPage(
        row=_row(one, claims, cards), what=one.what, line=line or "", operation=week or "",
        claims=tuple(
            ClaimRow(cards[body].name, tuple(c.p for c in own), own[0].level, own[0].why, own[0].made_by)
            for body, own in by_body.items()
        ),
        words=one.words, moderated_by=one.moderated_by, moderated_at=one.moderated_at, into=into or "",
        made_by=one.made_by, made_at=one.made_at,
        moves=() if claims_it else tuple(DISRUPTION.moves_open(by=reader, state=one.state)),
        may_join=not claims_it and one.state == "claimed" and reader.may(Permission.TASK_WORK),
    )  # fmt: skip
