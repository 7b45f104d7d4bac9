"""The door of TAXII: who asks, whether they may, what they take and send, and how a refusal is said."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from throughline.access.addresses import address_of
from throughline.access.machines import MachineRefused, reader_with_secret, reader_with_token
from throughline.access.pace import is_spent, spend
from throughline.access.reader import NotAllowed, Reader
from throughline.interop.cursors import UnknownPlace
from throughline.interop.door import ASKS, REFUSALS, credentials, keep_pace, note_refusal, too_often
from throughline.interop.problems import MEDIA, Problem, answer_as_taxii

Named = ParamSpec("Named")
View = Callable[Concatenate[HttpRequest, Reader, Named], HttpResponse]
_TAKEN = ("application/taxii+json", "application/*", "*/*")
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="throughline"'}


def door(*methods: str) -> Callable[[View[Named]], Callable[..., HttpResponse]]:
    """A view for machines that are let in: it is given the request and the reader, and takes these methods."""

    def of(view: View[Named]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Named.args, **kwargs: Named.kwargs) -> HttpResponse:
            try:
                _check_method(request, methods)
                reader = _reader(request)
                _check_media(request)
                return _answered(view, request, reader, *args, **kwargs)
            except Problem as problem:
                return answer_as_taxii(problem)

        return answer

    return of


def _answered(
    view: View[Named], request: HttpRequest, reader: Reader, *args: Named.args, **kwargs: Named.kwargs
) -> HttpResponse:
    try:
        return view(request, reader, *args, **kwargs)
    except NotAllowed as refusal:
        note_refusal(request, reader)
        raise Problem(HTTPStatus.FORBIDDEN, str(refusal)) from refusal
    except UnknownPlace as problem:
        raise Problem(HTTPStatus.BAD_REQUEST, str(problem)) from problem
    except RequestDataTooBig as problem:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "More was sent at once than the API root says. Send it in parts."
        ) from problem  # fmt: skip


def _reader(request: HttpRequest) -> Reader:
    """The machine that shows a token, or its client and secret. Raises `Problem`."""
    if held_up := is_spent(REFUSALS, who=address_of(request)):
        raise too_often(held_up, "Too many clients were refused at this address. Ask again later.")
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    reader = None
    if scheme.lower() == "bearer":
        reader = reader_with_token(shown.strip())
    elif found := credentials(request):
        try:
            reader = reader_with_secret(client=found[0], secret=found[1])
        except MachineRefused:
            spend(REFUSALS, who=address_of(request), by=None)
    if reader is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED, "Show the client and its secret by HTTP Basic, or a token that has not run out.",
            headers=_CHALLENGE,
        )  # fmt: skip
    keep_pace(reader, ASKS)
    return reader


def _check_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        raise Problem(
            HTTPStatus.METHOD_NOT_ALLOWED, f"This address takes {' and '.join(methods)} alone.",
            headers={"Allow": ", ".join(methods)},
        )  # fmt: skip


def _check_media(request: HttpRequest) -> None:
    taken = [one.strip() for one in request.headers.get("Accept", "*/*").split(",")]
    if not any(_is_taken(one) for one in taken):
        raise Problem(HTTPStatus.NOT_ACCEPTABLE, f"What is answered here is {MEDIA}.")
    if request.method == "POST" and not _is_taken(request.headers.get("Content-Type", ""), _TAKEN[:1]):
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send {MEDIA}.")


def _is_taken(media: str, among: tuple[str, ...] = _TAKEN) -> bool:
    name, *parameters = (part.strip().lower() for part in media.split(";"))
    versions = [one.partition("=")[2].strip('"') for one in parameters if one.startswith("version=")]
    return name in among and all(version == "2.1" for version in versions)


def taxii_answer(content: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """What is answered, in the media type of TAXII 2.1."""
    return JsonResponse(content, status=status, content_type=MEDIA, json_dumps_params={"ensure_ascii": False})
