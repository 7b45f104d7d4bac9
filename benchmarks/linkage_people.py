"""People of the synthetic nation as different hands wrote them down, with who each truly is and what went wrong.

Each person is made from the seed and their number, and each record from the person and its own: so the first of a
million people are the very people of a hundred thousand. Errors are made at the rates measured on published data.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import numpy as np

from throughline.simulation.dice import dice
from throughline.simulation.facts import How, Person
from throughline.simulation.names import forms_of
from throughline.simulation.people import person
from throughline.simulation.places import Town, towns
from throughline.simulation.register import Written, write_person
from throughline.simulation.sentences import KNOWN

ON = date(2026, 11, 1)
HANDS: tuple[How, ...] = ("custody", "stop", "visit", "partner", "examination")
"""Ways of knowing that nearly always bring a name; the others name nobody in half of what they write."""
AT_ONCE = 5_000
ONCE_MORE = 0.4
"""The chance that a person is written down once more, each time: 1.67 records a person."""


@dataclass(frozen=True, slots=True)
class Known:
    """One record of a person in the fields of linkage, who it is, and the kinds of error in it, in order."""

    values: dict[str, str]
    person: int
    errors: tuple[str, ...]


def simulated(records: int, *, seed: int) -> Iterator[Known]:
    """So many records, person by person; made by two processes."""
    made = 0
    with ProcessPoolExecutor(2) as workers:
        for some in workers.map(partial(_written, seed=seed), range(0, records, AT_ONCE)):
            for one in some:
                if made == records:
                    workers.shutdown(cancel_futures=True)
                    return
                yield one
                made += 1


def _written(first: int, *, seed: int) -> list[Known]:
    return [one for nth in range(first, first + AT_ONCE) for one in _of_person(nth, seed)]


def _of_person(nth: int, seed: int) -> Iterator[Known]:
    thrown = dice(seed, "records of", nth)
    someone = person(seed, nth, _town(thrown), None, ON)
    for _ in range(int(thrown.geometric(1 - ONCE_MORE))):
        yield _by_a_hand(thrown, someone)


def once_more(nth: int, *, seed: int) -> Known:
    """Another record of a person, as somebody else wrote them down."""
    someone = person(seed, nth, _town(dice(seed, "records of", nth)), None, ON)
    return _by_a_hand(dice(seed, "once more", nth), someone)


def _by_a_hand(thrown: np.random.Generator, someone: Person) -> Known:
    hand = HANDS[int(thrown.integers(len(HANDS)))]
    return _known(write_person(thrown, someone, KNOWN[hand]), someone)


def _known(written: Written, someone: Person) -> Known:
    values = {
        "given_name": written.given, "surname": written.family, "date_of_birth": written.born,
        "gender": written.sex, "address": written.address, "postcode": written.postcode, "place": written.town,
        "phone": written.phone,
    }  # fmt: skip
    return Known(values, someone.id, tuple(_errors(written, someone)))


def _errors(written: Written, someone: Person) -> Iterator[str]:
    """What is not as it is, in words."""
    if (written.given, written.family) in ((someone.family, someone.given), (someone.family, "")):
        yield "names changed round"
    else:
        yield from _name("given name", written.given, someone.given)
        yield from _name("surname", written.family, someone.family)
    if not written.born:
        yield "date of birth missing"
    elif written.born != someone.born.isoformat():
        yield "date of birth wrong"
    if written.address and written.postcode != someone.postcode:
        yield "another or no postcode"
    if not written.address and not written.phone:
        yield "neither address nor phone"


def _name(part: str, written: str, true: str) -> Iterator[str]:
    if not written:
        yield f"{part} missing"
    elif written in forms_of(true):
        yield f"{part} in another form"
    elif written != true:
        yield f"{part} misspelt" if _alike(written, true) else f"another {part}"


def _alike(one: str, other: str) -> bool:
    """Whether most letters stand in both: a slip or two, and no other name."""
    return len(set(one.lower()) & set(other.lower())) * 2 >= len({*one.lower(), *other.lower()})


@cache
def _places() -> tuple[Town, ...]:
    return tuple(towns().values())


def _town(thrown: np.random.Generator) -> Town:
    return _places()[int(thrown.integers(len(_places())))]
