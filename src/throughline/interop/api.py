"""The table of version 1: every operation with its address, its scope, and what it may answer."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader
from throughline.interop.door import Machine, note_refusal
from throughline.interop.problems import Fault, Problem, answer_with

PREFIX = "/api/v1"
View = TypeVar("View", bound=Callable[..., Any])


class Doors(NinjaAPI):
    """The operations, each called as its view is, with an entity tag on every answer that was only read."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """By which a client that was made from the document calls it."""
        return operation.view_func.__name__

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        """The answer, or 304 where the machine holds it already."""
        return tagged(request, super().create_response(request, data, **how))


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same with an entity tag, where something was read; 304 where the machine holds it already."""
    if request.method != "GET" or response.status_code != HTTPStatus.OK:
        return response
    tag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


api = Doors(
    title="Throughline", version="1", docs_url=None, openapi_url=None, urls_namespace="machines",
    description="What programs of bodies may ask for and send, under the same need-to-know as people.",
)  # fmt: skip


def operation(
    method: str,
    path: str,
    *,
    name: str,
    needs: Permission | None,
    response: Any,
    refuses: tuple[HTTPStatus, ...] = (),
    media: str = "",
    takes: str = "",
) -> Callable[[View], View]:
    """Put a view into the table: `name` is of its address, `needs` its scope, `refuses` what it may refuse with.

    ``media`` is the type of an answer that is a file and no JSON of ours; ``takes`` that of a body that is streamed.
    """
    always = (
        HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
    )  # fmt: skip
    return api.api_operation(
        [method], path, auth=Machine(needs), response=response, url_name=name,
        openapi_extra={
            "x-scope": str(needs or ""), "x-media": media, "x-refuses": [int(status) for status in (*always, *refuses)],
        } | ({"requestBody": {"required": True, "content": {takes: {"schema": {"type": "string"}}}}} if takes else {}),
    )  # fmt: skip


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer_with(problem)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, _: Exception) -> HttpResponse:
    return answer_with(
        Problem(
            HTTPStatus.UNAUTHORIZED, f"Show a token that has not run out: ask {PREFIX}/token for one.",
            headers={"WWW-Authenticate": 'Bearer realm="throughline"'},
        )
    )  # fmt: skip


@api.exception_handler(NotAllowed)
def _not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    reader = getattr(request, "auth", None)
    if isinstance(reader, Reader):
        note_refusal(request, reader)
    return answer_with(Problem(HTTPStatus.FORBIDDEN, str(refusal)))


@api.exception_handler(ValidationError)
def _not_as_documented(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    faults = [Fault(_pointer(error["loc"]), str(error["msg"])) for error in fault.errors]
    return answer_with(
        Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "What was sent is not as documented: see errors.", faults)
    )


def _pointer(place: tuple[str | int, ...]) -> str:
    """Into the body as a JSON pointer; of a parameter its name."""
    where, *inside = place
    if where == "body":
        return "#" + "".join(f"/{one}" for one in inside[1:])
    return str(inside[0]) if inside else str(where)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
    return answer_with(Problem(HTTPStatus(fault.status_code), str(fault)))


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, _: Exception) -> HttpResponse:
    return answer_with(
        Problem(HTTPStatus.BAD_REQUEST, "More than 2.5 MB was sent at once. Send it in parts.")
    )
