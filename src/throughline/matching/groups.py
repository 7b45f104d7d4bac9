"""Hits as a list shows them: those on one value together, however many bodies hold it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.planner import without
from throughline.matching.ageing import is_old
from throughline.matching.models import HitSide
from throughline.matching.queries import HitRow, hit_rows
from throughline.organisations.queries import body_cards
from throughline.selectors.models import Sighting

ORDER = ("-overdue", "-rarity", "id")
_Value = tuple[str, str]
"""A kind and a key."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One hit of a group, and whether all that the reader may know of the other's sightings is old."""

    hit: HitRow
    is_old_there: bool


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits on one value that the filters let through, best first."""

    kind: str
    shown: str
    is_common: bool
    holders: int
    bodies: int
    is_old_here: bool
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class GroupList:
    """A page of groups and where the next page starts (None at the end)."""

    groups: tuple[HitGroup, ...]
    next_offset: int | None


def hit_groups(
    reader: Reader, *, state: str = "raised", kind: str = "", other: str = "", offset: int = 0, size: int = 25
) -> GroupList:
    """The hits of the reader's body by value, overdue first, then rarest; a group stands where its first hit would."""
    reader.require(Permission.HIT_READ)
    codes = {card.code: n for n, card in body_cards().items()}
    asked = {"state": state, "kind": kind, "other": codes.get(other, 0) if other else ""}
    sides = HitSide.objects.filter(body=reader.body, told=True, **{k: v for k, v in asked.items() if v != ""})
    with reading(reader):
        with without("sort", "bitmapscan"):
            leaders = list(_leaders(sides)[offset : offset + size + 1])
        values = [(side.kind, side.hit.key) for side in leaders[:size]]
        members = sides.filter(hit__key__in=[key for _, key in values]).order_by(*ORDER).select_related("hit")
        grouped: dict[_Value, list[HitSide]] = {value: [] for value in values}
        for side in members:
            grouped.get((side.kind, side.hit.key), []).append(side)
        found = [side for group in grouped.values() for side in group]
        rows = {side.pk: row for side, row in zip(found, hit_rows(reader, found), strict=True)}
        newest = _newest(values, {reader.body, *(side.other for side in found)})
        journal.note(Verb.CONSULT, "hit list", why="looked at a list", refs=[side.hit.ref for side in found])
    groups = tuple(_group(reader, value, group, rows, newest) for value, group in grouped.items())
    return GroupList(groups, offset + size if len(leaders) > size else None)


def _leaders(sides: "QuerySet[HitSide]") -> "QuerySet[HitSide]":
    """Of each value the hit that comes first. Nothing is grouped in the database: a page reads off one index."""
    same: dict[str, Any] = {"overdue": OuterRef("overdue"), "rarity": OuterRef("rarity")}
    ahead = sides.filter(hit__key=OuterRef("hit__key"), kind=OuterRef("kind")).filter(
        Q(overdue__gt=OuterRef("overdue"))
        | Q(overdue=same["overdue"], rarity__gt=OuterRef("rarity"))
        | Q(**same, id__lt=OuterRef("id"))
    )
    return sides.filter(~Exists(ahead)).order_by(*ORDER).select_related("hit")


def _newest(values: list[_Value], bodies: set[int]) -> dict[tuple[str, str, int], date]:
    """The newest sighting of each value in each body that the present reader may know."""
    wanted = set(values)
    rows = (
        Sighting.objects.filter(key__in=[key for _, key in values], owner__in=bodies)
        .values_list("kind", "key", "owner")
        .annotate(newest=Max("seen_on"))
    )
    return {(kind, key, owner): on for kind, key, owner, on in rows if (kind, key) in wanted}


def _group(
    reader: Reader,
    value: _Value,
    sides: list[HitSide],
    rows: dict[int, HitRow],
    newest: dict[tuple[str, str, int], date],
) -> HitGroup:
    first, today = rows[sides[0].pk], clock.today()
    return HitGroup(
        kind=first.kind, shown=first.shown, is_common=first.is_common, holders=first.holders, bodies=len(sides) + 1,
        is_old_here=is_old(newest.get((*value, reader.body)), today=today),
        rows=tuple(
            GroupRow(rows[side.pk], is_old(newest.get((*value, side.other)), today=today)) for side in sides
        ),
    )  # fmt: skip
