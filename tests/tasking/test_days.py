"""Officer-days: stated by their body alone, seen by it and by those above, loaded row by row with each slip named."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.inside import someone
from tests.instance import Instance
from tests.tasking.planned import give_days
from throughline.access.reader import NotAllowed
from throughline.kernel import clock
from throughline.tasking.days import (
    Days,
    DaysProblem,
    days_of_bodies,
    days_of_body,
    free_days,
    monday_of,
    next_monday,
    state_days,
    weeks_from,
)


def test_days_are_seen_by_their_body_by_its_region_and_by_the_centre_and_by_nobody_else(
    house: Instance,
) -> None:
    give_days("NORF")
    for who in ("manager@norf", "chair@norf", "coordinator@ersou", "chair@nclcc"):
        assert ("NORF", "surveillance") in free_days(someone(who), starts_on=next_monday(), weeks=2), who
    for who in ("manager@kent", "coordinator@emsou", "coordinator@nca"):
        assert free_days(someone(who), starts_on=next_monday(), weeks=2) == {}, who
    with pytest.raises(NotAllowed):
        free_days(someone("officer@norf"), starts_on=next_monday(), weeks=2)


def test_what_is_said_last_stands_and_the_rest_of_the_horizon_is_left_alone(house: Instance) -> None:
    by, (first, second) = someone("coordinator@norf"), weeks_from(next_monday(), 2)
    assert (
        state_days(
            by=by, stated=[Days("surveillance", first, 10, 4, "Murder"), Days("surveillance", second, 8)]
        )
        == 2
    )
    assert state_days(by=by, stated=[Days("surveillance", first, 10, 4, "Murder")]) == 0
    assert state_days(by=by, stated=[Days("surveillance", first, 6)]) == 1
    assert free_days(by, starts_on=first, weeks=3) == {("NORF", "surveillance"): (6.0, 8.0, 0.0)}
    (own,) = days_of_bodies(by, starts_on=first)
    assert (own.code, own.days, own.reserved, own.weeks_said) == ("NORF", 14.0, 0.0, 2)
    assert {card.code for card in days_of_bodies(someone("chair@ersou"), starts_on=first)} >= {
        "NORF",
        "SUFF",
        "ERSOU",
    }


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (Days("tea", monday_of(clock.today()), 1), "skill"),
        (Days("surveillance", monday_of(clock.today()) + timedelta(days=1), 1), "week"),
        (Days("surveillance", monday_of(clock.today()), float("nan")), "days"),
        (Days("surveillance", monday_of(clock.today()), 2, 3), "reserved"),
    ],
)
def test_a_slip_is_said_for_its_field_and_nothing_is_kept(house: Instance, stated: Days, field: str) -> None:
    by = someone("manager@norf")
    with pytest.raises(DaysProblem) as slip:
        state_days(by=by, stated=[stated])
    assert slip.value.field == field
    assert days_of_body(by, body=by.body, starts_on=monday_of(clock.today())) == {}
    with pytest.raises(NotAllowed):
        state_days(by=someone("chair@norf"), stated=[])


def test_a_file_is_loaded_with_its_slips_named_and_a_trial_keeps_nothing(
    house: Instance, tmp_path: Path
) -> None:
    week = next_monday()
    path = tmp_path / "days.csv"
    path.write_text(
        "body,skill,days_a_week,reserved,reserved_for,week\n"
        f"NORF,surveillance,10,4,Murder,{week}\n"
        ",intelligence,5,,,\n"
        "KENT,intelligence,5,,,\n"
        "NORF,safeguarding,3,4,,\n"
        f"NORF,surveillance,9,,,{week}\n"
        f"NORF,investigation,many,,,{week:%d/%m/%Y}\n",
        encoding="utf-8",
    )
    words = ("load", "days", str(path), "--as", "manager@norf", "--json")
    tried = house.json(*words, "--dry-run", status=1)
    by = someone("manager@norf")
    assert (tried["read"], tried["kept"], tried["rejected"]) == (6, 2, 4)
    assert days_of_body(by, body=by.body, starts_on=week) == {}
    assert house.json(*words, status=1)["kept"] == 2
    held = days_of_body(by, body=by.body, starts_on=week)
    assert held["surveillance", week] == Days("surveillance", week, 10, 4, "Murder")
    assert len([one for skill, one in held if skill == "intelligence"]) in (7, 8)
    refused = (tmp_path / "days.errors.csv").read_text(encoding="utf-8-sig")
    for said in ("alone", "No more can be reserved", "Line 2 has said this already", "in figures"):
        assert said in refused
    assert house.json(*words, status=1)["unchanged"] == 2
