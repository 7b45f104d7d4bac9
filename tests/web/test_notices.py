"""The notices of a body: which are listed, where they lead, and how they are read."""

import pytest

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.matching.queries import hit_list
from throughline.notices.queries import notice_list, unread_count
from throughline.notices.services import Message, tell

NUMBER = "phone:07700 900123"


def _told(cast: Cast, count: int) -> None:
    tell([Message(cast.aisha.body, "circulation", f"Notice {n:02}", "reports") for n in range(count)])


def test_it_leads_to_the_hit_and_to_the_report(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    ref = file_report(cast.mia, "L1", selectors=[NUMBER], bodies=["NORF"])
    outbox.drain()
    page = visitor("officer@norf").get("/notices/").content.decode()
    assert f'href="/hits/{hit_list(cast.aisha).rows[0].ref}"' in page
    assert f'href="/reports/{ref}"' in page


def test_it_tells_in_full_of_a_check_by_others(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    outbox.drain()
    visitor("officer@kent").post("/check/", {"selector": "07700 900123", "why": "Stopped on the A2"})
    outbox.drain()
    words = words_of(visitor("officer@norf").get("/notices/"))
    assert "Officer at KENT at Kent Police checked 07700 900123, which you hold." in words
    assert "Reason: Stopped on the A2. Ring them at KENT intelligence desk" in words


def test_it_takes_a_read_notice_off_the_list_and_keeps_it_under_all(cast: Cast) -> None:
    _told(cast, 2)
    client = visitor("officer@norf")
    ref = notice_list(cast.aisha)[0][0].ref
    client.post(f"/notices/{ref}/read")
    unread = words_of(client.get("/notices/"))
    assert "Notice 00" in unread
    assert "Notice 01" not in unread
    assert "Notice 01 Circulated to you Read by Officer at NORF" in words_of(client.get("/notices/?show=all"))


def test_it_marks_all_as_read(cast: Cast) -> None:
    _told(cast, 3)
    client = visitor("officer@norf")
    client.post("/notices/read")
    words = words_of(client.get("/notices/"))
    assert "3 notices marked as read." in words
    assert "You have read every notice." in words


def test_it_reads_no_notice_of_another_body(cast: Cast) -> None:
    _told(cast, 1)
    ref = notice_list(cast.aisha)[0][0].ref
    harry = visitor("analyst@kent")
    assert "Notice 00" not in words_of(harry.get("/notices/?show=all"))
    harry.post(f"/notices/{ref}/read")
    harry.post("/notices/read")
    assert unread_count(cast.aisha) == 1


def test_it_turns_to_older_notices_and_back(cast: Cast) -> None:
    _told(cast, 26)
    client = visitor("officer@norf")
    first = client.get("/notices/?show=all")
    last = notice_list(cast.aisha)[0][-1].ref
    assert f"/notices/?show=all&amp;before={last}" in first.content.decode()
    older = words_of(client.get(f"/notices/?show=all&before={last}"))
    assert "Notice 00" in older
    assert "Newest" in older
    assert "Notice 25" not in older


@pytest.mark.parametrize("before", ["NO-2222-2222", "1", "'; drop table notices_notice"])
def test_it_survives_a_mark_that_makes_no_sense(cast: Cast, before: str) -> None:
    assert visitor("officer@norf").get(f"/notices/?before={before}").status_code == 200


def test_it_refuses_a_nul_in_an_address(cast: Cast) -> None:
    assert visitor("officer@norf").get("/notices/?before=%00").status_code == 400


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf"])
def test_it_is_shut_to_roles_without_notices(cast: Cast, username: str) -> None:
    assert visitor(username).get("/notices/").status_code == 403


def test_kinds_are_gathered_by_the_day_for_the_one_who_asked_and_open_one_by_one(cast: Cast) -> None:
    for number in range(3):
        tell([Message(cast.aisha.body, "enquiry", f"Somebody asked, {number}.", "check", "EN-1")])
    tell([Message(cast.aisha.body, "hit", "A hit was raised.", "hit", "HI-1")])
    client = visitor("analyst@norf")
    assert client.post("/notices/preferences", {"gathered": ["enquiry"]}).status_code == 302
    shown = words_of(client.get("/notices/"))
    assert "3 notices" in shown
    assert "Somebody asked" not in shown
    assert "A hit was raised." in shown
    day = clock.today().isoformat()
    alone = words_of(client.get(f"/notices/?kind=enquiry&day={day}"))
    assert "Somebody asked, 2." in alone
    assert "A hit was raised." not in alone
    assert "Somebody asked, 2." in words_of(visitor("manager@norf").get("/notices/")), "for the one who asked"
    assert "Somebody asked, 2." in words_of(client.get("/notices/?show=all"))
    client.post(f"/notices/read?kind=enquiry&day={day}")
    left = words_of(client.get("/notices/"))
    assert "Gathered by the day" not in left
    assert "A hit was raised." in left
    assert client.get("/notices/?kind=nonsense&day=never").status_code == 200
