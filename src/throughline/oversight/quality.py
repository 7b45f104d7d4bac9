"""Quality of what is held, against the POLE minimum standard: figures by body, what to mend, and orphans.

Everything is read as the reader may know it, under row-level security and no other rule.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, ItemSelector, Report
from throughline.intelligence.pole import RULES, Rule, rules_asked, shortfalls_of
from throughline.intelligence.report_rows import ItemDraft
from throughline.intelligence.sanitising import CURRENT
from throughline.lines.models import CountyLine, Evidence
from throughline.organisations.queries import body_cards
from throughline.oversight.queries import KEPT_BACK, Count
from throughline.oversight.suppressing import keep_back
from throughline.selectors.models import Sighting
from throughline.selectors.registry import Selector

MOST: Final = 10_000
"""Items that are judged for the figures, the newest: past it the page would be slow, and says so."""
LOOKED: Final = 2_000
"""Reports that are looked through for one page of what to mend."""
SHOWN: Final = 25


@dataclass(frozen=True, slots=True)
class BodyQuality:
    """Of how many items of a body, as the reader may know them, how many keep every rule."""

    code: str
    name: str
    is_own: bool
    count: Count


@dataclass(frozen=True, slots=True)
class RuleQuality:
    """Of how many items a rule is asked, and how many fall short of it: in the reader's own body, and in all shown."""

    rule: Rule
    own: Count
    shown: Count


@dataclass(frozen=True, slots=True)
class Orphans:
    """Records of the reader's own body that nothing can find. ``items`` have a grade and a selector and no sighting;
    ``lines`` are led by the body and rest on no evidence. Each with how many were looked at, and the first references.
    """

    items: Count
    reports: tuple[str, ...]
    lines: Count
    line_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures; ``is_cut`` where there are more items than are judged. Of ``kept_back`` bodies nothing is shown."""

    bodies: tuple[BodyQuality, ...]
    rules: tuple[RuleQuality, ...]
    orphans: Orphans
    judged: int
    is_cut: bool
    kept_back: int


@dataclass(frozen=True, slots=True)
class Mend:
    """An item that falls short: of which report, and in what."""

    report: str
    title: str
    item: int
    day: date
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class MendList:
    """A page of them, newest first, and the reference after which the next begins ('' at the end)."""

    rows: tuple[Mend, ...]
    next_before: str
    looked: int


@dataclass(frozen=True, slots=True)
class _Judged:
    owner: int
    ref: str
    report: str
    title: str
    day: date
    is_graded: bool
    draft: ItemDraft
    short: tuple[Rule, ...]


def data_quality(reader: Reader) -> Quality:
    """The figures of the newest items that the reader may know. Journalled."""
    reader.require(Permission.OVERSIGHT_READ)
    with reading(reader):
        items = _items(Item.objects.filter(report__state__in=CURRENT), MOST + 1)
        judged = _judged(items[:MOST])
        own = [one for one in judged if one.owner == reader.body]
        orphans = _orphans(reader, own)
        journal.note(Verb.CONSULT, "data quality", why="looked at the figures of data quality")
    cards = body_cards()
    cases = Counter(one.owner for one in judged)
    good = Counter(one.owner for one in judged if not one.short)
    hidden = keep_back(cases, {body: cards[body].region for body in cases}, own=[reader.body]).hidden
    bodies = tuple(
        BodyQuality(
            cards[body].code, cards[body].name, body == reader.body,
            KEPT_BACK if body in hidden else Count(good[body], cases[body]),
        )
        for body in sorted(cases, key=lambda body: (body != reader.body, cards[body].name))
    )  # fmt: skip
    shown = [one for one in judged if one.owner not in hidden]
    return Quality(bodies, _by_rule(own, shown), orphans, len(judged), len(items) > MOST, len(hidden))


def reports_to_mend(reader: Reader, *, rule: str = "", before: str = "", size: int = SHOWN) -> MendList:
    """Items of the reader's own body that fall short (of one rule, by its code), the newest first; journalled.

    It looks through ``LOOKED`` reports after ``before`` at most, so a page may be short, or empty, and have a next.
    """
    reader.require(Permission.REPORT_CORRECT)
    with reading(reader):
        found, last, looked = _found(reader, rule, before, size)
        journal.note(
            Verb.CONSULT, "data quality", why="looked at what to mend",
            refs=list(dict.fromkeys(one.report for one in found)),
        )  # fmt: skip
    return MendList(tuple(found), last, looked)


def _found(reader: Reader, rule: str, before: str, size: int) -> tuple[list[Mend], str, int]:
    """The items, the last report that was looked at where there are more, and how many reports were."""
    rows = Report.objects.filter(owner=reader.body, state__in=CURRENT).order_by("-id")
    if before and (mark := Report.objects.filter(ref=before).values_list("id", flat=True).first()):
        rows = rows.filter(id__lt=mark)
    reports = list(rows.values_list("id", "ref")[: LOOKED + 1])
    found: list[Mend] = []
    looked = 0
    while looked < min(len(reports), LOOKED) and len(found) < size:
        chunk = reports[looked : min(looked + size * 4, LOOKED)]
        items = _items(Item.objects.filter(report__in=[number for number, _ in chunk]), None)
        short = {
            ref: list(ones)
            for ref, ones in groupby((_mend(one) for one in _judged(items) if _is_short(one, rule)),
                                     lambda mend: mend.report)
        }  # fmt: skip
        for _, ref in chunk:
            looked += 1
            found += short.get(ref, [])
            if len(found) >= size:
                break
    return found, reports[looked - 1][1] if looked < len(reports) else "", looked


def _is_short(one: _Judged, rule: str) -> bool:
    return any(not rule or broken.code == rule for broken in one.short)


def _mend(one: _Judged) -> Mend:
    return Mend(one.report, one.title, one.draft.number, one.day, one.short)


def _items(rows: QuerySet[Item], most: int | None) -> list[Item]:
    fields = ("ref", "number", "text", "handling", "owner", "report__ref", "report__title",
              "report__date_of_intelligence")  # fmt: skip
    return list(rows.select_related("report").only(*fields).order_by("-report_id", "number")[:most])


def _judged(items: Sequence[Item]) -> list[_Judged]:
    selectors = defaultdict[int, list[Selector]](list)
    held = ItemSelector.objects.filter(item__in=[item.pk for item in items]).order_by("id")
    for item, kind, key in held.values_list("item_id", "kind", "key"):
        selectors[item].append(Selector(kind, key))
    return [_judge(item, tuple(selectors[item.pk])) for item in items]


def _judge(item: Item, selectors: tuple[Selector, ...]) -> _Judged:
    day = item.report.date_of_intelligence
    draft = ItemDraft(item.number, item.text, None, selectors, line=0)
    return _Judged(
        item.owner, item.ref, item.report.ref, item.report.title, day, bool(item.handling), draft,
        shortfalls_of(draft, day),
    )  # fmt: skip


def _by_rule(own: Iterable[_Judged], shown: Iterable[_Judged]) -> tuple[RuleQuality, ...]:
    ours, of_all = _tally(own), _tally(shown)
    return tuple(RuleQuality(rule, ours[rule.code], of_all[rule.code]) for rule in RULES)


def _tally(items: Iterable[_Judged]) -> dict[str, Count]:
    """By code of rule: how many fall short, of how many that are asked."""
    short, asked = Counter[str](), Counter[str]()
    for one in items:
        asked.update(rule.code for rule in rules_asked(one.draft, one.day))
        short.update(rule.code for rule in one.short)
    return {rule.code: Count(short[rule.code], asked[rule.code]) for rule in RULES}


def _orphans(reader: Reader, own: Iterable[_Judged]) -> Orphans:
    findable = [one for one in own if one.is_graded and one.draft.selectors]
    seen = set(
        Sighting.objects.filter(source_ref__in=[one.ref for one in findable]).values_list(
            "source_ref", flat=True
        )
    )
    lost = [one for one in findable if one.ref not in seen]
    lines = list(
        CountyLine.objects.filter(lead=reader.body)
        .annotate(has_evidence=Exists(Evidence.objects.filter(line=OuterRef("pk"), withdraws=None, withdrawal=None)))
        .order_by("-id").values_list("ref", "has_evidence")[:MOST]
    )  # fmt: skip
    bare = [ref for ref, has_evidence in lines if not has_evidence]
    return Orphans(
        Count(len(lost), len(findable)), tuple(dict.fromkeys(one.report for one in lost))[:SHOWN],
        Count(len(bare), len(lines)), tuple(bare[:SHOWN]),
    )  # fmt: skip
