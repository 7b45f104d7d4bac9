"""Addresses of an invented town, written in the ways in which people write them, with the truth."""

import random
from dataclasses import dataclass

SEED = 1840
BUILDINGS, MOST_FLATS, MOST_WRITTEN = 1_500, 8, 3
SHARES = {
    "has a name": 0.25, "has flats": 0.3, "street misspelt": 0.1, "street short": 0.4, "name written": 0.6,
    "postcode wrong": 0.08, "postcode left out": 0.05, "town written": 0.67, "UPRN known": 0.1,
}  # fmt: skip
"""How often each thing is so, of all writings: our choice, since nobody has counted."""
STREETS = ("Wherry", "Mill", "Orchard", "Station", "Harbour", "Chapel", "Heron", "Quarry", "Lantern", "Elder", "Saxon",
           "Drover", "Tannery", "Priory", "Kestrel", "Almond", "Bramble", "Foundry")  # fmt: skip
WAYS = {
    "Road": "Rd",
    "Street": "St",
    "Avenue": "Ave",
    "Lane": "Ln",
    "Close": "Cl",
    "Gardens": "Gdns",
    "Drive": "Dr",
}
HOUSES = ("Rose Cottage", "The Old Rectory", "Wherry Court", "Mill House", "Tower Point", "Priory Lodge")


@dataclass(frozen=True, slots=True)
class _Building:
    """One building as it is: its name ('' for none), number, street in two words, postcode and flats ('' for none)."""

    number: str
    house: str
    name: str
    way: str
    postcode: str
    flats: tuple[str, ...]


def invented(buildings: int = BUILDINGS) -> tuple[list[dict[str, str]], list[str]]:
    """Premises of an invented town, each written once to three times, and of each writing which it is of.

    A block has flats, which are not one place; streets share their numbers, and neighbours their postcode.
    """
    dice = random.Random(SEED)  # noqa: S311 repeatable, not secret
    rows, truth = list[dict[str, str]](), list[str]()
    for place in range(buildings):
        building = _building(dice)
        for flat in building.flats:
            for _ in range(dice.randint(1, MOST_WRITTEN)):
                uprn = str(10_000_000 + 10 * place + int(flat or 0))
                rows.append(
                    _written(dice, building, flat) | {"uprn": uprn if _is(dice, "UPRN known") else ""}
                )
                truth.append(f"{place}/{flat}")
    return rows, truth


def _building(dice: random.Random) -> _Building:
    letters = "ABDEFGH"
    postcode = f"NR{dice.randint(1, 9)} {dice.randint(1, 9)}{dice.choice(letters)}{dice.choice(letters)}"
    many = dice.randint(2, MOST_FLATS)
    return _Building(
        number=str(dice.randint(1, 90)), house=dice.choice(HOUSES) if _is(dice, "has a name") else "",
        name=dice.choice(STREETS), way=dice.choice(sorted(WAYS)), postcode=postcode,
        flats=tuple(map(str, range(1, many + 1))) if _is(dice, "has flats") else ("",),
    )  # fmt: skip


def _written(dice: random.Random, of: _Building, flat: str) -> dict[str, str]:
    """One place as somebody writes it: what errs is chosen by dice, each kind by itself."""
    name = _slip(dice, of.name) if _is(dice, "street misspelt") else of.name
    way = WAYS[of.way] if _is(dice, "street short") else of.way
    before = dice.choice((f"Flat {flat}, ", f"Apt {flat} ", f"{flat}/", f"Flat {flat}, ")) if flat else ""
    house = f"{of.house}, " if of.house and _is(dice, "name written") and not before.endswith("/") else ""
    postcode = _slip(dice, of.postcode) if _is(dice, "postcode wrong") else of.postcode
    return {
        "address": f"{before}{house}{of.number} {name} {way}",
        "postcode": "" if _is(dice, "postcode left out") else postcode,
        "place": "Norwich" if _is(dice, "town written") else "",
    }  # fmt: skip


def _is(dice: random.Random, what: str) -> bool:
    return dice.random() < SHARES[what]


def _slip(dice: random.Random, text: str) -> str:
    """One letter or digit changed, left out, or turned round with the next."""
    place = dice.randrange(len(text) - 1)
    before, one, other, after = text[:place], text[place], text[place + 1], text[place + 2 :]
    changed = dice.choice("aeiou" if one.isalpha() else "0123456789")
    return before + dice.choice((changed + other, other, other + one)) + after
