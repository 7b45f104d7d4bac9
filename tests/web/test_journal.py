"""The page of the journal: its filters and pages, what an auditor reads in it, and the check of its chains."""

from urllib.parse import quote

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast
from tests.inside import file_report, inside
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.access import journal
from throughline.access.journal import Verb, journal_size
from throughline.access.reader import reading
from throughline.web.journal.words import DONE, in_words


def _note(cast: Cast, count: int) -> None:
    with reading(cast.aisha):
        for number in range(count):
            journal.note(Verb.ALTER, "item", f"IT-{number:03}", why=f"because {number:03}")


def test_it_has_words_for_every_verb() -> None:
    assert DONE.keys() == set(Verb)


def test_it_puts_counts_and_references_into_words() -> None:
    assert in_words({"roles": ["a", "b"], "silent": True, "hits": 0, "who": "", "refs": []}) == (
        "roles: a, b; silent: yes; hits: 0"
    )


def test_it_shows_who_did_what_and_why(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1")
    words = words_of(visitor("auditor@norf").get("/journal/"))
    assert f"Analyst at NORF Collected: report {ref} recorded" in words


@pytest.mark.parametrize("username", ["analyst@norf", "manager@norf", "admin@norf"])
def test_it_is_shut_to_all_but_auditors(cast: Cast, username: str) -> None:
    client = visitor(username)
    assert client.get("/journal/").status_code == 403
    assert client.post("/journal/check").status_code == 403


def test_it_shows_nothing_of_another_body(cast: Cast) -> None:
    ref = file_report(cast.mia, "L1")
    assert ref not in words_of(visitor("auditor@norf").get("/journal/"))
    assert ref in words_of(visitor("auditor@mps").get("/journal/"))


@pytest.mark.parametrize(
    "query", ["who=analyst", "verb=alter", "ref=IT-001", "who=ANALYST&verb=alter&ref=IT-001"]
)
def test_it_filters(cast: Cast, query: str) -> None:
    _note(cast, 3)
    words = words_of(visitor("auditor@norf").get(f"/journal/?{query}"))
    assert "because 001" in words
    assert "Signed in or out: session" not in words
    assert "Clear filters" in words


def test_it_takes_one_filter_away_and_keeps_the_others(cast: Cast) -> None:
    page = visitor("auditor@norf").get("/journal/?who=analyst&verb=alter").content.decode()
    assert 'href="/journal/?verb=alter"' in page
    assert 'href="/journal/?who=analyst"' in page
    assert "Remove the filter What was done:</span> Changed" in page


def test_it_says_so_when_nothing_fits(cast: Cast) -> None:
    assert "No entry fits these filters." in words_of(visitor("auditor@norf").get("/journal/?ref=none"))


def test_it_lets_everything_through_a_filter_at_fault_and_says_so(cast: Cast) -> None:
    words = words_of(visitor("auditor@norf").get("/journal/?verb=spell"))
    assert "choose one from the list" in words
    assert "Signed in or out: session" in words


def test_it_turns_pages_under_the_same_filters(cast: Cast) -> None:
    _note(cast, 60)
    client = visitor("auditor@norf")
    first = client.get("/journal/?verb=alter").content.decode()
    assert "because 059" in first
    older = first.partition('href="/journal/?verb=alter&amp;before=')[2].partition('"')[0]
    second = words_of(client.get(f"/journal/?verb=alter&before={older}"))
    assert "because 009" in second
    assert "because 010" not in second
    assert "Newest" in second


@pytest.mark.parametrize("place", ["0/0", "x", "99999999/9", "-1/1", "9" * 30, "1/" + "9" * 20, "²/1", "٣/1"])
def test_it_takes_any_place_in_an_address(cast: Cast, place: str) -> None:
    shown = visitor("auditor@norf").get(f"/journal/?before={quote(place)}")
    assert shown.status_code == 200
    assert "There are no older entries." in words_of(shown)


def test_it_keeps_the_look_at_itself(cast: Cast) -> None:
    client = visitor("auditor@norf")
    client.get("/journal/?who=analyst")
    assert "Looked at: journal who: analyst None audit" in words_of(client.get("/journal/"))


def test_it_escapes_what_people_wrote(cast: Cast) -> None:
    with reading(cast.aisha):
        journal.note(Verb.CONSULT, "hit", "HI-1", why="<script>alert(1)</script>")
    assert "<script>alert" not in visitor("auditor@norf").get("/journal/").content.decode()


def test_it_tells_that_the_journal_holds(cast: Cast) -> None:
    _note(cast, 3)
    client = visitor("auditor@norf")
    assert client.get("/journal/check").status_code == 405
    sent = client.post("/journal/check", follow=True)
    assert sent.redirect_chain == [("/journal/", 302)]
    told = words_of(sent)
    assert "The journal holds: " in told
    assert f"{journal_size() - 1:,} entries, none changed." in told


def test_it_lists_each_place_that_was_changed(instance: Instance, django_db_blocker: DjangoDbBlocker) -> None:
    with inside(instance, django_db_blocker):
        client = visitor("auditor@norf")
        lane, seq = _change_last(instance)
        words = words_of(client.post("/journal/check"))
    assert "The journal was changed" in words
    assert f"{lane} {seq} This entry, or the one before it, was changed" in words


def _change_last(instance: Instance) -> tuple[int, int]:
    """What a superuser with the triggers off would do to the newest entry; returns its place."""
    with instance.as_owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        changed = owner.execute(
            "update access_journal_entry set why = 'another' where id = (select max(id) from access_journal_entry) "
            "returning lane, seq"
        ).fetchone()
    assert changed
    return changed[0], changed[1]
