"""The indicators in a list, one of them with its pictures, and all of them as a document ready for an inspection."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.oversight.indicators import BY_KEY, FINDINGS
from throughline.oversight.queries import Count, Figures, Measured, measured
from throughline.web.documents import Part, document_answer
from throughline.web.oversight.drawn import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    funnel_drawn,
    months_drawn,
)
from throughline.web.oversight.words import WHY_HIDDEN, cases_of, month_of, period_of, region_named, share_of
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import moment

LEVELS = {"local": "Forces", "regional": "Regional units", "national": "National bodies"}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in a table: whose, the share, how many of how many, and beside the rest."""

    name: str
    share: str
    cases: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """An indicator in the list: the reader's own body beside its region and the nation."""

    key: str
    name: str
    own: Row
    region: Row
    nation: Row


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What the inspectorate said, the indicators that answer it, and what none of them can show."""

    words: str
    is_unverified: bool
    not_measured: str
    rows: tuple[ListedIndicator, ...]


@require_safe
@needs(Permission.OVERSIGHT_READ)
def indicators(request: Request) -> HttpResponse:
    """Every indicator under what it answers, the reader's own body beside its region and the nation."""
    found = measured(request.reader)
    shown = [
        FindingShown(
            finding.words, finding.is_unverified, finding.not_measured,
            tuple(
                _listed(one, request.reader.body_code, found.region)
                for one in found.figures if finding in one.indicator.answers
            ),
        )
        for finding in FINDINGS
    ]  # fmt: skip
    return page(
        request, "oversight/indicators.html", title="Indicators", active="indicators", findings=shown,
        period=period_of(found), as_at=found.as_at, body_name=found.body_name, why_hidden=WHY_HIDDEN,
        region_name=region_named(found.region),
    )  # fmt: skip


@require_safe
@needs(Permission.OVERSIGHT_READ)
def indicator(request: Request, key: str) -> HttpResponse:
    """One indicator: what it is, its months, its bodies in a funnel, and its regions."""
    if key not in BY_KEY:
        raise Http404
    found = measured(request.reader, why=f"looked at the indicator {key}")
    figures = found.of(key)
    assert figures is not None  # noqa: S101 every key has its figures
    return page(
        request, "oversight/indicator.html", title=figures.indicator.name, active="indicators",
        definition=figures.indicator, period=period_of(found), as_at=found.as_at, body_name=found.body_name,
        why_hidden=WHY_HIDDEN, months=months_drawn(figures, found.body_name),
        funnels=[
            (level, name, funnel) for level, name in LEVELS.items() if (funnel := funnel_drawn(figures, level))
        ],
        nation=_row("The nation", figures.nation), by_month=_by_month(figures),
        regions=[
            *(_row(region_named(region), count) for region, count in figures.regions),
            _row("The nation", figures.nation),
        ],
        bodies=[_row(body.name, body.count, body.verdict) for body in figures.bodies],
        ys=[(round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - n / 4), 1), f"{25 * n}%") for n in range(5)],
        box=(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM),
    )  # fmt: skip


@require_safe
@needs(Permission.OVERSIGHT_READ)
def self_assessment(request: Request) -> HttpResponse:
    """Every indicator with its definition, figures, as-at and caveats, as an accessible PDF."""
    found = measured(request.reader, why="made the self-assessment")
    intro = Part(
        "What this is",
        (
            f"Indicators worked out from what is recorded, for {period_of(found)}, as at {moment(found.as_at)}.",
            WHY_HIDDEN,
            "Bodies differ in what they meet, so a difference between two is a question to ask and not its answer.",
        ),
    )
    parts = [intro, _answers(found), *(_part(one, found.body_name) for one in found.figures)]
    return document_answer(request.reader, "Self-assessment", parts, name="self-assessment")


def _answers(found: Measured) -> Part:
    """Each finding with what measures it, how the nation stands by that, and what of it cannot be measured."""
    return Part(
        "What was found, and what measures it",
        ("The findings are in our words. One that is not verified is known from coverage, and not from the report.",),
        ("Finding", "Measured by, for the nation", "Not measured here"),
        tuple(
            (
                f"{finding.words}{' (not verified)' if finding.is_unverified else ''}",
                "; ".join(
                    f"{one.indicator.name}: {share_of(one.nation)}"
                    for one in found.figures if finding in one.indicator.answers
                ),
                finding.not_measured or "Nothing to add",
            )
            for finding in FINDINGS
        ),
    )  # fmt: skip


def _part(figures: Figures, body_name: str) -> Part:
    one = figures.indicator
    own = _own(figures)
    apart = [body for body in figures.bodies if body.verdict.startswith("Far")]
    return Part(
        one.name,
        (
            one.measures,
            f"Counted: {one.numerator}. Of: {one.denominator}. From: {one.source}.",
            *one.caveats,
            *(f"{finding.words}{' (not verified)' if finding.is_unverified else ''}" for finding in one.answers),
        ),
        ("Who", "Share#", "Cases#", "Beside others of its level"),
        (
            ("The nation", share_of(figures.nation), cases_of(figures.nation), ""),
            (body_name, share_of(own), cases_of(own), _verdict(figures, body_name)),
            *((region_named(region), share_of(count), cases_of(count), "") for region, count in figures.regions),
            *((body.name, share_of(body.count), cases_of(body.count), body.verdict) for body in apart),
        ),
    )  # fmt: skip


def _own(figures: Figures) -> Count:
    counts = [count for _, count in figures.own_months]
    return Count(sum(c.numerator or 0 for c in counts), sum(c.denominator or 0 for c in counts))


def _verdict(figures: Figures, body_name: str) -> str:
    return next((body.verdict for body in figures.bodies if body.name == body_name), "")


def _listed(figures: Figures, own: str, region: str) -> ListedIndicator:
    mine = next((body for body in figures.bodies if body.code == own), None)
    return ListedIndicator(
        figures.indicator.key, figures.indicator.name,
        _row("", _own(figures), mine.verdict if mine else ""), _row("", figures.of_region(region)),
        _row("", figures.nation),
    )  # fmt: skip


def _by_month(figures: Figures) -> list[tuple[str, Row, Row]]:
    return [
        (month_of(month), _row("", nation), _row("", own))
        for (month, nation), (_, own) in zip(figures.months, figures.own_months, strict=True)
    ]


def _row(name: str, count: Count, verdict: str = "") -> Row:
    return Row(name, share_of(count), cases_of(count), verdict)
