"""What is done around every request of a machine."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from throughline.interop.problems import DETAILS, TAXII, Problem, answer_as_taxii, answer_with

DOORS = {"/api/": answer_with, TAXII: answer_as_taxii}
"""Where machines ask, and how a refusal is said to them there."""


def speak_in_problems(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware by which a machine is never answered with an error page that was made for people."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        refused = response.status_code >= HTTPStatus.BAD_REQUEST
        say = next((say for prefix, say in DOORS.items() if request.path.startswith(prefix)), None)
        if not refused or say is None or "json" in response.headers["Content-Type"]:
            return response
        status = HTTPStatus(response.status_code)
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return say(Problem(status, DETAILS.get(status, status.description), headers=kept))

    return answer
