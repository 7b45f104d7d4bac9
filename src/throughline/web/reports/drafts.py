"""Drafts on the page: what was typed into the form is kept as one, listed, and deleted."""

import re

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.drafts import (
    MOST_DRAFTS,
    DraftProblem,
    discard_draft,
    my_drafts,
    save_draft,
)
from throughline.intelligence.models import SavedDraft
from throughline.kernel import clock
from throughline.kernel.refs import ALPHABET, new_ref
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import moment

ORIGIN = re.compile(rf"WEB-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "do", "origin"})
WRITTEN = re.compile(r"title|(?:text|selectors)_\d+")
"""The boxes of which one must hold something: the rest of the form is never empty."""
NO_TITLE = "A report without a title yet"


def origin_of(typed: QueryDict | None) -> str:
    """The reference under which the form is kept and recorded, so that one sent twice is recorded once."""
    sent = typed.get("origin", "") if typed else ""
    return sent if ORIGIN.fullmatch(sent) else new_ref("WEB")


def query_of(typed: dict[str, list[str]]) -> QueryDict:
    """What stands in a draft, as a form takes it."""
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query


def kept(request: Request, typed: QueryDict) -> str:
    """Keep what was typed as a draft, unless nothing was; returns why it cannot be kept, or ''."""
    boxes = {name: [str(v) for v in typed.getlist(name)] for name in typed if name not in NOT_TYPED}
    if not any(WRITTEN.fullmatch(name) and "".join(values).strip() for name, values in boxes.items()):
        return ""
    try:
        save_draft(by=request.reader, ref=origin_of(typed), typed=boxes)
    except DraftProblem as problem:
        return str(problem)
    return ""


@require_POST
@needs(Permission.REPORT_ADD)
def save(request: Request) -> HttpResponse:
    """Keep what is being typed, as the page's script sends it; answers with a sentence for the page."""
    problem = kept(request, request.POST)
    words = f"Not saved. {problem}" if problem else f"Draft saved {moment(clock.now())}"
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=409 if problem else 200)


@require_safe
@needs(Permission.REPORT_ADD)
def drafts(request: Request) -> HttpResponse:
    """The reader's own drafts."""
    rows = [
        {
            "ref": row.ref,
            "title": row.title or NO_TITLE,
            "saved_at": row.saved_at,
            "kept_until": row.kept_until,
        }
        for row in my_drafts(request.reader)
    ]
    return page(
        request, "reports/drafts.html", title="My drafts", active="reports", rows=rows, most=MOST_DRAFTS
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_ADD)
def discard(request: Request, ref: str) -> HttpResponse:
    """Delete a draft of one's own, after asking."""
    row = next((row for row in my_drafts(request.reader) if row.ref == ref), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            discard_draft(by=request.reader, ref=ref)
        except SavedDraft.DoesNotExist:
            raise Http404 from None
        tell(request, "The draft is deleted.")
        return redirect("report-drafts")
    return page(
        request, "reports/discard.html", title="Delete the draft", active="reports",
        draft_title=row.title or NO_TITLE, saved_at=row.saved_at,
    )  # fmt: skip
