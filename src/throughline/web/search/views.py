"""The search page. What is typed is only ever sent in a form and kept in the session, never in an address."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.search.narrowed import GROUPS
from throughline.search.queries import Found, search_everything
from throughline.search.saved import SavedSearchProblem, save_search
from throughline.web.check.forms import CheckForm
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.search.forms import NarrowForm, SaveForm, SearchForm, owners
from throughline.web.search.memory import keep, kept
from throughline.web.search.shown import groups_shown, last_page
from throughline.web.view import needs
from throughline.web.words import day


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def search(request: Request) -> HttpResponse:
    """Take what was typed and lead to its results; or show the results, or the empty box."""
    if request.method == "POST" and "name" in request.POST:
        return _save(request)
    if request.method == "POST":
        form = SearchForm.sent(request)
        if form.is_valid():
            return redirect(_address({"q": keep(request, form.text)}))
        return page(request, "search/ask.html", title="Search", active="search", form=form, is_gone=False)
    text = kept(request, request.GET.get("q", ""))
    if text:
        return _results(request, text, SaveForm())
    return page(
        request,
        "search/ask.html",
        title="Search",
        active="search",
        form=SearchForm(),
        is_gone="q" in request.GET,
    )


def _results(request: Request, text: str, saving: SaveForm) -> HttpResponse:
    narrowing = NarrowForm(request.GET, choices={"owner": owners()})
    narrowing.is_valid()
    narrowed = narrowing.narrowed
    found = search_everything(request.reader, text, narrowed)
    last = last_page(found, narrowed.group)
    number = min(_page_number(request), last)
    asked = _asked(request)
    hrefs = {key: _address(asked | {"group": key, "page": ""}) for key in GROUPS}
    form = saving if saving.faults else narrowing
    return page(
        request, "search/results.html", title="Search results", active="search", form=form, narrowing=narrowing,
        saving=saving, box_form=SearchForm(start={"text": text}), typed=text, q=asked["q"],
        groups=groups_shown(request.reader, found, group=narrowed.group, page=number), hrefs=hrefs,
        selected=_selected(narrowing, asked), clear=_address({"q": asked["q"]}), number=number,
        previous=_address(asked | {"page": str(number - 1)}) if number > 1 else "",
        next=_address(asked | {"page": str(number + 1)}) if number < last else "",
        here=_address(asked), exact=_exact(found), check=CheckForm(), meant=found.meant,
    )  # fmt: skip


def _save(request: Request) -> HttpResponse:
    """Keep the search that the page shows under a name."""
    text, form = kept(request, request.GET.get("q", "")), SaveForm.sent(request)
    if not text:
        return redirect("search")
    narrowing = NarrowForm(request.GET, choices={"owner": owners()})
    narrowing.is_valid()
    if form.is_valid():
        try:
            save_search(by=request.reader, name=form.name, text=text, narrowed=narrowing.narrowed)
        except SavedSearchProblem as problem:
            form.refuse("name", str(problem))
        else:
            tell(
                request,
                f"The search \u201c{form.name}\u201d is saved. You are told here and on your desk of what it finds.",
            )
            return redirect("searches")
    return _results(request, text, form)


def _exact(found: Found) -> list[str]:
    """The whole selectors that the text may be, as a person reads them."""
    return list(dict.fromkeys(one.shown for one in found.exact))


DAYS = [f"{end}-{part}" for end in ("since", "until") for part in ("day", "month", "year")]
ASKED = ("q", "group", "owner", "state", *DAYS, "page")


def _asked(request: Request) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ASKED}


def _address(asked: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('search')}?{query}"


def _page_number(request: Request) -> int:
    typed = request.GET.get("page", "")
    return max(int(typed), 1) if typed.isascii() and typed.isdecimal() and len(typed) < len("1000") else 1


def _selected(form: NarrowForm, asked: dict[str, str]) -> list[dict[str, str]]:
    out = []
    for name in ("group", "owner", "state"):
        if form.answers.get(name):
            text = next(choice.text for choice in form[name].choices if choice.value == form.answers[name])
            out.append(_tag(form, name, text, {name: ""}, asked))
    for name in ("since", "until"):
        if form.answers.get(name):
            parts = {f"{name}-{part}": "" for part in ("day", "month", "year")}
            out.append(_tag(form, name, f"{form[name].field.label} {day(form.answers[name])}", parts, asked))
    return out


def _tag(
    form: NarrowForm, name: str, text: str, without: dict[str, str], asked: dict[str, str]
) -> dict[str, str]:
    return {"what": form[name].field.label, "text": text, "href": _address(asked | without | {"page": ""})}
