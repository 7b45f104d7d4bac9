"""Sessions: who sees and ends whose, what else ends them, and how they are cleared away."""

import time
from datetime import UTC, datetime, timedelta

import psycopg
import pyotp
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as Key

from tests.inside import someone
from tests.instance import Instance
from throughline.access.journal import Verb
from throughline.access.models import Credential, JournalEntry, Person, Session
from throughline.access.queries import UnknownPerson
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
    reset_second_factor,
)
from throughline.access.sessions import (
    SessionProblem,
    clear_sessions,
    end_other_sessions,
    end_own_session,
    end_sessions,
    ended_how,
    open_session,
    own_sessions,
    see_session,
    sessions_of,
    sign_out,
)
from throughline.kernel import clock

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def _begin(person: Reader, browser: str = "Firefox on Windows") -> str:
    """Begin a session as signing in does; returns its key."""
    store = SessionStore()
    store["person"] = person.person
    store.save()
    key = store.session_key or ""
    open_session(by=person, key=key, address="192.0.2.7", browser=browser)
    return key


def _is_open(key: str) -> bool:
    return Key.objects.filter(session_key=key).exists()


def _noted(username: str) -> list[tuple[str, str, str, object]]:
    """What the auditor of Norfolk reads of the sessions of someone."""
    with reading(someone("auditor@norf")):
        rows = JournalEntry.objects.filter(thing="session", ref=username).order_by("id")
        return [(row.person_name, row.verb, row.why, row.detail.get("ended")) for row in rows]


def test_it_keeps_no_key_in_clear(house: Instance) -> None:
    aisha = someone("analyst@norf")
    key = _begin(aisha)
    with house.as_owner() as owner:
        rows = str(owner.execute("select s::text from access_session s").fetchall())
    assert "192.0.2.7" in rows
    assert key not in rows
    (card,) = own_sessions(aisha, key=key)
    assert (card.browser, card.address, card.is_this) == ("Firefox on Windows", "192.0.2.7", True)


def test_it_shows_when_each_was_last_used_and_not_those_that_ran_out(house: Instance) -> None:
    aisha = someone("analyst@norf")
    with clock.stopped(NOON):
        old, used = _begin(aisha, "Old"), _begin(aisha, "Used")
    with clock.stopped(NOON + timedelta(minutes=20)):
        assert see_session(by=aisha, key=used)
        assert [card.browser for card in own_sessions(aisha, key=old)] == ["Used", "Old"]
    with clock.stopped(NOON + timedelta(minutes=40)):
        (card,) = own_sessions(aisha, key=old)
        assert (card.browser, card.begun_at, card.seen_at) == ("Used", NOON, NOON + timedelta(minutes=20))


def test_a_person_ends_one_or_all_but_the_present_one(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    here, there, elsewhere, theirs = (_begin(person) for person in (aisha, aisha, aisha, mia))
    (card,) = own_sessions(mia, key=theirs)
    assert not end_own_session(by=aisha, ref=card.ref), "nobody ends another's"
    ref = next(c.ref for c in own_sessions(aisha, key=there) if c.is_this)
    assert end_own_session(by=aisha, ref=ref)
    assert not end_own_session(by=aisha, ref=ref)
    assert (_is_open(there), ended_how(there)) == (False, "self")
    assert not see_session(by=aisha, key=there)
    assert end_other_sessions(by=aisha, key=here) == 1
    assert [_is_open(key) for key in (here, elsewhere, theirs)] == [True, False, True]
    assert end_other_sessions(by=aisha, key=here) == 0
    by_her = ("Analyst at NORF", Verb.SIGN_IN, "ended by the person", 1)
    assert _noted("analyst@norf") == [by_her, by_her]


def test_an_administrator_of_the_body_sees_and_ends_them_with_a_reason(house: Instance) -> None:
    aisha, ivan = someone("analyst@norf"), someone("admin@norf")
    key = _begin(aisha)
    (card,) = sessions_of(by=ivan, username="analyst@norf", key="")
    with pytest.raises(SessionProblem, match="Say why"):
        end_sessions(by=ivan, username="analyst@norf", refs=[card.ref], why=" ")
    for by in ("admin@mps", "manager@norf", "auditor@norf"):
        with pytest.raises((UnknownPerson, NotAllowed)):
            sessions_of(by=someone(by), username="analyst@norf", key="")
        with pytest.raises((UnknownPerson, NotAllowed)):
            end_sessions(by=someone(by), username="analyst@norf", refs=[card.ref], why="x")
    assert _is_open(key)
    assert end_sessions(by=ivan, username="officer@norf", refs=[card.ref], why="x") == 0, "not theirs"
    assert end_sessions(by=ivan, username="analyst@norf", refs=[card.ref], why="left unlocked") == 1
    assert (_is_open(key), ended_how(key)) == (False, "admin")
    assert _noted("analyst@norf") == [
        ("Admin at NORF", Verb.CONSULT, "open sessions", None),
        ("Admin at NORF", Verb.SIGN_IN, "left unlocked", 1),
    ]


def test_signing_out_ends_that_session_alone(house: Instance) -> None:
    aisha = someone("analyst@norf")
    here, there = _begin(aisha), _begin(aisha)
    sign_out(by=aisha, key=here)
    assert [ended_how(key) for key in (here, there, "unknown")] == ["out", "", ""]
    assert (_is_open(here), _is_open(there)) == (False, True)


def test_leaving_ends_every_session_however_it_is_done(apart: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    keys, theirs = [_begin(aisha), _begin(aisha)], _begin(mia)
    with reading(someone("admin@norf")):
        Person.objects.filter(pk=aisha.person).update(active=False)
    assert [(_is_open(key), ended_how(key)) for key in keys] == [(False, "left")] * 2
    assert _is_open(theirs)
    assert _noted("analyst@norf") == [("Admin at NORF", Verb.SIGN_IN, "has left", 2)]


def test_a_new_password_ends_every_session_and_a_count_of_failures_none(apart: Instance) -> None:
    aisha = someone("analyst@norf")
    key = _begin(aisha)
    Credential.objects.filter(pk=aisha.person).update(failures=2)
    assert _is_open(key)
    Credential.objects.filter(pk=aisha.person).update(password_hash="another")
    assert (_is_open(key), ended_how(key)) == (False, "password")


def test_a_code_taken_away_ends_every_session_and_one_turned_off_by_its_person_none(house: Instance) -> None:
    aisha = someone("analyst@norf")
    key = _begin(aisha)
    secret = begin_second_factor(by=aisha).secret
    spares = confirm_second_factor(by=aisha, code=pyotp.TOTP(secret).at(clock.now()))
    end_second_factor(by=aisha, code=spares[0])
    assert _is_open(key)
    begin_second_factor(by=aisha)
    reset_second_factor(by=someone("admin@norf"), username="analyst@norf", why="lost their phone")
    assert (_is_open(key), ended_how(key)) == (False, "code")


def test_the_database_shows_them_to_their_person_and_the_administrators_of_the_body_alone(
    house: Instance,
) -> None:
    aisha = someone("analyst@norf")
    _begin(aisha)
    for username, seen in (
        ("analyst@norf", 1), ("admin@norf", 1), ("manager@norf", 0), ("auditor@norf", 0), ("admin@mps", 0),
    ):  # fmt: skip
        with reading(someone(username)):
            assert Session.objects.count() == seen, username
    with house.as_app() as app:
        assert app.execute("update access_session set seen_at = now()").rowcount == 0
        for deed in ("delete from access_session", "update access_session set person = 1"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(deed.encode())


def test_nobody_opens_one_for_another(house: Instance) -> None:
    aisha, ivan = someone("analyst@norf"), someone("admin@norf")
    row = Session(
        ref="SE-1", person=aisha.person, body=aisha.body, key_hash="x", begun_at=NOON, seen_at=NOON,
        address="", browser="",
    )  # fmt: skip
    with pytest.raises(Exception, match="row-level security"), reading(ivan):
        row.save()


def _stand(house: Instance) -> tuple[int, int]:
    with house.as_owner() as owner:
        row = owner.execute(
            "select (select count(*) from access_session), (select count(*) from django_session)"
        ).fetchone()
    assert row
    return row[0], row[1]


def test_it_clears_away_what_ran_out_and_keeps_what_ended_for_a_day(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _begin(aisha)
    sign_out(by=aisha, key=_begin(aisha))
    with clock.stopped(clock.now() - timedelta(hours=25)):
        sign_out(by=aisha, key=_begin(aisha))
        _run_out(_begin(aisha))
    assert _stand(house) == (4, 2)
    assert clear_sessions() == 1
    assert _stand(house) == (2, 1)
    assert clear_sessions() == 0


def _run_out(key: str) -> None:
    Key.objects.filter(session_key=key).update(expire_date=clock.now())


def test_a_worker_clears_them_by_itself(house: Instance) -> None:
    with clock.stopped(clock.now() - timedelta(hours=25)):
        _run_out(_begin(someone("analyst@norf")))
    worker = house.start("worker")
    try:
        until = time.monotonic() + 60
        while _stand(house) != (0, 0):
            assert worker.poll() is None
            assert time.monotonic() < until, "the worker cleared nothing"
    finally:
        worker.terminate()
        worker.wait(timeout=30)
