"""A sample of the looks in the journal: drawn by a stated seed, so that whoever draws it again draws the same."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import JournalEntry
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock

LOOKS: Final = (Verb.CONSULT, Verb.DISCLOSE, Verb.COMBINE)
MOST: Final = 200_000
"""Looks that are drawn from. A sample of a part of the period would not be of the period, so none is drawn past it."""

Stratum = tuple[int, str]
"""The body of who looked, and the verb."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """One look that was drawn. ``is_own`` where the auditor is who looked: somebody else should ask about it."""

    place: str
    at: datetime
    who: str
    body: int
    verb: str
    thing: str
    ref: str
    why: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A stratum: how many looks it holds, and how many of them were drawn."""

    body: int
    verb: str
    looks: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The looks that were drawn, the oldest first, and what they were drawn from; ``is_too_many``: none was drawn."""

    drawn: tuple[Sampled, ...]
    shares: tuple[Share, ...]
    is_too_many: bool = False

    @property
    def looks(self) -> int:
        """How many looks it was drawn from."""
        return sum(share.looks for share in self.shares)


def journal_sample(reader: Reader, *, since: date, until: date, size: int, seed: str) -> Sample:
    """Looks from the first day to the end of the last, of those the auditor may see. Journalled, with the seed."""
    reader.require(Permission.JOURNAL_READ)
    first, end = (datetime.combine(day, time(), clock.LONDON) for day in (since, until + timedelta(days=1)))
    with reading(reader):
        looks = JournalEntry.objects.filter(
            at__gte=first, at__lt=end, verb__in=LOOKS, person__isnull=False, body__isnull=False
        )  # fmt: skip
        held = {
            f"{lane}/{seq}": (int(body or 0), str(verb))
            for lane, seq, body, verb in looks.values_list("lane", "seq", "body", "verb")[: MOST + 1]
        }
        journal.note(
            Verb.CONSULT, "journal", why="drew a sample", seed=seed, since=since, until=until, size=size
        )
        if len(held) > MOST:
            return Sample((), (), is_too_many=True)
        places = places_drawn(held.items(), size, seed)
        lanes = {int(place.partition("/")[0]) for place in places}
        seqs = {int(place.partition("/")[2]) for place in places}
        rows = [
            row
            for row in looks.filter(lane__in=lanes, seq__in=seqs).order_by("at", "id")
            if f"{row.lane}/{row.seq}" in places
        ]
    drawn = tuple(
        Sampled(
            f"{r.lane}/{r.seq}", r.at, r.person_name, r.body or 0, r.verb, r.thing, r.ref, r.why,
            r.person == reader.person,
        )
        for r in rows
    )  # fmt: skip
    return Sample(drawn, _shares(held, places))


def _shares(held: dict[str, Stratum], places: frozenset[str]) -> tuple[Share, ...]:
    counts: dict[Stratum, list[int]] = defaultdict(lambda: [0, 0])
    for place, stratum in held.items():
        counts[stratum][0] += 1
        counts[stratum][1] += place in places
    return tuple(Share(*stratum, *counts[stratum]) for stratum in sorted(counts))


def places_drawn(looks: Iterable[tuple[str, Stratum]], size: int, seed: str) -> frozenset[str]:
    """Which of these looks are drawn: in each stratum those whose hash with the seed is the smallest.

    A hash depends on nothing but the seed and the look's place in the journal, which never changes: neither the order
    of the rows nor the version of a library can draw another sample.
    """
    strata: dict[Stratum, list[str]] = defaultdict(list)
    for place, stratum in looks:
        strata[stratum].append(place)
    parts = parts_of({stratum: len(places) for stratum, places in strata.items()}, size)
    return frozenset(
        place
        for stratum, places in strata.items()
        for place in sorted(places, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())[
            : parts[stratum]
        ]
    )


def parts_of(counts: dict[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many to draw of each stratum: one of each, the largest first, and the rest in proportion to its looks.

    Each next look goes to the stratum with the most looks for each drawn (Webster's method), so none is drawn dry.
    """
    parts = dict.fromkeys(counts, 0)
    ordered = sorted(counts, key=lambda stratum: (-counts[stratum], stratum))
    for stratum in ordered[:size]:
        parts[stratum] = 1
    for _ in range(min(size, sum(counts.values())) - sum(parts.values())):
        open_ones = [stratum for stratum in ordered if parts[stratum] < counts[stratum]]
        most = max(open_ones, key=lambda stratum: counts[stratum] / (2 * parts[stratum] + 1))
        parts[most] += 1
    return parts
