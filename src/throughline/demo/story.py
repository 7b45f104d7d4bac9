"""The demonstration's story: six bodies file reports, a line comes to light, and each desk does its part.

Everybody and every number in it is invented. The files under ``story/`` are what the bodies would send.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from throughline.access.models import Compartment, Marking
from throughline.access.queries import reader_named
from throughline.access.reader import Reader, reading
from throughline.access.services import close_compartment, load_cast
from throughline.intelligence.grading import Grade
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Report
from throughline.intelligence.queries import reports_waiting
from throughline.intelligence.report_files import read_rows
from throughline.intelligence.report_rows import ReportDraft, draft_reports
from throughline.intelligence.services import finish_grading, grade_item, record_reports, reject_report
from throughline.kernel import clock, outbox
from throughline.matching.queries import hit_list, recent_enquiries
from throughline.matching.services import judge_hit, run_check
from throughline.organisations.queries import body_ids
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import Selector, parse
from throughline.selectors.services import keep_interest

FOLDER = Path(__file__).parent / "story"
DESKS = ("kent", "norf", "mps", "btp", "ersou", "mers")
"""The bodies in the order in which their files arrive: Kent's old report lies there first, Merseyside's wakes it."""
CLOSED_CIRCLE = "Supplier of several lines"
CLOSED_TO = ("manager@mps", "coordinator@ersou")
"""The compartment and the only people who may open what is in it."""
REJECTED = "Remark about a neighbour"
WHY_REJECTED = "Nobody saw anything and nobody is named: there is no policing purpose in keeping it."
ENOUGH = 500
"""More hits or checks than the story has in any one list."""


class StoryProblem(Exception):
    """A file of the story does not load as it stands."""


def tell_story() -> None:
    """Tell the whole story as the people in it would. Telling it again changes nothing."""
    load_cast()
    for line in _lines("interests.csv"):
        _keep(line)
    _close_circle()
    for desk in DESKS:
        _load(desk)
    _file_by_officers()
    _reject()
    for line in _lines("checks.csv"):
        _check(line)
    for line in _lines("judgements.csv"):
        _judge(line)
    outbox.drain()


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _keep(line: dict[str, str]) -> None:
    by, selector = reader_named(line["by"]), parse(line["selector"])
    kept = {(interest.kind, interest.shown) for interest in kept_interests(by)}
    if (selector.kind, selector.shown) not in kept:
        keep_interest(by=by, selector=selector, why=line["why"], silent=line["silent"] == "yes")


def _load(desk: str) -> None:
    """One body's file, loaded by its analyst, and every step that it brings about."""
    result = load_reports(by=reader_named(f"analyst@{desk}"), path=FOLDER / f"{desk}.csv")
    if result.rejected:
        raise StoryProblem(f"{result.rejected} rows of {desk}.csv were refused: see {result.error_file}.")
    outbox.drain()


def _drafts(name: str) -> list[ReportDraft]:
    rows = read_rows(FOLDER / name)
    drafts = list(draft_reports(rows, bodies=frozenset(body_ids()), today=clock.today()))
    whole = [draft for draft in drafts if isinstance(draft, ReportDraft)]
    if len(whole) < len(drafts):
        raise StoryProblem(f"A row of {name} was refused.")
    return whole


def _file_by_officers() -> None:
    """Reports that officers file without a grade: they wait on the desk."""
    record_reports(by=reader_named("officer@norf"), drafts=_drafts("norf-officers.csv"))


def _reject() -> None:
    by = reader_named("analyst@norf")
    for row in reports_waiting(by):
        if row.title == REJECTED:
            reject_report(by=by, ref=row.ref, why=WHY_REJECTED)


@transaction.atomic
def _close_circle() -> None:
    """A report for two people alone: it enters its compartment before it is graded, so nothing of it gets out."""
    if Compartment.objects.filter(name=CLOSED_CIRCLE).exists():
        return
    people = [reader_named(username).person for username in CLOSED_TO]
    compartment = close_compartment(name=CLOSED_CIRCLE, people=people)
    by = reader_named(CLOSED_TO[0])
    with reading(by):
        for draft in _drafts("mps-closed.csv"):
            _record_closed(by, draft, compartment)


def _record_closed(by: Reader, draft: ReportDraft, compartment: int) -> None:
    ungraded = replace(draft, items=tuple(replace(item, grade=None) for item in draft.items))
    ref = record_reports(by=by, drafts=[ungraded])[0].ref
    marking = Report.objects.values_list("marking", flat=True).get(ref=ref)
    Marking.objects.filter(pk=marking).update(compartment=compartment)
    for item in draft.items:
        if isinstance(item.grade, Grade):
            grade_item(by=by, ref=f"{ref}/{item.number}", grade=item.grade)
    finish_grading(by=by, ref=ref)


def _check(line: dict[str, str]) -> None:
    by = reader_named(line["by"])
    if line["why"] not in {asked.why for asked in recent_enquiries(by, size=ENOUGH)}:
        run_check(by=by, selector=parse(line["selector"]), why=line["why"])


def _judge(line: dict[str, str]) -> None:
    by = reader_named(line["by"])
    ref = _waiting_hit(by, parse(line["selector"]), other=line["other"])
    if ref:
        judge_hit(by=by, ref=ref, verb=line["verb"], reason=line["reason"], note=line["note"])


def _waiting_hit(by: Reader, selector: Selector, *, other: str) -> str | None:
    """The hit that this desk has not judged yet, if there is one."""
    waiting = hit_list(by, kind=selector.kind, other=other, size=ENOUGH).rows
    return next((row.ref for row in waiting if row.shown == selector.shown), None)
