"""The people of a body: who sees whom, adding someone, and changing roles."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.access.models import Person
from throughline.access.permissions import ROLE_SUMMARY, Role
from throughline.access.queries import reader_named
from throughline.access.services import add_person
from throughline.web.people.shown import next_address

PASSWORD = "three plain words"
NEW = {
    "name": "Test Person",
    "username": "t.person@norf",
    "password": PASSWORD,
    "roles": ["officer", "analyst"],
}


def _add_many(cast: Cast, count: int) -> None:
    body = cast.ivan.body
    Person.objects.bulk_create(
        [Person(username=f"p{n:03}@norf", name=f"Person {n}", body_id=body) for n in range(count)]
    )


def test_it_lists_the_own_body_alone_with_roles(cast: Cast) -> None:
    words = words_of(visitor("admin@norf").get("/people/"))
    assert "Analyst at NORF analyst@norf Analyst Change the roles of Analyst at NORF, analyst@norf" in words
    assert "admin@norf Admin You" in words
    assert "@mps" not in words


@pytest.mark.parametrize("username", ["manager@norf", "auditor@norf"])
def test_it_only_shows_people_to_those_who_do_not_manage_them(cast: Cast, username: str) -> None:
    client = visitor(username)
    words = words_of(client.get("/people/"))
    assert "analyst@norf" in words
    assert "Change" not in words
    assert "Add a person" not in words
    assert client.post("/people/add", NEW).status_code == 403
    assert client.post("/people/analyst@norf/roles", {"why": "x"}).status_code == 403


def test_it_is_shut_to_those_who_may_not_see_who_holds_which_role(cast: Cast) -> None:
    assert visitor("officer@norf").get("/people/").status_code == 403


def test_it_finds_people_by_part_of_a_name(cast: Cast) -> None:
    client = visitor("admin@norf")
    words = words_of(client.get("/people/?text=ANALY"))
    assert "analyst@norf" in words
    assert "officer@norf" not in words
    assert "Nobody of your body is found." in words_of(client.get("/people/?text=analyst@mps"))


def test_it_turns_pages_under_the_same_search(cast: Cast) -> None:
    _add_many(cast, 60)
    client = visitor("admin@norf")
    first = client.get("/people/?text=@norf").content.decode()
    following = next_address("@norf", "p041@norf")
    assert following.replace("&", "&amp;") in first
    second = words_of(client.get(following))
    assert "p042@norf" in second
    assert "p041@norf" not in second
    assert "First page" in second
    assert "There is nobody further." in words_of(client.get("/people/?after=zzz"))


def test_it_marks_those_who_left_whose_roles_cannot_be_changed(cast: Cast) -> None:
    Person.objects.filter(username="orders@norf").update(active=False)
    client = visitor("admin@norf")
    assert "orders@norf Has left Bring back Orders at NORF" in words_of(client.get("/people/"))
    assert client.get("/people/orders@norf/roles").status_code == 404


def test_it_adds_a_person_who_can_sign_in(cast: Cast) -> None:
    sent = visitor("admin@norf").post("/people/add", NEW, follow=True)
    assert sent.redirect_chain == [("/people/", 302)]
    assert "Test Person can now sign in." in words_of(sent)
    assert reader_named("t.person@norf").roles == {Role.OFFICER, Role.ANALYST}
    assert Client().post("/sign-in", {"username": "t.person@norf", "password": PASSWORD}).status_code == 302


def test_it_says_what_each_role_may_do(cast: Cast) -> None:
    words = words_of(visitor("admin@norf").get("/people/add"))
    assert all(summary in words for summary in ROLE_SUMMARY.values())


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter the full name"),
        ({"username": ""}, "username", "Enter a username"),
        ({"username": "t person"}, "username", "Enter a username without spaces"),
        ({"username": "ANALYST@norf"}, "username", "This username is taken"),
        ({"username": "analyst@mps"}, "username", "This username is taken"),
        ({"username": "x" * 101}, "username", "must be 100 characters or fewer"),
        ({"password": "short"}, "password", "at least 12 characters"),
        ({"roles": []}, "roles", "Choose at least one role"),
        ({"roles": ["emperor"]}, "roles", "choose from the list"),
    ],
)
def test_it_says_beside_the_box_what_is_wrong(
    cast: Cast, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    before = Person.objects.count()
    shown = visitor("admin@norf").post("/people/add", NEW | wrong).content.decode()
    said = shown.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert sentence in said
    assert PASSWORD not in shown
    assert Person.objects.count() == before


def test_it_changes_roles_from_now_on(cast: Cast) -> None:
    client = visitor("admin@norf")
    asked = client.get("/people/officer@norf/roles").content.decode()
    assert 'value="officer" checked' in asked
    sent = client.post(
        "/people/officer@norf/roles", {"roles": ["chair", "orders"], "why": "New post"}, follow=True
    )
    assert "The roles of Officer at NORF are changed from now on." in words_of(sent)
    assert reader_named("officer@norf").roles == {Role.CHAIR, Role.ORDERS}


def test_it_takes_every_role_away(cast: Cast) -> None:
    visitor("admin@norf").post("/people/officer@norf/roles", {"why": "On leave"})
    assert reader_named("officer@norf").roles == frozenset()


def test_it_does_not_change_roles_without_a_reason(cast: Cast) -> None:
    shown = visitor("admin@norf").post("/people/officer@norf/roles", {"roles": ["chair"], "why": " "})
    assert "Say why the roles change" in words_of(shown)
    assert reader_named("officer@norf").roles == {Role.OFFICER}


def test_it_refuses_own_roles_beside_them(cast: Cast) -> None:
    client = visitor("admin@norf")
    assert "only another administrator can change" in words_of(client.get("/people/admin@norf/roles"))
    shown = client.post("/people/admin@norf/roles", {"roles": ["admin", "analyst"], "why": "To look"})
    said = shown.content.decode().partition('id="roles-error"')[2].partition("</p>")[0]
    assert "You cannot change your own roles." in said
    assert reader_named("admin@norf").roles == {Role.ADMIN}


@pytest.mark.parametrize("username", ["analyst@mps", "nobody@norf"])
def test_it_says_the_same_of_someone_elsewhere_and_of_nobody(cast: Cast, username: str) -> None:
    client = visitor("admin@norf")
    none = words_of(client.get("/people/none/roles"))
    assert words_of(client.get(f"/people/{username}/roles")) == none
    assert client.post(f"/people/{username}/roles", {"roles": ["chair"], "why": "x"}).status_code == 404
    assert reader_named("analyst@mps").roles == {Role.ANALYST}


@pytest.mark.parametrize("username", ["a/b@norf", "a?b@norf", "a%b@norf"])
def test_it_lists_and_opens_whatever_a_username_holds(cast: Cast, username: str) -> None:
    add_person(
        by=cast.ivan, username=username, name="<b>Odd</b>", password=PASSWORD, roles=frozenset({Role.CHAIR})
    )
    client = visitor("admin@norf")
    page = client.get("/people/?text=odd").content.decode()
    assert "<b>Odd" not in page
    href = page.partition('data-label="Change roles"')[2].partition('href="')[2].partition('"')[0]
    assert username in words_of(client.get(href))


def test_a_forgotten_password_is_given_anew_on_the_page(cast: Cast) -> None:
    client = visitor("admin@norf")
    there = "/people/analyst@norf/password"
    assert "Say why" in words_of(client.post(there, {"password": PASSWORD}))
    assert "at least 12 characters" in words_of(client.post(there, {"password": "short", "why": "forgot"}))
    sent = client.post(there, {"password": PASSWORD, "why": "forgot it"}, follow=True)
    assert "signs in with the new password" in words_of(sent)


def test_a_person_leaves_and_is_brought_back_on_the_page(cast: Cast) -> None:
    client = visitor("admin@norf")
    assert client.get("/people/analyst@norf/return").status_code == 404
    sent = client.post("/people/analyst@norf/leave", {"why": "moved"}, follow=True)
    words = words_of(sent)
    assert "can no longer sign in" in words
    assert "Has left Bring back Analyst at NORF" in words
    assert client.get("/people/analyst@norf/roles").status_code == 404
    back = client.post("/people/analyst@norf/return", {"password": PASSWORD, "why": "came back"}, follow=True)
    assert "Give them their roles" in words_of(back)
    assert reader_named("analyst@norf").roles == frozenset()


@pytest.mark.parametrize("page", ["password", "leave", "return"])
def test_what_an_administrator_does_to_accounts_stays_in_the_body(cast: Cast, page: str) -> None:
    assert visitor("admin@norf").get(f"/people/analyst@mps/{page}").status_code == 404
    assert visitor("manager@norf").get(f"/people/analyst@norf/{page}").status_code == 403
