"""The account pages: a code at sign-in, spare codes shown once, someone standing in."""

import re
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from django.conf import LazySettings
from django.test import Client

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.access.services import CAST_PASSWORD
from throughline.kernel import clock

GOOD = {"username": "analyst@norf", "password": CAST_PASSWORD}


def _secret(client: Client) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/account/code").content.decode())
    assert found
    return found[1].replace(" ", "")


def _turned_on(client: Client) -> tuple[str, list[str]]:
    secret = _secret(client)
    shown = client.post("/account/code", {"code": pyotp.TOTP(secret).at(clock.now())})
    return secret, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", shown.content.decode())


def test_a_code_is_turned_on_asked_for_and_turned_off(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert "<svg" in client.get("/account/code").content.decode()
    wrong = client.post("/account/code", {"code": "12"})
    assert "Enter the code that your app shows now." in unescape(wrong.content.decode())
    _, spares = _turned_on(client)
    assert len(spares) == 8
    again = Client()
    half = again.post("/sign-in?next=/notices/", GOOD)
    assert half.headers["Location"] == "/sign-in/code?next=%2Fnotices%2F"
    assert again.get("/desk").status_code == 302, "half signed in is not signed in"
    assert again.post("/sign-in/code?next=/notices/", {"code": "1"}).status_code == 200
    done = again.post("/sign-in/code?next=/notices/", {"code": spares[0]})
    assert (done.status_code, done.headers["Location"]) == (302, "/notices/")
    assert again.get("/desk").status_code == 200
    assert again.post("/account/code/off", {"code": spares[0]}).status_code == 200, "good once"
    assert again.post("/account/code/off", {"code": spares[1]}).status_code == 302
    assert Client().post("/sign-in", GOOD).headers["Location"] == "/desk"


def test_the_code_is_not_asked_for_ever(cast: Cast) -> None:
    _, spares = _turned_on(visitor("analyst@norf"))
    client = Client()
    client.post("/sign-in", GOOD)
    with clock.stopped(clock.now() + timedelta(minutes=6)):
        assert client.post("/sign-in/code", {"code": spares[0]}).status_code == 302
        assert client.get("/desk").status_code == 302


def test_where_it_is_required_nothing_opens_before_it_is_set_up(cast: Cast, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = visitor("analyst@norf")
    for address in ("/desk", "/reports/", "/account/", "/check/"):
        assert client.get(address).headers["Location"] == "/account/code"
    _turned_on(client)
    assert client.get("/desk").status_code == 200


def test_an_administrator_takes_it_away_from_someone_of_the_body(cast: Cast) -> None:
    _turned_on(visitor("analyst@norf"))
    assert visitor("admin@mps").get("/people/analyst@norf/code").status_code == 404
    admin = visitor("admin@norf")
    assert admin.post("/people/analyst@norf/code", {"why": ""}).status_code == 200
    assert admin.post("/people/analyst@norf/code", {"why": "lost their phone"}).status_code == 302
    assert Client().post("/sign-in", GOOD).headers["Location"] == "/desk"


def _leave(**changed: str) -> dict[str, str]:
    last = clock.today() + timedelta(days=5)
    day = {"last_day-day": str(last.day), "last_day-month": str(last.month), "last_day-year": str(last.year)}
    return {"roles": "manager", "username": "officer@norf", "why": "on leave", **day, **changed}


def test_a_colleague_stands_in_and_it_is_taken_back(cast: Cast) -> None:
    client = visitor("manager@norf")
    assert client.post("/account/stand-in", _leave()).status_code == 302
    assert "officer@norf stands in for you up to and including" in words_of(client.get("/account/"))
    assert "Manager for Manager at NORF" in words_of(visitor("officer@norf").get("/account/"))
    client.post("/account/stand-in/end", {"username": "officer@norf"})
    assert "Nobody stands in for you." in words_of(client.get("/account/"))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"username": "officer@mps"}, "Enter the username of a colleague in your own body."),
        ({"last_day-year": "2099"}, "The last day must be within 60 days."),
        ({"roles": "analyst"}, "choose from the list"),
    ],
)
def test_a_fault_stands_beside_its_field(cast: Cast, changed: dict[str, str], fault: str) -> None:
    assert fault in words_of(visitor("manager@norf").post("/account/stand-in", _leave(**changed)))


def test_a_password_is_changed_which_ends_the_session(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in", GOOD)
    sent = {"current": "not the one", "password": "heron lantern bicycle"}
    assert "this is not it" in words_of(client.post("/account/password", sent))
    client.post("/account/password", sent | {"current": CAST_PASSWORD})
    shown = client.get("/account/", follow=True)
    assert "Your password was changed, which ended your sessions." in words_of(shown)
    signed_in = client.post("/sign-in", GOOD | {"password": sent["password"]}, follow=True)
    assert "My desk" in words_of(signed_in)
