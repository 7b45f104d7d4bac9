"""The whole nation at once: weights learnt without labels and kept under a name, and every link weighed by them."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.matching.linkage.blocking import find_pairs
from throughline.matching.linkage.linking import CORES, FEWEST_TO_LEARN, MEMORY, agreeing, compared
from throughline.matching.linkage.model import Model
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import Pairs, learn, prior
from throughline.matching.people.arriving import TELLINGS
from throughline.matching.people.model import Learnt, learnt_of, people_model, rarities, unlearnt
from throughline.matching.people.proposing import propose_from, weigh_people, worth_proposing
from throughline.matching.people.records import Told, codes_of, records_of

FEWEST_PEOPLE = 1_000
"""Fewer teach nothing about a nation: they are weighed by the file."""
READ_AT_ONCE = 5_000
WEIGHED_AT_ONCE = 20_000
"""Pairs of values, to bound the memory."""
_BEYOND = (("phone",), ("email",), ("postcode",), ("street",), ("identifier",))
_SESSIONS = (*_BEYOND, ("born",), ("given", "surname"))


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: how many people and pairs it looked at, links proposed and how many are new, and by what."""

    model: str
    people: int
    pairs: int
    weights: int
    new: int
    gone: int
    prior: float
    seconds: float


def run_linkage(*, progress: Callable[[str], None] = lambda _: None) -> Run:
    """Weigh everyone whom sightings know against everyone whom a key brings near, and propose what comes of it.

    The engine sees all, as in matching; a link is shown to each reader at the degree that they may know.
    """
    begun = time.perf_counter()
    progress("Reading")
    told = _everyone()
    people = {key: list(sources) for key, sources in told.items()}
    records = [_fullest(key, sources) for key, sources in people.items()]
    with transaction.atomic():
        learnt = _learnt(records, progress) if len(records) >= FEWEST_PEOPLE else unlearnt()
        progress("Finding pairs")
        pairs = _pairs(people)
        progress(f"Weighing {len(pairs):,} pairs")
        weights = new = 0
        for start in range(0, len(pairs), WEIGHED_AT_ONCE):
            some = pairs[start : start + WEIGHED_AT_ONCE]
            sources = [one for key in sorted({key for pair in some for key in pair}) for one in people[key]]
            proposed = worth_proposing(weigh_people(learnt, some, sources))
            weights, new = weights + len(proposed), new + propose_from(proposed, learnt)
        with connection.cursor() as cursor:
            cursor.execute("select matching_people_outdate(%s)", [learnt.name])
            gone = int(cursor.fetchone()[0])
        _keep_codes(list(people))
        journal.note(
            Verb.COMBINE, "people", why="linkage of everyone", people=len(people), pairs=len(pairs), links=new,
            model=learnt.name,
        )  # fmt: skip
    seconds = round(time.perf_counter() - begun, 2)
    return Run(learnt.name, len(people), len(pairs), weights, new, gone, learnt.prior, seconds)


def _everyone() -> dict[str, list[Told]]:
    """Each value of a person with what its newest sources tell, in order."""
    found: dict[str, list[Told]] = {}
    after = ""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select matching_people_after(%s, %s, %s)", [after, READ_AT_ONCE, TELLINGS])
            rows = json.loads(cursor.fetchone()[0])
            for key, sources in rows:
                found[key] = [Told(key, sighting, travels) for sighting, travels in sources]
            if len(rows) < READ_AT_ONCE:
                return found
            after = rows[-1][0]


def _fullest(key: str, sources: Sequence[Told]) -> Prepared:
    """One record for each value, to learn from: as the source tells of it that tells most."""
    fullest = max(sources, key=lambda one: (len(one.travels), -(one.sighting or 0)), default=Told(key))
    return next(records_of(fullest))


def _learnt(records: Sequence[Prepared], progress: Callable[[str], None]) -> Learnt:
    """Learn from everyone, each value once, and keep it. What nobody says keeps the figures of the file."""
    model = people_model()
    said = tuple(
        one for one in model.comparisons if sum(record[one.reads[0]] is not None for record in records) > 1
    )
    keys = (*_BEYOND, *model.names)
    teaching = Model(model.name, model.version, said, keys, _SESSIONS)
    _, found, drawn = compared(said, teaching, records, range(len(records)), progress)
    sessions = [(frozenset(values), agreeing(found, records, values)) for values in _SESSIONS]
    taught = [one for one in sessions if len(one[1].left) >= FEWEST_TO_LEARN]
    weights = learn(said, people=records, drawn=drawn, sessions=taught)
    before = unlearnt()
    m, u = before.m | weights.m, before.u | weights.u
    begun = Learnt(model.name, m, u, *rarities(records), before.prior)
    evidence = begun.weights(records).evidence(_with_every_comparison(found))
    share = prior(evidence, len(records) * (len(records) - 1) // 2) if len(evidence) else before.prior
    whole = Learnt(model.name, m, u, begun.often, begun.rare, share)
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_link_learn(%s, %s, %s, %s)",
            [f"{model.name} {model.version}", whole.as_json(), len(records), clock.now()],
        )
        (name,) = cursor.fetchone()
    return learnt_of(name, whole.as_json())


def _with_every_comparison(found: Pairs) -> Pairs:
    """The same pairs with nothing said where nobody says anything."""
    nothing = np.full(len(found.left), -1, dtype=np.int8)
    levels = {one.name: found.levels.get(one.name, nothing) for one in people_model().comparisons}
    return Pairs(found.left, found.right, levels)


def _pairs(people: dict[str, list[Told]]) -> list[tuple[str, str]]:
    """Values that share a key, as they would be found at once: names alone, and what travels with them."""
    alone = [(key, next(records_of(Told(key)))) for key in people]
    told = [(key, record) for key, sources in people.items() for one in sources for record in records_of(one)]
    found = set(_sharing(alone, people_model().names)) | set(_sharing(told, _BEYOND))
    return sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]})


def _sharing(
    rows: Sequence[tuple[str, Prepared]], keys: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    if not rows:
        return
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        engine.execute(
            f"set memory_limit = '{MEMORY}'; set threads = {CORES}; set temp_directory = '{folder}'"
        )
        engine.execute("set enable_progress_bar = false")
        engine.register("prepared", table_of([record for _, record in rows], range(len(rows))))
        engine.execute("create table people as select * from prepared")
        find_pairs(engine, keys, people="people", into="pairs")
        for left, right in engine.execute("select l, r from pairs order by k").fetchall():
            yield rows[left][0], rows[right][0]


def _keep_codes(keys: Sequence[str]) -> None:
    """Everyone under their keys, so that whoever arrives next meets them; who is known already is passed over."""
    with connection.cursor() as cursor:
        for start in range(0, len(keys), READ_AT_ONCE):
            some = keys[start : start + READ_AT_ONCE]
            codes = [(key, code) for key in some for code in codes_of(next(records_of(Told(key))))]
            cursor.execute(
                "select matching_people_keep(%s, %s, %s)",
                [list(some), [key for key, _ in codes], [code for _, code in codes]],
            )
