"""Where and when: grid references, latitude and longitude, postcodes, and clocks that go forward and back."""

import math
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.clashes.grid import (
    EASTERNMOST,
    HELMERT_ERROR,
    NORTHERNMOST,
    NotOnGrid,
    from_reference,
    from_wgs84,
    project,
    to_reference,
)
from throughline.clashes.kinds import EVENT_KINDS
from throughline.clashes.places import COARSEST_SPREAD, PlaceProblem, parse_place
from throughline.clashes.times import TimeProblem, check_times, in_london, read_time
from throughline.kernel import clock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_it_projects_as_the_worked_example_of_the_ordnance_survey_does() -> None:
    """Annex C of the guide: Caister water tower, in OSGB36."""
    latitude = math.radians(52 + 39 / 60 + 27.2531 / 3600)
    longitude = math.radians(1 + 43 / 60 + 4.5177 / 3600)
    assert project(latitude, longitude) == pytest.approx((651_409.903, 313_177.270), abs=0.001)


@pytest.mark.parametrize(
    ("latitude", "longitude", "east", "north"),
    [
        # The same tower as a satellite receiver gives it, and as OSTN15 has it.
        (52.658007833, 1.716073973, 651_409.804, 313_177.450),
        # Test points of the OSTN15 developer pack, from Scilly to Shetland.
        (49.922261, -6.299777, 91_492, 11_318),
        (53.779110, -3.040455, 331_534, 431_920),
        (51.489365649, -0.119925573, 530_625, 178_388),
        (55.924782655, -3.294792187, 319_188, 670_948),
        (60.133080917, -2.073828228, 396_000, 1_138_729),
    ],
)
def test_it_turns_what_a_receiver_gives_to_within_the_error_stated(
    latitude: float, longitude: float, east: float, north: float
) -> None:
    assert math.dist(from_wgs84(latitude, longitude), (east, north)) <= HELMERT_ERROR


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("TG 51409 13177", (651_409, 313_177, 1)),
        ("tg5140913177", (651_409, 313_177, 1)),
        ("TG 514 131", (651_450, 313_150, 71)),
        ("TG 51 13", (651_500, 313_500, 708)),
        ("SV 00 00", (500, 500, 708)),
        ("HP 66 18", (466_500, 1_218_500, 708)),
    ],
)
def test_it_reads_a_grid_reference_as_the_middle_of_its_square(text: str, spot: tuple[int, int, int]) -> None:
    assert from_reference(text) == spot


@pytest.mark.parametrize(
    "text", ["TG", "TG 5", "TG 51 1", "TG 5 1", "TG 514091 131771", "II 12 12", "AA 12 12", "T1 22"]
)
def test_it_refuses_what_is_no_grid_reference(text: str) -> None:
    with pytest.raises(NotOnGrid):
        from_reference(text)


@given(st.integers(0, EASTERNMOST - 1), st.integers(0, NORTHERNMOST - 1))
def test_a_reference_written_is_read_back(east: int, north: int) -> None:
    assert from_reference(to_reference(east, north))[:2] == (east, north)


@pytest.mark.parametrize("text", ["TG 51409 13177", "TG 5141 1317", "TG 514 131", "TG 51 13"])
def test_a_reference_is_shown_no_finer_than_it_was_given(text: str) -> None:
    assert parse_place(postcode="", spot=text).reference == text


@pytest.mark.parametrize(
    ("postcode", "spot", "shown"),
    [
        ("nr1 1aa", "", "NR1 1AA"),
        ("", "TG 231 087", "TG 231 087"),
        ("NR1 1AA", "623120, 308760", "NR1 1AA, TG 23120 08760"),
        ("", "52.65801, 1.71607", "TG 5141 1318"),
        ("", "52.658N 1.716E", "TG 51 13"),
        ("", "50.37170° -4.14370°", "SX 4765 5462"),
        ("", "50.37170, 4.14370W", "SX 4765 5462"),
    ],
)
def test_it_reads_a_place_however_it_is_given(postcode: str, spot: str, shown: str) -> None:
    place = parse_place(postcode=postcode, spot=spot)
    assert place.spread <= COARSEST_SPREAD
    assert place.shown == shown


@pytest.mark.parametrize(
    ("postcode", "spot", "field"),
    [
        ("", " ", "postcode"),
        ("NR1", "", "postcode"),
        ("NR1 1AA", "somewhere", "spot"),
        ("", "52.65, 1.71", "spot"),
        ("", "1.71607, 52.65801", "spot"),
        ("", "48.85341, 2.34880", "spot"),
        ("", "999999, 308760", "spot"),
        ("", "12", "spot"),
    ],
)
def test_it_says_which_part_of_a_place_is_wrong(postcode: str, spot: str, field: str) -> None:
    with pytest.raises(PlaceProblem) as refused:
        parse_place(postcode=postcode, spot=spot)
    assert refused.value.field == field


def test_a_sector_is_a_postcode_without_its_last_two_letters() -> None:
    assert parse_place(postcode="NR11AA", spot="").sector == "NR1 1"
    assert parse_place(postcode="", spot="TG 231 087").sector == ""


@pytest.mark.parametrize("text", ["14:30", "14.30", "1430"])
def test_it_reads_a_time(text: str) -> None:
    assert read_time(text) == time(14, 30)


@pytest.mark.parametrize("text", ["", "24:00", "noon", "9", "14:3", "-1:00"])
def test_it_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="from 00:00 to 23:59"):
        read_time(text)


def test_it_keeps_in_utc_what_clocks_in_london_show() -> None:
    assert in_london(date(2026, 1, 5), time(14, 30)) == datetime(2026, 1, 5, 14, 30, tzinfo=UTC)
    assert in_london(date(2026, 7, 5), time(14, 30)) == datetime(2026, 7, 5, 13, 30, tzinfo=UTC)
    # Clocks go forward on 29 March 2026 at 01:00, and back on 25 October at 02:00.
    with pytest.raises(ValueError, match="skip this time"):
        in_london(date(2026, 3, 29), time(1, 30))
    twice = [in_london(date(2026, 10, 25), time(1, 30), fold=fold) for fold in (0, 1)]
    assert [moment.hour for moment in twice] == [0, 1]


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (timedelta(hours=2), timedelta(hours=2), "ends"),
        (timedelta(hours=2), timedelta(hours=1), "ends"),
        (timedelta(hours=-2), timedelta(hours=-1), "ends"),
        (timedelta(), timedelta(days=29), "ends"),
        (timedelta(days=360), timedelta(days=367), "ends"),
    ],
)
def test_it_refuses_times_that_cannot_be_planned(starts: timedelta, ends: timedelta, field: str) -> None:
    with clock.stopped(NOON), pytest.raises(TimeProblem) as refused:
        check_times(starts_at=NOON + starts, ends_at=NOON + ends)
    assert refused.value.field == field


def test_every_kind_says_why_it_reaches_so_far() -> None:
    for kind in EVENT_KINDS.values():
        assert kind.reason.endswith(".")
        assert 0 < kind.radius <= 2_000
        assert timedelta() < kind.margin <= timedelta(hours=12)
