"""Single sign-on: off to the organisation's provider, and back with its answer."""

import logging
from dataclasses import asdict
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from throughline.access.provider import Begun, Proof, ProviderProblem, begin_sign_on, is_on, prove
from throughline.access.sign_on import UnknownSubject, sign_on
from throughline.web.page import page
from throughline.web.request import Visit
from throughline.web.session.memory import remember, remember_half
from throughline.web.session.way_back import back, wanted_path

KEPT = "__Secure-sign-on" if settings.BEHIND_PROXY else "sign-on"
KEPT_FOR = 10 * 60
"""Seconds that someone may take at the provider."""
AGAIN = "Start again from the sign-in page. If it happens again, tell the person who runs Throughline."


@require_GET
def sign_on_begin(request: Visit) -> HttpResponse:
    """Send the browser to the provider. What ties its answer to this browser is kept in a cookie of its own.

    The cookie of a session is not sent when another site leads back here, and must not be.
    """
    _require_on()
    if request.reader:
        return back(request)
    try:
        address, begun = begin_sign_on(answer_at=_answer_at(request))
    except ProviderProblem as problem:
        return _refused(request, problem, "The sign-on of your organisation cannot be reached", status=503)
    kept = signing.dumps({**asdict(begun), "next": request.GET.get("next", "")}, salt=KEPT)
    response = HttpResponseRedirect(address)
    response.set_cookie(
        KEPT, kept, max_age=KEPT_FOR, path=reverse("sign-on"), secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


@require_GET
def sign_on_answer(request: Visit) -> HttpResponse:
    """Take the answer of the provider, once, and sign in whoever it proves."""
    _require_on()
    try:
        kept = signing.loads(request.COOKIES.get(KEPT, ""), salt=KEPT, max_age=KEPT_FOR)
        wanted = kept.pop("next")
        proof = prove(Begun(**kept), answer=request.GET.dict(), answer_at=_answer_at(request))
    except signing.BadSignature:
        response = _refused(request, None, "This sign-in was not begun in this browser, or took too long")
    except ProviderProblem as problem:
        response = _refused(request, problem, "Your organisation's sign-on did not prove who you are")
    else:
        response = _let_in(request, proof, wanted)
    response.delete_cookie(KEPT, path=reverse("sign-on"), samesite="Lax")
    return response


def _let_in(request: Visit, proof: Proof, wanted: str) -> HttpResponse:
    try:
        reader, waits = sign_on(proof)
    except UnknownSubject as unknown:
        return page(
            request, "session/unknown.html", title="You have no account here yet", marking="OFFICIAL", status=403,
            sentence=str(unknown), subject=proof.subject, issuer=proof.issuer,
        )  # fmt: skip
    if waits:
        remember_half(request, reader)
    else:
        # A strength that is asked for and proved stands for the code that an instance wants of everybody.
        remember(request, reader, has_code=bool(settings.SIGN_ON_STRENGTH))
    onward = wanted_path(wanted)
    if waits:
        onward = reverse("sign-in-code") + (f"?{urlencode({'next': wanted})}" if wanted else "")
    # A page of ours leads on: were the answer a redirect, the browser would count it as the other site's step, and
    # keep the cookie of the session back.
    response = page(
        request, "session/going_on.html", title="You are signing in", marking="OFFICIAL", onward=onward
    )
    response.headers["Refresh"] = f"0; url={onward}"
    return response


def _refused(
    request: Visit, problem: ProviderProblem | None, title: str, *, status: int = 403
) -> HttpResponse:
    if problem:
        logging.getLogger(__name__).warning("Single sign-on: %s", problem)
    return page(
        request,
        "session/sign_on_refused.html",
        title=title,
        marking="OFFICIAL",
        status=status,
        sentence=AGAIN,
    )


def _answer_at(request: Visit) -> str:
    return request.build_absolute_uri(reverse("sign-on-answer"))


def _require_on() -> None:
    if not is_on():
        raise Http404
