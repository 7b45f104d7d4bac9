"""Who and what the writers have been told of, and how a person stands in a record of one body."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from throughline.simulation.errors import write_address, write_born, write_name, write_phone, write_postcode
from throughline.simulation.facts import Person, Premises, Truth, Vehicle
from throughline.simulation.numbers import postcode
from throughline.simulation.places import towns

RECORD_COLUMNS: Final = (
    "record", "body", "file", "reference", "item", "given", "family", "born", "sex", "address", "town", "postcode",
    "phone", "person",
)  # fmt: skip
"""Of the truth about records: each person as one body wrote them down, and the id of who it is."""


class Register:
    """People, vehicles and premises by their ids, from what is told day by day."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.vehicles: dict[int, Vehicle] = {}
        self.premises: dict[int, Premises] = {}

    def note(self, truth: tuple[Truth, ...]) -> None:
        """Take in what was told."""
        for fact in truth:
            if isinstance(fact, Person):
                self.people[fact.id] = fact
            elif isinstance(fact, Vehicle):
                self.vehicles[fact.id] = fact
            elif isinstance(fact, Premises):
                self.premises[fact.id] = fact


@dataclass(frozen=True, slots=True)
class Written:
    """A person as written down: what is not known is blank."""

    person: int
    given: str
    family: str
    born: str
    sex: str
    address: str
    town: str
    postcode: str
    phone: str
    called: str

    @property
    def name(self) -> str:
        """As it stands in a sentence: Declan HOBBS, or what they are called in the street."""
        whole = " ".join(part for part in (self.given, self.family.upper()) if part)
        return whole or (f"a man called {self.called}" if self.called else "an unknown person")


@dataclass(frozen=True, slots=True)
class Known:
    """What a source comes to know of a person: the share of each part, and how careful it is."""

    care: float
    name: float
    born: float
    address: float
    phone: float
    street_name: float


ALL_KNOWN: Final = Known(care=0.15, name=1.0, born=1.0, address=0.95, phone=0.6, street_name=0.2)
"""In custody, where fingerprints are taken; a name given there is seldom wrong."""


def write_person(dice: np.random.Generator, someone: Person, known: Known) -> Written:
    """A person as somebody who knows so much of them writes them down."""
    given, family, born, address, code, phone = "", "", "", "", "", ""
    if dice.random() < known.name:
        given, family = write_name(dice, someone.given, someone.family, care=known.care)
        if dice.random() < known.born:
            born = write_born(dice, someone.born, care=known.care)
        if dice.random() < known.address:
            address, code = _home(dice, someone, known.care)
    if someone.phone and dice.random() < known.phone:
        phone = write_phone(dice, someone.phone, care=known.care)
    called = someone.street_name if dice.random() < known.street_name else ""
    return Written(
        someone.id, given, family, born, someone.sex, address, someone.town, code, phone, called
    )  # fmt: skip


def _home(dice: np.random.Generator, someone: Person, care: float) -> tuple[str, str]:
    def another() -> str:
        return postcode(towns()[someone.town].postcodes, dice)

    code = write_postcode(dice, someone.postcode, another, care=care)
    return write_address(dice, someone.address), code
