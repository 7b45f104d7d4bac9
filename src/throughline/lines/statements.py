"""What can be said of a county line, and which values each statement takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from throughline.selectors.registry import KINDS, Selector

BODY, TOWN, WORD, TEXT = "body", "town", "word", "text"
"""Kinds of value that are no selectors: a body's code, a place by its name, a word of a list, a body's own words."""
AREA = (BODY, TOWN)


@dataclass(frozen=True, slots=True)
class Statement:
    """One kind of statement: its label, the kinds of value it takes, and the words if they are a list."""

    name: str
    label: str
    kinds: tuple[str, ...]
    words: Mapping[str, str]


DRUGS = {
    "heroin": "Heroin", "crack": "Crack cocaine", "cocaine": "Powder cocaine", "cannabis": "Cannabis",
    "amphetamine": "Amphetamine", "benzodiazepines": "Benzodiazepines", "opioids": "Synthetic opioids",
    "other drug": "Another drug",
}  # fmt: skip
TRANSPORT = {
    "rail": "Rail", "coach": "Coach or bus", "private hire": "Taxi or private hire", "hire car": "Hire car",
    "own vehicle": "A vehicle of the line's own", "post": "Post or parcel", "other transport": "Another way",
}  # fmt: skip
VIOLENCE = {
    "firearm": "Firearm", "knife": "Knife or blade", "corrosive": "Corrosive substance", "assault": "Assault",
    "threats": "Threats", "robbery": "Robbery of a dealer or user", "kidnap": "Kidnap or false imprisonment",
    "arson": "Arson",
}  # fmt: skip
EXPLOITATION = {
    "child": "Child exploited", "adult at risk": "Adult at risk exploited", "cuckooing": "Home taken over",
    "debt bondage": "Debt bondage", "sexual": "Sexual exploitation", "missing": "Missing episodes",
    "trafficking": "Trafficking or modern slavery",
}  # fmt: skip
ROLES = {
    "line holder": "Line holder", "elder": "Elder", "younger": "Younger", "runner": "Runner",
    "street dealer": "Street dealer", "cook": "Cook or bagger", "stash holder": "Stash holder", "driver": "Driver",
    "recruiter": "Recruiter", "cuckooed occupier": "Cuckooed occupier", "user paid in kind": "User paid in kind",
    "money mule": "Money mule", "enforcer": "Enforcer", "wholesaler": "Wholesaler", "not known": "Role not known",
}  # fmt: skip
"""A role in a line is not a status in law or in safeguarding: the same child can be a runner and a victim."""
CLOSURE = {"charged": "Line holder arrested and charged", "out of use": "Number out of use"}

_ALL = (
    Statement("number", "Number", ("phone", "opaque"), {}),
    Statement("brand", "Name", ("brand",), {}),
    Statement("exports from", "Exports from", AREA, {}),
    Statement("imports to", "Imports to", AREA, {}),
    Statement("drug", "Drug", (WORD,), DRUGS),
    Statement("role", "Person", ("person", "opaque"), {}),
    Statement("premises", "Premises", ("address", "postcode", "uprn"), {}),
    Statement("vehicle", "Vehicle", ("vehicle",), {}),
    Statement("transport", "Transport", (WORD,), TRANSPORT),
    Statement("violence", "Violence", (WORD,), VIOLENCE),
    Statement("exploitation", "Exploitation", (WORD,), EXPLOITATION),
    Statement("closure", "Closure", (WORD,), CLOSURE),
    Statement("group", "Group behind it", (TEXT,), {}),
    Statement("own reference", "Known to a body as", (TEXT,), {}),
    Statement("own priority", "A body's own priority", (TEXT,), {}),
    Statement("own score", "A body's own score", (TEXT,), {}),
)
STATEMENTS = {statement.name: statement for statement in _ALL}
OF_SELECTORS = {
    kind: statement.name for statement in reversed(_ALL) for kind in statement.kinds if kind in KINDS
}
"""What a selector of each kind is taken to say of a line: a phone is its number, a person has a role in it."""


def shown_value(kind: str, value: str, *, statement: str, bodies: Mapping[str, str]) -> str:
    """A value as a person reads it. ``bodies`` are names by code."""
    if kind in KINDS:
        return _selector_shown(kind, value)
    if kind == BODY:
        return bodies.get(value, value)
    return STATEMENTS[statement].words.get(value, value) if kind == WORD else value


@lru_cache(maxsize=50_000)
def _selector_shown(kind: str, value: str) -> str:
    """The same number stands in many items, and to write it as people do takes a while."""
    return Selector(kind, value).shown
