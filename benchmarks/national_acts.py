"""What people do on a day, over HTTP as a browser does it: sign in, look, check, write, judge, sign out."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from typing import Final
from urllib.parse import urlencode

from benchmarks.instance import as_owner

PATIENCE: Final = 60.0
"""Seconds after which a page that has not answered is an error."""
_WORDS: Final = ("phone", "seen", "station", "cash", "train", "house", "vehicle", "calls", "hostel", "estate")


_GIVEN: Final = (
    "Amir",
    "Grace",
    "Jon",
    "Jonathan",
    "Kate",
    "Katherine",
    "Leila",
    "Marek",
    "Oluwaseun",
    "Priya",
)


class Failed(Exception):
    """An answer that nobody should get, with its address and status."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What there is to be looked at and checked, read once before the day begins."""

    reports: Sequence[str]
    lines: Sequence[str]
    values: Sequence[tuple[str, str]]
    """A kind of selector and a key of it."""
    people: Sequence[tuple[str, str, str]]
    """A username, a role and the code of a body."""
    phones: Sequence[str]


def draw(*, most: int = 20_000) -> Drawn:
    """A sample of everything, taken past every policy: a look at what may not be known is a look as well."""

    def some(query: str) -> list[tuple]:  # type: ignore[type-arg]
        with as_owner() as owner:
            return owner.execute(query.encode(), {"most": most}).fetchall()

    return Drawn(
        reports=[ref for (ref,) in some("select ref from intelligence_report tablesample bernoulli (20) "
                                        "where state = 'circulated' and everyone limit %(most)s")],
        lines=[ref for (ref,) in some("select ref from lines_line l where exists (select from lines_evidence e where "
                                      "e.line_id = l.id and e.released and e.everyone) limit %(most)s")],
        values=some("select kind, key from selectors_sighting tablesample bernoulli (20) "
                    "where kind in ('email', 'opaque', 'social') order by random() limit %(most)s"),
        people=some("select p.username, g.role, b.code from access_person p "
                    "join access_role_grant g on g.person_id = p.id join organisations_body b on b.id = p.body_id "
                    "where p.username like 'day-%%' order by random() limit %(most)s"),
        phones=[f"+447{n:09d}" for n in random.Random(5).sample(range(1_000, 900_000), 500)],  # noqa: S311
    )  # fmt: skip


@dataclass(slots=True)
class Visitor:
    """One browser: its cookies, and the address that it comes from."""

    port: int
    address: str
    body: str = ""
    role: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """The text of a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> str:
        """Send a form as the page that holds it does; a redirection is followed, as it is by a browser."""
        return self._ask(
            "POST", path, urlencode([("csrfmiddlewaretoken", self.cookies.get("csrftoken", "")), *fields])
        )

    def sign_in(self, username: str, password: str) -> None:
        """Ask for the form, send it, and land on the desk."""
        self.get("/sign-in")
        self.post("/sign-in", [("username", username), ("password", password)])
        if "sessionid" not in "".join(self.cookies):
            raise Failed(f"{username} was not signed in")

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.address, 0)
        )
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            self._remember(answer)
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}:
            there = answer.headers["Location"]
            if there.startswith("/sign-in") and path != "/sign-out":
                raise Failed(f"{method} {path} led back to signing in")
            return self._ask("GET", there, None)
        if answer.status != HTTPStatus.OK:
            raise Failed(f"{method} {path}: {answer.status}")
        return text

    def _remember(self, answer: HTTPResponse) -> None:
        for sent in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = sent.partition(";")[0].partition("=")
            self.cookies[name] = value


def check(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
    """Check a value that is held somewhere, or one in five that nobody holds."""
    kind, key = rng.choice(drawn.values)
    if rng.random() < 0.2:  # noqa: PLR2004 said above
        kind, key = "email", f"nobody{rng.getrandbits(40):x}@mail.example"
    found = who.post("/check/", [("selector", key), ("kind", kind), ("why", "stopped on the A2")])
    if "What is known" not in found:
        raise Failed(f"a check of {kind} was not answered")


def write_report(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
    """Record a report of one item with a phone, a person and an e-mail address, for every body."""
    given, family = rng.choice(_GIVEN), "".join(rng.choices("abcdefghklmnoprst", k=2)) + "worth"
    person = f"person: {given} {family} 2001-04-{1 + rng.randrange(28):02d}"
    phone = f"07700900{rng.randrange(1_000):03d}"
    origin = "-".join(["WEB", *("".join(rng.choices("23456789", k=4)) for _ in range(2))])
    who.get("/reports/add")
    found = who.post("/reports/add", [
        ("origin", origin), ("items", "1"), ("title", "A report of the day"), ("do", "save"),
        ("date_of_intelligence-day", "1"), ("date_of_intelligence-month", "10"), ("date_of_intelligence-year", "2026"),
        ("marking", "1"), ("circulation", "everyone"), ("text_1", " ".join(rng.choices(_WORDS, k=22))),
        ("source_1", "2"), ("assessment_1", "B"), ("handling_1", "P"),
        ("selectors_1", f"{phone}\n{person}\nday{rng.getrandbits(30):x}@mail.example"),
    ])  # fmt: skip
    if "A report of the day" not in found:
        raise Failed("a report was not recorded")


def confirm_hit(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
    """Open the list of hits of one's body, the first of it, and say that it is right."""
    refs = re.findall(r'href="/hits/(HI-[^"/?]+)"', who.get("/hits/"))
    if refs:
        ref = rng.choice(refs)
        who.get(f"/hits/{ref}")
        who.post(f"/hits/{ref}", [("verb", "confirm"), ("note", "")])


def ask_calls(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
    """How a number is used, in a hundred million calls."""
    who.post(
        "/calls/", [("numbers", rng.choice(drawn.phones)), ("about", "use"), ("why", "a number of a line")]
    )


Act = Callable[[Visitor, Drawn, random.Random], None]


def _page(path: str) -> Act:
    def look(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
        who.get(path)

    return look


def _page_of(kind: str) -> Act:
    def look(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
        who.get(f"/{kind}/{rng.choice(getattr(drawn, kind))}")

    return look


def _search(who: Visitor, drawn: Drawn, rng: random.Random) -> None:
    who.post("/search/", [("text", " ".join(rng.sample(_WORDS, 2)))])


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that people do, how often in a session, what kind of page it is, and who may do it."""

    act: Act
    a_session: float
    kind: str = "page"
    roles: frozenset[str] = frozenset()
    body: str = ""
    """Only people of this body, by its code, may do it."""


_ANALYST: Final = frozenset({"analyst"})
DEEDS: Final[dict[str, Deed]] = {
    "a check": Deed(check, 3.0, "check"),
    "my desk": Deed(_page("/desk"), 1.5),
    "hits of a body": Deed(_page("/hits/"), 0.6, roles=_ANALYST),
    "a report": Deed(_page_of("reports"), 2.0),
    "list of reports": Deed(_page("/reports/"), 0.5),
    "a line": Deed(_page_of("lines"), 1.5),
    "list of lines": Deed(_page("/lines/?state=open"), 0.3),
    "map of lines": Deed(_page("/lines/map"), 0.1),
    "co-ordination desk": Deed(_page("/lines/co-ordination"), 0.1, roles=frozenset({"coordinator"})),
    "search": Deed(_search, 0.6),
    "notices": Deed(_page("/notices/"), 0.4),
    "clocks": Deed(_page("/clocks/"), 0.2, roles=frozenset({"safeguarding", "analyst"})),
    "board of operations": Deed(_page("/operations/"), 0.2),
    "a report written": Deed(write_report, 0.05, "write", _ANALYST),
    "a hit confirmed": Deed(confirm_hit, 0.1, "write", _ANALYST),
    "a number in call data": Deed(ask_calls, 0.02, "calls", _ANALYST, "NCLCC"),
}
"""A session is some eight pages and three checks. How people will use it is our assumption, not a measurement."""
