"""What Splink is asked to say of two records, level by level."""

from itertools import permutations
from random import Random

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from throughline.matching.linkage.compiled import compiled
from throughline.matching.linkage.engine import compared
from throughline.matching.linkage.model import persons
from throughline.matching.linkage.preparing import Prepared, prepare
from throughline.matching.linkage.splinking import compare
from throughline.matching.linkage.tables import fill, table_of
from throughline.matching.linkage.weighing import Levels

SAM = {
    "given_name": "Samuel", "surname": "Example", "date_of_birth": "1999-05-03", "postcode": "NR1 1AA",
    "address": "12 Wherry Road", "phone": "07700 900123", "email": "sam.example@mail.example",
    "identifier": "AB123456C", "place": "Norwich", "gender": "male", "occupation": "porter",
}  # fmt: skip
OTHERS = [
    ({}, {}),
    ({"given_name": "Sam"}, {"given": "another form of the given name"}),
    ({"given_name": "Samual"}, {"given": "the given name is spelt nearly alike"}),
    ({"given_name": "S."}, {"given": "an initial of the given name"}),
    (
        {"given_name": "Example", "surname": "Samuel"},
        {"given": "the same words of the name in another order, or run together", "surname": ""},
    ),
    ({"given_name": "Joan"}, {"given": "different given names"}),
    ({"given_name": ""}, {"given": ""}),
    ({"surname": "Exampel"}, {"surname": "the surname is spelt nearly alike"}),
    ({"surname": "Example-Smith"}, {"surname": "the surname is spelt nearly alike"}),
    ({"date_of_birth": "1999-03-05"}, {"born": "day and month of birth stand the other way round"}),
    ({"date_of_birth": "1998-05-03"}, {
        "born": "the date of birth differs in one digit, or two stand the other way round"}),
    ({"date_of_birth": "1999"}, {
        "born": "the same year of birth, and one says no more (or the first of January)"}),
    ({"date_of_birth": "1999-05-21"}, {"born": "two parts of the date of birth are the same"}),
    ({"date_of_birth": "1962-11-28"}, {"born": "different dates of birth"}),
    ({"postcode": "NR1 2ZZ"}, {"postcode": "the same postcode district"}),
    ({"postcode": "NR1 1AB"}, {"postcode": "the postcode differs in one letter or digit"}),
    ({"address": "12 Wherry Rd"}, {"street": "the address is written nearly alike"}),
    ({"phone": "+44 7700 900123"}, {}),
    ({"phone": "07700 900124"}, {"phone": "the phone number differs in one digit"}),
    ({"email": "Sam.Example@post.example"}, {"email": "the e-mail address is written nearly alike"}),
    ({"identifier": "ab 12 34 56 d"}, {"identifier": "the identifier differs in one letter or digit"}),
    ({"gender": "F"}, {"gender": "different genders"}),
    ({"occupation": ""}, {"occupation": ""}),
]  # fmt: skip


STRANGE = [
    {"given_name": "Łukasz", "surname": "Wójcik-Nowak", "address": "Żabia 3", "email": "łukasz@mail.example"},
    {"given_name": "Lukasz", "surname": "Nowak", "address": "Zabia 3", "email": "lukasz@post.example"},
    {"full_name": "O'Brien, Siobhán Ó", "place": "Béal Feirste", "date_of_birth": "1999-01-01"},
    {"full_name": "Siobhan Obrien", "place": "Beal Feirste", "date_of_birth": "1999-12"},
    {"given_name": "李", "surname": "小龙", "place": "北京"}, {"full_name": "小龙 李", "place": "北京市"}, {},
    {"given_name": "", "surname": "Example", "phone": "0", "identifier": "1", "email": "@"},
]  # fmt: skip
"""Letters of more than one byte, words in other orders, parts missing."""


@pytest.fixture(scope="module")
def people() -> list[Prepared]:
    return [prepare(SAM), *(prepare(SAM | change) for change, _ in OTHERS), *map(prepare, STRANGE)]


@pytest.fixture(scope="module")
def ends(people: list[Prepared]) -> list[tuple[int, int]]:
    return list(permutations(range(len(people)), 2))


@pytest.fixture(scope="module")
def levels(people: list[Prepared], ends: list[tuple[int, int]]) -> Levels:
    with duckdb.connect() as engine:
        engine.register("people", table_of(people))
        engine.register("told", pa.table({"l": [a for a, _ in ends], "r": [b for _, b in ends]}))
        engine.execute("create table pairs as select l, r, row_number() over () - 1 as k from told")
        return compare(engine, persons().comparisons, people="people", pairs="pairs")


def test_a_few_pairs_without_an_engine_reach_the_levels_that_splink_says(
    people: list[Prepared], ends: list[tuple[int, int]], levels: Levels
) -> None:
    read = compiled(persons().comparisons)
    rows = [read.row(person) for person in people]
    found = np.array([read.levels(rows[a], rows[b]) for a, b in ends])
    for place, one in enumerate(persons().comparisons):
        assert found[:, place].tolist() == levels[one.name].tolist(), one.name


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_each_pair_reaches_the_level_that_describes_it(levels: Levels, number: int) -> None:
    expected = OTHERS[number][1]
    for one in persons().comparisons:
        if one.name == "middle":
            continue
        reached = int(levels[one.name][number])
        words = one.levels[reached].words if reached >= 0 else ""
        assert words == expected.get(one.name, one.levels[0].words), one.name


def _slipped(drawn: Random) -> str:
    """Few letters, so that many pairs are nearly alike; some of more than one byte."""
    return "".join(drawn.choice("ab1é ") for _ in range(drawn.randrange(7))).strip()


def test_an_engine_that_does_not_read_every_letter_reaches_the_same_levels() -> None:
    drawn = Random(11)  # noqa: S311 a sample, not a secret
    rows = [{"address": _slipped(drawn), "email": _slipped(drawn), "postcode": _slipped(drawn),
             "identifier": _slipped(drawn) * 2, "date_of_birth": f"19{drawn.randrange(100):02}-01-01"}
            for _ in range(60)]  # fmt: skip
    with duckdb.connect() as engine:
        told = [SAM, *(SAM | change for change, _ in OTHERS), *STRANGE, *rows]
        many = fill(engine, map(prepare, told), into="people")
        engine.execute(
            "create table pairs as select a.n as l, b.n as r, 0::utinyint as tag, row_number() over "
            "(order by a.n, b.n) - 1 as k from people a join people b on a.n < b.n"
        )
        said = compare(engine, persons().comparisons, people="people", pairs="pairs")
        ((found, _),) = compared(engine, persons().comparisons, people="people", pairs="pairs")
    in_order = np.argsort(found.left * many + found.right)
    for name, levels in said.items():
        assert found.levels[name][in_order].tolist() == levels.tolist(), name
