"""Rows of evidence put together for scoring: which words rest on which items, and of when each item is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.lines.scoring.scheme import ANY, Rung, Scheme


@dataclass(frozen=True, slots=True)
class Row:
    """A row of evidence that stands: what it says in one word, of which item, body, grade and day."""

    statement: str
    word: str
    item: str
    body: str
    grade: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts on a day: the items behind each word, and the day, body and grade of each item."""

    on: date
    words: Mapping[str, Mapping[str, frozenset[str]]]
    days: Mapping[str, date]
    bodies: frozenset[str]
    grades: Mapping[str, str]

    def meets(self, rung: Rung) -> bool:
        """Whether this reaches a rung."""
        if rung.days:
            since = self.on - timedelta(days=rung.days)
            return sum(day > since for day in self.days.values()) >= rung.least
        return sum(self._how_many(name, wanted) for name, wanted in rung.of.items()) >= rung.least

    def items_of(self, rung: Rung) -> frozenset[str]:
        """The items on which a rung rests."""
        if rung.days:
            since = self.on - timedelta(days=rung.days)
            return frozenset(item for item, day in self.days.items() if day > since)
        return frozenset(
            item
            for name, words in self._matching(rung).items()
            for word in words
            for item in self.words[name][word]
        )

    def _how_many(self, name: str, wanted: frozenset[str]) -> int:
        words = self.words.get(name, {})
        return len(words) if ANY in wanted else sum(word in words for word in wanted)

    def _matching(self, rung: Rung) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(self.words[name]) if ANY in wanted else wanted & self.words[name].keys()
            for name, wanted in rung.of.items()
            if name in self.words
        }


def seen(rows: Iterable[Row], *, on: date, scheme: Scheme, without: str = "") -> Seen:
    """Put rows together as of a day, in whatever order they come; later days and grades left out count for nothing.

    ``without`` leaves one item out, to say what rests on it alone.
    """
    words: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    days: dict[str, date] = {}
    grades: dict[str, str] = {}
    bodies: set[str] = set()
    for row in rows:
        if row.seen_on > on or row.grade[:2] in scheme.left_out or row.item == without:
            continue
        words[row.statement][row.word].add(row.item)
        days[row.item] = max(row.seen_on, days.get(row.item, row.seen_on))
        grades[row.item] = min(row.grade, grades.get(row.item, row.grade))
        bodies.add(row.body)
    held = {name: {word: frozenset(items) for word, items in of.items()} for name, of in words.items()}
    return Seen(on, held, days, frozenset(bodies), grades)
