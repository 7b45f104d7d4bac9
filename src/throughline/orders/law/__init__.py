"""What the law asks of each kind of order, in the version that stands on a day: every fact with its source."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from throughline.kernel.working_days import Nation


@dataclass(frozen=True, slots=True)
class LawFact:
    """One statement of the law. ``is_unverified``: it was not read in its source, and pages say so."""

    about: str
    says: str
    source: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class OrderKind:
    """A kind of order as the law stands on a day; ``version`` counts from 1, ``starts`` is None where not known.

    ``ranks`` may authorise it (none: no rank is laid down). ``items`` are the kinds of selector that it can name.
    ``working_days`` after the order it is to be complied with; None where the law sets no such time.
    One that says its last day lasts at least ``least_years``.
    """

    key: str
    name: str
    short: str
    version: int
    starts: date | None
    ranks: tuple[str, ...]
    nations: tuple[Nation, ...]
    items: tuple[str, ...]
    is_of_items: bool
    working_days: int | None
    least_years: int | None
    offences: Mapping[str, str]
    facts: tuple[LawFact, ...]

    def about(self, *what: str) -> tuple[LawFact, ...]:
        """The facts about these matters, in their order."""
        return tuple(fact for fact in self.facts if fact.about in what)


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of those who authorise; ``body`` is ``police`` or the code of the one body that has it."""

    key: str
    name: str
    body: str


@functools.cache
def told() -> Any:
    """The sheet of law as it is written."""
    return json.loads(files("throughline.orders").joinpath("law/law.json").read_text(encoding="utf-8"))


@functools.cache
def all_versions() -> Mapping[str, tuple[OrderKind, ...]]:
    """Every kind in each of its versions, the oldest first."""
    return {
        one["key"]: tuple(_kind(one, n, v) for n, v in enumerate(one["versions"], 1))
        for one in told()["kinds"]
    }


def _kind(one: dict[str, Any], version: int, told: dict[str, Any]) -> OrderKind:
    return OrderKind(
        one["key"], one["name"], one["short"], version, date.fromisoformat(told["from"]) if told["from"] else None,
        tuple(told["ranks"]), tuple(map(Nation, told["nations"])), tuple(told["items"]), told["is_of_items"],
        told["working_days"], told.get("least_years"), told["offences"],
        tuple(LawFact(f["about"], f["says"], f["source"], bool(f.get("unverified"))) for f in told["facts"]),
    )  # fmt: skip


def kinds_on(day: date) -> dict[str, OrderKind]:
    """Every kind that can be drafted on a day, in the version that stands then."""
    found = {}
    for key, versions in all_versions().items():
        standing = [one for one in versions if one.starts is None or one.starts <= day]
        if standing:
            found[key] = standing[-1]
    return found


def kind_in(key: str, version: int) -> OrderKind:
    """A kind in the version under which an order was drafted."""
    return all_versions()[key][version - 1]


@functools.cache
def ranks() -> Mapping[str, Rank]:
    """Every rank by its key."""
    return {key: Rank(key, one["name"], one["body"]) for key, one in told()["ranks"].items()}
