"""The law of bail as data: who extends to when, in standard and other cases, and what of it is not verified."""

from datetime import date, datetime

import pytest

from throughline.custody.law import bail_ranks, cases, regime_in, regime_on, regimes
from throughline.custody.timing import bail_start, stage_end
from throughline.kernel.working_days import end_of_day

LAW = regime_in(1)
ARRESTED = datetime.fromisoformat("2026-08-30T22:30+01:00")


@pytest.mark.parametrize(
    ("stage", "longer", "ends"),
    [
        # Months from the bail start date, 31 August 2026, which counts: PACE 1984 ss.47ZB to 47ZF as in bail.json.
        ("47ZB", False, "2026-11-30"), ("47ZD", False, "2027-02-28"), ("47ZDA", False, "2027-05-30"),
        ("47ZE", False, "2027-08-30"), ("47ZF", False, "2027-08-30"), ("47ZF", True, "2028-02-29"),
        ("47ZF complex", False, "2028-02-29"), ("47ZF complex", True, "2028-08-30"),
        ("47ZB other", False, "2027-02-28"), ("47ZDB", False, "2027-08-30"), ("47ZF other", True, "2028-08-30"),
    ],
)  # fmt: skip
def test_a_stage_ends_so_many_months_from_the_day_after_the_arrest(
    stage: str, *, longer: bool, ends: str
) -> None:
    assert bail_start(ARRESTED) == date(2026, 8, 31)
    found = stage_end(LAW.stages[stage], starts_on=bail_start(ARRESTED), is_longer=longer)
    assert found == end_of_day(date.fromisoformat(ends))


def test_an_arrest_just_before_midnight_in_summer_belongs_to_its_own_day() -> None:
    assert bail_start(datetime.fromisoformat("2026-06-30T22:59+00:00")) == date(2026, 7, 1)
    assert bail_start(datetime.fromisoformat("2026-06-30T23:01+00:00")) == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("case", "stage", "next_ones"),
    [
        ("standard", "47ZB", ["47ZD"]), ("standard", "47ZD", ["47ZDA"]), ("standard", "47ZDA", ["47ZE", "47ZF"]),
        ("standard", "47ZE", ["47ZF complex"]), ("standard", "47ZF", ["47ZG"]), ("standard", "47ZG", ["47ZG"]),
        ("non-standard", "47ZB other", ["47ZDB"]), ("non-standard", "47ZDB", ["47ZF other"]),
    ],
)  # fmt: skip
def test_stages_follow_each_other_as_the_act_has_them(case: str, stage: str, next_ones: list[str]) -> None:
    assert [one.key for one in LAW.following(stage, case)] == next_ones


def test_every_stage_has_a_source_a_rank_or_a_court_and_ends_later_than_the_one_before() -> None:
    for one in LAW.stages.values():
        assert one.source
        assert one.by == "court" or set(one.ranks) <= bail_ranks().keys()
        for before in one.after:
            earlier = LAW.stages[before]
            assert one.months is None or earlier.months is None or one.months > earlier.months
    assert {LAW.first(case).key for case in cases()} == {"47ZB", "47ZB other"}
    # A court is satisfied of B to D alone.
    assert [c.key for c in LAW.conditions_for(LAW.stages["47ZF"])] == ["B", "C", "D"]
    assert [c.key for c in LAW.conditions_for(LAW.stages["47ZD"])] == ["A", "B", "C", "D"]


def test_what_was_not_read_is_marked() -> None:
    for fact in LAW.facts:
        if "not read" in fact.source.lower() or "general knowledge" in fact.source:
            assert fact.is_unverified
    assert all(LAW.stages[key].unverified for key in ("47ZB", "47ZG", "47ZB other", "47ZDB"))
    assert not any(LAW.stages[key].unverified for key in ("47ZD", "47ZDA", "47ZE"))
    assert regime_on(date(2022, 10, 28)) is regimes()[-1]
