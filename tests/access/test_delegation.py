"""Standing in: a role lent to a colleague until a day, taken back early, and never more than was one's own."""

from datetime import timedelta

import pytest

from tests.inside import someone
from tests.instance import Instance
from throughline.access.delegation import DelegationProblem, delegate_roles, delegations_of, end_delegations
from throughline.access.permissions import Role
from throughline.kernel import clock

LENT = frozenset({Role.MANAGER})


def _lend(last_day_in: int = 7, **changed: object) -> None:
    given = {
        "by": someone("manager@norf"), "roles": LENT, "username": "officer@norf",
        "last_day": clock.today() + timedelta(days=last_day_in), "why": "on leave",
    }  # fmt: skip
    delegate_roles(**{**given, **changed})  # type: ignore[arg-type]


def test_a_colleague_holds_the_role_up_to_the_last_day_and_not_after(house: Instance) -> None:
    _lend()
    assert someone("officer@norf").roles == {Role.OFFICER, Role.MANAGER}
    for days, held in ((7, True), (8, False)):
        with clock.stopped(clock.now() + timedelta(days=days)):
            assert (Role.MANAGER in someone("officer@norf").roles) == held
    lent, borrowed = delegations_of(someone("manager@norf"))[0], delegations_of(someone("officer@norf"))[1]
    assert lent == borrowed
    assert (lent[0].taker_username, lent[0].last_day) == ("officer@norf", clock.today() + timedelta(days=7))


def test_lending_again_moves_the_last_day_and_taking_back_ends_it_today(house: Instance) -> None:
    _lend()
    _lend(2)
    assert [d.last_day for d in delegations_of(someone("manager@norf"))[0]] == [
        clock.today() + timedelta(days=2)
    ]
    assert end_delegations(by=someone("manager@norf"), username="officer@norf") == 1
    assert someone("officer@norf").roles == {Role.OFFICER}
    assert end_delegations(by=someone("manager@norf"), username="officer@norf") == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"roles": frozenset[Role]()}, "roles"), ({"roles": frozenset({Role.ANALYST})}, "roles"),
        ({"last_day": None}, "last_day"), ({"last_day_in": -1}, "last_day"), ({"last_day_in": 61}, "last_day"),
        ({"why": " "}, "why"), ({"username": "officer@mps"}, "username"), ({"username": "manager@norf"}, "username"),
        ({"username": "nobody"}, "username"),
    ],
)  # fmt: skip
def test_what_cannot_be_lent_is_refused_beside_its_field(
    house: Instance, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(DelegationProblem) as refused:
        _lend(**changed)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert someone("officer@norf").roles == {Role.OFFICER}


def test_what_was_lent_cannot_be_lent_on_and_watchers_lend_nothing(house: Instance) -> None:
    _lend()
    with pytest.raises(DelegationProblem):
        _lend(by=someone("officer@norf"), username="analyst@norf")
    for role in (Role.ADMIN, Role.AUDITOR):
        with pytest.raises(DelegationProblem):
            _lend(by=someone(f"{role}@norf"), roles=frozenset({role}))


def test_a_grant_by_an_administrator_is_not_touched(house: Instance) -> None:
    _lend(username="analyst@norf")
    assert end_delegations(by=someone("manager@norf"), username="manager@norf") == 0
    assert Role.MANAGER in someone("manager@norf").roles
