"""What an order can name: selectors as everywhere, and identifiers that the law names beside them, as data."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from throughline.orders.law import OrderKind, told
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse


@dataclass(frozen=True, slots=True)
class ItemKind:
    """An identifier that an order can name and that nothing is matched on: its form, and whether that was verified."""

    key: str
    name: str
    pattern: str
    example: str
    source: str
    is_unverified: bool


@functools.cache
def item_kinds() -> Mapping[str, ItemKind]:
    """Every such kind by its key."""
    return {
        key: ItemKind(key, one["name"], one["pattern"], one["example"], one["source"], one["unverified"])
        for key, one in told()["item_kinds"].items()
    }


def parse_item(text: str, kind: OrderKind) -> tuple[str, str]:
    """What was typed as a kind and a key: `07700 900123`, `imei:...`, or a kind of its own such as `mac:...`.

    Raises:
        NotASelector: with a sentence for whoever typed it.
    """
    prefix, colon, value = text.partition(":")
    own = item_kinds().get(prefix.strip().lower()) if colon else None
    if own is None:
        selector = parse(text)
        found = selector.kind, selector.key
    else:
        plain = re.sub(r"[\s:.\-]", "", value).upper() if own.key != "serial" else value.strip()
        if not re.fullmatch(own.pattern, plain):
            raise NotASelector(f"That is not the form of {own.name}: it is like {own.example}")
        found = own.key, plain
    if found[0] not in kind.items:
        can = ", ".join(item_label(name) for name in kind.items) or "nothing of this kind"
        raise NotASelector(f"A {kind.short} can name: {can}")
    return found


def item_label(kind: str) -> str:
    """What a kind of item is called."""
    return item_kinds()[kind].name if kind in item_kinds() else KINDS[kind].label


def item_shown(kind: str, key: str) -> str:
    """An item as people read it."""
    return key if kind in item_kinds() else Selector(kind, key).shown


def is_matched(kind: str) -> bool:
    """Whether anything else in the product knows items of this kind, so that bodies can be asked who holds one."""
    return kind not in item_kinds()
