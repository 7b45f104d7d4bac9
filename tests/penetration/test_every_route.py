"""Every route attacked as every role: typed into, asked by every method, and sent forms that no page of ours made."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.journeys.canaries import Planted
from tests.journeys.test_canary_crawl import SAMPLES, routes
from tests.penetration.payloads import MARK, PAYLOADS, PRODUCT
from tests.web.visiting import visitor
from throughline.access.permissions import Role

ROLES = tuple(f"{role}@norf" for role in Role)
ALWAYS = (PAYLOADS[0], PAYLOADS[2], PAYLOADS[5])
"""Markup, a quote and a template go everywhere; the others take turns."""
CUT = next(payload for payload in PAYLOADS if "\0" in payload)
"""What no text of the database may hold: every form gets it, for a view may read a field without its form."""
FEWEST_FORMS = 12
"""Forms sent by the role that meets the fewest."""
OPEN = {
    "home",
    "help",
    "accessibility",
    "alive",
    "metrics",
    "ready",
    "api-document",
    "api-docs",
    "api-token",
    "sign-in",
    "sign-in-code",
    "sign-on",
    "sign-on-answer",
}
"""Routes that answer before anyone has signed in; a code, and single sign-on, lead back where they do not apply."""
DOORS = ("api-", "taxii-")
"""Routes of machines, which no cookie opens: what a browser was signed in to counts for nothing there."""
KEEPS_SESSION = {"sign-out", "account-session-end", "account-session-end-others", "account-password"}
"""What would sign the attacker out."""
ASKED_BY = ("text", "q", "show", "state", "kind", "after", "before", "next", "because", "body", "area", "page", "day",
            "owner", "who", "verb", "ref", "month", "since", "until", "line", "order", "selector", "value")  # fmt: skip
"""Names under which pages take what is in an address."""


def _addresses(planted: Planted) -> Iterator[tuple[str, str]]:
    """Name and address of each route, with the first thing of its kind where it takes one."""
    for route in routes():
        name = str(route.name)
        samples = SAMPLES[name](planted)[:1] if route.pattern.converters else [()]
        yield from ((name, reverse(name, args=sample)) for sample in samples)


class _Forms(HTMLParser):
    """The forms of a page: where each is sent, and the names of what is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", "") if given.get("method") == "post" else "get", {}))
        elif tag in ("input", "textarea", "select", "button") and given.get("name") and self.found:
            self.found[-1][1][given["name"]] = given.get("value", "")


@contextmanager
def _undone() -> Iterator[None]:
    """What an attacker managed to change is as it was for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _faults(where: str, payload: str, response: Any) -> list[str]:
    """What must not come of an attack, whoever makes it."""
    found = []
    if response.status_code >= 500:
        found.append("broke")
    text = b"" if response.streaming else response.content
    if "html" in response.headers.get("Content-Type", ""):
        shown = text.decode(errors="replace")
        found += ["showed markup as it was typed"] * (MARK in shown) + ["worked it out"] * (PRODUCT in shown)
    if "X-Tlx" in response.headers:
        found.append("took a header from what was typed")
    if urlsplit(response.headers.get("Location", "")).netloc not in ("", "testserver"):
        found.append("led elsewhere")
    return [f"{where} {fault} at {payload[:40]!r} ({response.status_code})" for fault in found]


def _typed(names: Sequence[str], fields: dict[str, str], payload: str) -> dict[str, str]:
    """The payload in each of these fields, the others as the page gave them."""
    return {name: payload if name in names else value for name, value in fields.items()}


@pytest.mark.parametrize("username", ROLES)
def test_what_is_typed_into_an_address_or_a_form_breaks_nothing(planted: Planted, username: str) -> None:
    turn, found, tried = itertools.cycle(PAYLOADS), list[str](), 0
    with _undone():
        client = visitor(username, raise_request_exception=False)
        for name, address in _addresses(planted):
            if name in KEEPS_SESSION:
                continue
            page = client.get(address)
            found += _faults(name, "", page)
            if page.status_code in (403, 404, 405):
                continue
            for payload in (*ALWAYS, next(turn)):
                everything = urlencode(dict.fromkeys(ASKED_BY, payload))
                found += _faults(name, payload, client.get(f"{address}?{everything}"))
            forms = _Forms()
            forms.feed(page.content.decode(errors="replace") if not page.streaming else "")
            for action, fields in forms.found:
                there = urljoin(address, action) if action != "get" else address
                if any(there.startswith(reverse(kept)) for kept in KEEPS_SESSION):
                    continue
                asked = [field for field in fields if field != "csrfmiddlewaretoken"]
                for names, payload in zip(
                    (asked, asked, asked[:1], asked[-1:]), (ALWAYS[0], CUT, next(turn), next(turn)),
                    strict=True,
                ):  # fmt: skip
                    tried += 1
                    sent = _typed(names, fields, payload)
                    answer = client.get(there, sent) if action == "get" else client.post(there, sent)
                    found += _faults(f"{name} -> {there}", payload, answer)
        assert client.get("/desk").status_code == 200, (
            "the session was lost on the way, and the rest not tried"
        )
    assert found == []
    assert tried >= FEWEST_FORMS, "the forms were not found"


@pytest.mark.parametrize("username", ["manager@norf", "admin@norf"])
def test_what_is_typed_in_the_place_of_a_reference_breaks_nothing(planted: Planted, username: str) -> None:
    found = []
    client = visitor(username, raise_request_exception=False)
    for route in routes():
        if not route.pattern.converters:
            continue
        sample = SAMPLES[str(route.name)](planted)[0]
        for payload in (
            "AAAA-0000",
            "-1",
            "0",
            "x" * 300,
            "%27%20or%201=1",
            "..%2f..%2f",
            "%00",
            "%ff%fe",
            "\U0001f600",
        ):
            address = reverse(str(route.name), args=sample).replace(str(sample[0]), payload)
            found += _faults(str(route.name), payload, client.get(address))
    assert found == []


def test_every_route_asks_who_is_there(planted: Planted) -> None:
    strangers = Client()
    for name, address in _addresses(planted):
        for answer in (strangers.get(address), strangers.post(address)):
            if name in OPEN or answer.status_code == 405:
                continue
            if name.startswith(DOORS):
                assert answer.status_code == 401, name
            else:
                assert answer.headers.get("Location", "").startswith("/sign-in?next="), (
                    name,
                    answer.status_code,
                )


def test_no_form_is_taken_that_no_page_of_ours_made(planted: Planted) -> None:
    """Cross-site request forgery: the cookies of a person, and a form without the token of the session."""
    for username in ("manager@norf", "admin@norf"):
        strict = visitor(username)
        strict.handler.enforce_csrf_checks = True
        for name, address in _addresses(planted):
            refusals = (400, 401, 403, 405) if name.startswith(DOORS) else (403,)
            assert strict.post(address).status_code in refusals, name
            assert strict.post(address, {"csrfmiddlewaretoken": "a" * 64}).status_code in refusals, name


def test_other_methods_are_refused(planted: Planted) -> None:
    client = visitor("manager@norf", raise_request_exception=False)
    for name, address in _addresses(planted):
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
            answer = client.generic(method, address)
            assert answer.status_code in (403, 404, 405), (name, method, answer.status_code)


def test_every_answer_carries_its_headers_and_none_says_what_it_runs_on(planted: Planted) -> None:
    client = visitor("manager@norf")
    for name, address in _addresses(planted):
        said = client.get(address).headers
        policy = said["Content-Security-Policy"]
        assert policy.startswith(("default-src 'self'", "default-src 'none'; sandbox")), name
        assert "unsafe" not in policy, name
        assert said["X-Content-Type-Options"] == "nosniff", name
        assert said["X-Frame-Options"] == "DENY", name
        assert said["Referrer-Policy"] == "same-origin", name
        assert said["Cache-Control"] == "no-store", name
        assert "X-Powered-By" not in said, name
