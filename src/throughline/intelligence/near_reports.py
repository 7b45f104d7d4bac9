"""Reports that may be the same as one about to be recorded, among those that its writer may know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, ItemSelector, Report
from throughline.intelligence.report_rows import ReportDraft
from throughline.organisations.queries import body_cards
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS, Selector

NEAR: Final = timedelta(days=7)
"""Two reports of one selector that lie no further apart may be of one event; our judgement."""
ALIKE: Final = 0.5
"""The share of their words that two reports have in common from which on they may be the same; our judgement."""
TELLING: Final = 0.5
"""A selector that tells less than this, such as a postcode, makes no two reports the same on its own."""
MOST_LOOKED_AT: Final = 200
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class NearReport:
    """A report that may be the same: what it shares, the days between, and how alike its words are (0 to 1)."""

    ref: str
    title: str
    owner_name: str
    date_of_intelligence: date
    shared: tuple[str, ...]
    days: int
    likeness: float


def near_reports(reader: Reader, draft: ReportDraft, *, size: int = 5) -> list[NearReport]:
    """Reports that share a selector with the draft and lie near it in time or in words, the likest first.

    Only what the reader may know is looked at, so the answer tells of nothing else. The look is journalled.
    """
    reader.require(Permission.REPORT_READ)
    selectors = {s for item in draft.items for s in item.selectors}
    if not selectors:
        return []
    with reading(reader):
        shared = _sharing(reader, selectors, draft.date_of_intelligence)
        rows = Report.objects.filter(pk__in=shared).exclude(state="rejected")
        others = rows.exclude(owner=reader.body, origin_ref=draft.report)
        found = _likest(list(others), shared, draft)[:size]
        if found:
            journal.note(
                Verb.CONSULT, "report search", why="looked for the same report before recording one",
                refs=[near.ref for near in found],
            )  # fmt: skip
    return found


def _sharing(reader: Reader, selectors: set[Selector], when: date) -> dict[int, set[Selector]]:
    """The reports that hold one of the selectors, by their number: those near in time, and the newest."""
    keys = {selector.key for selector in selectors}
    seen = Sighting.objects.filter(source="report", key__in=keys).order_by("-seen_on", "-id")
    near = seen.filter(seen_on__range=(when - NEAR, when + NEAR))
    rows = [
        *near.values_list("source_ref", "kind", "key")[:MOST_LOOKED_AT],
        *seen.values_list("source_ref", "kind", "key")[:MOST_LOOKED_AT],
    ]
    of_item = dict(Item.objects.filter(ref__in={ref for ref, _, _ in rows}).values_list("ref", "report_id"))
    # What is not graded has no sightings yet: a colleague may have written the same this morning.
    waiting = ItemSelector.objects.filter(
        key__in=keys, item__report__state="received", item__report__owner=reader.body
    ).values_list("item__report_id", "kind", "key")[:MOST_LOOKED_AT]
    held = [*((of_item.get(ref), kind, key) for ref, kind, key in rows), *waiting]
    return _by_report(held, selectors)


def _by_report(
    held: Iterable[tuple[int | None, str, str]], selectors: set[Selector]
) -> dict[int, set[Selector]]:
    out: dict[int, set[Selector]] = {}
    for report, kind, key in held:
        if report is not None and (selector := Selector(kind, key)) in selectors:
            out.setdefault(report, set()).add(selector)
    return out


def _likest(reports: list[Report], shared: dict[int, set[Selector]], draft: ReportDraft) -> list[NearReport]:
    texts: dict[int, list[str]] = {report.pk: [report.title] for report in reports}
    for report_id, text in Item.objects.filter(report__in=reports).values_list("report_id", "text"):
        texts[report_id].append(text)
    words = _words([draft.title, *(item.text for item in draft.items)])
    cards, out = body_cards(), []
    for report in reports:
        same, alike = shared[report.pk], _likeness(words, _words(texts[report.pk]))
        days = abs((report.date_of_intelligence - draft.date_of_intelligence).days)
        is_telling = any(KINDS[selector.kind].weight >= TELLING for selector in same)
        if alike >= ALIKE or (days <= NEAR.days and is_telling):
            out.append(
                NearReport(
                    report.ref, report.title, cards[report.owner].name, report.date_of_intelligence,
                    tuple(sorted(selector.shown for selector in same)), days, alike,
                )
            )  # fmt: skip
    return sorted(out, key=lambda near: (-near.likeness, near.days, near.ref))


def _words(texts: list[str]) -> set[str]:
    return set(_WORD.findall(" ".join(texts).casefold()))


def _likeness(one: set[str], other: set[str]) -> float:
    """The share of all their words that both use (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 0.0
