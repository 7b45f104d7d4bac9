"""Asking for access and answering, page by page; what is not told; and what stands on the desk."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.matching.queries import hit_list
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.workflow import ANSWER_WITHIN, REQUEST
from throughline.web.sharing.words import DONE, STATES

NUMBER = "07700 900123"


def _hold(cast: Cast) -> str:
    ref = file_report(cast.aisha, "N1", title="The line", selectors=[f"phone:{NUMBER}"])
    outbox.drain()
    return ref


def _address(client: Client) -> str:
    answer = client.post("/check/", {"selector": NUMBER, "why": "Stopped"}).content.decode()
    return str(re.findall(r'href="(/requests/of-check/[^"]+)"', answer)[0])


def _ask(client: Client) -> str:
    sent = client.post(_address(client), {"why": "A boy may be at risk"})
    outbox.drain()
    return str(sent.headers["Location"])


def test_it_has_words_for_every_state() -> None:
    assert STATES.keys() == set(REQUEST.states)
    assert DONE.keys() == set(REQUEST.states) - {REQUEST.start}


def test_it_leads_from_a_check_to_a_request(cast: Cast) -> None:
    _hold(cast)
    harry = visitor("analyst@kent")
    words = words_of(harry.get(_address(harry)))
    assert f"Phone number {NUMBER}" in words
    assert "Ask Norfolk Constabulary for access" in words
    there = _ask(harry)
    words = words_of(harry.get(there))
    assert "You asked Norfolk Constabulary for access." in words
    assert "State Asked" in words
    assert "Withdraw the request" in words
    assert "900123" not in there


def test_it_leads_from_a_hit_to_a_request(cast: Cast) -> None:
    _hold(cast)
    file_report(cast.harry, "K1", selectors=[f"phone:{NUMBER}"])
    outbox.drain()
    ref = hit_list(cast.harry).rows[0].ref
    harry = visitor("analyst@kent")
    assert f'href="/requests/of-hit/{ref}"' in harry.get(f"/hits/{ref}").content.decode()
    sent = harry.post(f"/requests/of-hit/{ref}", {"why": "Same number"})
    assert "Kent Police asks Norfolk Constabulary" in words_of(harry.get(sent.headers["Location"]))


def test_it_offers_no_request_on_what_may_be_read_or_is_silent(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[f"phone:{NUMBER}"], everyone=True)
    keep_interest(by=cast.carys, selector=parse("phone:07700900124"), why="x", silent=True)
    outbox.drain()
    harry = visitor("analyst@kent")
    for value in (NUMBER, "07700 900124", "07700 900999"):
        answer = harry.post("/check/", {"selector": value, "why": "Stopped"}).content.decode()
        assert "/requests/of-" not in answer


def test_an_address_made_up_is_not_found_whatever_is_held(cast: Cast) -> None:
    _hold(cast)
    keep_interest(by=cast.carys, selector=parse(f"phone:{NUMBER}"), why="x", silent=True)
    outbox.drain()
    harry = visitor("analyst@kent")
    held = _address(harry)
    pages = [
        harry.get(held.replace("NORF", "ERSOU")), harry.get(held.replace("NORF", "MPS")),
        harry.get("/requests/of-check/EN-2222-2222/NORF"), harry.get("/requests/of-hit/HI-2222-2222"),
        visitor("officer@kent").get(held), visitor("analyst@mps").get(held), harry.get("/requests/RQ-2222-2222"),
        harry.post(held.replace("NORF", "ERSOU"), {"why": "x"}),
    ]  # fmt: skip
    assert {response.status_code for response in pages} == {404}
    assert len({words_of(response) for response in pages}) == 1


def test_it_stands_on_the_holders_desk_with_its_clock(cast: Cast) -> None:
    _hold(cast)
    _ask(visitor("analyst@kent"))
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get("/desk"))
    assert "1 request for access" in words
    assert f"Kent Police asks for {NUMBER} Request for access, answer by" in words
    assert "asks for access to what you hold" not in words, "the notice says nothing new to who can answer"
    assert "asks for access to what you hold" in words_of(visitor("officer@norf").get("/desk"))
    with clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)):
        assert "Request for access, overdue" in words_of(visitor("analyst@norf").get("/desk"))


def test_it_grants_a_report(cast: Cast) -> None:
    report, there = _hold(cast), _ask(visitor("analyst@kent"))
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get(there))
    assert "Your reports that hold it" in words
    assert "The line" in words
    assert "Choose which report to open" in words_of(aisha.post(f"{there}/grant", {}))
    aisha.post(f"{there}/grant", {"report": report})
    assert "The report is open to Kent Police" in words_of(aisha.get(there))
    harry = visitor("analyst@kent")
    assert f'href="/reports/{report}"' in harry.get(there).content.decode()
    assert harry.get(f"/reports/{report}").status_code == 200
    assert "This request is granted" in words_of(
        aisha.post(f"{there}/refuse", {"reason": "need", "words": "x"})
    )


def test_it_grants_a_sanitised_version(cast: Cast) -> None:
    report, there = _hold(cast), _ask(visitor("analyst@kent"))
    aisha, sent = visitor("analyst@norf"), {"report": report, "heading": "A number", "words": "In use."}
    assert "Write the sanitised text" in words_of(aisha.post(f"{there}/sanitise", sent | {"words": ""}))
    aisha.post(f"{there}/sanitise", sent)
    harry = visitor("analyst@kent")
    words = words_of(harry.get(there))
    assert "Granted with a sanitised report" in words
    assert report not in words
    assert harry.get(f"/reports/{report}").status_code == 404


def test_it_refuses_with_a_reason_and_words(cast: Cast) -> None:
    _, there = _hold(cast), _ask(visitor("analyst@kent"))
    aisha = visitor("analyst@norf")
    words = words_of(aisha.post(f"{there}/refuse", {}))
    assert "Choose why you refuse" in words
    assert "Say in your own words why you refuse" in words
    aisha.post(f"{there}/refuse", {"reason": "source", "words": "Ring me"})
    words = words_of(visitor("analyst@kent").get(there))
    assert "Refused Reason It would put a source or a technique at risk In their words Ring me" in words


def test_the_asker_can_neither_answer_nor_another_body_look(cast: Cast) -> None:
    _, there = _hold(cast), _ask(visitor("analyst@kent"))
    harry, officer = visitor("analyst@kent"), visitor("officer@norf")
    for verb in ("grant", "sanitise", "refuse"):
        assert harry.get(f"{there}/{verb}").status_code == 404
        assert officer.get(f"{there}/{verb}").status_code == 403
        assert visitor("analyst@mps").get(f"{there}/{verb}").status_code == 404
    assert visitor("analyst@norf").post(f"{there}/withdraw").status_code == 404
    assert visitor("auditor@norf").get(there).status_code == 403
    harry.post(f"{there}/withdraw")
    assert "State Withdrawn" in words_of(visitor("analyst@norf").get(there))


def test_it_lists_and_filters_and_turns_pages(cast: Cast) -> None:
    values = [f"07700 9001{n:02}" for n in range(26)]
    file_report(cast.aisha, "N1", selectors=[f"phone:{value}" for value in values])
    outbox.drain()
    harry = visitor("analyst@kent")
    for value in values:
        answer = harry.post("/check/", {"selector": value, "why": "Stopped"}).content.decode()
        address = re.findall(r'href="(/requests/of-check/[^"]+)"', answer)[0]
        harry.post(address, {"why": "x"})
    first = harry.get("/requests/?ours=made").content.decode()
    assert len(set(re.findall(r'href="(/requests/RQ-[^"]+)"', first))) == 25
    later = re.findall(r'href="([^"]+after=[^"]+)"', first)[0].replace("&amp;", "&")
    assert len(set(re.findall(r'href="(/requests/RQ-[^"]+)"', harry.get(later).content.decode()))) == 1
    assert "No request fits these filters." in words_of(harry.get("/requests/?ours=received"))
    assert harry.get("/requests/?ours=spell&state=gone&after=x").status_code == 200


@pytest.mark.parametrize("username", ["auditor@norf", "admin@norf"])
def test_it_is_shut_to_roles_that_make_none(cast: Cast, username: str) -> None:
    assert visitor(username).get("/requests/").status_code == 403


def test_a_second_request_is_refused_in_words(cast: Cast) -> None:
    _hold(cast)
    harry = visitor("analyst@kent")
    _ask(harry)
    words = words_of(harry.post(_address(harry), {"why": "Again"}))
    assert "Your body has asked already" in words
    assert someone("analyst@kent").may("request:make")
