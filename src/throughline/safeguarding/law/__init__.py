"""What is asked of those who look after a concern: duties with their clocks, steps and indicators, as dated data."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from throughline.kernel.terms import Term, Unit


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done by a time, its ``term``. Of one that ``is_earliest`` the end is when it may first be done.

    ``is_owed`` to somebody, it outlives the concern: that one is closed over it is for a person to say why.
    ``ages`` says for whom; ``starts`` by which event its clock starts, ``met_by`` by which step it ends.
    """

    key: str
    term: Term
    ages: tuple[str, ...]
    starts: str
    met_by: str
    is_earliest: bool
    is_owed: bool
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is written down of a step of a kind: in words, or one of ``choices``."""

    key: str
    asks: str
    choices: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True, slots=True)
class StepKind:
    """One kind of thing that is done about a concern, and what to think of when it is written down.

    A kind that has ``asks`` is a record of its own, such as a visit to a home that may be taken over.
    """

    key: str
    name: str
    done: str
    prompt: str
    source: str
    is_unverified: bool
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing to look for when somebody's vulnerability is assessed, with what it means."""

    key: str
    about: str
    asks: str
    ages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """The list of indicators in one version; ``starts`` is its first day."""

    version: int
    starts: date
    source: str
    all: tuple[Indicator, ...]

    def of(self, age: str) -> tuple[Indicator, ...]:
        """Those that are looked for in somebody of this age; one whose age is not sure is treated as a child."""
        return tuple(one for one in self.all if ("adult" if age == "adult" else "child") in one.ages)


@functools.cache
def told(name: str) -> Any:
    """A file of data beside this one."""
    return json.loads(files("throughline.safeguarding").joinpath("law", name).read_text(encoding="utf-8"))


@functools.cache
def duties() -> Mapping[str, Duty]:
    """Every duty by its key."""
    return {
        one["key"]: Duty(
            one["key"], _term(one), tuple(one["ages"]), one["starts"], one["met_by"], bool(one.get("earliest")),
            bool(one.get("owed")),
            one["says"], one["source"],
        )
        for one in told("duties.json")["duties"]
    }  # fmt: skip


def _term(one: dict[str, Any]) -> Term:
    many = f"{one['count']} {one['unit']}".removesuffix("s" if one["count"] == 1 else "")
    return Term(
        f"concern {one['key']}", one["name"], f"{many} after: {one['starts']} ({one['source']})", Unit(one["unit"]),
        one["count"], tuple(one.get("warn_hours", ())), is_unverified=bool(one.get("unverified")),
        pause=one.get("pause", ""),
    )  # fmt: skip


@functools.cache
def steps() -> Mapping[str, StepKind]:
    """Every kind of step by its key."""
    return {
        one["key"]: StepKind(
            one["key"],
            one["name"],
            one["done"],
            one["prompt"],
            one["source"],
            bool(one.get("unverified")),
            tuple(
                Ask(a["key"], a["asks"], tuple(a.get("choices", ())), bool(a.get("needed")))
                for a in one.get("asks", ())
            ),
        )
        for one in told("duties.json")["steps"]
    }


@functools.cache
def all_indicators() -> tuple[Indicators, ...]:
    """The list of indicators in each of its versions, the oldest first."""
    return tuple(
        Indicators(
            number, date.fromisoformat(version["from"]), version["source"],
            tuple(Indicator(i["key"], i["about"], i["asks"], tuple(i["ages"])) for i in version["indicators"]),
        )
        for number, version in enumerate(told("indicators.json")["versions"], 1)
    )  # fmt: skip


def indicators_on(day: date) -> Indicators:
    """The list that stands on a day."""
    return [one for one in all_indicators() if one.starts <= day][-1]
