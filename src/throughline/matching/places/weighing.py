"""How likely two addresses are one place, and what speaks for it and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from django.db import connection

from throughline.matching.linkage.addressing import prepare_address
from throughline.matching.linkage.model import Comparison, addresses
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import Levels, Pairs, log_odds, probability
from throughline.matching.people.who import Ends
from throughline.matching.places.learning import said_of
from throughline.matching.places.model import standing_weights
from throughline.selectors.models import Sighting

Told = tuple[str, str]
"""The key of an address, and the UPRN told with it ('' for none)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two addresses: the probability from 0 to 1, what each comparison that says something reached, and the model."""

    probability: float
    words: tuple[str, ...]
    model: str


def known_addresses(keys: Iterable[str]) -> set[str]:
    """Those of these addresses that the reader may know. Must run inside ``reading(reader)``."""
    seen = Sighting.objects.filter(kind="address", key__in=list(keys))
    return set(seen.values_list("key", flat=True))


def weigh_pair(pair: Ends) -> Weighed:
    """Two addresses that the reader may know, by the weights in force. Must run inside ``reading(reader)``."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(matching_place_uprn(k), '') from unnest(%s::text[]) k", [list(pair)])
        one, other = (uprn for (uprn,) in cursor.fetchall())
    return weigh_places([((pair[0], one), (pair[1], other))])[0]


def weigh_places(pairs: Sequence[tuple[Told, Told]]) -> list[Weighed]:
    """Pairs of addresses by the weights in force, in their order."""
    learnt = standing_weights()
    records = [prepare_address(said_of(key, uprn)) for pair in pairs for key, uprn in pair]
    levels = _levels(records)
    places = np.arange(0, len(records), 2)
    evidence = learnt.weights(len(records)).evidence(Pairs(places, places + 1, levels))
    likely = probability(evidence + log_odds(learnt.prior)).tolist()
    return [Weighed(share, _in_words(levels, row), learnt.name) for row, share in enumerate(likely)]


def _in_words(levels: Levels, row: int) -> tuple[str, ...]:
    """What each comparison that says something reached."""
    reached = ((one, int(levels[one.name][row])) for one in addresses().comparisons)
    return tuple(one.levels[level].words for one, level in reached if level >= 0)


def _levels(records: list[Prepared]) -> Levels:
    """The levels of each record beside the next, by the conditions of the model file, in DuckDB."""
    comparisons = addresses().comparisons
    reads = sorted({value for one in comparisons for value in one.reads})
    both = ", ".join(f"l.{value} as {value}_l, r.{value} as {value}_r" for value in reads)
    with duckdb.connect() as engine:
        engine.execute("set threads = 1; set enable_progress_bar = false")
        engine.register("places", table_of(records))
        engine.register("pairs", pa.table({"k": np.arange(0, len(records), 2)}))
        found = engine.execute(
            f"select {', '.join(map(_level, comparisons))} from (select p.k, {both} from pairs p "  # noqa: S608 our model
            "join places l on l.n = p.k join places r on r.n = p.k + 1) order by k"
        ).fetchnumpy()
    return {one.name: np.asarray(found[one.name], dtype=np.int8) for one in comparisons}


def _level(one: Comparison) -> str:
    reached = " ".join(f"when {level.when} then {place}" for place, level in enumerate(one.levels[:-1]))
    return f"case when {one.nothing_said} then -1 {reached} else {len(one.levels) - 1} end as {one.name}"
