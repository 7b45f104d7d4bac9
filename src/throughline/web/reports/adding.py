"""Writing a report: its heading, its items, and who it is for, on one page that loses nothing typed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.intelligence.drafts import draft_typed, record_written
from throughline.intelligence.report_cells import (
    CellProblem,
    Circulation,
    Classification,
    date_from,
    title_from,
)
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.kernel import clock
from throughline.kernel.refs import ALPHABET
from throughline.web.fields import Choice, Day, ManyOf, OneOf, Text, day_boxes
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.reports.about_forms import AboutForm, about_form
from throughline.web.reports.drafts import kept, origin_of, query_of
from throughline.web.reports.forms import EVERYONE, NAMED, NOBODY, other_bodies
from throughline.web.reports.item_forms import ItemForm, item_form, offers
from throughline.web.reports.second_look import NOTHING_TO_SAY, SecondLook, second_look
from throughline.web.request import Request
from throughline.web.view import needs

MOST_ITEMS = 20
MOST_DIFFER = 50
REFERENCE = re.compile(rf"IR-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


class HeadingForm(Form):
    """What belongs to the whole report."""

    title = Text(
        "Title",
        hint="Without names or numbers, such as: Calls arranged from a hostel",
        needed="Enter a title",
    )
    date_of_intelligence = Day("Date of the intelligence", hint="When it happened or was learned, such as 27 3 2026",
                               needed="Enter the date of the intelligence", past=True)  # fmt: skip
    marking = OneOf(
        "Marking", hint="OFFICIAL-SENSITIVE where it could do harm in the wrong hands, as when it names people",
        needed="Choose a marking",
        choices=[Choice("0", "OFFICIAL"), Choice("1", "OFFICIAL-SENSITIVE")],
    )  # fmt: skip
    circulation = OneOf(
        "Who may know it besides us?", hint="Those who need it to act. More bodies can be added later",
        needed="Choose who may know it",
        choices=[
            Choice(NOBODY, "Nobody yet", "Others learn only that we hold it, and our desk's number"),
            Choice(NAMED, "The bodies chosen below"), Choice(EVERYONE, "Every body"),
        ],
    )  # fmt: skip
    bodies = ManyOf("Bodies", hint="Only with 'The bodies chosen below'")

    def rules(self) -> None:
        for name, read in (("title", lambda: title_from(self.title)), ("date_of_intelligence", self._dated)):
            try:
                read()
            except CellProblem as problem:
                self.refuse(name, str(problem))
        if self.circulation == NAMED and not self.bodies:
            self.refuse("bodies", "Choose at least one body")
        if self.circulation != NAMED and self.bodies:
            self.refuse("bodies", "Choose 'The bodies chosen below', or leave the bodies empty")

    def _dated(self) -> None:
        if self.date_of_intelligence:
            date_from(self.date_of_intelligence.isoformat(), today=clock.today())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_ADD)
def add(request: Request) -> HttpResponse:
    """Write a report. Buttons that only help with the writing keep what was typed, as a draft."""
    typed, do = _typed(request) if request.method == "POST" else (None, "")
    heading, items, more = _forms(request, typed)
    look = NOTHING_TO_SAY
    # Every form is asked, so that each fault is shown at once.
    if do in ("check", "save", "differs") and all([form.is_valid() for form in (heading, *items, more)]):  # noqa: C419
        draft = replace(_draft(heading, items, origin=origin_of(typed)), about=more.about)
        if do != "save":
            look = second_look(request.reader, draft, differs=_differs(typed))
        if do == "save" or (do == "check" and look == NOTHING_TO_SAY):
            return _save(request, draft, waits_for_no_grade=more.waits_for_no_grade)
    problem = kept(request, typed) if typed is not None else ""
    if do == "later" and not problem:
        tell(request, "Your draft is saved. It waits on your desk until you finish it.")
        return redirect("report-drafts")
    if problem:
        heading.refuse("", problem)
    return _form_page(
        request, heading, items, more, origin=origin_of(typed), differs=_differs(typed), look=look
    )


def _typed(request: Request) -> tuple[QueryDict, str]:
    """What was typed, and which button sent it.

    The one beside a report that is not the same also names that report; the one that takes every selector found in
    an item's text, the item.
    """
    typed = request.POST.copy()
    do, _, what = typed.get("do", "").partition(" ")
    if do == "differs":
        typed.appendlist("differs", what)
    if do == "take" and what.isascii() and what.isdigit():
        offered = offers(typed.get(f"text_{what}", ""))
        typed.setlist(f"found_{what}", [choice.value for choice in offered])
    return typed, do


def _differs(typed: QueryDict | None) -> tuple[str, ...]:
    """The reports that the writer says are not the same."""
    refs = typed.getlist("differs") if typed else []
    return tuple(dict.fromkeys(ref for ref in refs if REFERENCE.fullmatch(ref)))[:MOST_DIFFER]


@require_safe
@needs(Permission.REPORT_ADD)
def go_on(request: Request, ref: str) -> HttpResponse:
    """Go on with a draft of one's own, as it was left."""
    found = draft_typed(request.reader, ref)
    if found is None:
        raise Http404
    typed = query_of(found)
    heading, items, more = _forms(request, typed)
    return _form_page(request, heading, items, more, origin=ref, differs=_differs(typed))


def _form_page(
    request: Request, heading: HeadingForm, items: list[ItemForm], more: AboutForm, *, origin: str,
    differs: tuple[str, ...], look: SecondLook = NOTHING_TO_SAY,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "reports/add.html", title="Add a report", active="reports", form=_together(heading, [*items, more]),
        more=more, heading=heading, items=items, origin=origin, may_grade=request.reader.may(Permission.REPORT_GRADE),
        differs=differs, may_add_item=len(items) < MOST_ITEMS, look=look, is_second=look != NOTHING_TO_SAY,
    )  # fmt: skip


def _forms(request: Request, typed: QueryDict | None) -> tuple[HeadingForm, list[ItemForm], AboutForm]:
    """The forms of the page with what was typed into them; with None, as they start."""
    today = clock.today()
    start = {
        "date_of_intelligence": day_boxes(today),
        "marking": str(OFFICIAL_SENSITIVE), "circulation": NOBODY,
    }  # fmt: skip
    heading = HeadingForm(typed, start=start, choices={"bodies": other_bodies(request.reader)})
    may_grade = request.reader.may(Permission.REPORT_GRADE)
    items = []
    for number in range(1, _wanted(typed) + 1):
        found = offers(typed.get(f"text_{number}", "") if typed else "")
        items.append(item_form(number, may_grade)(typed, choices={f"found_{number}": found}))
    return heading, items, about_form(may_grade)(typed)


def _wanted(typed: QueryDict | None) -> int:
    typed = typed or QueryDict()
    text = typed.get("items", "1")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MOST_ITEMS)) + 1 else 1
    return max(1, min(MOST_ITEMS, wanted + (typed.get("do") == "another")))


class _All(Form):
    """Every form of the page as one, for the summary of its faults."""

    parts: tuple[Form, ...] = ()

    @property
    def problems(self):  # type: ignore[no-untyped-def]  # as in Form
        return [problem for part in self.parts for problem in part.problems]


def _together(heading: HeadingForm, others: Sequence[Form]) -> Form:
    together = _All()
    together.parts = (heading, *others)
    return together


def _save(request: Request, draft: ReportDraft, *, waits_for_no_grade: bool) -> HttpResponse:
    recorded = record_written(by=request.reader, draft=draft)
    if not recorded.ref:
        tell(request, "This report is recorded already. To write another, start from an empty page.")
        return redirect("reports")
    is_graded = all(item.grade for item in draft.items) and waits_for_no_grade
    after = "Its selectors are being matched." if is_graded else "It waits on the desk to be graded."
    tell(request, f"Report {recorded.ref} is recorded. {after}")
    return redirect("report", recorded.ref)


def _draft(heading: HeadingForm, items: list[ItemForm], *, origin: str) -> ReportDraft:
    day = heading.date_of_intelligence
    assert day is not None  # noqa: S101 the question is a needed one
    return ReportDraft(
        report=origin, date_of_intelligence=day, title=heading.title,
        classification=Classification(int(heading.marking)),
        circulation=Circulation(everyone=heading.circulation == EVERYONE, bodies=tuple(heading.bodies)),
        items=tuple(
            ItemDraft(
                number=item.number, text=item.answer("text"), grade=item.grade,
                selectors=tuple(dict.fromkeys(item.selectors)), line=item.number,
            )
            for item in items
        ),
        lines=tuple(item.number for item in items),
    )  # fmt: skip
