"""The check page: nothing in an address, the three degrees, and a sentence for each fault."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.kernel import outbox
from throughline.matching.models import Enquiry
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

NUMBER = "07700 900123"
ASKED = {"selector": NUMBER, "kind": "", "why": "Stopped on the A2"}


def _filed(cast: Cast, **options: object) -> str:
    ref = file_report(cast.aisha, "N1", selectors=[f"phone:{NUMBER}"], **options)  # type: ignore[arg-type]
    outbox.drain()
    return ref


def test_it_takes_a_selector_in_a_form_alone(cast: Cast) -> None:
    client = visitor("analyst@norf")
    _filed(cast)
    assert "IR-" not in words_of(client.get("/check/", ASKED))
    assert NUMBER not in client.get("/check/", ASKED).content.decode()


def test_it_shows_content_with_a_link_to_its_report(cast: Cast) -> None:
    ref = _filed(cast)
    shown = visitor("analyst@norf").post("/check/", ASKED | {"selector": "+44 7700 900123"})
    assert f'href="/reports/{ref}"' in shown.content.decode()
    words = words_of(shown)
    assert "You typed +44 7700 900123" in words
    assert f"Read as Phone number: {NUMBER}" in words
    assert "Seen once, on 1 October 2026" in words


def test_it_shows_of_existence_the_desk_to_ring_and_no_more(cast: Cast) -> None:
    ref = _filed(cast)
    words = words_of(visitor("analyst@kent").post("/check/", ASKED))
    assert "Ring before you act Existence One body holds something" in words
    assert "NORF intelligence desk" in words
    assert ref not in words
    assert "2026 at" in words
    assert "October" not in words


def test_it_says_of_nothing_what_it_knows_and_no_more(cast: Cast) -> None:
    words = words_of(visitor("analyst@kent").post("/check/", ASKED))
    assert "Nothing is known that you may be told. That is not proof that nobody holds anything." in words


def test_it_shows_a_silent_interest_as_nothing(cast: Cast) -> None:
    client = visitor("analyst@kent")
    before = words_of(client.post("/check/", ASKED))
    keep_interest(by=cast.aisha, selector=parse(NUMBER), why="Protects a source", silent=True)
    outbox.drain()
    after = words_of(client.post("/check/", ASKED))
    assert _timeless(before) == _timeless(after)


def _timeless(words: str) -> str:
    return words.partition("Checked")[0]


def test_it_links_an_interest_of_ones_own_to_the_interests(cast: Cast) -> None:
    keep_interest(by=cast.aisha, selector=parse(NUMBER), why="Protects a source", silent=True)
    outbox.drain()
    shown = visitor("analyst@norf").post("/check/", ASKED)
    assert f'href="{reverse("interests")}"' in shown.content.decode()
    # An officer keeps no interests, so there is no page to lead to.
    assert "A standing interest" in words_of(visitor("officer@norf").post("/check/", ASKED))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"selector": ""}, "Enter what you want to check"),
        ({"why": " "}, "Say why you ask"),
        ({"why": "x" * 501}, "must be 500 characters or fewer; this is 501"),
        ({"selector": "4.47701E+11"}, "4.47701E+11"),
        ({"selector": "<script>alert(1)</script>"}, "is not clearly any kind of selector"),
        ({"selector": "x" * 401}, "must be 400 characters or fewer"),
        ({"kind": "spell"}, "choose one from the list"),
        ({"selector": "07700 900123", "kind": "imei"}, "IMEI"),
    ],
)
def test_it_says_what_is_wrong_and_checks_nothing(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    shown = visitor("officer@norf").post("/check/", ASKED | wrong)
    assert shown.status_code == 200
    assert sentence in words_of(shown)
    assert "<script>alert" not in shown.content.decode()
    assert not Enquiry.objects.exists()


def test_it_asks_which_kind_is_meant_before_it_checks(cast: Cast) -> None:
    client = visitor("officer@norf")
    asked = ASKED | {"selector": "14141414141414"}
    which = words_of(client.post("/check/", asked))
    assert "What is it?" in which
    assert "There is a problem" not in which
    assert "Choose what it is" in words_of(client.post("/check/", asked | {"which": "asked"}))
    assert "14-14-14 14141414" in words_of(client.post("/check/", asked | {"kind": "account"}))


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf"])
def test_it_is_shut_to_roles_that_do_not_check(cast: Cast, username: str) -> None:
    assert visitor(username).post("/check/", ASKED).status_code == 403


def test_it_keeps_the_reason_for_the_next_check(cast: Cast) -> None:
    assert 'value="Stopped on the A2"' in visitor("officer@norf").post("/check/", ASKED).content.decode()
