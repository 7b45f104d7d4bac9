"""Patterns in who looked at what: plain rules over entries of the journal, with no database in them.

A pattern is a reason to ask somebody, and never a finding against them. The bounds are defaults of this product.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from throughline.kernel import clock

BULK_IN_AN_HOUR, BULK_TIMES_USUAL = 40, 3
"""Records opened within an hour, and how many times the person's own usual busiest hour that is."""
NIGHT_FROM, NIGHT_TO, AT_NIGHT, NIGHT_SHARE = 22, 6, 3, 0.1
"""Hours on the wall clock; looks in one night that count; and the share of their looks above which they work nights."""
ALONE_IN_A_WEEK, ALONE_TIMES_USUAL = 8, 4
"""Records that a person alone opened in a week and did nothing with, and how many times the usual that is."""
LINKED_WITHIN: Final = timedelta(days=14)
"""A look is linked to work on a record by the person or a colleague so many days before it or after."""
LOOKERS, LOOKERS_TIMES_USUAL = 10, 5
"""People who opened one record, and how many times the usual that is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry as the rules read it; ``is_look`` tells looking from doing.

    ``names_them`` says whether the record names the person who looked, ``a_namesake`` whether their family name.
    """

    place: str
    at: datetime
    person: int
    name: str
    is_look: bool
    ref: str
    names_them: bool = False
    a_namesake: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern in what one person did: which, since when, in which entries, and why in a sentence."""

    pattern: str
    person: int
    name: str
    at: datetime
    places: tuple[str, ...]
    sentence: str


def patterns_in(entries: Iterable[Seen]) -> list[Found]:
    """Every pattern in these entries, each once for a person, the newest first."""
    held = sorted(entries, key=lambda one: one.at)
    by_person: dict[int, list[Seen]] = defaultdict(list)
    for one in held:
        by_person[one.person].append(one)
    found = [found for rule in RULES for found in rule(held, by_person)]
    return sorted(found, key=lambda one: one.at, reverse=True)


People = dict[int, list[Seen]]
Rule = Callable[[list[Seen], People], Iterator[Found]]


def _looks(entries: Iterable[Seen]) -> list[Seen]:
    return [one for one in entries if one.is_look and one.ref]


def _found(pattern: str, entries: Sequence[Seen], sentence: str) -> Found:
    first = entries[0]
    return Found(
        pattern, first.person, first.name, first.at, tuple(one.place for one in entries), sentence
    )  # fmt: skip


def _oneself(held: list[Seen], people: People) -> Iterator[Found]:
    for entries in people.values():
        own = [one for one in _looks(entries) if one.names_them]
        if own:
            yield _found("oneself", own, f"Opened {_records(own)} that name a person of their own name.")


def _family(held: list[Seen], people: People) -> Iterator[Found]:
    """A namesake in a record that is somebody's work, or that a colleague opens too, is taken for chance."""
    touched = _by_record(held)
    for entries in people.values():
        own = [
            one
            for one in _looks(entries)
            if one.a_namesake and not one.names_them and not _is_linked(one, touched[one.ref])
        ]
        if own:
            yield _found("family", own, f"Opened {_records(own)} that name somebody of their family name.")


def _by_record(held: list[Seen]) -> dict[str, list[Seen]]:
    touched: dict[str, list[Seen]] = defaultdict(list)
    for one in held:
        touched[one.ref].append(one)
    return touched


def _in_bulk(held: list[Seen], people: People) -> Iterator[Found]:
    for entries in people.values():
        looks = _looks(entries)
        busiest = _busiest_hours(looks)
        for day, hour in busiest.items():
            others = [len({one.ref for one in found}) for other, found in busiest.items() if other != day]
            usual, most = median(others) if others else 0, len({one.ref for one in hour})
            if most >= BULK_IN_AN_HOUR and most > usual * BULK_TIMES_USUAL:
                said = f"Opened {most} records within an hour on {day.day} {day:%B %Y}; {usual:.0f} is usual for them."
                yield _found("in bulk", hour, said)
                break


def _busiest_hours(looks: Sequence[Seen]) -> dict[date, list[Seen]]:
    """For each day the looks of the sixty minutes with most different records."""
    found: dict[date, list[Seen]] = {}
    start, refs = 0, Counter[str]()
    for end, look in enumerate(looks):
        refs[look.ref] += 1
        while look.at - looks[start].at > timedelta(hours=1):
            refs[looks[start].ref] -= 1
            refs += Counter()
            start += 1
        day = clock.day_of(look.at)
        if len(refs) > len({one.ref for one in found.get(day, ())}):
            found[day] = list(looks[start : end + 1])
    return found


def _at_night(held: list[Seen], people: People) -> Iterator[Found]:
    for entries in people.values():
        looks = _looks(entries)
        nights: dict[date, list[Seen]] = defaultdict(list)
        for one in looks:
            hour = one.at.astimezone(clock.LONDON).hour
            if hour >= NIGHT_FROM or hour < NIGHT_TO:
                nights[clock.day_of(one.at - timedelta(hours=NIGHT_TO))].append(one)
        late = [one for night in nights.values() if len(night) >= AT_NIGHT for one in night]
        if late and sum(map(len, nights.values())) <= len(looks) * NIGHT_SHARE:
            yield _found("out of hours", late, f"Opened {_records(late)} at night, which they seldom do.")


def _alone(held: list[Seen], people: People) -> Iterator[Found]:
    touched = _by_record(held)
    weeks: dict[int, dict[int, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for look in _looks(held):
        if not _is_linked(look, touched[look.ref]):
            weeks[look.person][look.at.isocalendar().week].append(look)
    count = len({one.at.isocalendar().week for one in held})
    for own in weeks.values():
        sizes = sorted(len({one.ref for one in looks}) for looks in own.values())
        # Weeks in which there was nothing of the kind count as well: what is usual may be nothing.
        usual = median([*[0] * (count - len(sizes)), *sizes[:-1]]) if count > 1 else 0
        looks = max(own.values(), key=lambda looks: len({one.ref for one in looks}))
        if sizes[-1] >= max(ALONE_IN_A_WEEK, usual * ALONE_TIMES_USUAL):
            said = (
                f"Opened {sizes[-1]} records in a week with which neither they nor a colleague did anything."
            )
            yield _found("without a task", looks, said)


def _is_linked(look: Seen, touched: Sequence[Seen]) -> bool:
    """Whether somebody worked on the record near the look, or a colleague opened it too."""
    return any(
        abs(one.at - look.at) <= LINKED_WITHIN and (not one.is_look or one.person != look.person)
        for one in touched
    )  # fmt: skip


def _much_looked_at(held: list[Seen], people: People) -> Iterator[Found]:
    lookers: dict[str, dict[int, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    workers: dict[str, set[int]] = defaultdict(set)
    for one in held:
        if one.is_look and one.ref:
            lookers[one.ref][one.person].append(one)
        elif one.ref:
            workers[one.ref].add(one.person)
    usual = median(len(by) for by in lookers.values()) if lookers else 0
    for ref, by in lookers.items():
        if len(by) >= LOOKERS and len(by) > usual * LOOKERS_TIMES_USUAL:
            for person, looks in by.items():
                if person not in workers[ref]:
                    said = f"One of {len(by)} people who opened {ref}, and did nothing with it."
                    yield _found("much looked at", looks, said)


def _records(entries: Sequence[Seen]) -> str:
    count = len({one.ref for one in entries})
    return "1 record" if count == 1 else f"{count} records"


RULES: Final[tuple[Rule, ...]] = (_oneself, _family, _in_bulk, _at_night, _alone, _much_looked_at)
PATTERNS: Final = {
    "oneself": "Looking at oneself", "family": "Looking at one's family name", "in bulk": "Looking in bulk",
    "out of hours": "Looking out of hours", "without a task": "Looking without a task",
    "much looked at": "A record that many look at",
}  # fmt: skip
