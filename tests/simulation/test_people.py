"""Who the invented people are, and the dice that they are made by."""

from datetime import date
from statistics import mean

from throughline.selectors.registry import parse
from throughline.simulation.dice import dice
from throughline.simulation.facts import Part
from throughline.simulation.people import brand, is_child, person, premises, vehicle
from throughline.simulation.places import towns

ON = date(2025, 6, 1)
TOWN = towns()["Norwich"]
PARTS: tuple[Part, ...] = ("holder", "elder", "runner", "stash", "cuckooed", "child")


def test_the_dice_of_a_name_are_the_same_each_time_and_others_than_those_of_any_other() -> None:
    assert dice(1, "calls").random(4).tolist() == dice(1, "calls").random(4).tolist()
    thrown = [
        dice(seed, *names).random() for seed in (1, 2) for names in (("a",), ("b",), ("a", 1), ("a", 11))
    ]
    assert len(set(thrown)) == len(thrown)


def test_somebody_is_made_the_same_whoever_was_made_before() -> None:
    alone = person(9, 77, TOWN, "runner", ON)
    person.cache_clear()
    for nth in range(50, 80):
        person(9, nth, TOWN, "holder", ON)
    person.cache_clear()
    assert person(9, 77, TOWN, "runner", ON) == alone


def test_children_drawn_in_are_13_to_17_and_everyone_else_in_a_line_is_grown() -> None:
    for part in PARTS:
        for nth in range(300):
            someone = person(1, nth, TOWN, part, ON)
            age = (ON - someone.born).days / 365.25
            assert is_child(someone, ON) == (part == "child")
            assert (13 <= age < 18.01) if part == "child" else (18 <= age < 70)


def test_four_of_five_children_drawn_in_are_boys() -> None:
    boys = mean(person(2, nth, TOWN, "child", ON).sex == "male" for nth in range(1_500))
    assert 0.74 < boys < 0.82


def test_an_invented_person_is_read_by_the_rules_of_selectors() -> None:
    for nth in range(200):
        someone = person(3, nth, TOWN, None, ON)
        assert parse(f"{someone.given} {someone.family} {someone.born}", "person").key
        assert parse(f"{someone.address}, {someone.postcode}", "address").key.endswith(someone.postcode)
        assert someone.postcode.startswith("NR8")


def test_a_brand_is_an_invented_word_and_some_lines_share_one() -> None:
    brands = [brand(1, nth) for nth in range(3_000)]
    assert all(parse(name, "brand").key == name.upper() for name in set(brands))
    assert 500 < len(set(brands)) < 2_500


def test_a_vehicle_has_its_user_and_a_home_its_occupier() -> None:
    car = vehicle(1, 5, 40, ON)
    assert car == vehicle(1, 5, 40, ON)
    assert car.user == 40
    assert 2013 <= 2000 + int(car.mark[2:4]) <= 2022
    someone = person(1, 40, TOWN, "cuckooed", ON)
    home = premises(3, someone, "cuckooed")
    assert (home.kind, home.occupier, home.address, home.postcode) == (
        "cuckooed", 40, someone.address, someone.postcode,
    )  # fmt: skip
