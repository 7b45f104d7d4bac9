"""Reading the bodies: they are public, so no reader is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from throughline.organisations.models import Body


@dataclass(frozen=True, slots=True)
class BodyCard:
    """What anyone may know of a body, with the desk to ring."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    region: str
    rocu: str
    desk: str
    desk_name: str
    desk_phone: str
    desk_email: str


def body_cards(*, on: date | None = None) -> dict[int, BodyCard]:
    """Every body by its id, in order of name; with ``on``, only those that stand on that day."""
    rows = Body.objects.order_by("name")
    if on:
        rows = rows.filter(starts__lte=on).exclude(ends__lte=on)
    return {row.pk: _card(row) for row in rows}


def body_coded(code: str) -> BodyCard | None:
    """The body with this code, in any case of letters, or None."""
    row = Body.objects.filter(code=code.strip().upper()).first()
    return _card(row) if row else None


def body_ids() -> dict[str, int]:
    """Code to id, for the doors that speak in codes."""
    return dict(Body.objects.values_list("code", "id"))


def body_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of these bodies, by id."""
    return dict(Body.objects.filter(id__in=set(ids)).values_list("id", "name"))


def coordinators(*, on: date) -> dict[int, int]:
    """For each body, the body that co-ordinates it on a day: its regional unit, or else the national centre.

    London, the national agencies and the regional units themselves have no unit above them and answer to the
    centre; the centre answers to nobody and is left out.
    """
    standing = body_cards(on=on)
    units = {card.code: card.id for card in standing.values()}
    centre = next((card.id for card in standing.values() if card.kind == "coordination"), None)
    found = {}
    for card in body_cards().values():
        unit = units.get(card.rocu)
        above = unit if unit and unit != card.id else centre
        if above and above != card.id:
            found[card.id] = above
    return found


def _card(row: Body) -> BodyCard:
    return BodyCard(
        id=row.pk, code=row.code, name=row.name, kind=row.kind, level=row.level, region=row.region,
        rocu=row.rocu, desk=f"{row.desk_name}, {row.desk_phone}", desk_name=row.desk_name,
        desk_phone=row.desk_phone, desk_email=row.desk_email,
    )  # fmt: skip
