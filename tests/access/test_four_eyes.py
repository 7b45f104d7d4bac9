"""A role that one administrator wants given waits for a second, and neither the asker nor the person answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings

from tests.inside import someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.access.four_eyes import WishProblem, answer_wish, wish_for
from throughline.access.permissions import Role
from throughline.access.queries import UnknownPerson
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import add_person, change_roles
from throughline.kernel import clock

ON = override_settings(FOUR_EYES=True)
BOTH = frozenset({Role.OFFICER, Role.ANALYST})
WHO = "officer@norf"


def _two_administrators() -> None:
    """A second of the body; appointing one is what four eyes cannot be asked for, in the first place."""
    change_roles(
        by=someone("admin@norf"), username="manager@norf", roles=frozenset({Role.ADMIN}), why="Second"
    )


def _ask() -> None:
    change_roles(by=someone("admin@norf"), username=WHO, roles=BOTH, why="Joins the desk")


def _roles(username: str = WHO) -> set[Role]:
    return set(someone(username).roles)


@ON
def test_it_waits_and_grants_nothing_until_a_second_agrees(apart: Instance) -> None:
    with override_settings(FOUR_EYES=False):
        _two_administrators()
    _ask()
    assert _roles() == {Role.OFFICER}
    wish = wish_for(someone("manager@norf"), WHO)
    assert wish
    assert (wish.roles, wish.asked_by, wish.is_own) == (("analyst",), "admin@norf", False)
    answer_wish(by=someone("manager@norf"), username=WHO, agrees=True, why="Asked their supervisor")
    assert _roles() == BOTH
    assert wish_for(someone("manager@norf"), WHO) is None
    with pytest.raises(WishProblem, match="Nothing waits"):
        answer_wish(by=someone("manager@norf"), username=WHO, agrees=True, why="Again")


@ON
def test_declined_it_grants_nothing_and_may_be_asked_again(apart: Instance) -> None:
    with override_settings(FOUR_EYES=False):
        _two_administrators()
    _ask()
    answer_wish(by=someone("manager@norf"), username=WHO, agrees=False, why="Not vetted")
    assert _roles() == {Role.OFFICER}
    _ask()
    with pytest.raises(WishProblem, match="wait for a second"):
        _ask()


@ON
def test_whoever_asked_whom_it_is_for_and_other_bodies_cannot_answer(apart: Instance) -> None:
    with override_settings(FOUR_EYES=False):
        _two_administrators()
    _ask()
    with pytest.raises(WishProblem, match="another administrator has to answer"):
        answer_wish(by=someone("admin@norf"), username=WHO, agrees=True, why="x")
    with pytest.raises(UnknownPerson):
        answer_wish(by=someone("admin@kent"), username=WHO, agrees=True, why="x")
    with pytest.raises(NotAllowed):
        answer_wish(by=someone("analyst@norf"), username=WHO, agrees=True, why="x")
    change_roles(
        by=someone("admin@norf"), username="manager@norf", roles=frozenset({Role.ADMIN, Role.CHAIR}), why="x"
    )
    with pytest.raises(WishProblem, match="for your own roles"):
        answer_wish(by=someone("manager@norf"), username="manager@norf", agrees=True, why="x")
    for asker in ("admin@norf", "admin@kent"):
        with reading(someone(asker)), connection.cursor() as cursor:
            cursor.execute("update access_role_wish set agreed = true, answered_at = now()")
            assert cursor.rowcount == 0


@ON
def test_taking_a_role_away_waits_for_nobody(apart: Instance) -> None:
    change_roles(by=someone("admin@norf"), username=WHO, roles=frozenset(), why="On leave")
    assert _roles() == set()


@ON
def test_somebody_new_signs_in_without_a_role_until_then(apart: Instance) -> None:
    add_person(
        by=someone("admin@norf"), username="new@norf", name="N", password="heron lantern bicycle", roles=BOTH
    )
    assert _roles("new@norf") == set()
    assert wish_for(someone("admin@norf"), "new@norf")


def test_it_is_off_unless_the_instance_asks_for_it(apart: Instance) -> None:
    _ask()
    assert _roles() == BOTH


@ON
def test_the_pages_say_what_waits_and_take_the_answer(apart: Instance) -> None:
    with override_settings(FOUR_EYES=False):
        _two_administrators()
    first, second = visitor("admin@norf"), visitor("manager@norf")
    sent = first.post(f"/people/{WHO}/roles", {"roles": ["officer", "analyst"], "why": "Joins"}, follow=True)
    assert "wait until another administrator agrees" in sent.content.decode()
    assert "Another administrator has to agree" in words_of(first.get(f"/people/{WHO}/roles"))
    assert "Roles that wait for your answer Officer at NORF, officer@norf" in words_of(second.get("/people/"))
    assert "Roles that wait" not in words_of(first.get("/people/"))
    assert "Agree or decline" in words_of(second.get(f"/people/{WHO}/roles"))
    assert "admin@norf" in words_of(second.get(f"/people/{WHO}/roles/waiting"))
    unsaid = second.post(f"/people/{WHO}/roles/waiting", {"answer": "agree", "why": ""})
    assert "Say why" in words_of(unsaid)
    assert first.post(f"/people/{WHO}/roles/waiting", {"answer": "agree", "why": "x"}).status_code == 200
    assert _roles() == {Role.OFFICER}
    second.post(f"/people/{WHO}/roles/waiting", {"answer": "agree", "why": "Asked"})
    assert _roles() == BOTH
    assert second.get(f"/people/{WHO}/roles/waiting").status_code == 404
    with clock.stopped(clock.now() + timedelta(days=400)):
        assert _roles() == BOTH
