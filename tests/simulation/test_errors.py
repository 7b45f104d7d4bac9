"""Errors are of the kinds and about as many as in measured data, and none of them leads to anything real."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.real_data.tables import needs, table
from tests.simulation.measuring import (
    HISTORICAL,
    KINDS,
    NAME_PAIRS,
    Rates,
    date_kind,
    distance,
    measured,
    name_kind,
    postcode_kind,
    shares,
)
from throughline.selectors.registry import parse
from throughline.simulation import numbers
from throughline.simulation.errors import (
    write_address,
    write_born,
    write_handset,
    write_mark,
    write_name,
    write_phone,
    write_postcode,
)
from throughline.simulation.names import invent
from throughline.simulation.slips import MEASURED, slip

COUNT = 8_000
TOLERANCE = {"first_name": 0.035, "surname": 0.035, "dob": 0.025, "postcode_fake": 0.025}
"""Points of share by which each kind may differ. FEBRL lies further than this from the historical figures."""


def _dice(seed: int = 7) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _another() -> str:
    return numbers.postcode("IP", _dice(8))


def _ours(field: str) -> Rates:
    dice, kinds = _dice(), []
    for n in range(COUNT):
        if field in {"first_name", "surname"}:
            true = invent(dice, "male", 1950 + n % 60)
            part = 0 if field == "first_name" else 1
            written = write_name(dice, *true, care=MEASURED)
            kinds.append(name_kind(true[part].lower(), written[part].lower()))
        elif field == "dob":
            born = date(1950, 1, 1) + timedelta(days=int(dice.integers(20_000)))
            kinds.append(date_kind(born.isoformat(), write_born(dice, born, care=MEASURED)))
        else:
            home = numbers.postcode("NR", dice)
            kinds.append(postcode_kind(home, write_postcode(dice, home, _another, care=MEASURED)))
    return shares(kinds)


@needs(HISTORICAL, NAME_PAIRS)
@pytest.mark.parametrize("field", list(KINDS))
def test_each_kind_of_error_is_made_about_as_often_as_it_was_measured(field: str) -> None:
    theirs, ours = measured(field), _ours(field)
    apart = {
        kind: (round(theirs.get(kind, 0), 3), round(ours.get(kind, 0), 3))
        for kind in theirs.keys() | ours.keys()
        if abs(theirs.get(kind, 0) - ours.get(kind, 0)) > TOLERANCE[field]
    }
    assert apart == {}


@needs(HISTORICAL, NAME_PAIRS)
def test_the_kinds_seen_in_labelled_pairs_of_names_are_all_made() -> None:
    """Names of people that were judged to be the same and differ: a letter, or a part left out."""
    pairs = [
        (row["name1"].lower().split(), row["name2"].lower().split())
        for row in table(NAME_PAIRS, "name_pairs")
        if row["schema"] == "Person" and row["is_match"] == "True"
    ]
    seen = {
        "one letter": sum(distance(" ".join(a), " ".join(b)) == 1 for a, b in pairs),
        "missing": sum(set(a) < set(b) or set(b) < set(a) for a, b in pairs),
    }
    assert min(seen.values()) > 0, seen
    dice = _dice()
    written = [write_name(dice, "Declan", "Hobbs", care=MEASURED) for _ in range(COUNT)]
    assert ("Hobbs", "Declan") in written
    assert ("Declan", "") in written
    assert any(distance("hobbs", family.lower()) == 1 for _, family in written)
    assert ("Dec", "Hobbs") in written


def test_a_careful_writer_makes_fewer() -> None:
    dice = _dice()
    wrong = [
        sum(write_name(dice, "Declan", "Hobbs", care=care) != ("Declan", "Hobbs") for _ in range(2_000))
        for care in (0.1, 0.5, 1.0)
    ]
    assert wrong[0] < wrong[1] / 3 < wrong[1] < wrong[2]


def test_one_slip_is_one_slip() -> None:
    dice = _dice()
    assert {distance("wilkinson", slip(dice, "Wilkinson").lower()) for _ in range(500)} <= {0, 1}
    assert slip(dice, "J") == "J"


def test_a_date_of_birth_is_always_a_day_that_there_was() -> None:
    dice = _dice()
    for born in (date(2009, 2, 28), date(2010, 12, 31), date(1999, 11, 9), date(1960, 5, 5)):
        for _ in range(400):
            written = write_born(dice, born, care=1.5)
            assert not written or abs(date.fromisoformat(written).year - born.year) < 10


def test_a_number_is_read_as_the_same_however_it_is_written_and_a_slip_stays_in_its_range() -> None:
    dice = _dice()
    number = numbers.telephone("line", 4, seed=1)
    keys = [parse(write_phone(dice, number, care=0.01), "phone").key for _ in range(300)]
    assert set(keys) == {numbers.written(number)}
    wrong = {parse(write_phone(dice, number, care=5), "phone").key for _ in range(300)}
    assert len(wrong) > 20
    assert all(numbers.FIRST <= int(key[1:]) <= numbers.LAST for key in wrong)


def test_marks_handsets_and_addresses_read_as_one_and_stay_invented() -> None:
    dice = _dice()
    mark, imei = numbers.mark(17, 2019), numbers.imei(23)
    marks = {parse(write_mark(dice, mark, care=3), "vehicle").key for _ in range(400)}
    assert mark in marks
    assert all(one[:2] == mark[:2] for one in marks)
    assert {parse(write_handset(dice, imei), "imei").key for _ in range(50)} == {imei}
    ways = {write_address(dice, "Flat 3, 12 Mill Road") for _ in range(100)}
    assert len(ways) > 2
    assert len({parse(f"{way}, NR86 3XY", "address").key for way in ways}) == 1
