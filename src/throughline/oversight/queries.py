"""The indicators worked out: for the nation, each region, each body and each month, small numbers kept back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.views import LEVELS
from throughline.organisations.queries import BodyCard, body_cards
from throughline.oversight.funnel import verdict_of
from throughline.oversight.indicators import INDICATORS, Indicator
from throughline.oversight.suppressing import SMALLEST, keep_back
from throughline.tasking.words import REASONS

MONTHS = 12
"""Whole months that the figures cover, up to the last that has ended, and the one under way."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many; None where it is kept back, because it is small or would give a small one away."""

    numerator: int | None
    denominator: int | None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there is no case or it is kept back."""
        return self.numerator / self.denominator if self.denominator and self.numerator is not None else None


KEPT_BACK = Count(None, None)


@dataclass(frozen=True, slots=True)
class BodyFigure:
    """A body's figure, and where it lies beside bodies of its level ('' where that cannot be said)."""

    code: str
    name: str
    region: str
    level: str
    count: Count
    verdict: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One indicator as one reader may know it. ``common`` is the share of all bodies of each level that are shown."""

    indicator: Indicator
    nation: Count
    regions: tuple[tuple[str, Count], ...]
    bodies: tuple[BodyFigure, ...]
    months: tuple[tuple[date, Count], ...]
    own_months: tuple[tuple[date, Count], ...]
    common: Mapping[str, float]

    def of_region(self, name: str) -> Count:
        """The figure of a region; no case where it has none."""
        return dict(self.regions).get(name, Count(0, 0))


@dataclass(frozen=True, slots=True)
class Measured:
    """Every indicator, over which days (``until`` is the day after the last), and as at when; for whom, of where."""

    since: date
    until: date
    as_at: datetime
    body_name: str
    region: str
    figures: tuple[Figures, ...]

    def of(self, key: str) -> Figures | None:
        """The figures of one indicator; None if there is none of that key."""
        return next((one for one in self.figures if one.indicator.key == key), None)


Cell = tuple[int, date, int, int]
"""Body, month, numerator, denominator."""


def measured(reader: Reader, *, why: str = "looked at the indicators") -> Measured:
    """The indicators of the last twelve months and the one under way, as far as this reader may know. Journalled.

    A reader's own body is theirs to know in full; of others nothing is given that rests on fewer than SMALLEST cases.
    """
    reader.require(Permission.OVERSIGHT_READ)
    now = clock.now()
    since, until = period_of(clock.day_of(now))
    with reading(reader), connection.cursor() as cursor:
        cursor.execute(
            "select indicator, body, month, numerator, denominator from oversight_counts(%s, %s, %s, %s, %s)",
            [since, until, now, json.dumps(LEVELS), list(REASONS)],
        )
        rows = cursor.fetchall()
        journal.note(Verb.CONSULT, "indicators", why=why)
    cells: dict[str, list[Cell]] = {one.key: [] for one in INDICATORS}
    for key, *cell in rows:
        cells[key].append((cell[0], cell[1], cell[2], cell[3]))
    cards = body_cards()
    figures = tuple(_figures(one, cells[one.key], cards, own=reader.body, since=since) for one in INDICATORS)
    return Measured(since, until, now, reader.body_name, cards[reader.body].region, figures)


def period_of(today: date) -> tuple[date, date]:
    """The first day of the period, and the day after its last: twelve whole months and the one under way."""
    until = _month_on(today, 1)
    return _month_on(until, -MONTHS - 1), until


def _month_on(day: date, months: int) -> date:
    n = day.year * 12 + day.month - 1 + months
    return date(n // 12, n % 12 + 1, 1)


def _figures(
    indicator: Indicator, cells: list[Cell], cards: Mapping[int, BodyCard], *, own: int, since: date
) -> Figures:
    by_body = {body: _sum(c for c in cells if c[0] == body) for body in {c[0] for c in cells}}
    region_of = {body: cards[body].region for body in by_body}
    shown = keep_back({body: d for body, (_, d) in by_body.items()}, region_of, own=[own])
    months = [_month_on(since, n) for n in range(MONTHS + 1)]
    in_month = {month: [c for c in cells if c[1] == month] for month in months}
    cases = {n: _sum(in_month[month])[1] for n, month in enumerate(months)}
    months_shown = keep_back(cases, dict.fromkeys(cases, ""))
    months_are_shown = shown.total and months_shown.total
    visible = {body: Count(*n) for body, n in by_body.items() if body not in shown.hidden}
    common = _common(visible, cards)
    return Figures(
        indicator,
        _total(cells, is_shown=shown.total),
        tuple(
            (region, _total([c for c in cells if cards[c[0]].region == region], is_shown=region in shown.groups))
            for region in sorted(set(region_of.values()))
        ),
        tuple(
            _body(cards[body], visible.get(body, KEPT_BACK), common)
            for body in sorted(by_body, key=lambda body: cards[body].name)
        ),
        tuple(
            (month, _total(in_month[month], is_shown=months_are_shown and n not in months_shown.hidden))
            for n, month in enumerate(months)
        ),
        tuple((month, Count(*_sum(c for c in cells if c[:2] == (own, month)))) for month in months),
        common,
    )  # fmt: skip


def _total(cells: Iterable[Cell], *, is_shown: bool) -> Count:
    return Count(*_sum(cells)) if is_shown else KEPT_BACK


def _sum(cells: Iterable[Cell]) -> tuple[int, int]:
    held = list(cells)
    return sum(c[2] for c in held), sum(c[3] for c in held)


def _common(visible: Mapping[int, Count], cards: Mapping[int, BodyCard]) -> dict[str, float]:
    """The share of all bodies of a level together: like is held against like."""
    levels: dict[str, tuple[int, int]] = {}
    for body, count in visible.items():
        n, d = levels.get(cards[body].level, (0, 0))
        levels[cards[body].level] = n + (count.numerator or 0), d + (count.denominator or 0)
    return {level: n / d for level, (n, d) in levels.items() if d}


def _body(card: BodyCard, count: Count, common: Mapping[str, float]) -> BodyFigure:
    verdict = ""
    if count.share is not None and count.denominator and count.denominator >= SMALLEST:
        verdict = verdict_of(count.share, count.denominator, common[card.level])
    return BodyFigure(card.code, card.name, card.region, card.level, count, verdict)
