"""Whoever asks too often is held up for a while, by a count that all processes keep together."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.journeys.test_canary_crawl import routes
from tests.web.visiting import visitor, words_of
from throughline.access.pace import Limit
from throughline.kernel import clock
from throughline.web import pace

THREE = Limit("trial", 3, timedelta(minutes=15))
WRONG = {"username": "analyst@norf", "password": "not the one"}


@pytest.fixture
def three_of_each(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Limits that a test reaches soon."""
    for table in (pace.ASKED, pace.REFUSED):
        for route in table:
            monkeypatch.setitem(table, route, THREE)
    monkeypatch.setattr(pace, "FILE", THREE)
    yield


@pytest.mark.usefixtures("three_of_each")
def test_checks_are_held_up_with_a_page_that_says_for_how_long(cast: Cast) -> None:
    client, now = visitor("analyst@norf"), clock.now()
    asked = {"selector": "07700900123", "why": "A reason"}
    with clock.stopped(now):
        assert [client.post("/check/", asked).status_code for _ in range(4)] == [200, 200, 200, 429]
    with clock.stopped(now + timedelta(minutes=5)):
        held_up = client.post("/check/", asked)
        assert held_up.headers["Retry-After"] == "600"
        assert "held up for 10 minutes" in words_of(held_up)
        assert client.get("/check/").status_code == 200
        assert visitor("manager@norf").post("/check/", asked).status_code == 200


@pytest.mark.usefixtures("three_of_each")
def test_a_guesser_is_held_up_by_address_and_whoever_signs_in_rightly_is_not_counted(cast: Cast) -> None:
    for _ in range(5):
        visitor("officer@norf")
    guesser = Client(REMOTE_ADDR="192.0.2.1")
    for name in ("a@norf", "b@norf", "c@norf"):
        assert guesser.post("/sign-in", {**WRONG, "username": name}).status_code == 200
    assert guesser.post("/sign-in", {**WRONG, "username": "d@norf"}).status_code == 429
    assert guesser.get("/sign-in").status_code == 429
    assert visitor("officer@norf", REMOTE_ADDR="192.0.2.2").get("/desk").status_code == 200


@pytest.mark.usefixtures("three_of_each")
def test_files_are_held_up_whichever_they_are(cast: Cast) -> None:
    client = visitor("analyst@norf")
    for _ in range(3):
        assert client.get(reverse("lines-csv")).status_code == 200
    assert client.get(reverse("lines-geojson")).status_code == 429


def test_every_route_that_hands_over_a_file_has_a_limit() -> None:
    """Views whose module builds a file for download, less blanks to be filled in, which hold nothing."""
    blanks = {"load-template-csv", "load-template-register", "load-template-workbook", "return-template"}
    names = {str(route.name) for route in routes()}
    assert names >= pace.FILES
    for route in routes():
        if _hands_over(route.callback):
            assert str(route.name) in pace.FILES | blanks, route.name


def _hands_over(view: object) -> bool:
    """Whether the body of a view itself calls something that answers with a file."""
    inner = view
    while hasattr(inner, "__wrapped__"):
        inner = inner.__wrapped__
    code = inner.__code__  # type: ignore[attr-defined]  # a function
    tree = ast.parse(Path(code.co_filename).read_text(encoding="utf-8"))
    (found,) = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == code.co_name
    ]
    words = {node.id for node in ast.walk(found) if isinstance(node, ast.Name)}
    texts = {node.value for node in ast.walk(found) if isinstance(node, ast.Constant)}
    answers = {"pdf_answer", "file_answer", "document_answer", "calendar_answer", "_csv", "_file"}
    return bool(words & answers) or "Content-Disposition" in texts
