"""The pages on which a concern is raised, moved, worked on and shared, and who it is about is read."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.queries import report_page
from throughline.kernel import clock
from throughline.lines.queries import line_page
from throughline.matching.queries import hit_page
from throughline.organisations.queries import body_cards
from throughline.safeguarding.law import steps
from throughline.safeguarding.looking_after import (
    move_concern,
    note_step,
    share_concern,
    write_particulars,
)
from throughline.safeguarding.nations import nation_of
from throughline.safeguarding.queries import concern_person
from throughline.safeguarding.raising import ConcernDraft, raise_concern
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.safeguarding import forms
from throughline.web.safeguarding.views import opened
from throughline.web.safeguarding.words import MOVES
from throughline.web.view import needs

ASKS: dict[str, type[forms.MoveForm]] = {"take-up": forms.TakeUpForm, "close": forms.CloseForm}
FROM: dict[str, Callable[..., object]] = {"line": line_page, "report": report_page, "hit": hit_page}


def ask(
    request: Request, form: Form, *, title: str, follows: str, ref: str = "", button: str = ""
) -> HttpResponse:
    """A page of one form; its button says what the title says, unless given."""
    return page(
        request, "safeguarding/ask.html", title=title, active="concerns" if ref else "desk", form=form, follows=follows,
        ref=ref, button=button or title,
    )  # fmt: skip


def raised_from(request: Request) -> tuple[str, str]:
    """What the address says that a concern is raised from; not there where the reader may not know it."""
    for source, opens in FROM.items():
        if ref := request.GET.get(source, ""):
            if opens(request.reader, ref, why="to raise a concern") is None:
                raise Http404
            return source, ref
    return "", ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_RAISE)
def concern_raise(request: Request) -> HttpResponse:
    """Raise a concern; the address may name a line, a report or a hit that it is raised from."""
    source, source_ref = raised_from(request)
    start = {"nation": nation_of(request.reader.body_code).value}
    form = _begun(request, start) or forms.FullRaiseForm.sent(request, start=start)
    made = list[str]()
    if form.is_valid() and is_done(form, lambda: made.append(_raise(request, form, source, source_ref))):
        tell(
            request,
            f"The concern is raised ({made[0]}). Those who look after concerns in your body are told.",
        )
        return (
            redirect("concern", made[0]) if request.reader.may(Permission.CONCERN_READ) else redirect("desk")
        )
    return ask(
        request, form, title="Raise a concern",
        follows="In danger now? Act, and call for help first. A concern goes to those who look after concerns in your "
        "body, and to nobody else until they decide. What becomes of it you do not see here.",
    )  # fmt: skip


def _begun(request: Request, start: dict[str, str]) -> forms.FullRaiseForm | None:
    """The form as another page opens it: filled in, and not sent yet. A number never stands in an address."""
    if "begin" not in request.POST:
        return None
    given = {name: posted(request, name) for name in ("selector", "words")}
    return forms.FullRaiseForm(start=start | given | {"harms": request.POST.getlist("harms")})


def _raise(request: Request, form: forms.FullRaiseForm, source: str, source_ref: str) -> str:
    draft = ConcernDraft(
        age=form.age, harms=form.harms, words=form.words, nation=form.nation, authority=form.authority, who=form.who(),
        source=source, source_ref=source_ref,
    )  # fmt: skip
    return raise_concern(by=request.reader, draft=draft)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Take the next step in the life of a concern; one that is not open is not there."""
    found = opened(request, ref, f"to {verb}")
    if verb not in found.moves or verb not in MOVES:
        raise Http404
    start = {"age": found.row.age, "harms": found.row.harms}
    form, act = ASKS.get(verb, forms.MoveForm).sent(request, start=start), MOVES[verb]
    if form.is_valid() and is_done(
        form, lambda: move_concern(by=request.reader, ref=ref, verb=verb, move=form.move())
    ):
        tell(request, act.done)
        return redirect("concern", ref)
    return ask(request, form, title=act.name, follows=act.follows, ref=ref)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_step(request: Request, ref: str) -> HttpResponse:
    """Write down something that was done."""
    found, form = opened(request, ref, "to note a step"), forms.StepForm.sent(request)
    if not found.is_open:
        raise Http404
    if form.is_valid() and is_done(form, lambda: note_step(by=request.reader, ref=ref, step=form.step())):
        tell(request, "It is noted.")
        return redirect("concern", ref)
    return ask(
        request, form, title="Note what was done", ref=ref,
        follows="It ends the clocks of the duties that it meets, as of when it was done. It cannot be changed later.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_record(request: Request, ref: str, kind: str) -> HttpResponse:
    """Keep a record of its own: a safety plan, a visit, a guardian, a contact with family or with a partner."""
    found, of = opened(request, ref, "to keep a record"), steps().get(kind.replace("-", " "))
    if not found.is_open or of is None or not of.asks:
        raise Http404
    form = forms.record_form(of.key).sent(request)
    if form.is_valid():
        details = {one.key: form.answers[one.key] for one in of.asks}
        if is_done(form, lambda: note_step(by=request.reader, ref=ref, step=form.step_of(of.key, details))):
            tell(request, "It is kept with the concern.")
            return redirect("concern", ref)
    doubt = " Not verified." if of.is_unverified else ""
    return ask(
        request,
        form,
        title=of.name,
        ref=ref,
        button="Keep it",
        follows=f"{of.prompt}. Source: {of.source}.{doubt}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_READ)
def concern_who(request: Request, ref: str) -> HttpResponse:
    """Who a concern is about, for a reason that is kept in the journal."""
    opened(request, ref, "to read who it is about")
    form = forms.ReasonForm.sent(request)
    person = concern_person(request.reader, ref, why=form.why) if form.is_valid() else None
    if person is None:
        return ask(
            request, form, title="Who it is about", ref=ref, button="Show who it is about",
            follows="Names, dates of birth, addresses and contacts are shown for a further reason only.",
        )  # fmt: skip
    return page(
        request, "safeguarding/who.html", title="Who it is about", active="concerns", ref=ref, person=person,
        why=form.why, at=clock.now(), may_work=request.reader.may(Permission.CONCERN_WORK),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_particulars(request: Request, ref: str) -> HttpResponse:
    """Write down who a concern is about."""
    opened(request, ref, "to write who it is about")
    form = forms.WhoForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: write_particulars(by=request.reader, ref=ref, who=form.who(), authority=form.authority)
    ):
        tell(request, "It is written down.")
        return redirect("concern", ref)
    return ask(
        request, form, title="Write down who it is about", ref=ref,
        follows="What you leave blank stays as it is. What stands there now is shown for a further reason only.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_share(request: Request, ref: str) -> HttpResponse:
    """Open a concern to another body with a need."""
    found = opened(request, ref, "to share it")
    if not found.row.is_own:
        raise Http404
    cards = body_cards(on=clock.today())
    form = forms.ShareForm.sent(
        request, choices={"body": forms.body_choices(cards, without=request.reader.body)}
    )
    if form.is_valid() and is_done(
        form, lambda: share_concern(by=request.reader, ref=ref, body=form.body, words=form.words)
    ):
        tell(request, "Those who look after concerns there are told.")
        return redirect("concern", ref)
    return ask(
        request, form, title="Share it with a body that needs to know", ref=ref,
        follows="Those who look after concerns there may know all of it, and note what they do. Looks are journalled.",
    )  # fmt: skip
