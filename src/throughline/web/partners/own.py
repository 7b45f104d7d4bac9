"""What somebody of a partner agency sees: what was disclosed to it, what it sent, and nothing else."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.safeguarding.partners import disclosure_page, partner_page, send_message
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.page import page
from throughline.web.partners.forms import SendForm
from throughline.web.request import Request
from throughline.web.view import needs


@require_safe
@needs(Permission.PARTNER_USE)
def partner(request: Request) -> HttpResponse:
    """What was disclosed to the agency, and what it sent."""
    found = partner_page(request.reader)
    return page(request, "partners/mine.html", title="Shared with us", active="partner", found=found)


@require_safe
@needs(Permission.PARTNER_USE)
def partner_disclosure(request: Request, ref: str) -> HttpResponse:
    """One disclosure."""
    row = disclosure_page(request.reader, ref)
    if row is None:
        raise Http404
    return page(
        request, "partners/disclosure.html", title=f"Disclosed by {row.body_name}", active="partner", row=row
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNER_USE)
def partner_send(request: Request) -> HttpResponse:
    """Send something to the safeguarding desk."""
    form = SendForm.sent(request)
    if form.is_valid() and is_done(form, lambda: send_message(by=request.reader, words=form.words)):
        tell(request, "It is sent. The answer will stand here.")
        return redirect("partner")
    return page(
        request, "partners/ask.html", title="Send something", active="partner", form=form, is_own=True,
        follows="Is somebody in danger now? Ring 999 first. It goes to those who look after concerns at "
        f"{request.reader.body_name}.",
    )  # fmt: skip
