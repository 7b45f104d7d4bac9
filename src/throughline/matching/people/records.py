"""A person as one source tells of them: the value itself, and what travels with it in the same source."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from throughline.matching.linkage.preparing import Prepared, prepare
from throughline.matching.people.model import people_model

WAYS = 8
"""A source that tells of several phones is read with each of them, in so many combinations at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one sighting tells of a person: the canonical value, and selectors by kind. No sighting: the value alone."""

    key: str
    sighting: int | None = None
    travels: Mapping[str, Sequence[str]] = field(default_factory=dict)


def records_of(told: Told) -> Iterator[Prepared]:
    """What is told in the forms that are compared: one record, or one for each combination of what travels with it."""
    surname, given, born = told.key.split("|")
    fields = people_model().travels
    kinds = [kind for kind in fields if told.travels.get(kind)]
    for values in islice(product(*(sorted(told.travels[kind]) for kind in kinds)), WAYS):
        said = {fields[kind]: value for kind, value in zip(kinds, values, strict=True)}
        yield _with_keys(prepare({"given_name": given, "surname": surname, "date_of_birth": born} | said))


def _with_keys(person: Prepared) -> Prepared:
    """The values that stand in keys alone: day and month in either order, and the initial of the given name."""
    day, month, year = person["day"], person["month"], person["year"]
    turned = (
        f"{year}-{min(day, month)}-{max(day, month)}"
        if isinstance(day, int) and isinstance(month, int)
        else None
    )
    return person | {"turned": turned, "initial": str(person["given"])[:1] if person["given"] else None}


def codes_of(person: Prepared) -> list[int]:
    """The keys under which a person is found again, each as a whole number of 63 bits."""
    found = []
    for names in people_model().names:
        values = [person[name] for name in names]
        if all(value is not None for value in values):
            said = "\x1f".join(map(str, (*names, *values)))
            digest = hashlib.blake2b(said.encode(), digest_size=8).digest()
            found.append(int.from_bytes(digest, "big") >> 1)
    return found


def are_comparable(one: Prepared, other: Prepared) -> bool:
    """Whether both say something of the same thing beyond name and birth."""
    return any(one[said] is not None and other[said] is not None for said in _BEYOND)


_BEYOND = ("phone", "email", "postcode", "street", "identifier")
