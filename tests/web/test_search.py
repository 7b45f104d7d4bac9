"""The search page and the pages of saved searches, as each reader gets them."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.kernel import outbox

__all__ = ["house", "shared_house"]

NUMBER = "phone:07700 900416"


@pytest.fixture
def filed(house: Instance) -> dict[str, str]:
    """A report of Norfolk sent to the Met, one kept, and one of the Met."""
    norf, mps = someone("analyst@norf"), someone("analyst@mps")
    refs = {
        "sent": file_report(norf, "1", title="A heron", text="<b>Two</b> herons.", bodies=["MPS"], selectors=[NUMBER]),
        "kept": file_report(norf, "2", title="Kept", text="A heron.",
                            selectors=["person:Example, Jonathan, 1990-02-03"]),
        "met": file_report(mps, "3", title="Met", text="A quarry.", selectors=[NUMBER]),
    }  # fmt: skip
    outbox.drain()
    return refs


def search(client: Client, text: str, more: str = "") -> Any:
    sent = client.post("/search/", {"text": text})
    assert sent.status_code == 302, sent.content.decode()
    return client.get(sent.headers["Location"] + more)


def test_the_box_stands_on_every_page_of_whoever_may_search(house: Instance) -> None:
    assert 'id="site-search"' in visitor("officer@norf").get("/desk").content.decode()
    for username in ("auditor@norf", "admin@norf"):
        client = visitor(username)
        assert 'id="site-search"' not in client.get("/desk").content.decode()
        assert (
            client.get("/search/").status_code
            == client.post("/search/", {"text": "heron"}).status_code
            == 403
        )


def test_what_is_typed_is_in_no_address(filed: dict[str, str]) -> None:
    client = visitor("analyst@norf")
    sent = client.post("/search/", {"text": "07700 900416"})
    page = client.get(sent.headers["Location"]).content.decode()
    assert "900416" not in sent.headers["Location"]
    assert [href for href in re.findall(r'(?:href|action)="([^"]*)"', page) if "900416" in href] == []


def test_it_groups_what_it_finds_and_marks_why(filed: dict[str, str]) -> None:
    page = search(visitor("analyst@norf"), "heron")
    assert "<mark>heron</mark>" in page.content.decode()
    assert "<mark>herons</mark>" in page.content.decode()
    assert "<b>" not in page.content.decode()
    assert "Reports 2 results that you may know" in words_of(page)
    assert "Reports 1 result that you may know" in words_of(search(visitor("analyst@mps"), "heron"))
    people = words_of(search(visitor("analyst@norf"), "Jon Example"))
    assert "People 1 result" in people
    assert "Person: another form of the name" in people


def test_it_leads_to_the_reports_that_hold_a_value(filed: dict[str, str]) -> None:
    page = search(visitor("analyst@mps"), "900416").content.decode()
    assert f'href="/reports/{filed["sent"]}"' in page
    assert f'href="/reports/{filed["met"]}"' in page
    assert filed["met"] not in search(visitor("analyst@norf"), "900416").content.decode()


@pytest.mark.parametrize("typed", ["07700 900416", "07700 900417"])
def test_a_whole_selector_is_offered_for_a_check_whether_held_or_not(
    filed: dict[str, str], typed: str
) -> None:
    client = visitor("officer@kent")
    page = search(client, typed)
    assert f"Check {typed} before you act" in words_of(page)
    assert "Nothing that you may know fits this search" in words_of(page)
    answer = client.post("/check/", {"selector": typed, "why": "Stopped"})
    assert "What is known" in answer.content.decode()


def test_nothing_typed_is_said_beside_the_box(house: Instance) -> None:
    page = visitor("analyst@norf").post("/search/", {"text": " "}).content.decode()
    assert '<a href="#text">Enter what you are looking for</a>' in page


def test_an_address_of_another_session_finds_nothing(filed: dict[str, str]) -> None:
    sent = visitor("analyst@norf").post("/search/", {"text": "heron"})
    page = visitor("analyst@norf").get(sent.headers["Location"])
    assert "no longer kept" in words_of(page)


def test_it_narrows_and_can_be_widened_again(filed: dict[str, str]) -> None:
    client = visitor("analyst@mps")
    page = search(client, "heron", "&owner=NORF&state=circulated&since-day=1&since-month=10&since-year=2026")
    assert "Remove the filter Body: Norfolk Constabulary" in words_of(page)
    assert "1 result" in words_of(page)
    assert "1 result" not in words_of(search(client, "heron", "&owner=MPS"))
    wrong = search(client, "heron", "&since-day=31&since-month=2&since-year=2026")
    assert "From must be a real date" in words_of(wrong)


def test_it_is_paged_by_kind(house: Instance) -> None:
    norf = someone("analyst@norf")
    refs = [file_report(norf, f"{n}", text="A heron.") for n in range(30)]
    client = visitor("analyst@norf")
    whole = search(client, "heron")
    assert len(set(re.findall(r"IR-\w{4}-\w{4}", words_of(whole)))) == 5
    first, second = (search(client, "heron", f"&group=reports&page={n}") for n in (1, 2))
    shown = [set(re.findall(r"IR-\w{4}-\w{4}", words_of(page))) for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (25, 5)
    assert shown[0] | shown[1] == set(refs)
    assert search(client, "heron", "&group=reports&page=99").status_code == 200


def test_it_offers_words_near_those_typed_from_what_the_reader_may_know(filed: dict[str, str]) -> None:
    assert "Did you mean: herons" in words_of(search(visitor("analyst@norf"), "heronns"))
    assert "Did you mean" not in words_of(search(visitor("analyst@kent"), "heronns"))


def test_a_search_is_saved_and_tells_on_the_desk(house: Instance) -> None:
    client = visitor("analyst@mps")
    sent = client.post("/search/", {"text": "heron"})
    here = sent.headers["Location"] + "&group=reports"
    assert "Give the search a name" in words_of(client.post(here, {"name": ""}))
    saved = client.post(here, {"name": "Herons"})
    assert saved.headers["Location"] == "/search/saved"
    ref = file_report(someone("analyst@norf"), "1", title="Open", text="A heron.", everyone=True)
    file_report(someone("analyst@norf"), "2", title="Hidden", text="A heron.")
    outbox.drain()
    desk = words_of(client.get("/desk"))
    assert "1 new result of your saved searches" in desk
    assert "Herons: 1 new" in desk
    page = re.findall(r'href="(/search/saved/SS-[^"]+)"', client.get("/search/saved").content.decode())[0]
    assert ref in client.get(page).content.decode()
    assert "Hidden" not in words_of(client.get(page))
    client.post(f"{page}/seen")
    assert "saved searches" not in words_of(client.get("/desk"))
    for verb, state in (("pause", "Paused"), ("resume", "Running")):
        client.post(f"{page}/move", {"verb": verb})
        assert state in words_of(client.get("/search/saved"))
    client.post(f"{page}/move", {"verb": "end"})
    assert "You have no saved search" in words_of(client.get("/search/saved"))


def test_the_saved_search_of_another_is_not_there(house: Instance) -> None:
    client = visitor("analyst@mps")
    client.post(client.post("/search/", {"text": "heron"}).headers["Location"], {"name": "Herons"})
    page = re.findall(r'href="(/search/saved/SS-[^"]+)"', client.get("/search/saved").content.decode())[0]
    for username in ("officer@mps", "analyst@norf"):
        other = visitor(username)
        assert other.get(page).status_code == other.post(f"{page}/seen").status_code == 404
        assert other.post(f"{page}/move", {"verb": "end"}).status_code == 404
        assert "Herons" not in other.get("/search/saved").content.decode()
    assert client.post(f"{page}/move", {"verb": "nonsense"}).status_code == 404
