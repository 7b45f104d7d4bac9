"""Addresses that may be the same place as one asked about, of those that the reader may know, the likeliest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, reading
from throughline.matching.places.model import place_model
from throughline.matching.places.weighing import weigh_places
from throughline.selectors.registry import Selector

NEAR = 200
"""Of one address so many near it are weighed, those seen most."""


@dataclass(frozen=True, slots=True)
class PlaceAlike:
    """An address that may be the same place: how likely, what agrees and differs, and how often it was seen."""

    keys: tuple[str, str]
    one: str
    other: Selector
    probability: float
    words: tuple[str, ...]
    sightings: int
    model: str


def places_alike(reader: Reader, selectors: Iterable[Selector]) -> tuple[PlaceAlike, ...]:
    """Other addresses known to the reader under the same postcode, line or UPRN that are likely the same place."""
    keys = sorted({selector.key for selector in selectors if selector.kind == "address"})
    if not keys:
        return ()
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select * from matching_places_near(%s, %s)", [keys, NEAR])
        near = cursor.fetchall()
        found = _weighed(near) if near else ()
        if found:
            journal.note(Verb.CONSULT, "addresses", why="may be the same place", places=len(found))
    return found


def _weighed(near: list[tuple[str, str, str, str, int]]) -> tuple[PlaceAlike, ...]:
    pairs = [((one, uprn or ""), (other, other_uprn or "")) for one, other, uprn, other_uprn, _ in near]
    found = [
        PlaceAlike(
            (one, other), _shown(one).shown, _shown(other), weighed.probability,
            weighed.words, times, weighed.model,
        )
        for (one, other, _, _, times), weighed in zip(near, weigh_places(pairs), strict=True)
        if weighed.probability >= place_model().shown_from
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.probability, each.other.key)))


def _shown(key: str) -> Selector:
    return Selector("address", key)
