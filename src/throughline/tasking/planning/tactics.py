"""What working a line takes and how likely it is to succeed: figures of a version, all of them assumed."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

VERSION = "2"


@dataclass(frozen=True, slots=True)
class Takes:
    """Officer-days of one skill, from the lead or from every body in whose area the line sells.

    ``may_be_spared`` is of days that raise the chance and that work can be done without, but for a lead's own area.
    """

    skill: str
    days: float
    by_importer: bool
    stage: int
    only_if_exploited: bool
    may_be_spared: bool


@dataclass(frozen=True, slots=True)
class Tactics:
    """One version. ``chance`` is of success by the place of the lead, multiplied by ``confidence``, and by
    ``without_support`` where another area in which the line sells gives none of the days that may be spared.
    """

    version: str
    assumed: str
    skills: tuple[str, ...]
    takes: tuple[Takes, ...]
    for_each_importer: float
    chance: Mapping[str, float]
    confidence: Mapping[str, float]
    without_support: float
    exploited: tuple[str, int]
    child_at_risk: tuple[str, int]


@functools.cache
def tactics(version: str = VERSION) -> Tactics:
    """The figures of a version."""
    text = files("throughline.tasking.planning").joinpath(f"tactics_{version}.json").read_text("utf-8")
    held: dict[str, Any] = json.loads(text)
    takes = (
        Takes(
            one["skill"], one["days"], one["who"] == "importer", one["stage"], one.get("if") == "exploited",
            one.get("if") == "supported",
        )
        for one in held["needs"]
    )  # fmt: skip
    return Tactics(
        held["version"], held["assumed"], tuple(held["skills"]), tuple(takes), held["size"]["for_each_importer"],
        held["chance"], held["confidence"], held["without_support"],
        (held["exploited"]["part"], held["exploited"]["level"]),
        (held["child_at_risk"]["part"], held["child_at_risk"]["level"]),
    )  # fmt: skip
