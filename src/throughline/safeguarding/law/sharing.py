"""Under which regime of data protection something is disclosed to a partner agency, as data with its source."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from throughline.safeguarding.law import told


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime of data protection under which a recipient stands; pages say what was not verified."""

    key: str
    name: str
    says: str
    source: str
    is_unverified: bool


@functools.cache
def regimes() -> Mapping[str, Regime]:
    """Every regime by its key."""
    return {
        one["key"]: Regime(one["key"], one["name"], one["says"], one["source"], bool(one.get("unverified")))
        for one in told("partners.json")["regimes"]
    }


@functools.cache
def agency_kinds() -> Mapping[str, str]:
    """The kinds of partner agencies, by name."""
    return dict(told("partners.json")["kinds"])
