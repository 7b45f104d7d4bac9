"""The weight of two people: the same at once as in a batch, in either order, and told in parts that sum to it."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from math import log2

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.splinking import compare
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import Pairs, log_odds
from throughline.matching.people.explaining import changes, probability_of
from throughline.matching.people.model import Learnt, learnt_of, people_model, rarities, unlearnt
from throughline.matching.people.records import Told, codes_of, records_of
from throughline.matching.people.scoring import score, weigh
from throughline.matching.people.worth import doubt, may_be_child, worth

GIVEN = [
    "SAM",
    "SAMUEL",
    "SAMANTHA",
    "JON",
    "JONATHAN",
    "MOHAMMED",
    "MUHAMMAD",
    "LEE",
    "SAM LEE",
    "OLU",
    "KATE",
]
SURNAMES = ["EXAMPLE", "EXAMPEL", "SAMPLE", "O BRIEN", "OBRIEN", "DE LA CRUZ", "LEE", "KHAN", "EXAMPLE KHAN"]


def _told(dice: random.Random) -> Told:
    born = f"{dice.choice((1999, 2000, 2001))}-{dice.randint(1, 12):02}-{dice.randint(1, 12):02}"
    travels = {
        "phone": [f"+4477009001{dice.randint(0, 12):02}"], "postcode": [dice.choice(("NR11AA", "NR11AB", "SE12AA"))],
        "email": [f"{dice.choice(('sam', 'sammy', 'lee'))}{dice.randint(0, 3)}@line.example"],
        "national_id": [f"QQ12345{dice.randint(0, 9)}C"],
    }  # fmt: skip
    kept = {kind: values for kind, values in travels.items() if dice.random() < 0.5}
    return Told(f"{dice.choice(SURNAMES)}|{dice.choice(GIVEN)}|{born}", 1, kept)


def _people(seed: int, count: int) -> list[Prepared]:
    dice = random.Random(seed)  # noqa: S311 repeatable, not secret
    return [next(records_of(_told(dice))) for _ in range(count)]


def _counted(people: list[Prepared]) -> Callable[[str, int], tuple[int, dict[str, int]]]:
    def counted(name: str, fewest: int) -> tuple[int, dict[str, int]]:
        said = Counter(str(person[name]) for person in people if person[name] is not None)
        return said.total(), {value: count for value, count in said.items() if count >= fewest}

    return counted


def _learnt(people: list[Prepared]) -> Learnt:
    """Weights that differ from the file's, as a run would leave them."""
    before = unlearnt()
    m = {name: (share + 0.01) / (share + 0.01).sum() for name, share in before.m.items()}
    return Learnt("tests", m, before.u, *rarities(_counted(people)), 0.0003)


def test_it_weighs_at_once_to_the_very_bit_of_the_batch() -> None:
    people = _people(1, 300)
    learnt = _learnt(people)
    dice = random.Random(2)  # noqa: S311 repeatable, not secret
    pairs = [tuple(dice.sample(range(len(people)), 2)) for _ in range(3000)]
    with duckdb.connect() as engine:
        engine.register("prepared", table_of(people))
        engine.execute("create table people as select * from prepared")
        engine.execute("create table pairs (l bigint, r bigint, k bigint)")
        engine.executemany("insert into pairs values (?, ?, ?)", [(*pair, k) for k, pair in enumerate(pairs)])
        levels = compare(engine, people_model().comparisons, people="people", pairs="pairs")
    ends = np.array(pairs)
    batch = score(learnt, people, Pairs(ends[:, 0], ends[:, 1], levels)).at(range(len(ends)))
    at_once = [weigh(learnt, [people[a], people[b]], [(0, 1)])[0] for a, b in pairs[:200]]
    together = weigh(learnt, people, [(a, b) for a, b in pairs])
    turned = weigh(learnt, people, [(b, a) for a, b in pairs])
    assert [one.bits for one in together] == pytest.approx([one.bits for one in batch], abs=1e-9)
    assert [one.bits for one in turned] == pytest.approx([one.bits for one in batch], abs=1e-9)
    assert [one.bits for one in at_once] == pytest.approx([one.bits for one in batch[:200]], abs=1e-9)
    assert len({one.parts["born"][0] for one in batch}) > 5, "hardly any level was reached"


def test_its_parts_sum_to_it() -> None:
    people = _people(3, 40)
    learnt = _learnt(people)
    for one in weigh(learnt, people, [(0, n) for n in range(1, 40)]):
        assert log_odds(learnt.prior) + sum(bits for _, bits in one.parts.values()) == pytest.approx(one.bits)


def test_a_version_is_kept_to_the_last_bit() -> None:
    people = _people(4, 60)
    learnt = _learnt(people)
    again = learnt_of("tests", learnt.as_json())
    pairs = [(0, n) for n in range(1, 60)]
    assert weigh(again, people, pairs) == weigh(learnt, people, pairs)


def test_a_rare_value_is_never_counted() -> None:
    people = [next(records_of(Told(f"RARE{n}|SAM|2001-05-{n + 1:02}"))) for n in range(9)]
    common = [next(records_of(Told(f"COMMON|SAM|2001-06-{n + 1:02}"))) for n in range(12)]
    often, rare = rarities(_counted(people + common))
    assert set(often["surname"]) == {"common"}
    assert set(often["given"]) == {"sam"}
    assert often["born"] == {}
    assert rare["surname"] <= often["surname"]["common"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EXAMPLE|SAM|2001-05-03", "EXAMPLE|SAMUEL|2001-05-03"),
        ("EXAMPLE|SAM|2001-05-03", "EXAMPLE|SAM|2001-03-05"),
        ("EXAMPLE|JONATHAN|2001-05-03", "EXAMPEL|JONATHAN|2001-05-03"),
        ("EXAMPLE|SAM|2001-05-03", "EXAMPLE|S|2001-05-13"),
        ("KHAN|MOHAMMED|2001-05-03", "KHAN|MUHAMMAD|2001-05-13"),
    ],
)
def test_it_finds_and_proposes_what_people_write_otherwise(one: str, other: str) -> None:
    records = [next(records_of(Told(key))) for key in (one, other)]
    assert set(codes_of(one)) & set(codes_of(other))
    assert weigh(unlearnt(), records, [(0, 1)])[0].bits >= people_model().least


def test_it_proposes_nobody_for_a_common_name_alone() -> None:
    records = [next(records_of(Told(key))) for key in ("EXAMPLE|SAM|2001-05-03", "EXAMPLE|SAM|1984-11-20")]
    assert weigh(unlearnt(), records, [(0, 1)])[0].bits < people_model().least


def test_a_source_with_two_phones_is_read_with_each() -> None:
    told = Told("EXAMPLE|SAM|2001-05-03", 1, {"phone": ["+447700900102", "+447700900101"]})
    assert [record["phone"] for record in records_of(told)] == ["7700900101", "7700900102"]


@given(st.floats(0.001, 0.999), st.integers(1, 500))
def test_the_more_doubt_and_the_more_records_the_more_an_answer_is_worth(share: float, records: int) -> None:
    adult = worth(probability=share, sightings=records, may_be_child=False)
    assert adult <= worth(probability=0.5, sightings=records, may_be_child=False)
    assert adult < worth(probability=share, sightings=records + 1, may_be_child=False)
    assert adult < worth(probability=share, sightings=records, may_be_child=True)
    assert doubt(share) == pytest.approx(doubt(1 - share))


def test_a_child_is_under_eighteen_today() -> None:
    assert may_be_child("EXAMPLE|SAM|2008-11-23", date(2026, 11, 22))
    assert not may_be_child("EXAMPLE|SAM|2008-11-22", date(2026, 11, 22))


def test_what_would_change_the_answer_is_what_is_not_said() -> None:
    found = changes({"given": (0, 5.0), "surname": (0, 8.0), "born": (0, 12.0), "phone": (2, -1.0)}, 0.0)
    assert {one.label for one in found} == {"Postcode", "Address", "E-mail address", "Identifier"}
    assert all(one.if_different < probability_of(0.0) < one.if_same for one in found)
    best, worst = people_model().comparisons[-1].levels[0], people_model().comparisons[-1].levels[-1]
    identifier = next(one for one in found if one.label == "Identifier")
    assert identifier.if_same == pytest.approx(probability_of(log2(best.m / best.u)))
    assert identifier.if_different == pytest.approx(probability_of(log2(worst.m / worst.u)))
