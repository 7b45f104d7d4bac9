"""Reading two addresses beside each other: how likely they are one place and why, and what people judged of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.matching.people.around import follow, said_of
from throughline.matching.people.links import Judged, Source
from throughline.matching.people.who import Ends, People, in_order, standing, who_is_whom
from throughline.matching.places.models import PlaceJudgement
from throughline.matching.places.weighing import known_addresses, weigh_pair
from throughline.organisations.queries import body_cards
from throughline.selectors.models import Sighting
from throughline.selectors.registry import Selector

SOURCES = 40
"""Of two addresses so many records are named, the newest."""


@dataclass(frozen=True, slots=True)
class PlacePair:
    """Two addresses. Where the reader may not know both, only that which they may, and who judged (``is_known``).

    ``verdict`` is what the reader's own body says, '' for nothing. ``likely`` is from 0 to 1.
    """

    pair: str
    keys: Ends
    one: str
    other: str
    is_known: bool
    likely: float
    words: tuple[str, ...]
    model: str
    verdict: str
    sources: tuple[tuple[str, Source], ...]
    """Each with the address that it tells of."""
    history: tuple[Judged, ...]
    group: tuple[str, ...]
    contradictions: tuple[Ends, ...]


def two_places(reader: Reader, one: str, other: str) -> PlacePair | None:
    """Open two addresses by their keys, journalled; None unless the reader may know both."""
    with reading(reader):
        found = _opened(reader, in_order((one, other)))
        return found if found is not None and found.is_known else None


def judged_places(reader: Reader, pair: str) -> PlacePair | None:
    """Open two addresses by the reference of a judgement, journalled; None where the reader may not know of it."""
    with reading(reader):
        row = PlaceJudgement.objects.filter(pair=pair).order_by("pk").first()
        return _opened(reader, (row.key_a, row.key_b)) if row else None


def verdicts_on(reader: Reader, pairs: Iterable[Ends]) -> dict[Ends, str]:
    """What the reader's body says of each of these pairs of addresses now; nothing where it has said nothing."""
    wanted = {in_order(pair) for pair in pairs}
    with reading(reader):
        rows = PlaceJudgement.objects.filter(owner=reader.body, key_a__in=[one for one, _ in wanted])
        said = standing(said_of(rows))
    return {ends: verdict for (_, ends), verdict in said.items() if ends in wanted}


def _opened(reader: Reader, keys: Ends) -> PlacePair | None:
    reader.require(Permission.HIT_READ)
    cards = body_cards()
    known = known_addresses(keys)
    weighed = weigh_pair(keys) if len(known) == len(keys) else None
    judged, _ = follow(PlaceJudgement.objects.all(), "address", keys)
    own = list(PlaceJudgement.objects.filter(key_a=keys[0], key_b=keys[1]).order_by("pk"))
    if not known:
        return None
    pair = own[0].pair if own else ""
    journal.note(Verb.CONSULT, "addresses", pair, why="opened two addresses", known=len(known))
    people = who_is_whom(said_of(judged))
    history = tuple(
        Judged(
            row.verdict, row.by_name, cards[row.owner].name, row.at, row.why, row.model, row.probability,
            row.owner == reader.body,
        )
        for row in own
    )  # fmt: skip
    rows = Sighting.objects.filter(kind="address", key__in=sorted(known)).order_by("-seen_on", "-id")[
        :SOURCES
    ]
    shown = tuple(_shown(key) if key in known else "" for key in keys)
    return PlacePair(
        pair=pair, keys=keys if weighed else ("", ""), one=shown[0], other=shown[1], is_known=weighed is not None,
        likely=weighed.probability if weighed else 0.0, words=weighed.words if weighed else (),
        model=weighed.model if weighed else "", history=history,
        verdict=standing(said_of(own)).get((reader.body, keys), ""),
        sources=tuple(
            (_shown(row.key), Source(row.source_ref, row.source, cards[row.owner].name, row.seen_on))
            for row in rows
        ),
        group=_together(people, keys), contradictions=tuple((_shown(a), _shown(b)) for a, b in people.contradictions),
    )  # fmt: skip


def _together(places: People, keys: Ends) -> tuple[str, ...]:
    """All addresses that are judged one place with both of these; none where they are not joined."""
    group = next((group for group in places.groups if set(keys) <= set(group)), ())
    return tuple(_shown(key) for key in group)


def _shown(key: str) -> str:
    return Selector("address", key).shown
