"""Problems as machines read them: one object that says what was wrong and what to do (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

TYPE = "application/problem+json"
TAXII = "/taxii2/"
"""Where TAXII 2.1 is spoken."""
MEDIA = "application/taxii+json;version=2.1"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place: ``pointer`` is a JSON pointer into the body (RFC 6901), or names a parameter."""

    pointer: str
    detail: str


@dataclass(slots=True)
class Problem(Exception):
    """A request that cannot be done, with the status that it is answered with."""

    status: HTTPStatus
    detail: str
    errors: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)


def answer_with(problem: Problem) -> HttpResponse:
    """The answer to a request that cannot be done."""
    content: dict[str, object] = {
        "type": "about:blank", "title": problem.status.phrase, "status": int(problem.status), "detail": problem.detail,
    }  # fmt: skip
    if problem.errors:
        content["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in problem.errors]
    return JsonResponse(
        content, status=problem.status, content_type=TYPE, headers=problem.headers,
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip


def answer_as_taxii(problem: Problem) -> HttpResponse:
    """The same as TAXII 2.1 says it (section 3.6.1)."""
    content = {
        "title": problem.status.phrase,
        "description": problem.detail,
        "http_status": str(int(problem.status)),
    }
    return JsonResponse(content, status=problem.status, content_type=MEDIA, headers=problem.headers)


DETAILS = {
    HTTPStatus.BAD_REQUEST: "What was sent makes no sense here.",
    HTTPStatus.NOT_FOUND: "There is nothing here, or nothing that this machine may know.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method: see the Allow header.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong with us, and was noted. Ask again later.",
}
"""What is said of a refusal that was made before the request came to its operation."""
