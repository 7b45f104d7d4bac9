"""The interests of a body: keeping one, ending one, and what is said of a value that cannot be read."""

import pytest

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.selectors.models import Interest
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest, keep_interests, latest_end

KEPT = {"selector": "07700 900123", "why": "An operation"}


def _keep(cast: Cast, *, silent: bool = False) -> str:
    return keep_interest(by=cast.aisha, selector=parse("07700 900123"), why="An operation", silent=silent)


def test_it_keeps_one_and_lists_it(cast: Cast) -> None:
    client = visitor("analyst@norf")
    assert "Your body keeps no standing enquiry." in words_of(client.get("/interests/"))
    sent = client.post("/interests/add", KEPT, follow=True)
    assert sent.redirect_chain == [("/interests/", 302)]
    words = words_of(sent)
    assert "Your body keeps a standing enquiry about 07700 900123." in words
    assert "07700 900123 Phone number, IN-" in words
    assert "Silent" not in words
    assert [card.is_silent for card in kept_interests(cast.aisha)] == [False]


def test_it_keeps_one_silent(cast: Cast) -> None:
    sent = visitor("analyst@norf").post("/interests/add", KEPT | {"silent": "silent"}, follow=True)
    assert "07700 900123 Silent Phone number" in words_of(sent)
    assert [card.is_silent for card in kept_interests(cast.aisha)] == [True]


def test_it_shows_them_to_no_other_body(cast: Cast) -> None:
    ref = _keep(cast)
    other = visitor("analyst@mps")
    assert "Your body keeps no standing enquiry." in words_of(other.get("/interests/"))
    closed, none = other.get(f"/interests/{ref}/end"), other.get("/interests/IN-2222-2222/end")
    assert (closed.status_code, none.status_code) == (404, 404)
    assert words_of(closed) == words_of(none)
    assert other.post(f"/interests/{ref}/end", {"why": "x"}).status_code == 404
    assert len(kept_interests(cast.aisha)) == 1


@pytest.mark.parametrize("username", ["officer@norf", "auditor@norf", "admin@norf", "chair@nclcc"])
def test_it_is_shut_to_roles_that_keep_none(cast: Cast, username: str) -> None:
    ref, client = _keep(cast), visitor(username)
    assert client.get("/interests/").status_code == 403
    assert client.post("/interests/add", KEPT).status_code == 403
    assert client.post(f"/interests/{ref}/end", {"why": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"selector": ""}, "selector", "Enter what you want to hear of"),
        ({"selector": "4.47701E+11"}, "selector", "4.47701E+11"),
        ({"selector": "<script>alert(1)</script>"}, "selector", "is not clearly any kind of selector"),
        ({"selector": "x" * 401}, "selector", "must be 400 characters or fewer"),
        ({"kind": "imei"}, "selector", "IMEI"),
        ({"kind": "spell"}, "kind", "choose one from the list"),
        ({"selector": "14141414141414"}, "kind", "Bank account). Choose what it is"),
        ({"why": " "}, "why", "Say why your body keeps this standing enquiry"),
        ({"why": "x" * 501}, "why", "must be 500 characters or fewer"),
        ({"silent": "loud"}, "silent", "choose from the list"),
    ],
)
def test_it_says_beside_the_box_what_is_wrong(
    cast: Cast, wrong: dict[str, str], field: str, sentence: str
) -> None:
    shown = visitor("analyst@norf").post("/interests/add", KEPT | wrong).content.decode()
    assert sentence in shown.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert "<script>alert" not in shown
    assert kept_interests(cast.aisha) == []


def test_it_keeps_the_kind_that_was_chosen(cast: Cast) -> None:
    asked = KEPT | {"selector": "14141414141414", "kind": "account"}
    visitor("analyst@norf").post("/interests/add", asked)
    assert [card.kind for card in kept_interests(cast.aisha)] == ["account"]


def test_it_ends_one_with_a_reason(cast: Cast) -> None:
    ref, client = _keep(cast, silent=True), visitor("analyst@norf")
    assert "Silent Yes" in words_of(client.get(f"/interests/{ref}/end"))
    assert "Say why it ends" in words_of(client.post(f"/interests/{ref}/end", {"why": " "}))
    assert len(kept_interests(cast.aisha)) == 1
    sent = client.post(f"/interests/{ref}/end", {"why": "Closed"}, follow=True)
    assert "The standing enquiry about 07700 900123 has ended." in words_of(sent)
    assert kept_interests(cast.aisha) == []


def test_it_only_asks_when_the_page_is_opened(cast: Cast) -> None:
    ref = _keep(cast)
    visitor("analyst@norf").get(f"/interests/{ref}/end?why=Closed")
    assert len(kept_interests(cast.aisha)) == 1


def test_it_does_not_end_one_twice(cast: Cast) -> None:
    ref = _keep(cast)
    end_interest(by=cast.aisha, ref=ref, why="Closed")
    assert visitor("analyst@norf").post(f"/interests/{ref}/end", {"why": "Again"}).status_code == 404


def test_it_tells_its_keeper_of_a_check_and_shows_the_checker_nothing(cast: Cast) -> None:
    visitor("analyst@norf").post("/interests/add", KEPT | {"silent": "silent"})
    assert Interest.objects.count() == 0, "nobody may read it without saying who they are"
    outbox.drain()
    checked = visitor("officer@kent").post("/check/", {"selector": "07700 900123", "why": "A stop"})
    assert "Nothing is known that you may be told." in words_of(checked)
    outbox.drain()
    assert "checked 07700 900123, which you hold" in words_of(visitor("analyst@norf").get("/notices/"))


def test_it_ends_in_twelve_months_unless_another_day_is_given(cast: Cast) -> None:
    client = visitor("analyst@norf")
    client.post("/interests/add", KEPT)
    assert [card.ends_on for card in kept_interests(cast.aisha)] == [latest_end(clock.today())]
    late = {"ends-day": "1", "ends-month": "1", "ends-year": "2099"}
    assert "Last day must be between today and" in words_of(client.post("/interests/add", KEPT | late))


def test_it_renews_one_with_a_reason(cast: Cast) -> None:
    ref, client = _keep(cast), visitor("analyst@norf")
    assert "Last day None" in words_of(client.get(f"/interests/{ref}/renew"))
    assert "Say why your body still needs it" in words_of(
        client.post(f"/interests/{ref}/renew", {"why": " "})
    )
    sent = client.post(f"/interests/{ref}/renew", {"why": "Still running"}, follow=True)
    assert "The standing enquiry about 07700 900123 is renewed." in words_of(sent)
    assert [card.ends_on for card in kept_interests(cast.aisha)] == [latest_end(clock.today())]
    other = visitor("analyst@mps").post(f"/interests/{ref}/renew", {"why": "x"})
    assert other.status_code == 404
    assert visitor("officer@norf").post(f"/interests/{ref}/renew", {"why": "x"}).status_code == 403


def test_the_answer_to_a_check_begins_one_and_keeps_nothing_yet(cast: Cast) -> None:
    begun = visitor("analyst@norf").post("/interests/add", KEPT | {"begin": "check", "kind": "phone"})
    assert 'value="07700 900123"' in begun.content.decode()
    assert "There is a problem" not in words_of(begun)
    assert kept_interests(cast.aisha) == []
    assert "Tell us if it ever appears" not in words_of(visitor("officer@norf").post("/check/", KEPT))


def test_it_pages_a_long_list(cast: Cast) -> None:
    many = [parse(f"07700 900{n:03}") for n in range(60)]
    keep_interests(by=cast.aisha, selectors=many, why="x", silent=False, ends_on=clock.today())
    client = visitor("analyst@norf")
    assert "07700 900059" in words_of(client.get("/interests/"))
    second = words_of(client.get("/interests/?page=2"))
    assert "07700 900000" in second
    assert "07700 900059" not in second
