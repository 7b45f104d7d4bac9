"""The schemes by which lines are scored: reviewed data, each with a version, so that any past score is made again.

They have the structure of the field's threat matrices (harm, likelihood, vulnerability; organisational position and
confidence apart). The rungs and weights are our own: no scheme here is MoRiLE, whose scales are not public.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

ANY = "*"
VERSIONS = ("1",)
"""Every scheme ever used, the newest last."""


@dataclass(frozen=True, slots=True)
class Rung:
    """What reaches a level: so many different words of some statements, or so many items of the last days."""

    level: int
    says: str
    of: Mapping[str, frozenset[str]]
    days: int
    least: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its level, 0 to 4, times its weight is what it gives."""

    name: str
    label: str
    group: str
    weight: int
    rungs: tuple[Rung, ...]

    @property
    def highest(self) -> int:
        """The level of the highest rung."""
        return max(rung.level for rung in self.rungs)


@dataclass(frozen=True, slots=True)
class Judging:
    """What confidence is judged by: each pair is what one step and two steps ask for."""

    well_graded: frozenset[str]
    share: tuple[float, float]
    bodies: tuple[int, int]
    items: tuple[int, int]
    days: tuple[int, int]
    high: int
    medium: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version: its parts, the grades that count for nothing, and what confidence is judged by."""

    version: str
    in_force_from: date
    left_out: frozenset[str]
    parts: tuple[Part, ...]
    confidence: Judging

    @property
    def highest(self) -> int:
        """The most that a line can score."""
        return sum(part.weight * part.highest for part in self.parts)


@functools.cache
def scheme(version: str = VERSIONS[-1]) -> Scheme:
    """The scheme of a version; the newest unless one is named."""
    text = files("throughline.lines.scoring").joinpath(f"scheme_{version}.json").read_text("utf-8")
    held: dict[str, Any] = json.loads(text)
    return Scheme(
        held["version"], date.fromisoformat(held["in_force_from"]), frozenset(held["left_out"]),
        tuple(_part(part) for part in held["parts"]), _judging(held["confidence"]),
    )  # fmt: skip


def _judging(held: dict[str, Any]) -> Judging:
    steps = {name: tuple(held[name]) for name in ("share", "bodies", "items", "days")}
    return Judging(
        frozenset(held["well_graded"]), steps["share"], steps["bodies"], steps["items"], steps["days"], held["high"],
        held["medium"],
    )  # fmt: skip


def _part(held: dict[str, Any]) -> Part:
    rungs = [
        Rung(
            rung["level"], rung["says"], {name: frozenset(words) for name, words in rung.get("of", {}).items()},
            rung.get("days", 0), rung.get("least", 1),
        )
        for rung in held["rungs"]
    ]  # fmt: skip
    return Part(
        held["name"],
        held["label"],
        held["group"],
        held["weight"],
        tuple(sorted(rungs, key=lambda r: r.level)),
    )
