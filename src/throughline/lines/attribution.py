"""Where a line probably comes from and sells, from who was seen with its numbers and where they live: plain rules.

Somebody who lives in one force's area and is seen with the number in another's has probably carried it there: the home
is a vote for where the line comes from, the place a vote for where it sells. Our judgement, measured in docs/results.md
on the synthetic nation; a person says it on the line, or does not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from throughline.organisations.towns import body_of_postcodes

LEAST_VOTES = 2
"""One traveller may be a visitor."""
LEAST_SHARE = 0.5
"""Of the votes for where it comes from, more than this share must be for one area."""
AT_HOME = 3
"""So many seen in the area in which they live, and nobody elsewhere, make a line that probably never leaves it."""
_LETTERS = re.compile(r"[A-Z]{1,2}(?=\d)")


@dataclass(frozen=True, slots=True)
class SeenWith:
    """A report in which a number of the line stands: the area where it was made, and those where people in it live."""

    report: str
    area: str
    homes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likely:
    """An area, and in how many of the reports that speak of it."""

    area: str
    votes: int
    of: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a line probably comes from, None if that cannot be told, and where it sells, the most seen first."""

    comes_from: Likely | None
    sells_in: tuple[Likely, ...]


def attributed(seen: Iterable[SeenWith]) -> Attribution:
    """Count the votes of each report once. The order of the reports makes no difference."""
    reports = {one.report: one for one in seen}.values()
    homes: Counter[str] = Counter()
    at_home: Counter[str] = Counter()
    for one in reports:
        homes.update(one.homes - {one.area})
        if one.area in one.homes:
            at_home[one.area] += 1
    start = _first(homes)
    if start is None and not homes and len(at_home) == 1:
        area, votes = next(iter(at_home.items()))
        start = Likely(area, votes, votes) if votes >= AT_HOME else None
    return Attribution(start, tuple(_markets(list(reports), start)))


def _first(homes: Counter[str]) -> Likely | None:
    total = sum(homes.values())
    for area, votes in sorted(homes.items(), key=lambda one: (-one[1], one[0]))[:1]:
        if votes >= LEAST_VOTES and votes > LEAST_SHARE * total:
            return Likely(area, votes, total)
    return None


def _markets(reports: list[SeenWith], start: Likely | None) -> Iterable[Likely]:
    """Where it was seen apart from the area that it comes from; that area itself where it was seen nowhere else."""
    areas = Counter(one.area for one in reports)
    elsewhere = {area: times for area, times in areas.items() if start is None or area != start.area}
    found = elsewhere if elsewhere or start is None else dict(areas)
    for area, times in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield Likely(area, times, len(reports))


def seen_with(areas: Mapping[str, str], homes: Iterable[tuple[str, str]]) -> list[SeenWith]:
    """Put reports together: the area in which each was made ('' is left out), and the places that stand in it."""
    held: dict[str, set[str]] = defaultdict(set)
    for ref, place in homes:
        held[ref].add(force_of_place(place))
    return [SeenWith(ref, area, frozenset(held[ref] - {""})) for ref, area in areas.items() if area]


def force_of_place(place: str) -> str:
    """The code of the force in whose area a place lies, by the letters of its postcode; '' if they do not say."""
    found = _LETTERS.match(place.rpartition("|")[2])
    return body_of_postcodes().get(found[0], "") if found else ""
