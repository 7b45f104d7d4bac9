"""Passwords that are changed, forgotten and given anew, and people who leave and return."""

import pytest

from tests.inside import someone
from tests.instance import Instance
from throughline.access.delegation import delegate_roles, delegations_of
from throughline.access.leaving import bring_back_person, has_left, retire_person
from throughline.access.models import Person, RoleGrant
from throughline.access.passwords import change_password, give_password
from throughline.access.permissions import Role
from throughline.access.queries import UnknownPerson, reader_named
from throughline.access.reader import NotAllowed
from throughline.access.services import CAST_PASSWORD, close_compartment, form_team
from throughline.access.sessions import open_session
from throughline.access.signing_in import FAILURES_ALLOWED, SignInRefused, sign_in
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem

NEW = "heron lantern bicycle"


def _open_session(username: str) -> None:
    open_session(
        by=someone(username), key=f"key of {username}", address="10.0.0.1", browser="Chrome on Linux"
    )


def _how_it_ended(instance: Instance, username: str) -> list[str]:
    with instance.as_owner() as owner:
        found = owner.execute(
            "select ended_how from access_session where person = %s", [someone_numbered(username)]
        ).fetchall()
    return [how for (how,) in found]


def someone_numbered(username: str) -> int:
    return Person.objects.get(username=username).pk


def test_a_new_password_signs_in_the_old_one_does_not_and_every_session_ends(apart: Instance) -> None:
    _open_session("officer@norf")
    change_password(by=someone("officer@norf"), current=CAST_PASSWORD, password=NEW)
    assert sign_in(username="officer@norf", password=NEW)[0].username == "officer@norf"
    with pytest.raises(SignInRefused):
        sign_in(username="officer@norf", password=CAST_PASSWORD)
    assert _how_it_ended(apart, "officer@norf") == ["password"]


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [
        ("not this one at all", NEW, "current"), (CAST_PASSWORD, "short", "password"),
        (CAST_PASSWORD, CAST_PASSWORD, "password"), (CAST_PASSWORD, "the-officer-of-norfolk", "password"),
        (CAST_PASSWORD, "qwerty123456", "password"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_password(
    shared_house: Instance, current: str, password: str, field: str
) -> None:
    with pytest.raises(FieldProblem) as problem:
        change_password(by=someone("officer@mps"), current=current, password=password)
    assert problem.value.field == field


def test_guessing_the_present_password_locks_the_account(apart: Instance) -> None:
    reader = someone("officer@mps")
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(FieldProblem):
            change_password(by=reader, current="not this one at all", password=NEW)
    with pytest.raises(FieldProblem):
        change_password(by=reader, current=CAST_PASSWORD, password=NEW)
    with pytest.raises(SignInRefused):
        sign_in(username="officer@mps", password=CAST_PASSWORD)


def test_an_administrator_gives_a_password_which_lifts_a_lock(apart: Instance) -> None:
    _open_session("analyst@norf")
    for _ in range(FAILURES_ALLOWED):
        with pytest.raises(SignInRefused):
            sign_in(username="analyst@norf", password="not this one at all")
    give_password(by=someone("admin@norf"), username="analyst@norf", password=NEW, why="forgot it, seen")
    assert sign_in(username="analyst@norf", password=NEW)
    assert _how_it_ended(apart, "analyst@norf") == ["password"]


@pytest.mark.parametrize("username", ["analyst@mps", "nobody@norf"])
def test_a_password_is_given_in_the_own_body_alone(shared_house: Instance, username: str) -> None:
    with pytest.raises(UnknownPerson):
        give_password(by=someone("admin@norf"), username=username, password=NEW, why="a favour")
    with pytest.raises(UnknownPerson):
        retire_person(by=someone("admin@norf"), username=username, why="a favour")


def test_nobody_else_gives_passwords_or_closes_accounts(shared_house: Instance) -> None:
    for role in set(Role) - {Role.ADMIN}:
        reader = someone(f"{role}@norf")
        with pytest.raises(NotAllowed):
            give_password(by=reader, username="analyst@norf", password=NEW, why="x")
        with pytest.raises(NotAllowed):
            retire_person(by=reader, username="analyst@norf", why="x")


def test_whoever_leaves_holds_nothing_more_and_signs_in_no_more(apart: Instance) -> None:
    number = someone_numbered("manager@norf")
    form_team(name="Night desk", people=[number])
    close_compartment(name="Lantern", people=[number])
    delegate_roles(
        by=someone("manager@norf"), roles=frozenset({Role.MANAGER}), username="officer@norf",
        last_day=clock.today(), why="on leave",
    )  # fmt: skip
    _open_session("manager@norf")
    retire_person(by=someone("admin@norf"), username="manager@norf", why="moved")
    with pytest.raises(SignInRefused):
        sign_in(username="manager@norf", password=CAST_PASSWORD)
    with pytest.raises(UnknownPerson):
        reader_named("manager@norf")
    assert _how_it_ended(apart, "manager@norf") == ["left"]
    assert not RoleGrant.objects.filter(person_id=number, ends__isnull=True).exists()
    assert delegations_of(someone("officer@norf")) == ([], [])
    assert reader_named("officer@norf").roles == {Role.OFFICER}
    with apart.as_owner() as owner:
        held = owner.execute(
            "select (select count(*) from access_team_person where person_id = %(one)s) + "
            "(select count(*) from access_compartment_person where person_id = %(one)s)",
            {"one": number},
        ).fetchone()
    assert held == (0,)


def test_whoever_returns_has_a_new_password_and_no_role(apart: Instance) -> None:
    admin = someone("admin@norf")
    retire_person(by=admin, username="chair@norf", why="moved")
    assert has_left(admin, "chair@norf") == "Chair at NORF"
    bring_back_person(by=admin, username="chair@norf", password=NEW, why="came back")
    reader, _ = sign_in(username="chair@norf", password=NEW)
    assert reader.roles == frozenset()
    with pytest.raises(UnknownPerson):
        has_left(admin, "chair@norf")


def test_nobody_closes_their_own_account(shared_house: Instance) -> None:
    with pytest.raises(FieldProblem):
        retire_person(by=someone("admin@norf"), username="admin@norf", why="tired")


def test_each_change_is_in_the_journal(apart: Instance) -> None:
    admin = someone("admin@mps")
    give_password(by=admin, username="officer@mps", password=NEW, why="forgot it")
    retire_person(by=admin, username="officer@mps", why="retired")
    bring_back_person(by=admin, username="officer@mps", password=NEW, why="was a mistake")
    with apart.as_owner() as owner:
        kept = owner.execute(
            "select why from access_journal_entry where thing = 'person' and ref = 'officer@mps' order by id"
        ).fetchall()
    assert [why for (why,) in kept] == ["forgot it", "retired", "was a mistake"]
