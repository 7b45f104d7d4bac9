"""Invented numbers: none can be anyone's, none is given twice, and the product reads every one."""

from importlib.util import find_spec

import numpy as np
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import carrier

from throughline.selectors.registry import parse
from throughline.simulation import numbers
from throughline.simulation.dice import dice
from throughline.simulation.places import towns

NTH = st.integers(0, 9_999_999)
SEEDS = st.integers(0, 1 << 40)
KINDS = st.sampled_from(["customer", "line", "person", "business", "bystander"])


@given(KINDS, NTH, SEEDS)
def test_a_telephone_lies_in_the_range_set_aside_and_is_read_as_it_is(kind: str, nth: int, seed: int) -> None:
    written = numbers.written(numbers.telephone(kind, nth, seed))
    assert written.startswith("+4472")
    assert parse(written, "phone").key == written


@pytest.mark.parametrize("block", range(7_200, 7_300))
def test_no_network_has_been_given_any_of_that_range(block: int) -> None:
    for thousands in range(0, 1_000_000, 10_000):
        number = phonenumbers.parse(f"+44{block}{thousands:06d}")
        assert carrier.name_for_number(number, "en") == ""


def test_the_lists_do_know_the_networks_of_other_ranges() -> None:
    assert carrier.name_for_number(phonenumbers.parse("+447400123456"), "en") != ""


def test_no_telephone_is_given_twice_whatever_the_kind() -> None:
    nth = np.arange(200_000)
    every = np.concatenate(
        [numbers.telephones(kind, nth, 3) for kind in ("customer", "line", "person", "business")]
    )
    assert len(np.unique(every)) == len(every)
    assert int(every[7]) == numbers.telephone("customer", 7, 3)


@given(NTH)
def test_handsets_and_sims_are_of_test_ranges_and_are_read(nth: int) -> None:
    assert numbers.imei(nth).startswith("00")
    assert parse(numbers.imei(nth), "imei").key == numbers.imei(nth)
    assert numbers.imsi(nth).startswith("001")
    assert parse(numbers.imsi(nth), "imsi").key == numbers.imsi(nth)


@given(st.integers(0, 100_000), st.integers(2004, 2025))
def test_a_mark_has_the_letters_of_no_office_and_is_read(nth: int, year: int) -> None:
    mark = numbers.mark(nth, year)
    assert mark[0] in "JTUX"
    assert parse(mark, "vehicle").key == mark


def test_every_postcode_is_read_and_lies_in_a_district_that_nobody_lives_in() -> None:
    thrown = dice(1, "postcodes")
    for letters in {town.postcodes for town in towns().values()}:
        postcode = numbers.postcode(letters, thrown)
        assert parse(postcode, "postcode").key == postcode
        assert find_spec(f"uk_postcodes_parsing.outcodes.{postcode.split()[0].lower()}") is None


def test_the_list_of_districts_does_know_one_that_people_live_in() -> None:
    assert find_spec("uk_postcodes_parsing.outcodes.nr1") is not None
