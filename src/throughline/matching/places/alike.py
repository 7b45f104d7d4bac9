"""Addresses that may be the same place as one asked about, of those that the reader may know, the likeliest first."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, reading
from throughline.matching.linkage.addressing import prepare_address
from throughline.matching.linkage.model import Comparison, addresses
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import Levels, Pairs, log_odds, probability
from throughline.matching.places.learning import said_of
from throughline.matching.places.model import place_model, standing_weights
from throughline.selectors.registry import Selector

NEAR = 200
"""Of one address so many near it are weighed, those seen most."""


@dataclass(frozen=True, slots=True)
class PlaceAlike:
    """An address that may be the same place: how likely, what agrees and differs, and how often it was seen."""

    one: str
    other: Selector
    probability: float
    words: tuple[str, ...]
    sightings: int
    model: str


def places_alike(reader: Reader, selectors: Iterable[Selector]) -> tuple[PlaceAlike, ...]:
    """Other addresses known to the reader under the same postcode, line or UPRN that are likely the same place."""
    keys = sorted({selector.key for selector in selectors if selector.kind == "address"})
    if not keys:
        return ()
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select * from matching_places_near(%s, %s)", [keys, NEAR])
        near = cursor.fetchall()
        found = _weighed(near) if near else ()
        if found:
            journal.note(Verb.CONSULT, "addresses", why="may be the same place", places=len(found))
    return found


def _weighed(near: list[tuple[str, str, str, str, int]]) -> tuple[PlaceAlike, ...]:
    learnt = standing_weights()
    records = [
        prepare_address(said_of(key, uprn or ""))
        for one, other, uprn_one, uprn_other, _ in near
        for key, uprn in ((one, uprn_one), (other, uprn_other))
    ]
    levels = _levels(records)
    places = np.arange(0, len(records), 2)
    evidence = learnt.weights(len(records)).evidence(Pairs(places, places + 1, levels))
    likely = probability(evidence + log_odds(learnt.prior)).tolist()
    found = [
        PlaceAlike(_shown(one).shown, _shown(other), share, _in_words(levels, row), times, learnt.name)
        for row, ((one, other, _, _, times), share) in enumerate(zip(near, likely, strict=True))
        if share >= place_model().shown_from
    ]
    return tuple(sorted(found, key=lambda each: (-each.probability, each.other.key)))


def _shown(key: str) -> Selector:
    return Selector("address", key)


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
