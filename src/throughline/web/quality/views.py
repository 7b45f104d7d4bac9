"""How good what is held is, body by body and rule by rule, and what a body has to mend."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.pole import BY_CODE, RULES
from throughline.kernel import clock
from throughline.oversight.quality import LOOKED, BodyQuality, data_quality, reports_to_mend
from throughline.oversight.suppressing import SMALLEST
from throughline.web.oversight.words import cases_of, share_of
from throughline.web.page import HIGHEST, page
from throughline.web.request import Request
from throughline.web.spreadsheet import csv_answer
from throughline.web.view import needs
from throughline.web.words import moment

STEP, LEFT, WIDTH = 26, 76, 640
COLUMNS = ("report", "title", "item", "date_of_intelligence", "rule", "what", "what_to_do", "verified")
MOST_IN_FILE = 2_000
"""Items in a file; each look at the store goes through LOOKED reports."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A body in the picture: where its bar stands, how long it is, and what it says."""

    y: int
    length: float
    code: str
    share: str
    is_own: bool


@require_safe
@needs(Permission.OVERSIGHT_READ)
def quality(request: Request) -> HttpResponse:
    """The score of each body that the reader may see, each rule with its cases, and orphans."""
    found = data_quality(request.reader)
    shown = [body for body in found.bodies if body.count.denominator]
    return page(
        request, "quality/quality.html", title="Data quality", active="quality", found=found, now=clock.now(),
        bars=[_bar(n, body) for n, body in enumerate(shown)], box=(LEFT + WIDTH + 64, STEP * len(shown) + 8, LEFT),
        bodies=[(body.name, body.is_own, share_of(body.count), cases_of(body.count)) for body in found.bodies],
        rules=[(one.rule, cases_of(one.own), share_of(one.own), cases_of(one.shown), share_of(one.shown))
               for one in found.rules],
        lost_items=cases_of(found.orphans.items), bare_lines=cases_of(found.orphans.lines), smallest=SMALLEST,
        body_name=request.reader.body_name, may_mend=request.reader.may(Permission.REPORT_CORRECT),
        may_know=request.reader.may(Permission.REPORT_READ),
    )  # fmt: skip


@require_safe
@needs(Permission.REPORT_CORRECT)
def quality_mend(request: Request) -> HttpResponse:
    """What the reader's own body has to mend, the newest first, of all rules or of one."""
    rule, before = _rule(request), request.GET.get("before", "")
    found = reports_to_mend(request.reader, rule=rule, before=before)
    return page(
        request, "quality/mend.html", title="Reports to mend", active="quality", found=found, rules=RULES, rule=rule,
        sees_figures=request.reader.may(Permission.OVERSIGHT_READ), body_name=request.reader.body_name,
        newest=_address(rule, "") if before else "", most=LOOKED,
        older=_address(rule, found.next_before) if found.next_before else "",
    )  # fmt: skip


@require_safe
@needs(Permission.REPORT_CORRECT)
def quality_csv(request: Request) -> HttpResponse:
    """The same list for a spreadsheet, a row for each rule of which an item falls short; first the marking."""
    found = reports_to_mend(request.reader, rule=_rule(request), size=MOST_IN_FILE)
    reader = request.reader
    more = f" There is more than the newest {found.looked:,} reports." if found.next_before else ""
    return csv_answer(
        "reports-to-mend",
        marking=f"{HIGHEST}. What {reader.body_name} has to mend, as far as {reader.name} may know it, "
                f"{moment(clock.now())}.{more}",
        columns=COLUMNS,
        rows=(
            (row.report, row.title, row.item, row.day, rule.code, rule.words, rule.remedy,
             "no" if rule.is_unverified else "yes")
            for row in found.rows for rule in row.rules
        ),
    )  # fmt: skip


def _rule(request: Request) -> str:
    """The code of the rule that is asked for; what is none means all of them."""
    asked = request.GET.get("rule", "")
    return asked if asked in BY_CODE else ""


def _address(rule: str, before: str) -> str:
    asked = {name: value for name, value in (("rule", rule), ("before", before)) if value}
    return f"{reverse('quality-mend')}?{urlencode(asked)}" if asked else reverse("quality-mend")


def _bar(place: int, body: BodyQuality) -> Bar:
    share = body.count.share or 0.0
    return Bar(4 + STEP * place, round(WIDTH * share, 1), body.code, share_of(body.count), body.is_own)
