"""Recording an authority for call data, keeping it for longer, and ending it with all that is held under it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.organisations.queries import body_ids
from throughline.telecoms.authorities import keep_longer, record_authority
from throughline.telecoms.ending import end_authority
from throughline.telecoms.held import AuthorityPage, authority_page
from throughline.web.authorities.forms import AuthorityForm, EndForm, KeepForm, ParticularsForm
from throughline.web.authorities.shown import authority_shown, in_words
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.reports.forms import other_bodies
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import day


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def authority_add(request: Request) -> HttpResponse:
    """Record one."""
    form = AuthorityForm.sent(request, choices={"bodies": other_bodies(request.reader)})
    if form.is_valid() and (code := _recorded(request, form, form.ref)):
        return redirect("authority", code)
    return page(
        request, "authorities/add.html", title="Record an authority", active="desk", form=form, row=None
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def authority_record(request: Request, code: str) -> HttpResponse:
    """Record the particulars of one that a load recorded without them."""
    row = _own(request, code, "record").row
    form = ParticularsForm.sent(request, choices={"bodies": other_bodies(request.reader)})
    if form.is_valid() and _recorded(request, form, row.ref):
        return redirect("authority", code)
    return page(
        request, "authorities/add.html", title=f"Particulars of {row.ref}", active="desk", form=form, row=row
    )


def _recorded(request: Request, form: ParticularsForm, ref: str) -> str:
    with beside_fields(form):
        code = record_authority(by=request.reader, ref=ref, said=form.particulars(body_ids()))
        tell(request, f"Authority {ref} is recorded.")
        return code
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def authority_keep(request: Request, code: str) -> HttpResponse:
    """Set another last day of keeping."""
    row, form = _own(request, code, "end").row, KeepForm.sent(request)
    if form.is_valid() and form.keep_until:
        with beside_fields(form):
            keep_longer(by=request.reader, ref=code, keep_until=form.keep_until, why=form.why)
            tell(request, f"{row.ref} is kept until {day(form.keep_until)}.")
            return redirect("authority", code)
    return page(request, "authorities/keep.html", title=f"Keep {row.ref}", active="desk", form=form, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def authority_end(request: Request, code: str) -> HttpResponse:
    """End one, what that deletes being shown before the yes."""
    found, form = _own(request, code, "end"), EndForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            gone = end_authority(by=request.reader, ref=code, why=form.why)
            tell(request, f"{found.row.ref} has ended. Deleted: {in_words(gone).lower()}.")
            return redirect("authority", code)
    return page(
        request, "authorities/end.html", title=f"End {found.row.ref}", active="desk", form=form,
        authority=authority_shown(found),
    )  # fmt: skip


def _own(request: Request, code: str, verb: str) -> AuthorityPage:
    """The page of one on which the reader may make this move; of any other nothing is said."""
    found = authority_page(request.reader, code)
    if found is None or verb not in found.moves:
        raise Http404
    return found
