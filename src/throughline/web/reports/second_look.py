"""A second look at a report before it goes further: advice on its words, and reports that may be the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.near_reports import ALIKE, NearReport, near_reports
from throughline.intelligence.quality import Advice, Statement, advice_on, statements_of
from throughline.intelligence.queries import ReportPage
from throughline.intelligence.report_rows import ReportDraft
from throughline.web.words import plural


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
class Same:
    """A report that may be the same, and why."""

    ref: str
    title: str
    owner_name: str
    date_of_intelligence: date
    why: str


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is said before a report goes further; nothing at all when there is nothing to say."""

    advice: tuple[Point, ...] = ()
    same: tuple[Same, ...] = ()


MOST_SAME = 5
NOTHING_TO_SAY = SecondLook()


def second_look(reader: Reader, draft: ReportDraft, *, differs: Collection[str] = ()) -> SecondLook:
    """What its writer should see before a report is recorded; ``differs`` are reports said not to be the same."""
    grading = reader.may(Permission.REPORT_GRADE)
    points = _points(advice_on(draft.title, statements_of(draft), grading=grading))
    near = near_reports(reader, draft, size=MOST_SAME + len(differs))
    return SecondLook(points, tuple(_same(one) for one in near if one.ref not in differs)[:MOST_SAME])


def look_before_circulating(found: ReportPage) -> SecondLook:
    """What should be seen before a graded report leaves its body."""
    items = [
        Statement(item.number, item.text, bool(item.grade), tuple((s.kind, s.shown) for s in item.selectors))
        for item in found.items
    ]
    return SecondLook(_points(advice_on(found.title, items)))


def _same(near: NearReport) -> Same:
    when = "on the same day" if near.days == 0 else f"{plural(near.days, 'day')} apart"
    alike = "; much of its wording is the same" if near.likeness >= ALIKE else ""
    why = f"Both hold {' and '.join(near.shared)}; {when}{alike}."
    return Same(near.ref, near.title, near.owner_name, near.date_of_intelligence, why)


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
