"""People: signing in, being locked out, and who may change whose roles."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests.inside import someone
from tests.instance import Instance
from throughline.access.models import Credential, Person
from throughline.access.permissions import NO_CLEARANCE, Permission, Role, permissions_of
from throughline.access.queries import UnknownPerson, people_page, reader_named, reader_numbered, roles_with
from throughline.access.reader import NotAllowed
from throughline.access.services import (
    CAST_PASSWORD,
    add_person,
    change_roles,
    load_cast,
)
from throughline.access.signing_in import FAILURES_ALLOWED, LOCKED_FOR, SignInRefused, sign_in
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.organisations.services import merge_bodies

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PASSWORD = "long enough by far"


def _refusal(username: str, password: str) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(username=username, password=password)
    return str(refused.value)


# --- Signing in -----------------------------------------------------------------------------------------------------


def test_it_lets_in_whoever_knows_the_password(shared_house: Instance) -> None:
    reader, _ = sign_in(username=" Analyst@NORF ", password=CAST_PASSWORD)
    assert (reader.username, reader.body_code, reader.roles) == (
        "analyst@norf",
        "NORF",
        frozenset({Role.ANALYST}),
    )


def test_it_refuses_a_wrong_name_a_wrong_password_and_a_locked_account_in_the_same_words(
    apart: Instance,
) -> None:
    with clock.stopped(NOON):
        words = {_refusal("nobody@norf", "x"), _refusal("analyst@norf", "x"), _refusal("analyst@norf", "")}
        for _ in range(FAILURES_ALLOWED - 2):
            words.add(_refusal("analyst@norf", "guess"))
        words.add(_refusal("analyst@norf", CAST_PASSWORD))
    assert len(words) == 1
    assert "norf" not in words.pop()


def test_it_locks_for_a_quarter_of_an_hour_and_no_longer(apart: Instance) -> None:
    with clock.stopped(NOON):
        for _ in range(FAILURES_ALLOWED):
            _refusal("analyst@norf", "guess")
        _refusal("analyst@norf", CAST_PASSWORD)
        assert sign_in(username="analyst@mps", password=CAST_PASSWORD)[0].body_code == "MPS"
    with clock.stopped(NOON + LOCKED_FOR - timedelta(seconds=1)):
        _refusal("analyst@norf", CAST_PASSWORD)
    with clock.stopped(NOON + LOCKED_FOR):
        assert sign_in(username="analyst@norf", password=CAST_PASSWORD)[0].body_code == "NORF"
        assert Credential.objects.get(person__username="analyst@norf").failures == 0


def test_it_counts_failures_in_a_row_only(apart: Instance) -> None:
    for _ in range(2):
        for _ in range(FAILURES_ALLOWED - 1):
            _refusal("analyst@norf", "guess")
        sign_in(username="analyst@norf", password=CAST_PASSWORD)


def test_it_does_the_work_of_a_hash_whoever_asks(apart: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is measured as work: one argon2 hash for a name that is there, one that is not, and one that is locked."""
    done: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(
            self: object, *given: object, real: object = real, name: str = name, **more: object
        ) -> object:
            done.append(name)
            return real(self, *given, **more)  # type: ignore[operator]

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    for username in ("nobody@norf", *["analyst@norf"] * (FAILURES_ALLOWED + 2)):
        done.clear()
        _refusal(username, "guess")
        assert len(done) == 1, (username, done)


def test_whoever_has_left_is_let_in_no_more(apart: Instance) -> None:
    number = someone("analyst@norf").person
    Person.objects.filter(pk=number).update(active=False)
    _refusal("analyst@norf", CAST_PASSWORD)
    assert reader_numbered(number) is None
    with pytest.raises(UnknownPerson):
        reader_named("analyst@norf")


def test_passwords_are_kept_as_argon2_hashes(shared_house: Instance) -> None:
    hashes = set(Credential.objects.values_list("password_hash", flat=True))
    assert all(kept.startswith("argon2$argon2id$") for kept in hashes)
    assert not any(CAST_PASSWORD in kept for kept in hashes)


def test_a_body_that_has_ended_opens_nothing_to_its_people(apart: Instance) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    merge_bodies(predecessors=["SUFF"], successor="NORF", on=tomorrow)
    assert reader_named("analyst@suff").clearance > NO_CLEARANCE
    assert reader_named("analyst@suff", on=tomorrow).clearance == NO_CLEARANCE
    assert reader_named("analyst@norf").clearance > NO_CLEARANCE


# --- Roles ----------------------------------------------------------------------------------------------------------


def test_an_administrator_adds_people_to_the_own_body(apart: Instance) -> None:
    admin = someone("admin@norf")
    roles = frozenset({Role.OFFICER, Role.ORDERS})
    add_person(by=admin, username=" J.Smith@norf ", name=" J Smith ", password=PASSWORD, roles=roles)
    reader, _ = sign_in(username="j.smith@norf", password=PASSWORD)
    assert (reader.name, reader.body_code, reader.roles) == ("J Smith", "NORF", roles)
    assert reader.permissions == permissions_of(roles)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": ""}, "username"), ({"username": "two words"}, "username"), ({"username": "x" * 101}, "username"),
        ({"username": "ANALYST@mps"}, "username"), ({"name": "  "}, "name"), ({"password": "short"}, "password"),
        ({"roles": frozenset()}, "roles"),
    ],
)  # fmt: skip
def test_it_says_which_particular_is_wrong(
    shared_house: Instance, wrong: dict[str, object], field: str
) -> None:
    particulars: dict[str, object] = {"username": "new@norf", "name": "New", "password": PASSWORD,
                                      "roles": frozenset({Role.OFFICER})}  # fmt: skip
    with pytest.raises(FieldProblem) as problem:
        add_person(by=someone("admin@norf"), **(particulars | wrong))  # type: ignore[arg-type]
    assert problem.value.field == field
    assert not Person.objects.filter(username="new@norf").exists()


def test_roles_change_from_today(apart: Instance) -> None:
    admin, today = someone("admin@norf"), clock.today()
    change_roles(
        by=admin, username="officer@norf", roles=frozenset({Role.ANALYST, Role.MANAGER}), why="moved"
    )
    assert reader_named("officer@norf").roles == {Role.ANALYST, Role.MANAGER}
    change_roles(
        by=admin, username="officer@norf", roles=frozenset({Role.MANAGER, Role.OFFICER}), why="moved back"
    )
    assert reader_named("officer@norf").roles == {Role.OFFICER, Role.MANAGER}
    change_roles(by=admin, username="officer@norf", roles=frozenset(), why="on leave")
    reader = reader_named("officer@norf")
    assert (reader.roles, reader.permissions, reader.clearance) == (frozenset(), frozenset(), NO_CLEARANCE)
    assert reader_named("officer@norf", on=today - timedelta(days=1)).roles == frozenset()


def test_nobody_changes_their_own_roles(shared_house: Instance) -> None:
    for written in ("admin@norf", " ADMIN@NORF "):
        with pytest.raises((FieldProblem, UnknownPerson)):
            change_roles(
                by=someone("admin@norf"), username=written, roles=frozenset(Role), why="I want it all"
            )
    assert someone("admin@norf").roles == {Role.ADMIN}


def test_an_administrator_of_another_body_cannot(shared_house: Instance) -> None:
    with pytest.raises(UnknownPerson):
        change_roles(by=someone("admin@mps"), username="officer@norf", roles=frozenset(Role), why="a favour")
    assert someone("officer@norf").roles == {Role.OFFICER}


def test_other_roles_cannot(shared_house: Instance) -> None:
    for role in Role:
        if role == Role.ADMIN:
            continue
        with pytest.raises(NotAllowed):
            change_roles(by=someone(f"{role}@norf"), username="officer@norf", roles=frozenset(Role), why="x")
        with pytest.raises(NotAllowed):
            add_person(by=someone(f"{role}@norf"), username="n@norf", name="N", password=PASSWORD,
                       roles=frozenset({Role.ADMIN}))  # fmt: skip


def test_a_change_of_roles_needs_a_reason(shared_house: Instance) -> None:
    with pytest.raises(FieldProblem):
        change_roles(
            by=someone("admin@norf"), username="officer@norf", roles=frozenset({Role.CHAIR}), why=" "
        )
    assert someone("officer@norf").roles == {Role.OFFICER}


def test_the_directory_is_of_the_own_body(shared_house: Instance) -> None:
    cards, after = people_page(someone("admin@norf"), size=5)
    rest, end = people_page(someone("admin@norf"), size=50, after=after)
    names = [card.username for card in (*cards, *rest)]
    assert names == sorted(f"{role}@norf" for role in Role)
    assert end == ""
    assert {card.body_code for card in (*cards, *rest)} == {"NORF"}
    assert [c.roles for c in people_page(someone("auditor@norf"), text="chair")[0]] == [("chair",)]
    with pytest.raises(NotAllowed):
        people_page(someone("officer@norf"))


def test_the_cast_is_made_once(shared_house: Instance) -> None:
    assert load_cast() == 0
    assert Person.objects.count() == 57 * len(Role)


def test_intelligence_and_its_overseers_are_kept_apart() -> None:
    for role in (Role.AUDITOR, Role.ADMIN):
        held = permissions_of(frozenset({role}))
        assert not held & {
            Permission.REPORT_READ,
            Permission.HIT_READ,
            Permission.CHECK_RUN,
            Permission.NOTICE_READ,
        }
    assert roles_with(Permission.JOURNAL_READ) == ["auditor"]
    assert roles_with(Permission.PERSON_MANAGE) == ["admin"]


def test_a_role_begins_and_ends_on_its_days(apart: Instance) -> None:
    grant = Person.objects.get(username="officer@norf").grants.get()
    grant.starts, grant.ends = date(2026, 3, 1), date(2026, 4, 1)
    grant.save()
    held = {day: bool(reader_named("officer@norf", on=day).roles) for day in (
        date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))}  # fmt: skip
    assert list(held.values()) == [False, True, True, False]
