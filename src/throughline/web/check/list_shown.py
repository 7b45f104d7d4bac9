"""A list that was checked as its page and its file show it: one row for each value, with who holds it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from throughline.access.reader import Reader
from throughline.kernel.error_file import inert
from throughline.matching.bulk_queries import BulkAnswer, Refusal
from throughline.matching.queries import Holding
from throughline.selectors.registry import KINDS
from throughline.web.asked import asked_words
from throughline.web.check.answer import ask_href
from throughline.web.words import day, plural

COLUMNS = ("line", "typed", "kind", "value", "times_on_the_list", "degree", "body", "desk", "desk_email", "ref",
           "since", "times_seen", "note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """One body that holds a value, in words."""

    degree: str
    body_name: str
    words: str
    ask_href: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of a list."""

    line: int
    shown: str
    kind_label: str
    times: int
    holders: tuple[Holder, ...]
    asked: str


def value_row(reader: Reader, answer: BulkAnswer) -> ValueRow:
    """One value with its holders, each in a sentence."""
    return ValueRow(
        answer.line, answer.selector.shown, KINDS[answer.selector.kind].label, answer.times,
        tuple(_holder(reader, h) for h in answer.holdings), asked_words(answer.asked),
    )  # fmt: skip


def _holder(reader: Reader, held: Holding) -> Holder:
    if held.degree == "existence":
        return Holder("existence", held.body_name, f"Ring {held.desk}", ask_href(reader, held))
    seen = "once, on" if held.times == 1 else f"{plural(held.times or 0, 'time')} since"
    return Holder("content", held.body_name, f"{held.ref}, seen {seen} {day(held.since)}")


def as_csv(answers: Iterable[BulkAnswer], refused: Sequence[Refusal]) -> str:
    """The whole answer as a file: a row for each value and holder, one for each value of which nothing is known,
    and one for each line that could not be read."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in [*_answer_rows(answers), *_refused_rows(refused)]:
        writer.writerow([inert("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def _answer_rows(answers: Iterable[BulkAnswer]) -> Iterator[tuple[object, ...]]:
    for a in answers:
        start = (a.line, a.typed, a.selector.kind, a.selector.shown, a.times)
        note = asked_words(a.asked)
        for h in a.holdings:
            yield (*start, h.degree, h.body, h.desk, h.desk_email, h.ref, h.since, h.times, note)
        if not a.holdings:
            yield (*start, "nothing", "", "", "", "", "", "", note)


def _refused_rows(refused: Sequence[Refusal]) -> Iterator[tuple[object, ...]]:
    for one in refused:
        yield (one.line, one.typed, "", "", "", "refused", "", "", "", "", "", "", one.problem)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A value that another body's list asked about."""

    shown: str
    kind_label: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, unless silently."""

    body_name: str
    desk: str
    person: str
    why: str
    at: datetime
