"""Nothing that a plan says moves for a line that its readers may not know: its lines, reasons, totals, prices, packs.

Two worlds are told apart by nobody who may not know: the same plan is worked out, a line is put on the register that
not everyone may know who reads plans in that body, and all is worked out and read again.
"""

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import keep
from tests.tasking.planned import CHILD, FIREARM, FROM_LONDON, TO_NORFOLK, give_days, plan_of, proposed
from tests.web.visiting import visitor
from throughline.access.services import close_compartment, form_team
from throughline.lines.coordination import NATION, coordination_of
from throughline.lines.flows import Asked, flow_map
from throughline.lines.ranking import ranked_lines
from throughline.tasking.asking import count_asking, lines_asking
from throughline.tasking.days import days_of_bodies, next_monday, weeks_from
from throughline.tasking.using import used_days

BODIES = ("MPS", "NORF", "ERSOU", "NCLCC")
SAID = (FIREARM, CHILD, FROM_LONDON, TO_NORFOLK)
READERS = ("chair@nclcc", "coordinator@nclcc", "chair@norf", "manager@norf", "chair@ersou")
"""Who reads the plans of three bodies; one in each is on every list below, and still sees no more in a plan."""
Hidden = Callable[[Instance], str]


def _in_a_circle(_: Instance) -> str:
    people = [someone(name).person for name in ("manager@norf", "chair@norf", "chair@nclcc")]
    circle = close_compartment(name="Herons", people=people)
    return keep(someone("manager@norf"), "C", said=SAID, compartment=circle, bodies=["NCLCC", "ERSOU"])


def _for_a_person(house: Instance) -> str:
    to = [someone(name).person for name in ("chair@nclcc", "chair@ersou")]
    return _circulated(house, "people", to)


def _for_a_team(house: Instance) -> str:
    team = form_team(name="Oak", people=[someone("chair@nclcc").person, someone("chair@norf").person])
    return _circulated(house, "teams", [team])


def _circulated(house: Instance, to: str, numbers: list[int]) -> str:
    """A line of Kent's that people or teams alone may know besides."""
    line = keep(someone("manager@kent"), "K", said=SAID)
    with house.as_owner() as owner:
        owner.execute(
            f"update access_marking set released = true, {to} = %s where id in (select e.marking_id "
            "from lines_evidence e join lines_line l on l.id = e.line_id where l.ref = %s)", [numbers, line],
        )  # fmt: skip
    return line


def _of_another_body(_: Instance) -> str:
    return keep(someone("manager@kent"), "O", said=SAID)


EVERY: dict[str, Hidden] = {
    "in a closed circle": _in_a_circle, "to named people": _for_a_person, "to a team": _for_a_team,
    "of another body alone": _of_another_body,
}  # fmt: skip


def _told(plan: str, name: str) -> dict[str, Any]:
    """All that a plan says to one reader, without what differs between any two plans: references and times."""
    found = asdict(plan_of(someone(name), plan))
    for once in ("took", "worked_out_at", "history", "moves", "after"):
        found.pop(once)
    return found | {"row": found["row"]["state"]}


def _page(name: str, plan: str) -> str:
    """The page of a plan in each of its views, with its own references taken out."""
    seen = visitor(name)
    pages = [
        seen.get(f"/plans/{plan}?view={view}").content.decode() for view in ("table", "board", "calendar")
    ]
    main = [page[page.index("<main") : page.index("What happened")] for page in pages]
    return re.sub(r"PL-[0-9A-Z]{4}-[0-9A-Z]{4}|value=\"[A-Za-z0-9]{64}\"", "", "".join(main))


@pytest.mark.parametrize("hidden", EVERY.values(), ids=list(EVERY))
def test_no_plan_moves_for_a_line_that_not_all_its_readers_may_know(house: Instance, hidden: Hidden) -> None:
    for name, said in (("A", SAID), ("B", SAID[:1] + SAID[2:])):
        keep(someone("analyst@norf"), name, said=said, everyone=True)
    give_days(*BODIES, days=4.0)
    askers = ("chair@nclcc", "chair@norf", "chair@ersou")
    before = {asker: proposed(someone(asker), seconds=5) for asker in askers}
    line = hidden(house)
    after = {asker: proposed(someone(asker), seconds=5) for asker in askers}
    for name in READERS:
        asker = next(one for one in askers if one.rpartition("@")[2] == name.rpartition("@")[2])
        first, then = _told(before[asker], name), _told(after[asker], name)
        assert first == then, name
        assert first["lines"], name
        assert first["prices"], name
        assert line not in _page(name, after[asker])
        assert _page(name, before[asker]) == _page(name, after[asker]), name


def _around(name: str) -> tuple[Any, ...]:
    """What stands beside plans, as one reader may know it: days, map, ranks, the desk of a region, what asks."""
    reader = someone(name)
    drawn = flow_map(reader, Asked())
    return (
        days_of_bodies(reader, starts_on=next_monday()), used_days(reader, weeks_from(next_monday())),
        drawn.lines, drawn,
        ranked_lines(reader).total, [pile.total for pile in coordination_of(reader, scope=NATION).piles]
        if reader.may("hit:oversee") else (), count_asking(reader) if reader.may("task:bid") else 0,
        lines_asking(reader) if reader.may("task:bid") else (),
    )  # fmt: skip


@pytest.mark.parametrize("hidden", EVERY.values(), ids=list(EVERY))
def test_neither_days_nor_map_nor_desk_moves_for_one_who_may_not_know_it(
    house: Instance, hidden: Hidden
) -> None:
    keep(someone("analyst@norf"), "A", said=SAID, everyone=True)
    give_days(*BODIES)
    proposed(someone("chair@nclcc"))
    nobody = ("coordinator@nclcc", "coordinator@ersou", "coordinator@mers", "manager@mps")
    before = {name: _around(name) for name in nobody}
    hidden(house)
    proposed(someone("chair@nclcc"))
    assert {name: _around(name) for name in nobody} == before
