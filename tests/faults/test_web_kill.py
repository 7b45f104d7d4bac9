"""SIGKILL to the web server while people check: every check that was answered stands, once, with its journal entry
and its notice."""

import http.cookiejar
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Thread

import psycopg
import pytest

from tests.faults.databases import clone
from tests.faults.stage import url
from tests.instance import Instance
from throughline.access.services import CAST_PASSWORD

KILLS = 4
NUMBER = "07700 900123"
HELD = (
    "report,date_of_intelligence,title,item,text,source,assessment,handling,action,sanitisation,instructions,marking,"
    f"circulation,selectors\nN1,2026-10-01,A deal line,1,Calls arranged,2,B,P,,,,OFFICIAL,,phone:{NUMBER}\n"
)

pytestmark = pytest.mark.timeout(300)


class Visitor:
    """Someone at a browser, as far as forms and cookies go."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)

    def read(self, path: str) -> str:
        with self.browser.open(f"{self.address}{path}", timeout=20) as answer:
            page: str = answer.read().decode()
        return page

    def send(self, path: str, **fields: str) -> str:
        """Open the page, fill in its form and send it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.read(path))
        assert token
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]} | fields).encode()
        request = urllib.request.Request(f"{self.address}{path}", form, {"Referer": f"{self.address}{path}"})
        with self.browser.open(request, timeout=20) as answer:
            page: str = answer.read().decode()
        return page

    def sign_in(self) -> None:
        self.send("/sign-in", username="analyst@kent", password=CAST_PASSWORD)


@contextmanager
def serving(instance: Instance) -> Iterator["tuple[str, subprocess.Popen[str]]"]:
    """A server that the test will kill."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = instance.start("serve", "--address", address)
    try:
        until = time.monotonic() + 60
        while not _answers(f"http://{address}/help"):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield f"http://{address}", server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@dataclass
class Checking:
    """Someone who checks again and again, each time for a reason of its own, until the server is gone."""

    address: str
    name: str
    answered: list[str] = field(default_factory=list)
    ended: str = ""

    def run(self) -> None:
        """Note each check that was answered, and how it ended."""
        try:
            self._check()
        except (urllib.error.URLError, HTTPException, OSError, AssertionError) as end:
            body = end.read().decode() if isinstance(end, urllib.error.HTTPError) else ""
            self.ended = f"{end!r} {body}"

    def _check(self) -> None:
        visitor = Visitor(self.address)
        visitor.sign_in()
        for number in range(1_000):
            why = f"{self.name}, for the {number}th time"
            page = visitor.send("/check/", selector=NUMBER, kind="", why=why)
            assert "NORF intelligence desk" in page, page
            self.answered.append(why)


@pytest.fixture
def ready(instance: Instance) -> Instance:
    """Norfolk holds the number; nobody is connected."""
    path = instance.folder / "held.csv"
    path.write_text(HELD)
    instance.run("load", "reports", str(path), "--as", "analyst@norf")
    return instance


def test_every_answered_check_stands_once(ready: Instance) -> None:
    dice = random.Random(7302)  # noqa: S311 the same moments every time
    with clone(ready) as instance:
        answered: list[str] = []
        for kill in range(KILLS):
            with serving(instance) as (address, server):
                people = [Checking(address, f"Kill {kill}, person {n}") for n in range(2)]
                threads = [Thread(target=person.run) for person in people]
                for thread in threads:
                    thread.start()
                wait_until_answered(people)
                time.sleep(dice.uniform(0, 0.5))
                os.killpg(server.pid, signal.SIGKILL)
                for thread in threads:
                    thread.join(timeout=60)
            answered += [why for person in people for why in person.answered]
        instance.run("flow", "drain")
        instance.run("journal", "verify")
        assert_all_stand(instance, answered)


def wait_until_answered(people: list[Checking]) -> None:
    until = time.monotonic() + 60
    while not all(person.answered for person in people):
        assert not any(person.ended for person in people), people
        assert time.monotonic() < until, "no check was answered"
        time.sleep(0.01)


def assert_all_stand(instance: Instance, answered: list[str]) -> None:
    with psycopg.connect(url(instance)) as owner:
        asked = Counter(why for (why,) in owner.execute("select why from matching_enquiry").fetchall())
        journal = Counter(
            why
            for (why,) in owner.execute(
                "select why from access_journal_entry where thing = 'check'"
            ).fetchall()
        )
        told = Counter(
            why for (why,) in owner.execute(
                "select substring(text from 'Reason: (.*time)\\.') from notices_notice where kind = 'enquiry'"
            ).fetchall()
        )  # fmt: skip
    assert len(answered) >= 2 * KILLS
    assert set(answered) <= set(asked)
    assert set(asked.values()) == {1}
    assert journal == asked
    assert told == asked
