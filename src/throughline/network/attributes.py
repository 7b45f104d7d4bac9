"""What the attributes of a person mean here: groups, rank, resources, and who is to be protected."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

GROUPS: Final = (
    "group", "gang", "faction", "crew", "cell", "clan", "family", "team", "allegiance", "affiliation", "organisation",
)  # fmt: skip
RANKS: Final = ("rank", "ranking", "seniority", "hierarchy")
"""1 is the highest rank."""
RESOURCES: Final = (
    "resource", "resources", "arrests", "convictions", "skill", "skills", "money", "weapons", "vehicles", "contacts",
    "experience", "capital",
)  # fmt: skip
"""What somebody brings to a network, as numbers; a rank counts too, the highest most."""
ADULT: Final = 18
_PROTECTED: Final = re.compile(
    r"\b(child|children|victim|exploited|juvenile|minor|missing child|cuckooed|vulnerable|trafficked)\b"
)
_TRUE: Final = frozenset({"1", "true", "yes", "y"})


@dataclass(frozen=True, slots=True)
class Protected:
    """Why somebody is to be protected: as a child, as a victim, or both."""

    is_child: bool
    is_victim: bool

    def __bool__(self) -> bool:
        return self.is_child or self.is_victim


def protected(roles: Collection[str], attributes: Mapping[str, str]) -> Protected:
    """Whether somebody is a child (by age, or as a role or attribute says), or a victim (by role or attribute)."""
    said = {word for role in roles for word in _PROTECTED.findall(role.casefold())}
    said |= {
        word for name, value in attributes.items() if value.casefold() in _TRUE
        for word in _PROTECTED.findall(name.replace("_", " ").casefold())
    }  # fmt: skip
    age = number_in(attributes.get("age", ""))
    childhood = {"child", "children", "juvenile", "minor", "missing child"}
    return Protected(bool(said & childhood) or (age is not None and age < ADULT), bool(said - childhood))


def number_in(text: str) -> float | None:
    """The number that a cell holds, if it holds one that is finite."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def groups_of(attributes: Sequence[Mapping[str, str]]) -> tuple[str, list[str]]:
    """The attribute that tells groups and each one's value; ('', []) unless it tells at least two groups."""
    for name in GROUPS:
        values = [one.get(name, "") for one in attributes]
        if len(set(values) - {""}) > 1:
            return name, values
    return "", []


def stated_rank(attributes: Mapping[str, str]) -> tuple[str, float] | None:
    """The rank that is stated of somebody, with the name of the attribute; 1 is the highest."""
    for name in RANKS:
        value = number_in(attributes.get(name, ""))
        if value is not None:
            return name, value
    return None


def resources_of(attributes: Sequence[Mapping[str, str]]) -> tuple[tuple[str, ...], Any]:
    """Which attributes count as resources, and each one's resources: their mean, each scaled to 0 to 1.

    A stated rank counts from 1 for the highest down to 0 for the lowest.
    """
    used, columns = [], []
    for name in (*RESOURCES, *RANKS):
        values = np.array([_or_nan(one.get(name, "")) for one in attributes])
        if not np.isfinite(values).any():
            continue
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        if high > low:
            scaled = (
                (high - values) / (high - low)
                if name in RANKS
                else np.clip(values, 0, None) / max(high, 1e-9)
            )
            used.append(name)
            columns.append(np.clip(np.nan_to_num(scaled), 0, 1))
    return tuple(used), np.mean(columns, axis=0) if columns else np.zeros(len(attributes))


def _or_nan(text: str) -> float:
    value = number_in(text)
    return float("nan") if value is None else value
