"""Who the people are: each is made from the seed and their own id, so that nobody need be kept in memory."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np

from throughline.simulation import names, numbers
from throughline.simulation.dice import dice
from throughline.simulation.facts import Part, Person, Premises, Sex, Vehicle
from throughline.simulation.places import Town

# Youngest and oldest of each part. Ages are not published for lines; children are those drawn in, of 13 to 17.
AGES: Final[dict[Part | None, tuple[float, float]]] = {
    "holder": (19, 38),
    "elder": (18, 32),
    "runner": (18, 27),
    "stash": (22, 60),
    "cuckooed": (24, 66),
    "child": (13, 18),
    None: (16, 75),
}
# Four of five children flagged in referrals are boys (see `calibration`); of grown members most are men.
_MALE: Final[dict[Part | None, float]] = {"child": 0.78, "cuckooed": 0.62, "stash": 0.5, None: 0.6}
_MALE_ELSEWHERE = 0.88
_YEAR = 365.25
_ADULT_AT = timedelta(days=_YEAR * 18)
_STREETS = (
    "Alder", "Bramble", "Cobbler", "Dunlin", "Elm", "Fallow", "Gosling", "Harbour", "Ivy", "Juniper", "Kestrel",
    "Larch", "Mallow", "Nettle", "Orchard", "Plover", "Quarry", "Rowan", "Saddler", "Tanner", "Unwin", "Vine",
    "Wherry", "Yarrow", "Marsh", "Mill", "Station", "Abbey", "Chapel", "Priory", "Foundry", "Wharf",
)  # fmt: skip
_WAYS = ("Road", "Street", "Close", "Avenue", "Lane", "Drive", "Court", "Terrace", "Gardens", "Place", "Way")
_CARS = ("Ford Fiesta", "Vauxhall Corsa", "Volkswagen Golf", "Audi A3", "BMW 1 Series", "Mercedes A Class",
         "Toyota Yaris", "Nissan Qashqai", "Seat Leon", "Kia Ceed", "Skoda Octavia", "Hyundai i20")  # fmt: skip
_COLOURS = ("black", "white", "grey", "silver", "blue", "red")
_BRANDED = (
    ("Ka", "Zee", "Tro", "Mo", "Ri", "Da", "Bo", "Fle", "Ja", "Ny", "Sta", "Vo", "Lu", "Chi", "Ro", "Ske"),
    ("ni", "mo", "ko", "ro", "lla", "zzy", "xx", "ne", "ddy", "ca", "vo", "sh", "to", "gga"),
    ("", "", "", "", "n", "s", "k", "r"),
)
_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def person(seed: int, nth: int, town: Town, part: Part | None, on: date) -> Person:
    """The person with this id, who comes into the story on a day, in a part or as a bystander."""
    thrown = dice(seed, "person", nth)
    sex: Sex = "male" if thrown.random() < _MALE.get(part, _MALE_ELSEWHERE) else "female"
    born = on - timedelta(days=int(_age(thrown, part) * _YEAR))
    if part == "child":
        born = max(born, on - _ADULT_AT + timedelta(days=1))
    given, family = names.invent(thrown, sex, born.year)
    address, postcode = _home(thrown, town)
    known_as = _street_name(thrown) if part in ("holder", "elder", "runner", "child") else ""
    share = "bystander" if part is None else "person"
    return Person(
        id=nth, given=given, family=family, born=born, sex=sex, address=address, postcode=postcode,
        town=town.key, phone=numbers.telephone(share, nth, seed), street_name=known_as,
    )  # fmt: skip


def vehicle(seed: int, nth: int, user: int, on: date) -> Vehicle:
    """The car of a person: three to twelve years old."""
    thrown = dice(seed, "vehicle", nth)
    car, colour = _CARS[thrown.integers(len(_CARS))], _COLOURS[thrown.integers(len(_COLOURS))]
    year = on.year - int(thrown.integers(3, 13))
    return Vehicle(nth, numbers.mark(nth, year), f"{colour} {car}", user)


def premises(nth: int, occupier: Person, kind: Part) -> Premises:
    """The home of somebody, as a place where drugs are kept or which was taken over."""
    return Premises(
        nth, occupier.address, occupier.postcode, occupier.town,
        "cuckooed" if kind == "cuckooed" else "stash", occupier.id,
    )  # fmt: skip


def brand(seed: int, nth: int) -> str:
    """The invented word that a line trades under. Several lines may share one, as in life."""
    thrown = dice(seed, "brand", nth)
    return "".join(part[thrown.integers(len(part))] for part in _BRANDED)


def is_child(someone: Person, on: date) -> bool:
    """Whether a person is under 18 on a day."""
    eighteenth = someone.born + _ADULT_AT
    return on < eighteenth


def _age(thrown: np.random.Generator, part: Part | None) -> float:
    youngest, oldest = AGES[part]
    # Children are mostly 15 to 17, line members mostly in their twenties.
    lean = thrown.beta(2.2, 1.2) if part == "child" else thrown.beta(1.6, 2.2)
    return float(youngest + (oldest - youngest) * lean)


def _home(thrown: np.random.Generator, town: Town) -> tuple[str, str]:
    house = int(thrown.integers(1, 190))
    street, way = _STREETS[thrown.integers(len(_STREETS))], _WAYS[thrown.integers(len(_WAYS))]
    flat = f"Flat {thrown.integers(1, 30)}, " if thrown.random() < 1 / 4 else ""
    return f"{flat}{house} {street} {way}", numbers.postcode(town.postcodes, thrown)


def _street_name(thrown: np.random.Generator) -> str:
    """Three in five are known in the street by some other name, which others share."""
    made = "".join(part[thrown.integers(len(part))] for part in _BRANDED[:2])
    return made if thrown.random() < 3 / 5 else ""
