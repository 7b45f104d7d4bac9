"""The feed of changes: nothing is missed, nothing comes twice, and nothing is told to who may not know it."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.interop.machines import caller, machine
from tests.lines.keeping import keep
from throughline.access.machines import issue_token
from throughline.access.reader import reading
from throughline.intelligence.services import widen_circulation
from throughline.kernel import outbox

PHONE = "phone:07700900123"


def read(client: Client, after: str = "", size: int = 2) -> tuple[list[tuple[str, str]], str]:
    """All that there is after a cursor, page by page, and the cursor to go on from."""
    found: list[tuple[str, str]] = []
    while True:
        page: dict[str, Any] = client.get(f"/api/v1/changes?size={size}&after={after}").json()
        found += [(one["kind"], one["ref"]) for one in page["items"]]
        after = page["next"]
        if not page["is_more"]:
            return found, after


def test_a_reader_that_stops_anywhere_and_goes_on_gets_each_change_once(house: Instance) -> None:
    for n in range(4):
        file_report(someone("analyst@norf"), f"R{n}", selectors=[PHONE])
    client = caller()
    whole, end = read(client, size=1000)
    for size in (1, 2, 3):
        assert read(client, size=size)[0] == whole
    assert read(client, end) == ([], end)
    new = file_report(someone("analyst@norf"), "R9", selectors=[PHONE])
    assert {ref for _, ref in read(client, end)[0]} == {new}


def test_it_tells_each_machine_what_it_may_know_and_no_more(house: Instance) -> None:
    own = file_report(someone("analyst@norf"), "R1", selectors=[PHONE])
    shared = file_report(someone("analyst@norf"), "R2", selectors=["phone:07700900124"], bodies=["KENT"])
    line = keep(someone("analyst@norf"), "N1")
    norfolk, kent = (read(caller(body))[0] for body in ("norf", "kent"))
    assert {("report", own), ("report", shared), ("line", line)} <= set(norfolk)
    assert set(kent) == {("report", shared)}


def test_what_is_opened_later_comes_when_it_is_opened(house: Instance) -> None:
    ref = file_report(someone("analyst@norf"), "R1", selectors=[PHONE], bodies=["MPS"])
    kent = caller("kent")
    nothing, end = read(kent)
    assert nothing == []
    widen_circulation(by=someone("analyst@norf"), ref=ref, bodies=["KENT"], why="Theirs too")
    assert set(read(kent, end)[0]) == {("report", ref)}


def test_hits_come_to_both_sides_and_only_to_them(house: Instance) -> None:
    for body in ("norf", "kent"):
        file_report(someone(f"analyst@{body}"), "R1", selectors=[PHONE])
    outbox.drain()
    kinds = {body: {kind for kind, _ in read(caller(body))[0]} for body in ("norf", "kent", "mps")}
    assert kinds == {"norf": {"report", "hit"}, "kent": {"report", "hit"}, "mps": set()}


def test_a_change_that_is_under_way_holds_back_those_after_it_and_is_not_missed(house: Instance) -> None:
    """The transaction that began first ends last: a reader of running numbers would never see it."""
    begun, go_on, refs = Event(), Event(), list[str]()

    def slow() -> None:
        try:
            with transaction.atomic():
                refs.append(file_report(someone("analyst@norf"), "SLOW", selectors=[PHONE]))
                begun.set()
                go_on.wait(30)
        finally:
            connection.close()

    thread = Thread(target=slow)
    thread.start()
    assert begun.wait(30)
    refs.append(file_report(someone("analyst@norf"), "QUICK", selectors=["phone:07700900125"]))
    client = caller()
    seen, end = read(client)
    go_on.set()
    thread.join()
    assert {ref for _, ref in (*seen, *read(client, end)[0])} == set(refs)


def test_it_is_of_the_kinds_that_the_token_is_for(house: Instance) -> None:
    file_report(someone("analyst@norf"), "R1", selectors=[PHONE])
    made = machine()
    for scope, status in (("hit:read", 200), ("check:run", 403)):
        token = issue_token(client=made.client, secret=made.secret, scopes=[scope]).token
        answer = Client().get("/api/v1/changes", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status
    assert read(caller())[0]


@pytest.mark.parametrize("cursor", ["x", "gAAAAABn" * 20])
def test_a_cursor_that_was_made_up_is_refused(house: Instance, cursor: str) -> None:
    answer = caller().get(f"/api/v1/changes?after={cursor}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_who_may_know_nothing_has_no_feed_in_the_database_either(house: Instance) -> None:
    file_report(someone("analyst@norf"), "R1", selectors=[PHONE])
    for username in ("auditor@norf", "analyst@kent"):
        with reading(someone(username)), connection.cursor() as cursor:
            cursor.execute("select count(*) from interop_change")
            assert cursor.fetchone() == (0,)
