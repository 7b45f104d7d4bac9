"""What is counted in a week: each measure with its unit and definition, in the version that stands on a day."""

import functools
import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Final

POUNDS, KILOGRAMS = "£", "kg"
_FRACTIONS: Final = (POUNDS, KILOGRAMS)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as it is defined on a day; ``version`` counts its definitions from 1.

    ``parts`` are the measures that add up to it. ``is_unverified``: what it held was not read in any source.
    """

    key: str
    group: str
    version: int
    name: str
    unit: str
    definition: str
    parts: tuple[str, ...]
    source: str
    starts: date | None
    ends: date | None
    is_unverified: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is counted one by one."""
        return self.unit not in _FRACTIONS


@functools.cache
def _known() -> tuple[tuple[Measure, ...], ...]:
    text = files("throughline.operations").joinpath("measures/measures.json").read_text(encoding="utf-8")
    return tuple(
        tuple(_measure(one["key"], one["group"], n, v) for n, v in enumerate(one["versions"], 1))
        for one in json.loads(text)["measures"]
    )


def _measure(key: str, group: str, version: int, told: dict[str, Any]) -> Measure:
    return Measure(
        key, group, version, told["name"], told["unit"], told["definition"], tuple(told["parts"]), told["source"],
        _day(told["from"]), _day(told["to"]), bool(told.get("unverified")),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@functools.cache
def measures_on(day: date) -> dict[str, Measure]:
    """Every measure, by its key, as it is defined on a day; in the order in which a return asks for them."""
    found = {}
    for versions in _known():
        for one in versions:
            if (one.starts is None or one.starts <= day) and (one.ends is None or day <= one.ends):
                found[one.key] = one
    return found


def definitions_of(key: str) -> tuple[Measure, ...]:
    """Every definition of a measure, the oldest first."""
    return next(versions for versions in _known() if versions[0].key == key)
