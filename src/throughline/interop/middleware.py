"""What is done around every request of a machine."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from throughline.interop.problems import DETAILS, Problem, answer_with

DOORS = "/api/"


def speak_in_problems(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware by which a machine is never answered with an error page that was made for people."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        refused = response.status_code >= HTTPStatus.BAD_REQUEST
        if not (refused and request.path.startswith(DOORS)) or "json" in response.headers["Content-Type"]:
            return response
        status = HTTPStatus(response.status_code)
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return answer_with(Problem(status, DETAILS.get(status, status.description), headers=kept))

    return answer
