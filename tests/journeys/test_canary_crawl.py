"""The canary crawl: every address, asked for by everyone, shows a planted word only to those who may know it."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, permutations
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import USERNAMES
from tests.inside import inside, someone
from tests.instance import fresh_instance
from tests.interop.machines import collection
from tests.journeys.canaries import COMMON, SHARED, Planted, plant
from tests.web.visiting import visitor
from throughline.access.permissions import Permission, Role
from throughline.access.reader import Reader, reading
from throughline.interop.stix.names import NAMESPACE, name_of
from throughline.oversight.indicators import INDICATORS
from throughline.oversight.model_cards import KEYS
from throughline.web import pace
from throughline.web.custody.words import MOVES as ARREST_MOVES
from throughline.web.operations.words import MODERATES
from throughline.web.operations.words import MOVES as WEEK_MOVES
from throughline.web.orders.papers import KINDS as PAPER_KINDS
from throughline.web.orders.papers import NAMES as PAPERS
from throughline.web.orders.words import MOVES as ORDER_MOVES
from throughline.web.plans.deciding import WAYS as PLAN_WAYS
from throughline.web.retention.words import ACTS
from throughline.web.rights.words import ACTS as RIGHTS_ACTS
from throughline.web.safeguarding.words import MOVES as CONCERN_MOVES
from throughline.web.tasking.moving import WAYS

CRAWLERS = sorted(
    {*USERNAMES.values(), *(f"{role}@norf" for role in Role), "officer@mps", "manager@mps", "chair@mps",
     "auditor@mps", "analyst@mers", "officer@mers", "officer@kent", "analyst@kent",
     "auditor@kent"}
)  # fmt: skip
"""The whole cast, every role in the body that holds most, and both sides of each circulation."""
MOST_PAGES = 3000
"""A crawl that finds more than this goes round in circles."""

Samples = Callable[[Planted], list[tuple[str, ...]]]


def each(kind: str) -> Samples:
    """Every planted thing of a kind, by its reference."""
    return lambda planted: [(ref,) for ref in planted.refs[kind]]


SAMPLES: dict[str, Samples] = {
    "api-report": each("report"),
    "api-line": each("line"),
    **dict.fromkeys(("api-chart-graphml", "api-chart-geojson"), each("chart")),
    "taxii-status": lambda _: [(str(NAMESPACE),)],
    **dict.fromkeys(
        ("taxii-collection", "taxii-objects", "taxii-manifest"),
        lambda _: [(collection(""),), (collection("NORF"),)],
    ),
    **dict.fromkeys(
        ("taxii-object", "taxii-versions"),
        lambda planted: [
            (collection(""), name_of("report", planted.refs["report"][0])),
        ],
    ),
    "check-list": each("list"),
    "check-list-file": each("list"),
    "check-list-standing": each("list"),
    "check-asked": each("list"),
    "interest-renew": each("interest"),
    "event": each("event"),
    "event-change": each("event"),
    "event-cancel": each("event"),
    "event-break-silence": each("event"),
    "hit": each("hit"),
    "hit-note": each("hit"),
    "indicator": lambda _: [(one.key,) for one in INDICATORS[:2]],
    "line": each("line"),
    "model": lambda _: [(key,) for key in KEYS],
    "line-profile": each("line"),
    "line-views": each("line"),
    "link": each("link"),
    "blind-link": each("blind match"),
    "places": each("places"),
    "review": each("review"),
    "review-act": lambda planted: [(ref, act) for ref in planted.refs["review"] for act in ACTS],
    "hold-lift": each("hold"),
    **dict.fromkeys(("certificate", "certificate-file"), each("certificate")),
    "rights-request": each("rights"),
    "rights-act": lambda planted: [(ref, act) for ref in planted.refs["rights"] for act in RIGHTS_ACTS],
    "rights-record": lambda planted: [
        (ref, record) for ref in planted.refs["rights"] for record in planted.refs["rights record"]
    ],
    "rights-answer": lambda planted: [
        (ref, kind) for ref in planted.refs["rights"] for kind in ("pdf", "csv")
    ],
    "line-move": lambda planted: [
        (ref, verb) for ref in planted.refs["line"] for verb in ("accept", "dismiss", "reopen", "reconsider")
    ],
    "line-compare": lambda planted: list(permutations(planted.refs["line"], 2)),
    "authority": each("authority"),
    "authority-record": each("authority"),
    "load-calls": each("authority"),
    "load-call-columns": each("load"),
    "authority-keep": each("authority"),
    "authority-end": each("authority"),
    "network": each("network"),
    "chart": each("chart"),
    "chart-thing": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["thing"]],
    **dict.fromkeys(
        (
            "chart-key-people",
            "chart-expand",
            "chart-widen",
            "chart-add",
            "chart-way",
            "chart-hide",
            "chart-show",
            "chart-places",
            "chart-layout",
            "chart-save",
            "chart-share",
            "chart-copy",
        ),
        each("chart"),
    ),
    "chart-file": lambda planted: [
        (ref, kind) for ref in planted.refs["chart"] for kind in ("csv", "graphml", "geojson", "png")
    ],
    "network-change": each("network"),
    "network-chart": each("network"),
    **dict.fromkeys(
        ("operation", "operation-pack", "operation-duty", "operation-board", "operation-summary"),
        each("operation"),
    ),
    "pack-result": lambda planted: [
        (ref, pack) for ref in planted.refs["operation"] for pack in planted.refs["pack"]
    ],
    "operation-move": lambda planted: [
        (ref, verb) for ref in planted.refs["operation"] for verb in WEEK_MOVES
    ],
    "return": lambda planted: [
        (ref, body, day)
        for ref in planted.refs["operation"]
        for body in ("NORF", "MPS", "NCLCC")
        for day in planted.refs["return day"]
    ],
    **dict.fromkeys(
        ("return-send", "return-sheet", "return-template"),
        lambda planted: [
            (ref, day) for ref in planted.refs["operation"] for day in planted.refs["return day"]
        ],
    ),
    **dict.fromkeys(("disruption", "disruption-join"), each("disruption")),
    "disruption-moderate": lambda planted: [
        (ref, verb) for ref in planted.refs["disruption"] for verb in MODERATES
    ],
    **dict.fromkeys(
        (
            "order",
            "order-item",
            "order-pieces",
            "order-evidence",
            "order-ask",
            "order-earlier",
            "order-replacement",
            "order-papers",
            "order-change",
            "order-provider",
            "order-out",
        ),
        each("order"),
    ),
    "order-move": lambda planted: [(ref, verb) for ref in planted.refs["order"] for verb in ORDER_MOVES],
    "order-by-provider": lambda planted: [
        (ref, provider, verb)
        for ref in planted.refs["order"]
        for provider in planted.refs["order provider"]
        for verb in ("serve", "comply")
    ],
    **dict.fromkeys(("arrest", "bail-card", "condition-set", "breach-note"), each("arrest")),
    "custody-of-line": each("line"),
    "arrest-move": lambda planted: [(ref, verb) for ref in planted.refs["arrest"] for verb in ARREST_MOVES],
    "bail-extend": lambda planted: [
        (ref, stage) for ref in planted.refs["arrest"] for stage in ("47ZDA", "47ZG")
    ],
    "condition-lift": lambda planted: [(ref, "1") for ref in planted.refs["arrest"]],
    "order-paper": lambda planted: [
        (ref, paper, kind) for ref in planted.refs["order"] for paper in PAPERS for kind in PAPER_KINDS
    ],
    "order-question": each("order question"),
    **dict.fromkeys(
        ("concern", "concern-assess", "concern-step", "concern-who", "concern-particulars", "concern-share"),
        each("concern"),
    ),
    "sides-concern": each("concern"),
    "concern-disclose": each("concern"),
    "concern-record": lambda planted: [(ref, "visit") for ref in planted.refs["concern"]],
    "agency-person": each("agency"),
    "partner-message": each("partner message"),
    "partner-disclosure": each("disclosure"),
    **dict.fromkeys(("clock-pause", "clock-resume"), each("clock")),
    **dict.fromkeys(("referral-draft", "concern-missing", "concern-acknowledge"), each("concern")),
    "episode-move": lambda planted: [
        (*ref.split("/"), verb) for ref in planted.refs["episode"] for verb in ("find", "interview")
    ],
    **dict.fromkeys(
        ("referral", "referral-answers", "referral-sheet", "referral-notice", "referral-notice-file"),
        lambda planted: [tuple(ref.split("/")) for ref in planted.refs["referral"]],
    ),
    "referral-move": lambda planted: [
        (*ref.split("/"), verb)
        for ref in planted.refs["referral"]
        for verb in ("submit", "notify", "withdraw")
    ],
    **dict.fromkeys(
        ("sides-line", "sides-status"),
        lambda planted: [tuple(ref.split("/")) for ref in planted.refs["sides"]],
    ),
    "sides-network-list": each("network"),
    "sides-network": lambda planted: [(ref, "1") for ref in planted.refs["network"]],
    "concern-move": lambda planted: [
        (ref, verb) for ref in planted.refs["concern"] for verb in CONCERN_MOVES
    ],
    "bid": each("bid"),
    "plan": each("plan"),
    "plan-again": each("plan"),
    "plan-say": lambda planted: [
        (ref, line) for ref in planted.refs["plan"] for line in planted.refs["line"]
    ],
    "plan-move": lambda planted: [(ref, verb) for ref in planted.refs["plan"] for verb in PLAN_WAYS],
    "target-profile": each("bid"),
    "problem-profile": lambda _: [(code,) for code in ("NORF", "MPS")],
    "days-of-body": lambda _: [(code,) for code in ("NORF", "MPS")],
    "bid-of-line": each("line"),
    "asking-set-aside": lambda planted: [(ref, "child") for ref in planted.refs["line"]],
    "bid-move": lambda planted: [(ref, verb) for ref in planted.refs["bid"] for verb in WAYS],
    "merge-undo": lambda planted: [
        (batch, ref) for batch in planted.refs["merge"] for ref in planted.refs["line"]
    ],
    "line-close": each("line"),
    "line-lead": each("line"),
    "line-give-up": each("line"),
    "line-withdraw": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["evidence"]],
    "line-from-item": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["item"]],
    "line-from-hit": each("hit"),
    "check-back": each("check-back"),
    "second-look": each("second look"),
    "interest-end": each("interest"),
    "watch": each("call watch"),
    "watch-move": lambda planted: [
        (ref, verb) for ref in planted.refs["call watch"] for verb in ("look-on", "end")
    ],
    "notice-read": lambda _: [("NO-2222-2222",)],
    "report": each("report"),
    "report-draft": each("draft"),
    "report-draft-discard": each("draft"),
    "report-grade": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["item"]],
    "report-grade-provenance": each("report"),
    "report-attach": each("report"),
    "report-file": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["file"]],
    "report-file-withdraw": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["file"]],
    "report-finish": each("report"),
    "report-circulate": each("report"),
    "report-reject": each("report"),
    "report-sanitise": each("report"),
    "report-correct": each("report"),
    "report-withdraw": each("report"),
    "load": each("load"),
    "load-do": each("load"),
    "load-columns": each("load"),
    "load-values": each("load"),
    "load-errors": each("load"),
    "load-mend": lambda planted: [(ref, "2") for ref in planted.refs["load"]],
    "report-widen": each("report"),
    "request": each("request"),
    "request-grant": each("request"),
    "request-sanitise": each("request"),
    "request-refuse": each("request"),
    "request-withdraw": each("request"),
    "request-of-hit": each("hit"),
    "request-of-check": lambda planted: [
        (ref, body) for ref in planted.refs["enquiry"] for body in ("NORF", "MERS", "MPS", "KENT")
    ],
    "who-report": each("report"),
    "who-item": lambda planted: [tuple(ref.split("/")) for ref in planted.refs["item"]],
    "who-interest": each("interest"),
    "who-hit": each("hit"),
    "saved-search": each("saved search"),
    "search-seen": each("saved search"),
    "search-move": each("saved search"),
    "person-roles": lambda _: [(username,) for username in USERNAMES.values()],
    "person-sessions": lambda _: [(username,) for username in USERNAMES.values()],
    "person-password": lambda _: [(username,) for username in USERNAMES.values()],
    "person-wish": lambda _: [(username,) for username in USERNAMES.values()],
    "person-sign-on": lambda _: [(username,) for username in USERNAMES.values()],
    "person-leave": lambda _: [(username,) for username in USERNAMES.values()],
    "person-return": lambda _: [(username,) for username in USERNAMES.values()],
    "person-code": lambda _: [(username,) for username in USERNAMES.values()],
}
"""For each route that takes arguments, what to ask it for: everything planted, whoever may know it."""
SEARCHES = (f"text={COMMON}", "show=all", "state=all")
LISTS = ("check", "desk", "journal", "people", "search")
"""What can be narrowed, besides every route that is named in the plural."""
"""Queries tried on every page without arguments, by whatever name it knows its filters."""


@pytest.fixture(scope="module", autouse=True)
def at_any_pace() -> Iterator[None]:
    """No page is held up: one that is would show nothing, and pass."""
    with pytest.MonkeyPatch.context() as patch:
        for table in ("ASKED", "REFUSED"):
            patch.setattr(pace, table, {})
        patch.setattr(pace, "FILES", set())
        yield


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """An instance full of canaries, with this process inside it."""
    with fresh_instance(tmp_path_factory.mktemp("canaries")) as made, inside(made, django_db_blocker):
        yield plant()


def routes(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """Every route of the house."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def addresses(planted: Planted) -> list[str]:
    """Every address to start from; a route with arguments and no samples is an error."""
    found = []
    for route in routes():
        name = str(route.name)
        if not route.pattern.converters:
            found.append(reverse(name))
            if name in LISTS or name.endswith("s"):
                found += [f"{reverse(name)}?{search}" for search in SEARCHES]
            continue
        assert name in SAMPLES, f"tell the crawl what to ask the route {name!r} for, in SAMPLES"
        found += [reverse(name, args=sample) for sample in SAMPLES[name](planted)]
    return found


def crawl(client: Client, start: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that these addresses lead to, with its address."""
    waiting, seen = list(dict.fromkeys(start)), set(start)
    while waiting:
        address = waiting.pop(0)
        response = client.get(address)
        assert response.status_code < 500, address
        text = response.content.decode(errors="replace")
        yield address, text
        moved = [response.headers["Location"]] if "Location" in response.headers else []
        for link in [*re.findall(r'(?:href|action)="([^"]*)"', text), *moved]:
            there = urljoin(address, link.replace("&amp;", "&")).partition("#")[0]
            if there not in seen and not urlsplit(there).netloc and not there.startswith("/static/"):
                seen.add(there)
                waiting.append(there)
        assert len(seen) < MOST_PAGES, sorted(seen)[:: MOST_PAGES // 20]


BEHIND_A_REASON = ("concern-who", "referral-answers")
"""Pages that show what they hold once a further reason is sent."""


def with_a_reason(client: Client, planted: Planted) -> Iterator[tuple[str, str]]:
    """The same pages, asked for with a reason."""
    for name in BEHIND_A_REASON:
        for sample in SAMPLES[name](planted):
            address = reverse(name, args=sample)
            yield address, client.post(address, {"why": "A reason"}).content.decode(errors="replace")


def leaks(reader: Reader, address: str, text: str, planted: Planted) -> list[str]:
    """The canaries on a page that this reader may not know."""
    return [
        f"{reader.username} read {canary.place!r} at {address}"
        for canary in planted.canaries
        if canary.word in text and not canary.may_know(reader)
    ]


@pytest.fixture(scope="module")
def reached() -> dict[str, set[str]]:
    """Who came across each canary, by its place; filled by the crawls."""
    return {}


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_shows_a_canary_to_nobody_who_may_not_know_it(
    planted: Planted, reached: dict[str, set[str]], username: str
) -> None:
    reader, found = someone(username), []
    client = visitor(username)
    for address, text in chain(crawl(client, addresses(planted)), with_a_reason(client, planted)):
        found += leaks(reader, address, text, planted)
        for canary in planted.canaries:
            if canary.word in text:
                reached.setdefault(canary.place, set()).add(username)
    assert found == []


def test_a_schedule_shows_a_canary_to_nobody_who_may_not_know_it(planted: Planted) -> None:
    found, lengths = [], []
    for username in ("analyst@norf", "manager@norf", "analyst@mps", "manager@mps"):
        for asked in (f"{COMMON} {COMMON}", "Sam Example"):
            typed = {"kind": "disclosure", "reference": "R 1", "name": asked, "values": ""}
            for take in ("", "csv"):
                said = visitor(username).post("/rights/", {**typed, "take": take}).content.decode()
                found += leaks(someone(username), "/rights/", said, planted)
                lengths.append(sum(canary.word in said for canary in planted.canaries))
    assert found == []
    assert max(lengths) > 5


def test_it_crawls_far_enough_to_come_across_every_canary(
    planted: Planted, reached: dict[str, set[str]]
) -> None:
    assert {canary.place for canary in planted.canaries} == reached.keys()


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_agrees_with_the_lock_of_the_database(planted: Planted, username: str) -> None:
    reader = someone(username)
    with reading(reader):
        open_to_them = " ".join(_everything())
    known = {canary.place for canary in planted.canaries if canary.word in open_to_them}
    assert known <= {canary.place for canary in planted.canaries if canary.may_know(reader)}


def _everything() -> Iterator[str]:
    """Every row of every table that the application may read, as the present reader gets it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relrowsecurity "
            "and has_table_privilege(c.oid, 'select')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select t::text from {table} t")
            yield from (row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_answers_a_check_with_no_canary_but_what_was_asked(planted: Planted, username: str) -> None:
    reader, found = someone(username), []
    client = visitor(username)
    if not reader.may(Permission.CHECK_RUN):
        assert client.get("/check/").status_code == 403
        return
    asked = [
        f"{canary.word}@line.example" for canary in planted.canaries if canary.place.endswith("selector")
    ]
    for selector in [SHARED, *asked]:
        text = client.post("/check/", {"selector": selector, "why": "Stopped"}).content.decode()
        found += leaks(reader, f"a check of {selector}", text.replace(selector, ""), planted)
    assert found == []


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_answers_a_list_with_no_canary_but_what_was_asked(planted: Planted, username: str) -> None:
    reader, client = someone(username), visitor(username)
    words = [canary.word for canary in planted.canaries if canary.place.endswith("selector")]
    pasted = "\n".join([SHARED, *(f"email:{word}@line.example" for word in words)])
    sent = client.post("/check/lists", {"values_pasted": pasted, "why": "Stopped"})
    if not reader.may(Permission.CHECK_RUN):
        assert sent.status_code == 403
        return
    there, found = sent.headers["Location"], []
    for address in (there, f"{there}?show=all", f"{there}?show=refused", f"{there}/file"):
        text = client.get(address).content.decode()
        for word in words:
            text = text.replace(f"{word}@line.example", "")
        found += leaks(reader, address, text, planted)
    assert found == []


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_shows_a_writer_no_canary_in_the_reports_that_may_be_the_same(
    planted: Planted, username: str
) -> None:
    reader, client = someone(username), visitor(username)
    asked = [
        f"{canary.word}@line.example" for canary in planted.canaries if canary.place.endswith("selector")
    ]
    typed = {"do": "check", "title": COMMON, "text_1": COMMON, "marking": "1", "circulation": "nobody",
             "date_of_intelligence-day": "1", "date_of_intelligence-month": "10",
             "date_of_intelligence-year": "2026"}  # fmt: skip
    if not reader.may(Permission.REPORT_ADD):
        assert client.post("/reports/add", typed).status_code == 403
        return
    selectors = "\n".join([SHARED, *asked])
    text = client.post("/reports/add", typed | {"selectors_1": selectors}).content.decode()
    for selector in asked:
        text = text.replace(selector, "")
    assert "Before you record it" in text
    assert leaks(reader, "a report about to be recorded", text, planted) == []


@pytest.mark.parametrize("username", CRAWLERS)
def test_it_finds_by_search_no_canary_but_what_may_be_known(planted: Planted, username: str) -> None:
    reader, client, found = someone(username), visitor(username), list[str]()
    if not reader.may(Permission.SEARCH_RUN):
        assert client.post("/search/", {"text": COMMON}).status_code == 403
        return
    words = [canary.word for canary in planted.canaries]
    each_word = [" or ".join(words[n : n + 15]) for n in range(0, len(words), 15)]
    for text in [COMMON, "line.example", *(f"qz{n}" for n in range(5)), SHARED.partition(":")[2], *each_word]:
        sent = client.post("/search/", {"text": text})
        for group in ("", "&group=reports", "&group=values"):
            answer = client.get(sent.headers["Location"] + group).content.decode()
            said = re.sub("</?mark>", "", answer)
            # What was typed stands in the box and beside the offer of a check: only what is found may tell.
            results = said.partition("two-thirds")[2].partition("one-third")[0]
            assert results
            found += leaks(reader, f"a search for {text}", results, planted)
    assert found == []


@pytest.mark.parametrize("username", ["analyst@mers", "officer@kent"])
def test_a_search_for_what_is_hidden_reads_like_one_for_what_is_nowhere(
    planted: Planted, username: str
) -> None:
    client = visitor(username)
    reader = someone(username)

    def results(text: str) -> str:
        answer = client.get(client.post("/search/", {"text": text}).headers["Location"]).content.decode()
        return re.sub(
            r"csrfmiddlewaretoken. value=\S+|q=[\w-]+", "", answer.partition("two-thirds")[2]
        ).replace(text, "")

    hidden = [c.word for c in planted.canaries if not c.may_know(reader)]
    nowhere = results("qz99xv")
    assert hidden
    assert [word for word in hidden if _without_tokens(results(word)) != _without_tokens(nowhere)] == []


def _without_tokens(text: str) -> str:
    return re.sub(r'(nonce|value)="[^"]*"', "", text)
