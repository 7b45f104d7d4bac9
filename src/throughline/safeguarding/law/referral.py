"""The national referral mechanism as data: what the live form asks, who decides by when, and the section 45 defence."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.kernel.terms import Term, Unit
from throughline.safeguarding.law import told

ADULT = 18


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the live form. ``is_coded``: its answer is chosen from a list, so that it can name nobody."""

    key: str
    section: str
    asks: str
    kind: str
    choices: tuple[str, ...]
    is_coded: bool
    unverified: str


@dataclass(frozen=True, slots=True)
class Fact45:
    """One thing that the defence asks, for an adult, a child or both; or an offence that it does not reach."""

    about: str
    says: str
    source: str
    is_unverified: bool


def nrm() -> Any:
    """The data as they stand."""
    return told("nrm.json")


@functools.cache
def questions() -> Mapping[str, Question]:
    """Every question of the form by its key, in the form's order."""
    return {
        one["key"]: Question(
            one["key"], one["section"], one["asks"], one["kind"], tuple(one.get("choices", ())),
            bool(one.get("coded")), one.get("unverified", ""),
        )
        for one in nrm()["fields"]
    }  # fmt: skip


def deciders() -> Mapping[str, str]:
    """Who can decide, by key."""
    found: Mapping[str, str] = nrm()["deciders"]
    return found


def term(of: str, decider: str) -> Term | None:
    """The term of a decision that this decider takes: ``reasonable`` grounds, or the ``recovery`` period after them."""
    for one in nrm()["terms"]:
        if one["key"].startswith(of) and decider in one["decider"]:
            return Term(
                f"nrm {one['key']}", one["name"], one["source"], Unit(one["unit"]), one["count"],
                tuple(one["warn_hours"]),
            )  # fmt: skip
    return None


def is_automatic(under_18: str) -> bool:
    """Whether a referral needs no consent: any answer but *no*, as in the code of the live form."""
    return under_18 != "no"


def may_go_to_panel(born_on: date | None, *, on: date) -> bool:
    """Whether a child is young enough for a devolved panel: more than so many days short of 18. Unknown: no."""
    if born_on is None:
        return False
    # Whoever is born on 29 February comes of age on 1 March, where the year has no such day.
    year, is_leap_day = born_on.year + ADULT, (born_on.month, born_on.day) == (2, 29)
    try:
        of_age = born_on.replace(year=year)
    except ValueError:
        assert is_leap_day  # noqa: S101 no other date is missing from a year
        of_age = date(year, 3, 1)
    return (of_age - on).days > int(nrm()["panel"]["days_short_of_18"])


@functools.cache
def section_45() -> tuple[tuple[Fact45, ...], tuple[Fact45, ...]]:
    """What the defence asks, and the offences that it does not reach, each with its source."""
    data = told("section45.json")
    facts = tuple(
        Fact45(f["about"], f["says"], f["source"], bool(f.get("unverified"))) for f in data["facts"]
    )
    excluded = tuple(
        Fact45("excluded", f["offence"], f["source"], bool(f.get("unverified"))) for f in data["excluded"]
    )
    return facts, excluded
