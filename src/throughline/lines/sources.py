"""The graded items on which evidence may rest, as the present reader may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, ItemSelector
from throughline.intelligence.sanitising import STANDS
from throughline.matching.models import Hit
from throughline.selectors.models import Sighting
from throughline.selectors.registry import Selector

MOST_ITEMS = 20
"""Of what a value was seen in, so many items are taken as evidence at once, newest first."""


@dataclass(frozen=True, slots=True)
class Source:
    """One graded item: its reference, grade, date, marking, body, and the selectors that stand in it."""

    ref: str
    grade: str
    seen_on: date
    marking: Marking
    owner: int
    compartment: int
    selectors: frozenset[Selector]


def sources_named(refs: Sequence[str]) -> list[Source]:
    """These items, as far as they are graded, stand, and may be known. Must run inside ``reading(reader)``."""
    rows = Item.objects.filter(ref__in=refs, report__state__in=STANDS).exclude(handling="")
    found = {item.ref: item for item in rows.select_related("report", "marking")}
    held: dict[int, set[Selector]] = {}
    for row in ItemSelector.objects.filter(item__in=found.values()):
        held.setdefault(row.item_id, set()).add(Selector(row.kind, row.key))
    return [_source(found[ref], held.get(found[ref].pk, set())) for ref in refs if ref in found]


def _source(item: Item, selectors: set[Selector]) -> Source:
    return Source(
        item.ref, f"{item.source}{item.assessment}{item.handling}", item.report.date_of_intelligence, item.marking,
        item.owner, item.compartment, frozenset(selectors),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a page shows of the item, or of the items of a hit, from which a line is added."""

    title: str
    report: str
    refs: tuple[str, ...]
    texts: tuple[str, ...]
    selectors: tuple[Selector, ...]
    bodies: tuple[str, ...]


def item_source(reader: Reader, ref: str) -> SourceView | None:
    """One item; None when the reader may not know it, or nothing may rest on it."""
    reader.require(Permission.LINE_KEEP)
    with reading(reader):
        item = Item.objects.filter(ref=ref, report__state__in=STANDS).exclude(handling="").first()
        if item is None:
            return None
        held = ItemSelector.objects.filter(item=item).order_by("id").values_list("kind", "key")
        selectors = tuple(Selector(kind, key) for kind, key in held)
        return SourceView(item.report.title, item.report.ref, (ref,), (item.text,), selectors, ())


def hit_source(reader: Reader, ref: str) -> SourceView | None:
    """The items behind a hit that the reader may know, newest first; None when they may not know the hit."""
    reader.require(Permission.LINE_KEEP)
    with reading(reader):
        hit = Hit.objects.filter(ref=ref).first()
        if hit is None:
            return None
        seen = Sighting.objects.filter(
            kind=hit.kind, key=hit.key, owner__in=[hit.body_a, hit.body_b], source__in=("report", "version")
        ).order_by("-seen_on", "-id").values_list("source_ref", flat=True)  # fmt: skip
        stands = Item.objects.filter(ref__in=list(seen[: MOST_ITEMS * 2]), report__state__in=STANDS)
        texts = {item.ref: item.text for item in stands.exclude(handling="")}
        refs = tuple(one for one in dict.fromkeys(seen) if one in texts)[:MOST_ITEMS]
    selector = Selector(hit.kind, hit.key)
    return SourceView(selector.shown, "", refs, tuple(texts[one] for one in refs), (selector,), ())
