"""From records to people: prepared, paired, compared, weighed and grouped, with numbers alone in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from throughline.matching.linkage.blocking import Key, find_pairs, whole
from throughline.matching.linkage.clusters import clusters
from throughline.matching.linkage.engine import compared, opened
from throughline.matching.linkage.model import Comparison, Model, persons
from throughline.matching.linkage.preparing import Prepared, prepare
from throughline.matching.linkage.tables import fill
from throughline.matching.linkage.teaching import bearers, frequencies, taught
from throughline.matching.linkage.weighing import (
    Numbers,
    Pairs,
    Places,
    Weights,
    held,
    log_odds,
    prior,
    whole_names,
)

COPIES = 20
"""Of records that say exactly the same, this many are compared; the rest go where the first of them goes."""
GROUPED_AT_ONCE = 100_000
"""Links between records that hang together, to bound the memory."""
GIVEN, SURNAME = "given", "surname"
"""The comparisons of names."""
_TWO = 2


Prepare = Callable[[Mapping[str, str]], Prepared]
"""What a record says, in the forms that a model compares."""


class NothingToLinkOn(Exception):
    """No record says anything that could tell one person from another."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The number of the group of each record, and how it came about."""

    group_of: tuple[int, ...]
    compared: Pairs
    """The pairs; of their levels those of the names alone are kept."""
    bits: Numbers
    """For each pair compared, the evidence with the prior."""
    keys: tuple[Key, ...]
    weights: Weights
    prior: float
    folded: int
    """Records that say exactly what enough others say, and so were not compared again."""

    @property
    def named_apart(self) -> tuple[int, int]:
        """Of the pairs taken for one person, how many have different given names; and how many such pairs there are."""
        joined = self.bits > 0
        given = [one for one in self.weights.comparisons if one.name == GIVEN]
        reached = self.compared.levels[GIVEN][joined] if given else np.empty(0, np.int8)
        return sum(int((reached == len(one.levels) - 1).sum()) for one in given), int(joined.sum())


def link(
    records: Iterable[Mapping[str, str]], *, model: Model | None = None, prepared: Prepare = prepare,
    progress: Callable[[str], None] = lambda _: None,
) -> Linked:  # fmt: skip
    """Group records by person, or by what the model is of. ``NothingToLinkOn`` where they say nothing it compares."""
    model = model or persons()
    with opened() as engine:
        progress("Preparing")
        many = fill(engine, map(prepared, records), into="everyone")
        comparisons = _said(engine, model, many)
        folded = _fold(engine)
        progress("Finding pairs")
        keys = find_pairs(engine, model.keys, people="people", into="pairs")
        progress("Learning")
        often = frequencies(engine, comparisons, people="everyone", records=many)
        weights = held(taught(engine, comparisons, model.sessions, often, people="people"))
        progress("Comparing")
        found, evidence = weighed(engine, weights)
        is_named = {GIVEN, SURNAME} <= {one.name for one in comparisons}
        named = bearers(engine, (GIVEN, SURNAME), people="people", records=many) if is_named else None
        copies, alike = _copies(engine, weights)
    kept = many - folded
    every = kept * (kept - 1) // 2
    if named is not None:
        share = prior(evidence, every)
        evidence += whole_names(weights, found, (GIVEN, SURNAME), named, share=share, records=kept)
    share = prior(evidence, every)
    progress("Grouping")
    bits = evidence + log_odds(share)
    group_of = grouped(found, bits, many)
    joins = weights.evidence(alike) + log_odds(share) > 0
    group_of[copies[joins]] = group_of[alike.right[joins]]
    return Linked(tuple(group_of.tolist()), found, bits, tuple(keys), weights, share, folded)


def _said(engine: duckdb.DuckDBPyConnection, model: Model, many: int) -> tuple[Comparison, ...]:
    """The comparisons that two records at least have a value for."""
    if not many:
        raise NothingToLinkOn
    values = ", ".join(f"count({one.reads[0]})" for one in model.comparisons)
    keys = ", ".join(f"count(*) filter ({whole(key)})" for key in model.keys)
    counts = engine.execute(f"select {values}, {keys} from everyone").fetchall()[0]  # noqa: S608 our own names
    said = tuple(one for one, count in zip(model.comparisons, counts, strict=False) if count >= _TWO)
    if not said or max(counts[len(model.comparisons) :]) < _TWO:
        raise NothingToLinkOn
    return said


def _fold(engine: duckdb.DuckDBPyConnection) -> int:
    """Part those to compare, ``people``, from ``copies`` that say the same as many before them; gives how many."""
    columns = [name for name, *_ in engine.execute("describe everyone").fetchall()]
    values = ", ".join(name for name in columns if name != "n")
    engine.execute(
        "create table copies as select n, first from (select n, min(n) over same as first, "  # noqa: S608 our own names
        f"row_number() over (same order by n) as nth from (select n, hash({values}) as h from everyone) "
        f"window same as (partition by h)) where nth > {COPIES}"
    )
    engine.execute("create view people as from everyone anti join copies using (n)")
    return int(engine.execute("select count(*) from copies").fetchall()[0][0])


def weighed(engine: duckdb.DuckDBPyConnection, weights: Weights) -> tuple[Pairs, Numbers]:
    """The pairs of the table ``pairs``, of their levels those of the names, and the evidence of each."""
    (many,) = engine.execute("select count(*) from pairs").fetchall()[0]
    left, right = np.empty(many, np.int32), np.empty(many, np.int32)
    evidence, place = np.empty(many), 0
    names = {name: np.full(many, -1, np.int8) for name in (GIVEN, SURNAME)}
    for pairs, _ in compared(engine, weights.comparisons, people="people", pairs="pairs"):
        some = slice(place, place := place + len(pairs.left))
        left[some], right[some], evidence[some] = pairs.left, pairs.right, weights.evidence(pairs)
        for name, reached in names.items():
            reached[some] = pairs.levels.get(name, -1)
    return Pairs(left, right, names), evidence


def _copies(engine: duckdb.DuckDBPyConnection, weights: Weights) -> tuple[Places, Pairs]:
    """The copies, and each beside its first, with which it agrees in all that it says."""
    said = ", ".join(f"case when {one.reads[0]} is null then -1 else 0 end" for one in weights.comparisons)
    rows = engine.execute(
        f"select n, first, {said} from copies join everyone using (n) order by n"  # noqa: S608 our own names
    ).fetchall()
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2 + len(weights.comparisons))
    levels = {
        one.name: columns[:, 2 + place].astype(np.int8) for place, one in enumerate(weights.comparisons)
    }
    return columns[:, 0], Pairs(columns[:, 0], columns[:, 1], levels)


def grouped(found: Pairs, bits: Numbers, records: int) -> Places:
    """The first record of the group of each record. One or two that hang together need no more than a look."""
    first = _hanging_together(found.left[bits > 0], found.right[bits > 0], records)
    is_large = np.bincount(first, minlength=records)[first] > _TWO
    inside = np.flatnonzero(is_large[found.left] & (first[found.left] == first[found.right]))
    inside = inside[np.argsort(first[found.left[inside]], kind="stable")]
    group_of = first.copy()
    for part in _parts(inside, first[found.left[inside]]):
        left, right = found.left[part], found.right[part]
        links = zip(left.tolist(), right.tolist(), bits[part].tolist(), strict=True)
        for group in clusters(np.union1d(left, right).tolist(), links).groups:
            group_of[list(group)] = group[0]
    return group_of


def _parts(inside: Places, first: Places) -> Iterator[Places]:
    """The links so many at a time, all of what hangs together in one part."""
    start = 0
    while start < len(inside):
        last = min(start + GROUPED_AT_ONCE, len(inside)) - 1
        end = int(np.searchsorted(first, first[last], side="right"))
        yield inside[start:end]
        start = end


def _hanging_together(left: Places, right: Places, records: int) -> Places:
    """The first record that a chain of these links leads each record to."""
    first = np.arange(records, dtype=np.int64)
    while True:
        lowest, before = np.minimum(first[left], first[right]), first.copy()
        np.minimum.at(first, left, lowest)
        np.minimum.at(first, right, lowest)
        first = first[first]
        if np.array_equal(first, before):
            return first
