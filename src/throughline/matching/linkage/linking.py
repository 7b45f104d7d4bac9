"""From records to people: prepared, paired, compared, weighed and grouped, all in one pass."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from throughline.matching.linkage.blocking import Key, find_pairs
from throughline.matching.linkage.clusters import Link, clusters
from throughline.matching.linkage.model import Comparison, Model, persons
from throughline.matching.linkage.preparing import Prepared, prepare
from throughline.matching.linkage.splinking import compare
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import (
    Numbers,
    Pairs,
    Places,
    Weights,
    held,
    learn,
    log_odds,
    prior,
)

COPIES = 20
"""Of records that say exactly the same, this many are compared; the rest go where the first of them goes."""
DRAWN = 100_000
"""Pairs drawn at random to count how often two people agree."""
TAUGHT = 60_000
"""Pairs that one session learns from at most."""
FEWEST_TO_LEARN = 10
SEED = 1969  # of the samples: any number would do
MEMORY, CORES = "2GB", 2


Prepare = Callable[[Mapping[str, str]], Prepared]
"""What a record says, in the forms that a model compares."""


class NothingToLinkOn(Exception):
    """No record says anything that could tell one person from another."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The number of the group of each record, and how it came about."""

    group_of: tuple[int, ...]
    compared: Pairs
    bits: Numbers
    """For each pair compared, the evidence with the prior."""
    keys: tuple[Key, ...]
    weights: Weights
    prior: float
    folded: int
    """Records that say exactly what enough others say, and so were not compared again."""


def link(
    records: Sequence[Mapping[str, str]], *, model: Model | None = None, prepared: Prepare = prepare,
    progress: Callable[[str], None] = lambda _: None,
) -> Linked:  # fmt: skip
    """Group records by person, or by what the model is of. ``NothingToLinkOn`` where they say nothing it compares."""
    model = model or persons()
    progress("Preparing")
    people = [prepared(record) for record in records]
    comparisons = tuple(one for one in model.comparisons if _is_said(one, people))
    if not comparisons or not any(_is_whole(key, people) for key in model.keys):
        raise NothingToLinkOn
    kept, copies = _fold(people)
    keys, found, drawn = compared(comparisons, model, people, kept, progress)
    progress("Learning")
    sessions = ((frozenset(values), agreeing(found, people, values)) for values in model.sessions)
    taught = [one for one in sessions if len(one[1].left) >= FEWEST_TO_LEARN]
    weights = held(learn(comparisons, people=people, drawn=drawn, sessions=taught))
    evidence = weights.evidence(found)
    share = prior(evidence, len(kept) * (len(kept) - 1) // 2)
    bits = evidence + log_odds(share)
    progress("Grouping")
    groups = clusters(kept, _within(found, bits, len(people))).groups
    group_of = {record: group[0] for group in groups for record in group}
    alike = weights.evidence(_alike(comparisons, people, copies)) + log_odds(share)
    for (copy, first), says in zip(copies, alike.tolist(), strict=True):
        group_of[copy] = group_of[first] if says > 0 else copy
    in_order = tuple(group_of[place] for place in range(len(people)))
    return Linked(in_order, found, bits, tuple(keys), weights, share, len(copies))


def _within(found: Pairs, bits: Numbers, records: int) -> Iterator[Link]:
    """The links that can decide anything: those for, and those against among records that such links join."""
    first = np.arange(records, dtype=np.int64)
    left, right = found.left[bits > 0], found.right[bits > 0]
    while True:
        lowest, before = np.minimum(first[left], first[right]), first.copy()
        np.minimum.at(first, left, lowest)
        np.minimum.at(first, right, lowest)
        first = first[first]
        if np.array_equal(first, before):
            break
    for place in np.flatnonzero(first[found.left] == first[found.right]).tolist():
        yield int(found.left[place]), int(found.right[place]), float(bits[place])


def _is_said(one: Comparison, people: Sequence[Prepared]) -> bool:
    """Two records at least have a value."""
    said = (True for person in people if person[one.reads[0]] is not None)
    return next(said, False) and next(said, False)


def _is_whole(key: Sequence[str], people: Sequence[Prepared]) -> bool:
    """Two records at least have all values of a key."""
    said = (True for person in people if all(person[value] is not None for value in key))
    return next(said, False) and next(said, False)


def _fold(people: Sequence[Prepared]) -> tuple[list[int], list[tuple[int, int]]]:
    """The records to compare, and of those that say the same as many before them, each with the first of them."""
    kept: list[int] = []
    copies: list[tuple[int, int]] = []
    seen: dict[str, tuple[int, int]] = {}
    for place, person in enumerate(people):
        first, times = seen.get(said := repr(person), (place, 0))
        seen[said] = (first, times + 1)
        if times < COPIES:
            kept.append(place)
        else:
            copies.append((place, first))
    return kept, copies


def compared(
    comparisons: tuple[Comparison, ...], model: Model, people: Sequence[Prepared], kept: Sequence[int],
    progress: Callable[[str], None],
) -> tuple[list[Key], Pairs, Pairs]:  # fmt: skip
    """What the keys gave, the pairs that they gave and pairs drawn at random, with the levels that each reaches."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        engine.execute(
            f"set memory_limit = '{MEMORY}'; set threads = {CORES}; set temp_directory = '{folder}'"
        )
        engine.execute("set enable_progress_bar = false")
        engine.register("prepared", table_of(people, kept))
        engine.execute("create table people as select * from prepared")
        progress("Finding pairs")
        keys = find_pairs(engine, model.keys, people="people", into="pairs")
        found = engine.execute("select l, r from pairs order by k").fetchnumpy()
        left, right = _draw(len(kept))
        numbers = np.array(kept, dtype=np.int64)
        left, right = numbers[left], numbers[right]
        engine.register("drawn", pa.table({"l": left, "r": right}))
        engine.execute(
            "insert into pairs select l, r, (select count(*) from pairs) + row_number() over () - 1 from drawn"
        )
        progress("Comparing")
        levels = compare(engine, comparisons, people="people", pairs="pairs")
    every = Pairs(np.append(found["l"], left), np.append(found["r"], right), levels)
    split = len(found["l"])
    return keys, every[np.arange(split)], every[np.arange(split, len(every.left))]


def _draw(records: int) -> tuple[Places, Places]:
    """Pairs of places drawn at random, every pair as likely; the same for the same number of records."""
    drawing = np.random.default_rng(SEED)
    each = min(DRAWN, records * (records - 1) // 2)
    one, step = drawing.integers(0, records, each), drawing.integers(1, records, each)
    other = (one + step) % records
    return np.minimum(one, other), np.maximum(one, other)


def agreeing(found: Pairs, people: Sequence[Prepared], values: Sequence[str]) -> Pairs:
    """The pairs that have the same of every one of these values; a sample where there are many."""
    numbers = [_numbers([person[value] for person in people]) for value in values]
    agree = np.ones(len(found.left), dtype=bool)
    for each in numbers:
        agree &= (each[found.left] == each[found.right]) & (each[found.left] >= 0)
    places = np.flatnonzero(agree)
    if len(places) > TAUGHT:
        places = np.sort(np.random.default_rng(SEED).choice(places, TAUGHT, replace=False))
    return found[places]


def _numbers(values: Sequence[object]) -> Places:
    """The same number for the same value; -1 for none."""
    seen: dict[object, int] = {}
    return np.array(
        [-1 if value is None else seen.setdefault(value, len(seen)) for value in values], dtype=np.int64
    )


def _alike(
    comparisons: Sequence[Comparison], people: Sequence[Prepared], copies: Sequence[tuple[int, int]]
) -> Pairs:
    """Each copy and its first, which agree in all that they say."""
    ends = np.array(copies, dtype=np.int64).reshape(-1, 2)
    levels = {
        one.name: np.array(
            [-1 if people[copy][one.reads[0]] is None else 0 for copy, _ in copies], dtype=np.int8
        )
        for one in comparisons
    }
    return Pairs(ends[:, 0], ends[:, 1], levels)
