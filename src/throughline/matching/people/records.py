"""A person as one source tells of them: the value itself, and what travels with it in the same source."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

from throughline.matching.linkage.preparing import Prepared, prepare_beyond, prepare_named
from throughline.matching.people.model import people_model
from throughline.selectors.kinds.person import person_parts

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
    fields = people_model().travels
    kinds = [kind for kind in fields if told.travels.get(kind)]
    for values in islice(product(*(sorted(told.travels[kind]) for kind in kinds)), WAYS):
        said = {fields[kind]: value for kind, value in zip(kinds, values, strict=True)}
        yield alone(told.key) | prepare_beyond(said)


@lru_cache(20_000)
def alone(key: str) -> Prepared:
    """The value itself, without anything that a source tells beside it."""
    surname, given, born = person_parts(key)
    return prepare_named(given, surname, born)


def with_keys(person: Prepared) -> Prepared:
    """With what stands in keys alone: day and month in either order, initials, the first form of a given name."""
    day, month, year = person["day"], person["month"], person["year"]
    turned = (
        f"{year}-{min(day, month)}-{max(day, month)}"
        if isinstance(day, int) and isinstance(month, int)
        else None
    )
    given, surname = (str(person[name] or "")[:1] or None for name in ("given", "surname"))
    both = "".join(sorted((given, surname))) if given and surname else None
    ways, name = person["given_ways"], person["given"]
    form = min([str(name), *ways]) if name and isinstance(ways, list) else None
    initials = {"initial": given, "surname_initial": surname, "both_initials": both}
    return person | {"turned": turned, "form": form, **initials}


def codes_of(key: str) -> list[int]:
    """The keys under which a person is found again, each as a whole number of 63 bits."""
    person, found = with_keys(alone(key)), []
    for names in people_model().names:
        values = [person[name] for name in names]
        if all(value is not None for value in values):
            said = "\x1f".join(map(str, (*names, *values)))
            digest = hashlib.blake2b(said.encode(), digest_size=8).digest()
            found.append(int.from_bytes(digest, "big") >> 1)
    return found


def said_beyond(person: Prepared) -> int:
    """What it says beyond name and birth, a bit for each: two records can be compared in what both have."""
    return sum(1 << place for place, said in enumerate(BEYOND) if person[said] is not None)


BEYOND = ("phone", "email", "postcode", "street", "identifier")
