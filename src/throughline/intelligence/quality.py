"""A check of a report's words before it goes further: it advises, in plain words, and never forbids.

The rules and their sources are in ``phrases.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from throughline.intelligence.phrases import (
    NO_PLACE,
    NO_TIME,
    PLACE,
    SEARCHES,
    TIME,
    TOO_LONG,
    UNGRADED,
    UNLISTED,
    Rule,
)
from throughline.intelligence.report_rows import ReportDraft
from throughline.selectors.found_in_text import found_in_text

LONG: Final = 1_200
"""Characters of an item from which on it is likely to hold more than one matter; our judgement."""
LONG_IN_PARTS: Final = 500
"""The same for an item that is written in several paragraphs."""
WORDS_SHOWN: Final = 80
PLACES: Final = frozenset({"address", "postcode", "uprn"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One item as the check reads it; ``listed`` are the kind and the shown value of each selector confirmed in it."""

    number: int
    text: str
    is_graded: bool
    listed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: on which item (0 for the report as a whole), on which words, why, and what to do."""

    item: int
    words: str
    what: str
    why: str
    remedy: str

    @property
    def sentence(self) -> str:
        """All of it on one line, for a command."""
        where = f"Item {self.item}" if self.item else "The report"
        words = f" (“{self.words}”)" if self.words else ""
        return f"{where}{words}: {self.what[0].lower()}{self.what[1:]}. {self.remedy}"


def advice_on(title: str, items: Sequence[Statement], *, grading: bool = True) -> list[Advice]:
    """What could be better in a report, item by item in their order; an empty list when nothing was noticed.

    ``grading`` is False where the writer may not grade, and the desk will.
    """
    found = list(_phrases(0, title))
    for item in items:
        found += _on_words(item)
        if grading and not item.is_graded:
            found.append(_advice(UNGRADED, item.number))
    return found + list(_lacking(items))


def statements_of(draft: ReportDraft) -> list[Statement]:
    """The items of a report that is read but not yet kept."""
    return [
        Statement(item.number, item.text, bool(item.grade), tuple((s.kind, s.shown) for s in item.selectors))
        for item in draft.items
    ]


def advice_on_file(draft: ReportDraft) -> list[Advice]:
    """What could be better in a report from a file: in the words that stand there, not in what they leave out.

    A file carries its date in a column, and an item without a grade waits for a person: to say so of every row
    would bury the rest.
    """
    found = list(_phrases(0, draft.title))
    for item in statements_of(draft):
        found += _on_words(item)
    return found


def _on_words(item: Statement) -> Iterator[Advice]:
    """What offends in the words of an item."""
    yield from _phrases(item.number, item.text)
    if _is_long(item.text):
        yield _advice(TOO_LONG, item.number)
    for words in _unlisted(item):
        yield _advice(UNLISTED, item.number, words)


def _advice(rule: Rule, item: int, words: str = "") -> Advice:
    return Advice(item, words, rule.name, rule.why, rule.remedy)


def _phrases(number: int, text: str) -> Iterator[Advice]:
    """Each phrase once, in the order of the rules and then of the text."""
    for rule, search in SEARCHES.items():
        for words in dict.fromkeys(" ".join(hit[0].split()) for hit in search.finditer(text)):
            yield _advice(rule, number, words[:WORDS_SHOWN])


def _is_long(text: str) -> bool:
    return len(text) > (LONG_IN_PARTS if "\n\n" in text.strip() else LONG)


def _unlisted(item: Statement) -> list[str]:
    """What looks like a selector in the text and is not among the item's, as it stands in the text."""
    listed = {_bare(kind, shown) for kind, shown in item.listed}
    unlisted = [
        found
        for found in found_in_text(item.text)
        if _bare(found.selector.kind, found.selector.shown) not in listed
    ]
    return list(dict.fromkeys(" ".join(found.text.split())[:WORDS_SHOWN] for found in unlisted))


def _bare(kind: str, shown: str) -> tuple[str, str]:
    """A handle is the same whether or not its platform is named with it."""
    return kind, shown.partition(" on ")[0] if kind == "social" else shown


def _lacking(items: Sequence[Statement]) -> Iterator[Advice]:
    """What the report does not say in any of its items."""
    if not any(TIME.search(item.text) for item in items):
        yield _advice(NO_TIME, 0)
    has_place = any(kind in PLACES for item in items for kind, _ in item.listed)
    if not has_place and not any(PLACE.search(item.text) for item in items):
        yield _advice(NO_PLACE, 0)
