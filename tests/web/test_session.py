"""Signing in and out: the key of a session, what it remembers, who comes back where."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.access.journal import Verb
from throughline.access.models import JournalEntry, Person, RoleGrant
from throughline.access.reader import reading
from throughline.access.services import CAST_PASSWORD
from throughline.kernel import clock

GOOD = {"username": "analyst@norf", "password": CAST_PASSWORD}
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = settings.SESSION_COOKIE_NAME


def _let_half_an_hour_pass() -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def test_it_lasts_no_longer_than_a_long_shift_however_busy_it_is(cast: Cast) -> None:
    start = clock.now()
    with clock.stopped(start):
        client = visitor("analyst@norf")
    for hour in range(1, 13):
        with clock.stopped(start + timedelta(hours=hour)):
            assert client.get("/desk").status_code == 200
    with clock.stopped(start + timedelta(hours=12, minutes=2)):
        assert client.get("/desk").headers["Location"] == "/sign-in?next=%2Fdesk&because=lasted"
        assert client.get("/desk").status_code == 302


def test_what_a_role_may_not_do_is_in_the_journal(cast: Cast) -> None:
    assert visitor("analyst@norf").get("/people/").status_code == 403
    with reading(cast.grace):
        noted = JournalEntry.objects.get(verb=Verb.REFUSE, person=cast.aisha.person)
        assert (noted.thing, noted.why) == ("page", "people")


def test_it_remembers_the_number_of_the_person_and_when_it_was_used_alone(cast: Cast) -> None:
    with clock.stopped(NOON):
        client = visitor("analyst@norf")
    moment = NOON.isoformat()
    assert dict(client.session.items()) == {"person": cast.aisha.person, "begun": moment, "seen": moment}


def test_it_gives_a_fresh_key_on_signing_in_and_the_old_one_opens_nothing(cast: Cast) -> None:
    client = visitor("officer@mps")
    client.post("/sign-out")
    planted = client.get("/sign-in").client.session
    planted["person"] = None
    planted.save()
    client.cookies[KEY] = planted.session_key or ""
    client.post("/sign-in", GOOD)
    assert client.cookies[KEY].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_it_ends_the_session_on_signing_out_and_keeps_that_in_the_journal(cast: Cast) -> None:
    client = visitor("analyst@norf")
    key = client.cookies[KEY].value
    assert client.post("/sign-out").headers["Clear-Site-Data"] == '"cache", "storage"'
    again = Client()
    again.cookies[KEY] = key
    assert again.get("/desk").status_code == 302
    with reading(cast.grace):
        noted = JournalEntry.objects.filter(verb=Verb.SIGN_IN, person=cast.aisha.person).order_by("id")
        assert [entry.why for entry in noted] == ["", "signed out"]


def test_it_does_not_sign_out_by_a_link(cast: Cast) -> None:
    assert visitor("analyst@norf").get("/sign-out").status_code == 405


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/hits/?kind=phone", "/hits/?kind=phone"),
        ("https://elsewhere.example/", "/desk"),
        ("//elsewhere.example/", "/desk"),
        ("/\\elsewhere.example/", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("hits/", "/desk"),
        ("", "/desk"),
    ],
)
def test_it_leads_back_to_paths_of_ours_alone(cast: Cast, wanted: str, reached: str) -> None:
    sent = Client().post("/sign-in?" + urlencode({"next": wanted}), GOOD)
    assert sent.headers["Location"] == reached


def test_it_sends_whoever_is_not_signed_in_to_sign_in_without_a_reproach(cast: Cast) -> None:
    sent = Client().get("/hits/?kind=phone")
    assert sent.headers["Location"] == "/sign-in?next=%2Fhits%2F%3Fkind%3Dphone"


def test_it_says_why_after_a_time_out(cast: Cast) -> None:
    client = visitor("analyst@norf")
    _let_half_an_hour_pass()
    assert client.get("/hits/").headers["Location"] == "/sign-in?next=%2Fhits%2F&because=time-out"


@pytest.mark.parametrize(
    ("stood_on", "wanted"),
    [
        ("http://testserver/notices/?show=all", "next=%2Fnotices%2F%3Fshow%3Dall"),
        ("https://elsewhere.example/notices/", "next=%2Fdesk"),
        ("", "next=%2Fdesk"),
    ],
)
def test_it_comes_back_to_the_page_that_a_form_stood_on(cast: Cast, stood_on: str, wanted: str) -> None:
    client = visitor("analyst@norf")
    _let_half_an_hour_pass()
    sent = client.post("/notices/read", headers={"referer": stood_on})
    assert sent.headers["Location"] == f"/sign-in?{wanted}&because=time-out-form"


def test_it_says_nothing_that_an_address_makes_up(cast: Cast) -> None:
    assert "made up" not in words_of(Client().get("/sign-in?because=made+up"))


def test_it_takes_a_role_away_at_once(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert client.get("/hits/").status_code == 200
    RoleGrant.objects.filter(person=cast.aisha.person).update(ends=clock.today())
    assert client.get("/hits/").status_code == 403


def test_it_shuts_out_a_person_who_has_left(cast: Cast) -> None:
    client = visitor("analyst@norf")
    Person.objects.filter(pk=cast.aisha.person).update(active=False)
    assert client.get("/desk").status_code == 302


def test_it_refuses_in_the_same_words_whatever_was_wrong(cast: Cast) -> None:
    name = words_of(Client().post("/sign-in", GOOD | {"username": "nobody@norf"}))
    password = words_of(Client().post("/sign-in", GOOD | {"password": "wrong"}))
    assert name == password
    assert "do not match an account" in name


def test_it_never_shows_a_password_again(cast: Cast) -> None:
    shown = Client().post("/sign-in", {"username": "", "password": "kept-to-myself"})
    assert b"kept-to-myself" not in shown.content
    assert "Enter your username" in words_of(shown)


def test_it_asks_for_a_token_with_every_form(cast: Cast) -> None:
    strict: Any = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in", GOOD).status_code == 403
