"""The pages of sessions: one's own on the account page, someone's for an administrator, and what an ended one says."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session as Key
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.access.addresses import address_of
from throughline.access.models import Credential, Person
from throughline.kernel import clock
from throughline.web.session.browser import browser_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0 Safari/537.36 Edg/126.0"
)


def _in(username: str, agent: str) -> Client:
    return visitor(username, headers={"user-agent": agent})


def _refs(page: Any) -> list[str]:
    return re.findall(r"SE-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content.decode())


def _reason(client: Client, address: str = "/desk") -> str:
    """What the next page says to whoever is sent to sign in."""
    sent = client.get(address)
    assert sent.status_code == 302
    return words_of(client.get(sent.headers["Location"]))


def test_a_person_sees_where_they_are_signed_in_and_which_one_is_this(cast: Cast) -> None:
    here = _in("analyst@norf", FIREFOX)
    there = _in("analyst@norf", EDGE)
    _in("officer@norf", EDGE)
    page = here.get("/account/")
    words = words_of(page)
    assert len(set(_refs(page))) == 1, "one other can be ended"
    assert words.count("Edge on Windows 127.0.0.1") == 1
    assert re.search(r"Firefox on Linux 127\.0\.0\.1 .{40,70} This one", words)
    assert here.post("/account/sessions/end", {"session": _refs(page)[0]}, follow=True).redirect_chain
    assert "ended from another of your sessions" in _reason(there)
    assert "End all but this one" not in words_of(here.get("/account/"))


def test_all_but_this_one_end_together(cast: Cast) -> None:
    here, *others = (visitor("analyst@norf") for _ in range(3))
    shown = here.post("/account/sessions/end-others", follow=True)
    assert "2 sessions ended. You are signed in here alone." in words_of(shown)
    assert all(other.get("/desk").status_code == 302 for other in others)
    assert here.get("/desk").status_code == 200


def test_another_s_session_is_not_ended_by_its_reference(cast: Cast) -> None:
    mine = visitor("analyst@norf")
    visitor("analyst@norf")
    ref = _refs(mine.get("/account/"))[0]
    shown = visitor("analyst@mps").post("/account/sessions/end", {"session": ref}, follow=True)
    assert "That session had ended already." in words_of(shown)
    assert ref in _refs(mine.get("/account/"))


def test_what_was_typed_into_a_form_of_an_ended_session_is_said_to_be_lost(cast: Cast) -> None:
    here, there = visitor("analyst@norf"), visitor("analyst@norf")
    here.post("/account/sessions/end-others")
    sent = there.post("/notices/read", headers={"referer": "http://testserver/notices/"})
    assert sent.headers["Location"] == "/sign-in?next=%2Fnotices%2F&because=self-form"
    assert "What you had just typed was not kept" in words_of(there.get(sent.headers["Location"]))


def test_an_administrator_ends_what_they_choose_with_a_reason(cast: Cast) -> None:
    aisha, admin = _in("analyst@norf", EDGE), visitor("admin@norf")
    assert "See and end their sessions" in words_of(admin.get("/people/analyst@norf/roles"))
    page = admin.get("/people/analyst@norf/sessions")
    assert "Edge on Windows, from 127.0.0.1" in words_of(page)
    ref = _refs(page)[0]
    nothing = admin.post("/people/analyst@norf/sessions", {}).content.decode()
    assert "Choose at least one session" in nothing
    assert "Say why" in nothing
    assert aisha.get("/desk").status_code == 200
    sent = {"sessions": ref, "why": "left unlocked"}
    shown = admin.post("/people/analyst@norf/sessions", sent, follow=True)
    assert "1 session of Analyst at NORF ended." in words_of(shown)
    assert "They are not signed in anywhere." in words_of(shown)
    assert "Your administrator ended this session." in _reason(aisha)
    assert aisha.post("/people/analyst@norf/sessions", sent).status_code == 302


@pytest.mark.parametrize(
    ("username", "status"), [("admin@mps", 404), ("manager@norf", 403), ("auditor@norf", 403)]
)
def test_nobody_else_sees_them(cast: Cast, username: str, status: int) -> None:
    visitor("analyst@norf")
    assert visitor(username).get("/people/analyst@norf/sessions").status_code == status
    assert visitor(username).post("/people/analyst@norf/sessions", {"why": "x"}).status_code == status


def test_whoever_has_left_or_has_a_new_password_reads_so(cast: Cast) -> None:
    left, changed = visitor("analyst@norf"), visitor("officer@mps")
    Person.objects.filter(pk=cast.aisha.person).update(active=False)
    Credential.objects.filter(pk=cast.ben.person).update(password_hash="another")
    assert "Your account was closed." in _reason(left)
    assert "Your password was changed" in _reason(changed)


def test_it_notes_the_use_once_a_minute_and_lets_the_session_last_from_then(cast: Cast) -> None:
    began = clock.now()
    with clock.stopped(began):
        client = visitor("analyst@norf")
    key = Key.objects.order_by("-expire_date")[0].session_key
    Key.objects.update(expire_date=began + timedelta(minutes=2))
    with clock.stopped(began + timedelta(seconds=59)), CaptureQueriesContext(connection) as asked:
        client.get("/account/")
    assert [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))] == []
    assert Key.objects.get(session_key=key).expire_date == began + timedelta(minutes=2)
    with clock.stopped(began + timedelta(seconds=60)):
        client.get("/account/")
    assert Key.objects.get(session_key=key).expire_date > began + timedelta(minutes=30)
    assert client.cookies["sessionid"].value == key


def test_a_session_that_nobody_could_see_or_end_opens_nothing(cast: Cast) -> None:
    client = visitor("analyst@norf")
    unseen = client.session
    unseen.create()
    unseen["person"] = cast.aisha.person
    unseen.pop("seen", None)
    unseen.save()
    client.cookies["sessionid"] = unseen.session_key or ""
    assert client.get("/desk").status_code == 302
    assert not Key.objects.filter(session_key=unseen.session_key).exists()


def _request(**said: str) -> Any:
    request = HttpRequest()
    request.META |= said
    return request


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chromium/126 Chrome/126 Safari/1", "Chromium on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari on Mac"),
        ("Firefox/1", "Firefox"),
        ("a-program/2.1\x00\x07" + "x" * 100, "a-program/2.1" + "x" * 67),
        ("", "A browser that does not say which"),
    ],
)  # fmt: skip
def test_a_browser_is_named_in_plain_words(said: str, words: str) -> None:
    assert browser_of(_request(HTTP_USER_AGENT=said)) == words


def test_markup_in_the_name_of_a_program_is_text(cast: Cast) -> None:
    shown = _in("analyst@norf", "<b>bold</b>").get("/account/").content.decode()
    assert "<b>bold" not in shown
    assert "<b>bold</b>" in unescape(shown)


@pytest.mark.parametrize(
    ("behind", "near", "said", "address"),
    [
        (False, "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (True, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "<script>", "127.0.0.1"),
        (True, "127.0.0.1", "", "127.0.0.1"),
        (True, "", "", ""),
        (False, "2001:DB8::1", "", "2001:db8::1"),
    ],
)
def test_the_address_is_that_of_the_other_end(
    settings: Any, *, behind: bool, near: str, said: str, address: str
) -> None:
    settings.BEHIND_PROXY = behind
    assert address_of(_request(REMOTE_ADDR=near, HTTP_X_FORWARDED_FOR=said)) == address
