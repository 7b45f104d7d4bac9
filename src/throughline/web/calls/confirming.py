"""A person's yes to a replacement number, which puts it on its line."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.lines.queries import OnLine, lines_with
from throughline.lines.taking_over import confirm_successor
from throughline.telecoms.numbers import keys_asked, selector_of
from throughline.web.calls.forms import TookOverForm
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs


def may_confirm(reader: Reader) -> bool:
    """Whether this person's yes puts a number on a line."""
    needed = (Permission.CALLS_READ, Permission.REPORT_ADD, Permission.REPORT_GRADE, Permission.LINE_KEEP)
    return all(map(reader.may, needed))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def took_over(request: Request) -> HttpResponse:
    """Confirm that a number took over from another, with a grade and a line."""
    lines = _lines(request.reader, posted(request, "old"))
    start = {"line": lines[0].ref if lines else "", "source": "1"}
    if "begin" in request.POST:
        form = TookOverForm(start=start | {name: posted(request, name) for name in ("old", "new")})
    else:
        form = TookOverForm.sent(request, start=start)
    if form.is_valid() and _is_confirmed(request, form):
        tell(request, "The number is on the line, and what it rests on is a report of your body.")
        return redirect("line", form.line.strip())
    return page(request, "calls/took_over.html", title="It took over", active="calls", form=form, lines=lines)


def _lines(reader: Reader, old: str) -> tuple[OnLine, ...]:
    if not old.strip() or "\0" in old:  # the form says what is wrong with it
        return ()
    return lines_with(reader, [selector_of(key) for key in keys_asked(old)])


def _is_confirmed(request: Request, form: TookOverForm) -> bool:
    with beside_fields(form):
        try:
            confirm_successor(
                by=request.reader,
                line=form.line.strip(),
                old=form.old,
                new=form.new,
                grade=form.grade,
                why=form.why,
            )
        except ObjectDoesNotExist:
            form.refuse("line", "There is no line of this reference that you may know")
    return not form.faults
