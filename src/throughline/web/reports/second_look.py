"""A second look at a report before it goes further: advice on its words."""

from dataclasses import dataclass

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.quality import Advice, Statement, advice_on, statements_of
from throughline.intelligence.queries import ReportPage
from throughline.intelligence.report_rows import ReportDraft


@dataclass(frozen=True, slots=True)
class Point:
    """One piece of advice as a page shows it: on which item, which words, why it matters, and what to do."""

    where: str
    href: str
    words: tuple[str, ...]
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is said before a report goes further; nothing at all when there is nothing to say."""

    advice: tuple[Point, ...] = ()


NOTHING_TO_SAY = SecondLook()


def second_look(reader: Reader, draft: ReportDraft) -> SecondLook:
    """What its writer should see before a report is recorded."""
    grading = reader.may(Permission.REPORT_GRADE)
    return SecondLook(_points(advice_on(draft.title, statements_of(draft), grading=grading)))


def look_before_circulating(found: ReportPage) -> SecondLook:
    """What should be seen before a graded report leaves its body."""
    items = [
        Statement(item.number, item.text, bool(item.grade), tuple((s.kind, s.shown) for s in item.selectors))
        for item in found.items
    ]
    return SecondLook(_points(advice_on(found.title, items)))


def _points(advice: list[Advice]) -> tuple[Point, ...]:
    """One point for each rule and item: its words stand together."""
    together: dict[tuple[int, str], list[Advice]] = {}
    for one in advice:
        together.setdefault((one.item, one.what), []).append(one)
    return tuple(_point(item, same) for (item, _), same in together.items())


def _point(item: int, same: list[Advice]) -> Point:
    first = same[0]
    is_title = not item and bool(first.words)
    where = f"Item {item}" if item else "The title" if is_title else "The report"
    href = f"#text-{item}" if item else "#title" if is_title else "#text-1"
    words = tuple(one.words for one in same if one.words)
    return Point(where, href, words, first.what, first.why, first.remedy)
