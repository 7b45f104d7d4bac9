"""People found again in records with errors, without being told who is who."""

import random
from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from throughline.matching.linkage.blocking import CROWD, find_pairs
from throughline.matching.linkage.linking import COPIES, NothingToLinkOn, link
from throughline.matching.linkage.measuring import by_pairs, by_records
from throughline.matching.linkage.model import model_of, persons
from throughline.matching.linkage.weighing import (
    Pairs,
    Weights,
    log_odds,
    prior,
    probability,
    shares_of,
    whole_names,
)

GIVEN = [
    "Samuel",
    "Jonathan",
    "Margaret",
    "Catherine",
    "Mohammed",
    "William",
    "Elizabeth",
    "Anthony",
    "Rebecca",
    "Christopher",
]
SHORT = {"Samuel": "Sam", "Jonathan": "Jon", "Margaret": "Peggy", "Catherine": "Kate", "William": "Bill"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(draw: random.Random) -> str:
    return "".join(draw.choice(LETTERS) for _ in range(draw.randint(5, 9))).title()


def people(many: int) -> Iterator[dict[str, str]]:
    draw = random.Random(7)  # noqa: S311 invented people
    for _ in range(many):
        born = (draw.randint(1950, 2009), draw.randint(1, 12), draw.randint(1, 28))
        yield {
            "given_name": draw.choice(GIVEN), "surname": word(draw), "date_of_birth": "{}-{:02}-{:02}".format(*born),
            "postcode": f"NR{draw.randint(1, 30)} {draw.randint(1, 9)}{draw.choice('ABDEF')}{draw.choice('GHJLN')}",
            "phone": f"07700 900{draw.randint(0, 999):03}", "gender": draw.choice(["male", "female"]),
        }  # fmt: skip


def spoilt(person: dict[str, str], draw: random.Random) -> dict[str, str]:
    year, month, day = person["date_of_birth"].split("-")
    surname = person["surname"]
    return person | draw.choice([
        {"given_name": SHORT.get(person["given_name"], person["given_name"])},
        {"date_of_birth": f"{year}-{day}-{month}" if int(day) < 13 else year},
        {"surname": surname[:2] + surname[3] + surname[2] + surname[4:]},
        {"given_name": surname, "surname": person["given_name"]},
        {"phone": "", "postcode": "SW1A 2AA"},
    ])  # fmt: skip


def test_it_finds_people_again_whose_records_differ() -> None:
    draw = random.Random(8)  # noqa: S311 invented people
    once = list(people(150))
    records = once + [spoilt(person, draw) for person in once[:60]]
    truth = [*range(150), *range(60)]
    found = link(records)
    assert by_pairs(found.group_of, truth).f1 == pytest.approx(1, abs=0.03)
    assert by_records(found.group_of, truth).precision == pytest.approx(1, abs=0.01)


def test_the_order_of_the_records_does_not_change_who_is_whom() -> None:
    draw = random.Random(9)  # noqa: S311 invented people
    once = list(people(40))
    records = once + [spoilt(person, draw) for person in once[:20]]
    order = draw.sample(range(60), 60)
    found, again = link(records).group_of, link([records[place] for place in order]).group_of
    groups = {frozenset(n for n in range(60) if found[n] == first) for first in found}
    assert {frozenset(order[n] for n in range(60) if again[n] == first) for first in again} == groups


def test_two_records_alone_are_linked_by_what_the_model_file_knows() -> None:
    sam = {"given_name": "Sam", "surname": "Example", "date_of_birth": "1999-05-03"}
    other = {"given_name": "Ann", "surname": "Sample", "date_of_birth": "1970-01-02"}
    assert link([sam, sam | {"given_name": "Samuel"}, other]).group_of == (0, 0, 2)


def test_one_name_for_all_links_nobody() -> None:
    found = link([{"full_name": "Sam Example"}] * 500)
    assert len(set(found.group_of)) == 500
    assert found.folded == 500 - COPIES


def test_a_crowd_in_one_hostel_is_passed_over_and_told() -> None:
    draw = random.Random(5)  # noqa: S311 invented people
    crowd = [
        {"given_name": word(draw), "surname": "Example", "postcode": "NR1 1AA"} for _ in range(CROWD + 50)
    ]  # fmt: skip
    found = link(crowd)
    assert len(found.compared.left) < 1000
    assert any(key.values == ("postcode",) and key.crowded == CROWD + 50 for key in found.keys)


def test_twins_in_a_hostel_cost_no_more_than_their_number() -> None:
    draw = random.Random(6)  # noqa: S311 invented people
    twins = [
        {"given_name": given, "surname": surname, "date_of_birth": born, "address": "1 Hostel Road"}
        for surname, born in ((word(draw), f"199{draw.randint(0, 9)}-0{draw.randint(1, 9)}-11") for _ in range(400))
        for given in ("Adam", "Bernard")
    ]  # fmt: skip
    found = link(twins)
    assert any(key.values == ("street",) and key.crowded == len(twins) for key in found.keys)
    assert len(found.compared.left) < CROWD * len(twins)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [{"full_name": "Sam Example"}],
        [{"gender": "male"}] * 5,
        [{"full_name": " "}] * 5,
        [{"poem": "x"}] * 5,
    ],
)
def test_it_says_when_there_is_nothing_to_link_on(records: list[dict[str, str]]) -> None:
    with pytest.raises(NothingToLinkOn):
        link(records)


def test_a_key_brings_together_only_those_who_share_all_of_it() -> None:
    with duckdb.connect() as engine:
        engine.register(
            "people", pa.table({"n": [1, 2, 3, 4], "a": ["x", "x", "x", None], "b": ["y", "y", "z", "y"]})
        )
        told = find_pairs(engine, (("a", "b"), ("a",), ("b", "a")), people="people", into="pairs")
        assert engine.execute("select l, r, tag from pairs order by l, r").fetchall() == [
            (1, 2, 0),
            (1, 3, 1),
            (2, 3, 1),
        ]
    assert [key.pairs for key in told] == [1, 2, 0]


def test_the_prior_is_where_the_probabilities_add_up_to_it() -> None:
    evidence = np.array([30.0, 20.0, 5.0, -3.0, -30.0])
    share = prior(evidence, 1000)
    assert probability(evidence + log_odds(share)).sum() / 1000 == pytest.approx(share, rel=1e-4)


def test_a_whole_name_that_many_bear_counts_for_less_than_its_parts_and_never_for_more() -> None:
    names = tuple(one for one in persons().comparisons if one.name in ("given", "surname"))
    m, u = (
        {one.name: shares_of([getattr(level, side) for level in one.levels]) for one in names}
        for side in ("m", "u")
    )
    # Of 1,001 records one in ten has each part; 0, 10 and 90 others have the whole, where chance would give 10.
    often = {"given": np.full(4, 0.1), "surname": np.full(4, 0.1)}
    others = np.array([0.0, 10.0, 90.0, 90.0])
    same, else_ = np.zeros(4, np.int8), np.array([0, 0, 0, 1], np.int8)
    pairs = Pairs(np.arange(4), np.arange(4), {"given": same, "surname": else_})
    weights, parts = Weights(names, m, u, often), ("given", "surname")
    found = whole_names(weights, pairs, parts, others, share=0.0, records=1001)
    assert found == pytest.approx([0, 0, -np.log2(9), 0])
    # Where each has ten other records on average, those are taken off first.
    found = whole_names(weights, pairs, parts, others, share=0.01, records=1001)
    assert found == pytest.approx([0, 0, -np.log2(8), 0])


def test_the_model_file_reads_only_what_is_prepared_and_teaches_every_comparison() -> None:
    from throughline.matching.linkage.preparing import prepare  # noqa: PLC0415

    model, prepared = persons(), prepare({})
    assert [one.name for one in model.comparisons if not prepared.keys() >= set(one.reads)] == []
    assert [key for key in (*model.keys, *model.sessions) if not prepared.keys() >= set(key)] == []
    untaught = [
        one.name for one in model.comparisons
        if all(set(session) & set(one.reads) for session in model.sessions)
    ]  # fmt: skip
    assert untaught == []
    with pytest.raises(ValueError, match="two levels"):
        model_of('{"model": "x", "version": 1, "keys": [], "sessions": [], "comparisons": '
                 '[{"name": "a", "reads": ["a"], "nothing_said": "a_l is null", "levels": []}]}')  # fmt: skip
