"""Where bodies' own views of a line differ: plain rules over what each of them says, with no database in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from throughline.lines.statements import BODY

LEVELS = {
    "high": 3, "red": 3, "1": 3, "tier 1": 3, "very high": 3, "medium": 2, "amber": 2, "2": 2, "tier 2": 2,
    "low": 1, "green": 1, "3": 1, "tier 3": 1, "4": 1, "tier 4": 1,
}  # fmt: skip
"""Priorities as bodies write them, on one ladder, so that red and tier 1 do not differ. Our own reading."""
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a body's evidence says of a line; ``shown`` is the value as a person reads it."""

    statement: str
    kind: str
    value: str
    shown: str
    detail: str
    body: str
    grade: str
    last: date


@dataclass(frozen=True, slots=True)
class Side:
    """One of the views: what is said, by which bodies, on which grades, and how lately."""

    says: str
    bodies: tuple[str, ...]
    grades: tuple[str, ...]
    last: date


@dataclass(frozen=True, slots=True)
class Difference:
    """A matter on which bodies differ (``comes from``, ``both ends``, ``name``, ``role``, ``priority``): their views.

    ``about`` is the person whose role it is.
    """

    matter: str
    sides: tuple[Side, ...]
    about: str = ""


def differences(claims: Iterable[Claim]) -> tuple[Difference, ...]:
    """Every matter on which two bodies say what cannot both be so, or name the line unlike each other.

    Two bodies differ where each says something and they share nothing: whoever says more than another does not differ.
    """
    held = list(claims)
    return tuple(
        filter(
            None,
            (
                _apart("comes from", [c for c in held if c.statement == "exports from" and c.kind == BODY]),
                _both_ends(held),
                _apart("name", [c for c in held if c.statement == "brand"]),
                *_roles(held),
                _priorities(held),
            ),
        )
    )


def do_differ(said: Mapping[str, Mapping[str, set[str]]]) -> bool:
    """The same for many lines at once, roles apart: by statement and body the values that it gives.

    Of areas the bodies alone: a town may lie in any of them.
    """
    starts, ends = said.get("exports from", {}), said.get("imports to", {})
    if any(_are_apart(said.get(name, {})) for name in ("exports from", "brand")):
        return True
    levels = {
        body: {str(level_of(one)) for one in values} for body, values in said.get("own priority", {}).items()
    }
    return _are_apart(levels) or any(
        one != other and starts[one] & ends[other] for one in starts for other in ends
    )


def level_of(priority: str) -> int | str:
    """A body's own priority on one ladder; what is not known of it stands for itself."""
    text = " ".join(priority.casefold().split()).removeprefix("priority ").removeprefix("band ")
    return LEVELS.get(text, text)


def _are_apart(by_body: Mapping[str, set[str]]) -> bool:
    views = [values for values in by_body.values() if values]
    return any(not (one & other) for n, one in enumerate(views) for other in views[n + 1 :])


def _apart(matter: str, claims: list[Claim], *, about: str = "") -> Difference | None:
    by_body: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        by_body[claim.body].add(claim.value)
    return Difference(matter, tuple(_sides(claims)), about) if _are_apart(by_body) else None


def _sides(claims: Iterable[Claim], *, words: str = "{}") -> Iterator[Side]:
    """The claims by what they say, that of most bodies first."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[claim.value].append(claim)
    sides = [
        Side(
            words.format(those[0].shown), tuple(sorted({c.body for c in those})),
            tuple(sorted({c.grade for c in those})), max(c.last for c in those),
        )
        for those in held.values()
    ]  # fmt: skip
    yield from sorted(sides, key=lambda side: (-len(side.bodies), side.says))


def _both_ends(claims: list[Claim]) -> Difference | None:
    """An area that one body says the line comes from, and another that it sells in."""
    starts = [c for c in claims if c.statement == "exports from" and c.kind == BODY]
    ends = [c for c in claims if c.statement == "imports to" and c.kind == BODY]
    in_doubt = {
        start.value for start in starts for end in ends if start.value == end.value and start.body != end.body
    }
    if not in_doubt:
        return None
    return Difference(
        "both ends",
        (
            *_sides([c for c in starts if c.value in in_doubt], words="It comes from {}"),
            *_sides([c for c in ends if c.value in in_doubt], words="It sells in {}"),
        ),
    )


def _roles(claims: list[Claim]) -> Iterator[Difference]:
    people: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.statement == "role" and claim.detail not in ("", NOT_KNOWN):
            people[claim.value].append(claim)
    for those in people.values():
        said = [
            Claim(c.statement, c.kind, c.detail, c.detail.capitalize(), "", c.body, c.grade, c.last)
            for c in those
        ]
        if found := _apart("role", said, about=those[0].shown):
            yield found


def _priorities(claims: list[Claim]) -> Difference | None:
    own = [c for c in claims if c.statement == "own priority"]
    levels = [
        Claim(c.statement, c.kind, str(level_of(c.value)), c.shown, "", c.body, c.grade, c.last) for c in own
    ]
    return _apart("priority", levels)
