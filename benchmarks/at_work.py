"""People at work over HTTP: each signs in, checks, reports and reads, and keeps what they were told is done.

Who is told that a check or a report is done holds the house to it: ``reckoning`` counts in the database what is lost
and what stands twice. Each also looks for words of other bodies' reports on each page that they are shown.
"""

import html
import http.cookiejar
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread

import psycopg

PASSWORD = "county-lines-trial"  # noqa: S105 of invented people
BODIES = ("NORF", "KENT", "MPS", "ESSEX", "SUFF", "MERS", "WMP", "GMP", "SUSSEX", "HERTS", "BTP", "TVP")
NUMBER = "07700 900123"
"""Every body asks about it, and each holds it in reports that nobody else may read."""
SECRET = re.compile(r"kept-within-([A-Z]+)")
PATIENCE = 60
"""Seconds after which somebody gives an answer up; a browser waits longer."""
WHEN = {"day": "1", "month": "10", "year": "2026"}
READ = ("/", "/reports/", "/hits/", "/notices/", "/static/build/styles.css")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began, how long it took, what for, and what was wrong with the answer, if anything."""

    at: float
    took: float
    what: str
    trouble: str = ""


@dataclass
class Person:
    """An analyst of one body, who works until told to stop and goes on after an answer that failed."""

    address: str
    body: str
    name: str
    pause: float
    checks: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    seen_of_others: int = 0
    signed_in: bool = False

    def work(self, stop: Event) -> None:
        """Go from one thing to the next until ``stop`` is set."""
        dice, number = random.Random(self.name), 0  # noqa: S311 the same work every time
        self._forget()
        while not stop.is_set():
            number += 1
            doing = "sign in" if not self.signed_in else dice.choices(
                ("check", "report", "read"), (5, 2, 3))[0]  # fmt: skip
            begun = time.monotonic()
            try:
                self._do(doing, f"{self.name}-{number}", dice)
                trouble = ""
            except (urllib.error.URLError, HTTPException, OSError, Unexpected) as problem:
                trouble = f"{type(problem).__name__}: {problem}"
            self.asked.append(Asked(begun, time.monotonic() - begun, doing, trouble))
            stop.wait(self.pause)

    def _forget(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)
        self.signed_in = False

    def _do(self, doing: str, name: str, dice: random.Random) -> None:
        if doing == "sign in":
            self._sign_in()
        elif doing == "check":
            page = self._send("/check/", selector=NUMBER, kind="", why=f"Asked as {name}.")
            _expect("intelligence desk" in page or "othing" in page, page)
            self.checks.append(f"Asked as {name}.")
        elif doing == "report":
            self._report(name)
        else:
            self._read(dice.choice(READ))

    def _sign_in(self) -> None:
        self._forget()
        page = self._send("/sign-in", username=f"analyst@{self.body.lower()}", password=PASSWORD)
        _expect("sign-out" in page, page)
        self.signed_in = True

    def _report(self, name: str) -> None:
        page = self._send(
            "/reports/add", do="save", items="1", title=f"Written as {name}", marking="1", circulation="nobody",
            text_1=f"Calls were arranged, kept-within-{self.body}.", selectors_1=NUMBER, source_1="2",
            assessment_1="B", handling_1="P",
            **{f"date_of_intelligence-{part}": text for part, text in WHEN.items()},
        )  # fmt: skip
        _expect("is recorded" in page, page)
        self.reports.append(f"Written as {name}")

    def _read(self, path: str) -> str:
        with self.browser.open(f"{self.address}{path}", timeout=PATIENCE) as answer:
            page: str = answer.read().decode()
        self.seen_of_others += any(body != self.body for body in SECRET.findall(page))
        if 'name="password"' in page and path != "/sign-in":
            # The session went with what was killed: a person signs in again.
            self.signed_in = False
            raise Unexpected("signed out")
        return page

    def _send(self, path: str, **fields: str) -> str:
        """Open the page, fill in its form and send it."""
        shown = self._read(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        _expect(token is not None, shown)
        kept = {name: html.unescape(value) for name, value in hidden.items() if name == "origin"}
        form = urllib.parse.urlencode(
            {"csrfmiddlewaretoken": token[1] if token else ""} | kept | fields
        ).encode()
        request = urllib.request.Request(f"{self.address}{path}", form, {"Referer": f"{self.address}{path}"})  # noqa: S310
        with self.browser.open(request, timeout=PATIENCE) as answer:
            page: str = answer.read().decode()
        self.seen_of_others += any(body != self.body for body in SECRET.findall(page))
        return page


class Unexpected(Exception):
    """An answer came, and it was not the page that this work leads to."""


def _expect(is_so: bool, page: str) -> None:  # noqa: FBT001 what is expected
    if not is_so:
        main = page.partition("<main")[2] or page
        raise Unexpected(" ".join(re.sub(r"<[^>]+>", " ", main).split())[:200])


@dataclass
class Crew:
    """Those who are at work, and what became of it."""

    people: Sequence[Person]
    stop: Event

    def all_asked(self) -> list[Asked]:
        """Every request of everyone, by its beginning."""
        return sorted((one for person in self.people for one in list(person.asked)), key=lambda one: one.at)

    def failed(self) -> list[Asked]:
        """What did not get the answer that it leads to."""
        return [one for one in self.all_asked() if one.trouble]

    def recovered(self, since: float) -> bool:
        """Whether everyone has had an answer to something that they asked after this moment."""
        return all(
            any(one.at >= since and not one.trouble for one in reversed(list(person.asked)))
            for person in self.people
        )

    def wait(self, *, since: float, patience: float = 120) -> float:
        """Seconds from this moment until everyone has been answered again."""
        until = time.monotonic() + patience
        while not self.recovered(since):
            if time.monotonic() > until:
                raise TimeoutError(f"not everyone was answered again: {self.failed()[-3:]}")
            time.sleep(0.02)
        return max(
            min(one.at + one.took for one in person.asked if one.at >= since and not one.trouble)
            for person in self.people
        ) - since  # fmt: skip


@contextmanager
def at_work(address: str, *, people: int, pause: float = 0.05, name: str = "P") -> Iterator[Crew]:
    """So many people at work, a body each, until the end of the block."""
    stop = Event()
    crew = Crew([Person(address, BODIES[n], f"{name}{n}", pause) for n in range(people)], stop)
    threads = [Thread(target=person.work, args=[stop], daemon=True) for person in crew.people]
    for thread in threads:
        thread.start()
    try:
        yield crew
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=PATIENCE + 5)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What became of what people were told is done, and what they were shown."""

    acknowledged: int
    lost: int
    doubled: int
    wrong_reader: int


def reckoning(owner_url: str, people: Sequence[Person]) -> Reckoning:
    """Compare what was acknowledged with what stands: the row, its journal entry and its notice, each once.

    Call it when the steps that waited are done. A check that was not acknowledged may stand or not, but once at most,
    and whole: with its journal entry and the notice to each other body that held the number, or with none of them.
    """
    checks = {why for person in people for why in person.checks}
    reports = {title for person in people for title in person.reports}
    with psycopg.connect(owner_url, autocommit=True) as owner:
        asked = _count(owner, "select why from matching_enquiry where why like 'Asked as %'")
        journal = _count(
            owner, "select why from access_journal_entry where thing = 'check' and why like 'Asked as %'"
        )
        told = _count(
            owner,
            "select substring(text from 'Asked as [^.]*[.]') || body from notices_notice where kind = 'enquiry'",
        )
        written = _count(owner, "select title from intelligence_report where title like 'Written as %'")
        sighted = _count(
            owner,
            "select r.title from intelligence_report r join intelligence_item i on i.report_id = r.id "
            "join selectors_sighting s on s.source_ref = i.ref where r.title like 'Written as %'",
        )
    torn = (
        sum((asked - journal).values()) + sum((journal - asked).values()) + sum((written - sighted).values())
    )
    every = (asked, journal, told, written, sighted)
    return Reckoning(
        acknowledged=len(checks) + len(reports),
        lost=len(checks - set(asked)) + len(reports - set(written)) + torn,
        doubled=sum(times - 1 for counted in every for times in counted.values()),
        wrong_reader=sum(person.seen_of_others for person in people),
    )


def _count(owner: "psycopg.Connection[tuple[str, ...]]", rows: str) -> "Counter[str]":
    return Counter(value for (value,) in owner.execute(rows.encode()).fetchall() if value)
