"""The rule asked of supposed readers, against the oracle that is written from the documents."""

from typing import Any

import pytest
from django.db import connection, transaction

from tests.access.test_policy_oracle import COMPARTMENTS, PEOPLE, TEAMS, Terms, _marking, _some, may_know
from tests.inside import dice_of, file_report, someone
from tests.instance import Instance
from throughline.access.models import Marking
from throughline.access.permissions import Permission, Role, clearance_of, conditions_of
from throughline.access.reader import Reader, reading
from throughline.kernel import outbox
from throughline.matching.queries import check_holdings
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.who import Supposed, answers, anyone, what_would_see, who_can_see

BODIES = range(1, 9)


def _auditor(body: int) -> Reader:
    return Reader(
        person=1, username="a", name="A", body=body, body_code="", body_name="", clearance=-1,
        permissions=frozenset({Permission.JOURNAL_READ}),
    )  # fmt: skip


def _reader(supposed: Supposed) -> Reader:
    return Reader(
        person=supposed.person, username="s", name="S", body=supposed.body, body_code="", body_name="",
        clearance=supposed.clearance, conditions=supposed.conditions, compartments=supposed.compartments,
        teams=supposed.teams,
    )  # fmt: skip


@pytest.fixture(scope="module")
def markings(shared_house: Instance) -> dict[int, Terms]:
    dice = dice_of(20261122)
    with transaction.atomic(using="owner"):
        made = Marking.objects.using("owner").bulk_create([_marking(dice) for _ in range(60)])
    return {m.pk: Terms.of(m) for m in made}


def test_it_agrees_with_the_oracle_for_every_body_and_role(markings: dict[int, Terms]) -> None:
    grid = [anyone(body, role) for body in BODIES for role in Role]
    cases = opened = 0
    for marking, terms in markings.items():
        with reading(_auditor(terms.owner)):
            found = answers("access_who_can_see", marking, grid)
        expected = [may_know(_reader(supposed), terms) for supposed in grid]
        assert [answer.may_know for answer in found] == expected
        cases += len(found)
        opened += sum(expected)
    assert cases >= 4_000
    assert 0.05 < opened / cases < 0.8


def test_it_agrees_with_the_oracle_for_people_on_lists_and_in_teams(markings: dict[int, Terms]) -> None:
    dice = dice_of(5)
    people = [
        Supposed(
            dice.choice(BODIES), dice.choice(PEOPLE), dice.choice([-1, 0, 1, 1]), dice.randint(0, 7),
            tuple(_some(dice, COMPARTMENTS, 2)), tuple(_some(dice, TEAMS, 2)),
        )
        for _ in range(60)
    ]  # fmt: skip
    for marking, terms in markings.items():
        with reading(_auditor(terms.owner)):
            found = answers("access_who_can_see", marking, people)
        assert [a.may_know for a in found] == [may_know(_reader(supposed), terms) for supposed in people]


def test_the_door_answers_people_of_the_owning_body_alone(markings: dict[int, Terms]) -> None:
    grid = [anyone(1, Role.ANALYST)]
    for marking, terms in markings.items():
        for body in BODIES:
            with reading(_auditor(body)):
                assert bool(answers("access_who_can_see", marking, grid)) == (body == terms.owner)
            analyst = _reader(Supposed(body, 99, 1, 7, (), ()))
            with reading(analyst):
                knows = body == terms.owner and may_know(analyst, terms)
                assert bool(answers("access_who_can_see", marking, grid)) == knows
    with connection.cursor() as cursor:
        cursor.execute("select * from access_who_can_see(%s, '[{}]')", [next(iter(markings))])
        assert cursor.fetchall() == []


_CASES: dict[str, dict[str, Any]] = {
    "to nobody": {}, "to Kent": {"bodies": ["KENT"]}, "to all": {"everyone": True},
    "under conditions": {"grade": "1AC", "instructions": "Ask", "bodies": ["KENT"]},
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
@pytest.mark.parametrize("is_silent", [False, True])
def test_the_degree_is_the_one_that_a_check_gives(house: Instance, name: str, is_silent: bool) -> None:  # noqa: FBT001
    aisha, value = someone("analyst@norf"), parse("phone:07700900123")
    ref = file_report(aisha, "N1", selectors=["phone:07700900123"], **_CASES[name])
    if is_silent:
        keep_interest(by=aisha, selector=value, why="Protects a source", silent=True)
    outbox.drain()
    seen = set()
    for body in ("NORF", "KENT", "MPS"):
        for role in Role:
            verdict = what_would_see(aisha, "item", f"{ref}/1", body=body, role=role)
            assert verdict
            degree = _degree_of(
                someone(f"{role}@{body.lower()}"), value, ref, quiet=is_silent and body != "NORF"
            )
            assert verdict.degree == degree, (body, role)
            seen.add(degree)
    assert "content" in seen
    assert "nothing" in seen


def _degree_of(reader: Reader, value: Any, ref: str, *, quiet: bool) -> str:
    """What a check by a real person of that role and body gives of the item."""
    if not reader.may(Permission.CHECK_RUN):
        return "nothing"
    with reading(reader):
        holdings = check_holdings(reader, value)
    if any(seen.ref == f"{ref}/1" for h in holdings for seen in h.seen):
        return "content"
    pointed = any(h.degree == "existence" for h in holdings)
    assert not (quiet and pointed)
    return "existence" if pointed else "nothing"


def test_what_is_listed_is_what_is_asked(house: Instance) -> None:
    aisha = someone("analyst@norf")
    ref = file_report(aisha, "N1", bodies=["KENT", "MPS"])
    found = who_can_see(aisha, "report", ref)
    assert found
    reads = ("officer", "analyst", "manager", "coordinator", "chair", "safeguarding", "orders")
    assert [(group.bodies, group.roles, group.clause) for group in found.groups] == [
        (("Norfolk Constabulary",), reads, "owner"),
        (("Kent Police", "Metropolitan Police Service"), reads, "circulation"),
    ]
    everyone = file_report(aisha, "N2", everyone=True)
    found = who_can_see(aisha, "report", everyone)
    assert found
    assert found.groups[-1].bodies == ()
    assert clearance_of(frozenset({Role.ADMIN})) == -1
    assert conditions_of(frozenset({Role.ADMIN})) == 0
