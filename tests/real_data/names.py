"""Names of people with the variants by which somebody may look for them, labelled: made when the tests run.

Pairs: the labelled matches of a public bench of names of people; who types the one should find the other. Manchester:
the made-up people of the graph, each asked for under variants made by a rule: another order, a letter left out, two
letters changed round, an initial, and another spelling of the same sounds. Short forms: the same people by the short
form of the given name, from a list of our own: it shows that the table of forms is asked, not how much it holds.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.real_data.tables import DATA, nodes, table

PAIRS = DATA / "linkage_name_pairs"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, of which sort it is, and the names any of which is right."""

    typed: str
    sort: str
    right: frozenset[str]


def pair_names() -> list[str]:
    """Every second name of a pair of people, once: the names that are held."""
    return sorted({row["name2"] for row in _people()})


def pair_queries() -> list[Query]:
    """Every first name of a matching pair that differs from the second."""
    right: dict[str, set[str]] = {}
    for row in _people():
        if row["is_match"] == "True" and row["name1"] != row["name2"]:
            right.setdefault(row["name1"], set()).add(row["name2"])
    return [Query(typed, "pairs", frozenset(names)) for typed, names in sorted(right.items())]


def _people() -> list[dict[str, str]]:
    return [row for row in table(PAIRS, "name_pairs") if row["schema"] == "Person"]


def manchester_names() -> list[str]:
    """Given name and surname of each person of the graph, once."""
    return sorted({f"{row['name']} {row['surname']}" for row in nodes("Person").values()})


def manchester_queries() -> Iterator[Query]:
    """Each of the names in each of the variants."""
    dice = random.Random(20261122)  # noqa: S311 the same variants each time
    for name in manchester_names():
        for sort, change in VARIANTS.items():
            yield Query(change(name, dice), sort, frozenset({name}))


def _turned(name: str, _: random.Random) -> str:
    given, surname = name.split(" ", 1)
    return f"{surname} {given}"


def _left_out(name: str, dice: random.Random) -> str:
    place = dice.randrange(name.index(" ") + 2, len(name))
    return name[:place] + name[place + 1 :]


def _changed_round(name: str, dice: random.Random) -> str:
    place = dice.randrange(name.index(" ") + 1, len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _initial(name: str, _: random.Random) -> str:
    given, surname = name.split(" ", 1)
    return f"{given[0]} {surname}"


def _respelt(name: str, _: random.Random) -> str:
    low = name.lower()
    for one, other in (
        ("ph", "f"),
        ("ck", "k"),
        ("ee", "ea"),
        ("y", "i"),
        ("ll", "l"),
        ("nn", "n"),
        ("c", "k"),
        ("s", "ss"),
    ):
        if one in low:
            return low.replace(one, other, 1)
    return low + "e"


VARIANTS: dict[str, Callable[[str, random.Random], str]] = {
    "other order": _turned, "a letter left out": _left_out, "two letters changed round": _changed_round,
    "an initial": _initial, "another spelling": _respelt,
}  # fmt: skip

SHORT = dict(
    pair.split()
    for pair in (
        "William Bill", "Robert Bob", "Richard Dick", "James Jim", "Elizabeth Betty", "Margaret Peggy",
        "Katherine Kate", "Kathryn Kathy", "Catherine Cath", "Charles Chuck", "Edward Ted", "Anthony Tony",
        "Benjamin Ben", "Michael Mick", "Patrick Paddy", "Dorothy Dot", "Jonathan Jon", "Joseph Joe",
        "John Jack", "Henry Harry", "Andrew Drew", "Stephen Steve", "Steven Steve", "Jennifer Jenny",
        "Deborah Debs", "Rebecca Becky", "Susan Sue", "Walter Wally", "Lawrence Larry", "Gerald Jerry",
        "Ronald Ron", "Eugene Gene", "Victoria Vicky", "Samuel Sam", "Raymond Ray", "Kenneth Ken",
        "Thomas Tommy", "Nicholas Nick", "Timothy Tim", "Matthew Matt", "Daniel Danny", "Ruth Ruthie",
        "Amanda Mandy", "Jacqueline Jackie", "Christopher Chris", "Philip Phil", "Gregory Greg", "Donald Don",
    )
)  # fmt: skip


def short_queries() -> list[Query]:
    """The people of Manchester whose given name has a short form, asked for by it; all who share it are right."""
    right: dict[str, set[str]] = {}
    for name in manchester_names():
        given, surname = name.split(" ", 1)
        if given in SHORT:
            right.setdefault(f"{SHORT[given]} {surname}", set()).add(name)
    return [Query(typed, "a short form", frozenset(found)) for typed, found in sorted(right.items())]
