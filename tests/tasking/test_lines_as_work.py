"""Lines as work: who could lead each, what it takes, and the command that proposes a plan from them."""

import json
from pathlib import Path

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import keep
from throughline.lines.services import Said as Stated
from throughline.lines.statements import BODY
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.planning.working import Said, works_of

FIREARM, CHILD = Stated("violence", "word", "firearm"), Stated("exploitation", "word", "child")
FROM_LONDON, TO_NORFOLK = Stated("exports from", BODY, "MPS"), Stated("imports to", BODY, "NORF")
CAPACITY = "body,skill,days_a_week,reserved\n" + "".join(
    f"{body},{skill},20,5\n" for body in ("MPS", "NORF", "ERSOU", "NCLCC") for skill in tactics().skills
)


def test_a_line_can_be_led_where_it_comes_from_where_it_sells_and_by_those_above(house: Instance) -> None:
    ref = keep(someone("analyst@norf"), said=[FIREARM, CHILD, FROM_LONDON, TO_NORFOLK], everyone=True)
    (work,) = works_of(someone("chair@nclcc"), Said())
    gains = {option.lead: option.gain for option in reversed(work.options)}
    assert (work.ref, work.region, work.child_at_risk) == (ref, "Eastern", True)
    assert gains.keys() == {"MPS", "NORF", "ERSOU", "NCLCC"}
    assert max(gains, key=lambda code: gains[code]) == "MPS"
    mps = next(option for option in work.options if option.lead == "MPS")
    assert {(need.body, need.skill) for need in mps.needs} == {
        ("MPS", "intelligence"), ("MPS", "surveillance"), ("MPS", "investigation"), ("NORF", "neighbourhood"),
        ("NORF", "safeguarding"),
    }  # fmt: skip
    spared = [option for option in work.options if option.lead == "MPS"][1]
    assert ("NORF", "neighbourhood") not in {need.pool for need in spared.needs}
    assert ("NORF", "safeguarding") in {need.pool for need in spared.needs}
    assert spared.gain < mps.gain
    assert [option.lead for option in work.options].count("NORF") == 1


def test_a_plan_is_made_of_the_lines_that_its_chair_may_know_and_of_no_others(house: Instance) -> None:
    keep(someone("analyst@norf"), said=[FIREARM, FROM_LONDON, TO_NORFOLK])
    assert works_of(someone("chair@nclcc"), Said()) == ()
    assert len(works_of(someone("chair@norf"), Said())) == 1


def test_the_command_proposes_and_says_why(house: Instance, tmp_path: Path) -> None:
    ref = keep(someone("analyst@norf"), said=[FIREARM, CHILD, FROM_LONDON, TO_NORFOLK], everyone=True)
    days = tmp_path / "capacity.csv"
    days.write_text(CAPACITY, encoding="utf-8")
    words = ("plan", "propose", "--as", "chair@nclcc", "--capacity", str(days), "--seconds", "2")
    plan = house.json(*words, "--json")
    assert {"objective", "bound", "gap", "seconds", "assignments", "left_out"} <= plan.keys()
    assert [(one["ref"], one["lead"]) for one in plan["assignments"]] == [(ref, "MPS")]
    assert "A child is at risk" in house.run(*words).stdout
    pinned = json.loads(house.run(*words, "--pin", f"{ref}=NORF", "--json").stdout)
    assert pinned["assignments"][0]["lead"] == "NORF"
    assert house.json(*words, "--exclude", ref, "--json")["assignments"] == []


def test_the_command_refuses_whoever_decides_nothing_and_a_table_with_a_slip(
    house: Instance, tmp_path: Path
) -> None:
    days = tmp_path / "capacity.csv"
    days.write_text("body,skill,days_a_week\nMPS,tea,1\n", encoding="utf-8")
    words = ("plan", "propose", "--capacity", str(days), "--as")
    assert "tea is no skill" in house.run(*words, "chair@nclcc", status=1).stderr
    assert house.run(*words, "officer@norf", status=1).stderr
