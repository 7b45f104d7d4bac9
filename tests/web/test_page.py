"""A page takes plain values only, and every answer carries its security headers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import Http404, HttpResponse
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from throughline.access.models import Person
from throughline.access.reader import NotAllowed
from throughline.web import errors
from throughline.web.about.views import accessibility, help_page
from throughline.web.jinja import environment
from throughline.web.middleware import ExplainRefusals, secure_pages
from throughline.web.page import require_plain
from throughline.web.readiness import get_ready
from throughline.web.request import Visit

TEMPLATES = Path(errors.__file__).parent / "templates"


@dataclass(frozen=True)
class Row:
    """A plain row with something in it."""

    what: object


def visit() -> Visit:
    """A visit by someone who is not signed in."""
    request = RequestFactory().get("/help")
    request.reader = None  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def lazy() -> Iterator[int]:
    yield 1


@pytest.mark.parametrize(
    "value",
    [Person(name="Aisha"), Person.objects.all(), lazy(), object(), Row, print],
    ids=["a model", "a query set", "a generator", "an object", "a class", "a function"],
)
@pytest.mark.parametrize(
    "wrap", [lambda v: v, lambda v: [v], lambda v: {"k": (Row(v),)}], ids=["bare", "list", "deep"]
)
def test_it_refuses_what_is_not_plain(value: object, wrap: "type[list[object]]") -> None:
    with pytest.raises(TypeError, match="plain values only"):
        require_plain(wrap(value), "rows")  # type: ignore[call-overload]


def test_it_names_the_place_of_what_it_refuses() -> None:
    with pytest.raises(TypeError, match=r"^rows\[1\]\.what\['body'\] is of "):
        require_plain([Row(1), Row({"body": Person()})], "rows")


def test_it_takes_plain_values_however_deep() -> None:
    require_plain({"a": [Row((1, "two", None, datetime(2026, 10, 3, tzinfo=UTC), frozenset({3.0})))]}, "rows")


def test_a_slip_in_a_template_is_an_error_and_not_a_gap() -> None:
    env = environment()
    for source in ("{{ nobody }}", "{{ row.nothing }}", "{% if row.what.nothing %}{% endif %}"):
        with pytest.raises(UndefinedError):
            env.from_string(source).render(row=Row("x"))


def test_it_escapes_what_it_shows() -> None:
    assert environment().from_string("{{ text }}").render(text="<script>") == "&lt;script&gt;"


def test_every_template_can_be_read() -> None:
    env = environment()
    names = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]
    assert names
    for name in names:
        env.get_template(name)


def test_it_sends_a_strict_policy_with_the_nonce_of_the_page() -> None:
    response = secure_pages(help_page)(visit())
    policy = response.headers["Content-Security-Policy"]
    nonces = re.findall(r'<script[^>]* nonce="([^"]+)"', response.content.decode())
    assert len(set(nonces)) == 1
    assert policy == (
        f"default-src 'self'; script-src 'self' 'nonce-{nonces[0]}'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_no_two_pages_share_a_nonce() -> None:
    answers = [secure_pages(help_page)(visit()).headers["Content-Security-Policy"] for _ in range(2)]
    assert answers[0] != answers[1]


def test_every_script_carries_the_nonce_and_no_style_stands_in_a_page() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<script") == text.count('nonce="{{ nonce }}"'), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), path


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (help_page, 200, "Help"),
        (accessibility, 200, "Accessibility statement"),
        (errors.bad_request, 400, "Something in the request was wrong"),
        (errors.forbidden, 403, "You cannot do this"),
        (errors.csrf_failure, 403, "This page was open too long"),
        (errors.not_found, 404, "Page not found"),
        (errors.server_error, 500, "Sorry, something went wrong"),
    ],
)
def test_it_answers_in_house_style(view: "type[HttpResponse]", status: int, heading: str) -> None:
    response = secure_pages(view)(visit())
    text = response.content.decode()
    assert response.status_code == status
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in text
    assert text.count("OFFICIAL</aside>") == len(["top", "bottom"])


def test_a_missing_page_and_a_closed_record_read_the_same() -> None:
    first = errors.not_found(visit(), Http404("No such address"))
    second = errors.not_found(visit(), Http404("IR-26-00001 is closed to you"))
    without = [re.sub(rb'value="[^"]*"', b"", answer.content) for answer in (first, second)]
    assert without[0] == without[1]


def test_a_refusal_from_a_service_becomes_a_page() -> None:
    middleware = ExplainRefusals(help_page)
    answer = middleware.process_exception(visit(), NotAllowed("no"))
    assert answer is not None
    assert answer.status_code == 403
    assert middleware.process_exception(visit(), KeyError()) is None


def test_a_web_process_compiles_its_pages_before_anybody_asks_for_them() -> None:
    get_ready().join()
    pages = engines["jinja2"].env.cache  # type: ignore[attr-defined]  # of Django's own backend for Jinja
    assert {"layout.html", "desk/desk.html", "lines/map.html"} <= {name for _, name in pages}
