"""Names are common, put together at random, the same for the same dice, and known by their other forms."""

from collections import Counter

import numpy as np
import pytest

from throughline.simulation.names import forms_of, invent


def _dice(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _people(seed: int, *, sex: str = "male", year: int = 1998, count: int = 4_000) -> list[tuple[str, str]]:
    dice = _dice(seed)
    return [invent(dice, sex, year) for _ in range(count)]


def test_the_same_dice_give_the_same_people_and_others_give_others() -> None:
    assert _people(1) == _people(1)
    assert _people(1) != _people(2)


def test_every_name_is_made_of_letters_as_a_record_would_have_it() -> None:
    for given, family in _people(3) + _people(3, sex="female"):
        assert given.isalpha()
        assert given[0].isupper()
        assert all(part.replace("'", "").isalpha() for part in family.split("-"))


def test_names_are_common_ones_put_together_in_very_many_ways() -> None:
    people = _people(4)
    given, families = Counter(g for g, _ in people), Counter(f for _, f in people)
    assert max(given.values()) < len(people) * 0.05
    assert max(families.values()) < len(people) * 0.05
    assert len(set(people)) > len(people) * 0.75


@pytest.mark.parametrize(("sex", "year", "name"), [("female", 1950, "Susan"), ("male", 2008, "Tyler")])
def test_a_name_is_of_its_time(sex: str, year: int, name: str) -> None:
    other = 2008 if year == 1950 else 1950
    then = [given for given, _ in _people(5, sex=sex, year=year)]
    assert then.count(name) > 10
    assert name not in [given for given, _ in _people(5, sex=sex, year=other)]


def test_names_have_the_forms_that_people_use() -> None:
    assert "Dave" in forms_of("David")
    assert {"Muhammad", "Mohamed", "Mo"} <= set(forms_of("Mohammed"))
    assert "Smyth" in forms_of("Smith")
    assert forms_of("Nobody") == ()
