"""The page of what became of lines after work on them, by tactic."""

from dataclasses import dataclass
from textwrap import shorten

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.operations.survival import Step
from throughline.operations.tactics import LOOKED_AT, Lasting, TacticRow, effect_of_tactics
from throughline.tasking.words import TACTICS
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

LEFT, WIDE, ROW, TOP = 330, 330, 30, 34
DRAWN = 28
"""The day after the work that the picture shows."""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A tactic in the picture: where its share lies, and the ends of its interval."""

    y: int
    name: str
    low: float
    share: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class TacticShown:
    """A tactic in words."""

    name: str
    works: int
    line_days: int
    silent: tuple[str, ...]
    replaced: tuple[str, ...]
    returned: tuple[str, ...]
    median: str


@require_safe
@needs(Permission.TASK_READ)
def tactics(request: Request) -> HttpResponse:
    """What became of lines after work on them, as far as the reader may know."""
    rows = effect_of_tactics(request.reader)
    drawn = [(row, row.silent.at[LOOKED_AT.index(DRAWN)]) for row in rows]
    whiskers = [
        Whisker(
            TOP + n * ROW,
            f"{shorten(TACTICS.get(row.tactic, row.tactic), 38, placeholder='…')} ({row.works})",
            _x(step.low),
            _x(step.share),
            _x(step.high),
            _percent(step),
        )
        for n, (row, step) in enumerate((row, step) for row, step in drawn if step)
    ]
    return page(
        request, "operations/tactics.html", title="Effect of tactics", active="operations",
        rows=[_shown(row) for row in rows], whiskers=whiskers, height=TOP + len(whiskers) * ROW + 10, days=LOOKED_AT,
        drawn=DRAWN, ticks=[(LEFT + WIDE * n // 4, f"{25 * n}%") for n in range(5)],
    )  # fmt: skip


def _x(share: float) -> float:
    return round(LEFT + WIDE * share, 1)


def _shown(row: TacticRow) -> TacticShown:
    median = f"{row.silent.median} days" if row.silent.median is not None else "Not yet half"
    return TacticShown(
        TACTICS.get(row.tactic, row.tactic), row.works, row.line_days, _shares(row.silent),
        _shares(row.not_replaced, -1), _shares(row.not_returned, -1), median,
    )  # fmt: skip


def _shares(lasting: Lasting, sign: int = 1) -> tuple[str, ...]:
    return tuple(_percent(step, sign) if step else "Not followed so long" for step in lasting.at)


def _percent(step: Step, sign: int = 1) -> str:
    """A share with its interval; with ``sign`` -1 that of what has ended."""
    share, low, high = (
        (step.share, step.low, step.high) if sign > 0 else (1 - step.share, 1 - step.high, 1 - step.low)
    )
    return f"{share:.0%} ({low:.0%} to {high:.0%})"
