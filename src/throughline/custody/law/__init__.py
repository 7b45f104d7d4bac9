"""The law of pre-charge bail as dated data: stages with their lengths, ranks and sources, and what was not verified."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of bail. It ends so many months from the bail start date; None: the court states the end.

    ``by`` is ``rank`` or ``court``; ``after`` are the stages that it can follow (none: the first). ``longer`` are the
    months where section 47ZF(7) applies. ``needs_dpp``: designated exceptionally complex, after consulting the DPP.
    ``unverified`` says what of it was not read in its source ('' for nothing), and pages say so.
    """

    key: str
    case: str
    name: str
    months: int | None
    longer: int | None
    by: str
    ranks: tuple[str, ...]
    after: tuple[str, ...]
    source: str
    needs_dpp: bool
    unverified: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the conditions A to D for an extension; ``for_court``: a court has to be satisfied of it too."""

    key: str
    says: str
    source: str
    for_court: bool


@dataclass(frozen=True, slots=True)
class BailFact:
    """Something that the law says, with its source."""

    about: str
    says: str
    source: str
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class Regime:
    """The law of bail as it stands from a day on; ``version`` counts from 1."""

    version: int
    starts: date
    stages: Mapping[str, Stage]
    conditions: tuple[Condition, ...]
    facts: tuple[BailFact, ...]

    def first(self, case: str) -> Stage:
        """The stage with which bail begins in such a case."""
        return next(one for one in self.stages.values() if one.case == case and not one.after)

    def following(self, stage: str, case: str) -> tuple[Stage, ...]:
        """The stages that can come after one, in their order."""
        return tuple(one for one in self.stages.values() if stage in one.after and one.case in (case, "both"))

    def conditions_for(self, stage: Stage) -> tuple[Condition, ...]:
        """Of which conditions whoever extends has to be satisfied: all of them, or for a court B to D."""
        return tuple(one for one in self.conditions if stage.by == "rank" or one.for_court)


@functools.cache
def _told() -> Any:
    return json.loads(files("throughline.custody").joinpath("law/bail.json").read_text(encoding="utf-8"))


@functools.cache
def regimes() -> tuple[Regime, ...]:
    """Every version, the oldest first."""
    return tuple(_regime(number, one) for number, one in enumerate(_told()["versions"], 1))


def _regime(version: int, told: dict[str, Any]) -> Regime:
    stages = {
        one["key"]: Stage(
            one["key"], one["case"], one["name"], one["months"], one.get("longer"), one["by"], tuple(one["ranks"]),
            tuple(one["after"]), one["source"], bool(one.get("dpp")), one["unverified"],
        )
        for one in told["stages"]
    }  # fmt: skip
    conditions = tuple(
        Condition(key, one["says"], one["source"], one["court"]) for key, one in told["conditions"].items()
    )
    facts = tuple(
        BailFact(one["about"], one["says"], one["source"], one["unverified"]) for one in told["facts"]
    )
    return Regime(version, date.fromisoformat(told["from"]), stages, conditions, facts)


def regime_on(day: date) -> Regime:
    """The law as it stands on a day; before the first version that we have, that one."""
    standing = [one for one in regimes() if one.starts <= day]
    return standing[-1] if standing else regimes()[0]


def regime_in(version: int) -> Regime:
    """The law in one version."""
    return regimes()[version - 1]


def cases() -> dict[str, str]:
    """The kinds of case, by name."""
    return {key: one["name"] for key, one in _told()["cases"].items()}


def case_says() -> dict[str, str]:
    """What makes a case one of a kind."""
    return {key: one["says"] for key, one in _told()["cases"].items()}


def bail_ranks() -> dict[str, str]:
    """Who may decide, by name."""
    return dict(_told()["ranks"])
