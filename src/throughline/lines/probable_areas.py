"""Where a line probably comes from and sells, for one reader: from the sightings of its numbers that they may know."""

from collections.abc import Iterable

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.lines.attribution import Attribution, attributed, seen_with
from throughline.organisations.queries import body_cards
from throughline.selectors.models import Sighting

MOST_REPORTS = 500
"""So many of the newest sightings of its numbers are looked at."""
HOMES = ("address", "postcode")


def probable_areas(reader: Reader, numbers: Iterable[str]) -> Attribution:
    """What the reports of these numbers (keys of telephones) say of where their line comes from and sells."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    forces = {card.id: card.code for card in cards.values() if card.kind == "territorial"}
    with reading(reader):
        seen = Sighting.objects.filter(kind="phone", key__in=list(numbers), source__in=("report", "version"))
        items = dict(seen.order_by("-seen_on", "-id").values_list("source_ref", "owner")[:MOST_REPORTS])
        homes = Sighting.objects.filter(source_ref__in=items, kind__in=HOMES).values_list("source_ref", "key")
        return attributed(seen_with({ref: forces.get(owner, "") for ref, owner in items.items()}, homes))
