"""Results as a page shows them: in groups, so many of each, with the pages that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import item_reports
from throughline.lines.queries import NAMED, OnLine
from throughline.matching.people.links import links_with
from throughline.search.highlights import Piece
from throughline.search.narrowed import GROUPS
from throughline.search.queries import (
    MOST_PEOPLE,
    MOST_REPORTS,
    MOST_VALUES,
    Found,
    FoundHit,
    FoundInterest,
    FoundReport,
    FoundValue,
)
from throughline.selectors.registry import Selector
from throughline.web.lines.words import STATES
from throughline.web.links.shown import LinkBeside, links_shown
from throughline.web.words import day, plural

FEW, PAGE = 5, 25
"""Of each kind where all kinds are shown, and of one kind on a page."""
MOST = {"people": MOST_PEOPLE, "values": MOST_VALUES, "reports": MOST_REPORTS, "interests": MOST_VALUES,
        "hits": MOST_VALUES, "lines": NAMED}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A page to open, and its words; without an address the words alone."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One result: its title in pieces, where it leads, a passage, lines in grey, a state, and where it was seen."""

    title: tuple[Piece, ...]
    href: str
    passage: tuple[Piece, ...]
    lines: tuple[str, ...]
    state: str
    links: tuple[Link, ...]
    may_be: tuple[Link, ...] = ()
    """Links to who a person may also be."""


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of result: its rows on this page, how many in words, and the page before and after ('' if none)."""

    key: str
    heading: str
    count: str
    rows: tuple[Row, ...]
    is_whole: bool


def groups_shown(reader: Reader, found: Found, *, group: str, page: int) -> tuple[Group, ...]:
    """Every kind with results, the first few of each; or one page of the one kind that was asked for."""
    wanted = [group] if group in GROUPS else list(GROUPS)
    return tuple(_group(reader, found, key, page if group else 0) for key in wanted if found.count(key))


def last_page(found: Found, group: str) -> int:
    """The number of the last page of a kind."""
    return max(1, -(-found.count(group) // PAGE)) if group in GROUPS else 1


def _group(reader: Reader, found: Found, key: str, page: int) -> Group:
    rows = getattr(found, key)
    part = rows[(page - 1) * PAGE : page * PAGE] if page else rows[:FEW]
    count = f"The first {len(rows)}" if len(rows) >= MOST[key] else plural(len(rows), "result")
    return Group(key, GROUPS[key], count, _rows(reader, part), len(part) == len(rows))


def _rows(
    reader: Reader, part: Sequence[FoundReport | FoundValue | FoundInterest | FoundHit | OnLine]
) -> tuple[Row, ...]:
    refs = [seen.ref for one in part if isinstance(one, FoundValue) for seen in one.seen]
    reports = item_reports(reader, refs) if refs else {}
    people = [Selector(one.kind, one.key) for one in part if isinstance(one, FoundValue)]
    linked = links_shown(links_with(reader, people), people)
    return tuple(_row(reader, one, reports, linked) for one in part)


def _row(
    reader: Reader,
    one: FoundReport | FoundValue | FoundInterest | FoundHit | OnLine,
    reports: dict[str, str],
    linked: Sequence[LinkBeside],
) -> Row:
    match one:
        case FoundReport():
            terms = (
                ("It is under handling conditions: open it to read them first.",)
                if one.is_conditioned
                else ()
            )
            said = f"{one.owner_name}, intelligence of {day(one.date_of_intelligence)}"
            return Row(
                one.title,
                reverse("report", args=[one.ref]),
                one.passage,
                (*terms, said, one.ref),
                one.state,
                (),
            )
        case FoundValue():
            often = f"seen {one.times} times or more" if one.is_more else f"seen {plural(one.times, 'time')}"
            said = f"{one.kind_label}: {one.why}"
            where = f"{often[0].upper()}{often[1:]} by {', '.join(one.bodies)}, last on {day(one.last_on)}"
            links = tuple(
                Link(seen.ref, _page_of(reader, seen.ref, seen.source, reports)) for seen in one.seen
            )
            return Row(one.shown, "", (), (said, where), "", links, _may_be(one, linked))
        case FoundInterest():
            return Row(one.shown, reverse("interests"), (), (f"{one.kind_label}, {one.ref}", one.why), "", ())
        case OnLine():
            return Row(
                (Piece(one.name),), reverse("line", args=[one.ref]), (), (one.ref, STATES[one.state]), "", ()
            )
        case FoundHit():
            said = f"{one.kind_label}, also held by {one.other_name}"
            return Row(one.shown, reverse("hit", args=[one.ref]), (), (said, one.ref), one.state, ())


def _may_be(one: FoundValue, linked: Sequence[LinkBeside]) -> tuple[Link, ...]:
    """Who a person may also be; of one whom another body holds, the body to ring."""
    shown = Selector(one.kind, one.key).shown
    found = ((link, {link.one: link.other, link.other: link.one}[shown]) for link in linked
             if shown in (link.one, link.other))  # fmt: skip
    return tuple(
        Link(other or f"somebody known to {', '.join(body.name for body in link.pointed)}",
             reverse("link", args=[link.ref])) for link, other in found
    )  # fmt: skip


def _page_of(reader: Reader, ref: str, source: str, reports: dict[str, str]) -> str:
    if source == "interest":
        return reverse("interests") if reader.may(Permission.INTEREST_KEEP) else ""
    return reverse("report", args=[reports[ref]]) if ref in reports else ""
