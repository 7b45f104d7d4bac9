"""``python -m tests.real_data.ranking``: how well names are found, beside exact and trigram search, as JSON lines.

recall@10 is the share of queries with a right name among the first ten; MRR the mean of one over the place of the
first right name among the first hundred (E. M. Voorhees, The TREC-8 Question Answering Track Report, 1999).
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from tests.inside import someone
from tests.instance import Instance, fresh_instance
from tests.real_data.names import (
    PAIRS,
    Query,
    manchester_names,
    manchester_queries,
    pair_names,
    pair_queries,
    short_queries,
)
from tests.real_data.tables import POLE, absent
from throughline.access.reader import reading
from throughline.search.alerting import name_in
from throughline.search.asked import read_text
from throughline.search.narrowed import Narrowed
from throughline.search.queries import likely_people
from throughline.selectors.names import words_of
from throughline.selectors.registry import NotASelector, parse

FIRST = 10
_HOLD = """
with marked as (
  insert into access_marking (owner, released, classification, conditions, everyone, bodies, people, teams, compartment,
                              silent, handling, action, sanitisation, instructions)
    values (%(body)s, false, 1, 0, false, '{}', '{}', '{}', 0, false, 'P', '', '', '') returning id)
insert into selectors_sighting (marking_id, kind, key, source, source_ref, grade, seen_on, noted_at)
  select marked.id, 'person', key, 'report', 'R-' || n, '1AP', '2026-10-01', now()
    from marked, unnest(%(keys)s::text[]) with ordinality k(key, n)
"""
_EXACT = "select key from search_value where name = %s order by key limit 100"
_INDEXED = (
    "select key from search_value where name <> '' and name %% %s "
    "order by similarity(name, %s) desc, key limit 100"
)
"""As far as an index on trigrams goes: not below PostgreSQL's own threshold of 0.3."""
_TRIGRAM = "select key from search_value where name <> '' order by similarity(name, %s) desc, key limit 100"

Way = Callable[[str], list[str]]
"""The keys of people found for what was typed, best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one way of searching does on one set of queries."""

    data: str
    way: str
    queries: int
    recall: float
    mrr: float
    milliseconds: float


def hold(instance: Instance, names: Sequence[str]) -> dict[str, str]:
    """Let Norfolk hold a person of each name, all born on one day; gives the name of each key."""
    keys = {}
    for name in names:
        try:
            keys[parse(f"{name}, 1990-01-01", "person").key] = name
        except NotASelector:
            continue  # one word alone, or a title: no door takes it as a person
    with instance.as_owner() as owner:
        owner.execute(_HOLD, {"body": someone("analyst@norf").body, "keys": list(keys)})
        owner.execute("select search_take(array_agg(id)) from selectors_sighting")
        rows = owner.execute("select id, key from search_value").fetchall()
        owner.execute(
            "select search_name(%s, %s)",
            [[row[0] for row in rows], [" ".join(words_of(name_in(row[1]))) for row in rows]],
        )
        owner.execute("analyze")
    return keys


def ours(typed: str) -> list[str]:
    """As the search page finds people."""
    with reading(someone("analyst@norf")):
        return list(likely_people(read_text(typed), Narrowed(), None))


def peer(instance: Instance, query: str) -> Way:
    """Plain search in the database, by the words as they stand."""

    def find(typed: str) -> list[str]:
        with instance.as_owner() as owner:
            return [
                row[0]
                for row in owner.execute(query.encode(), [" ".join(words_of(typed))] * query.count("%s"))
            ]

    return find


def score(data: str, way: str, find: Way, queries: Sequence[Query], names: dict[str, str]) -> Score:
    """Run every query whose right name is held."""
    asked = [query for query in queries if query.right & set(names.values())]
    begun, places = time.perf_counter(), []
    for query in asked:
        found = [names[key] for key in find(query.typed) if key in names]
        places.append(next((n for n, name in enumerate(found, 1) if name in query.right), 0))
    seconds = time.perf_counter() - begun
    return Score(
        data, way, len(asked), round(sum(0 < p <= FIRST for p in places) / len(asked), 3),
        round(sum(1 / p for p in places if p) / len(asked), 3), round(seconds / len(asked) * 1000, 1),
    )  # fmt: skip


def scores(instance: Instance, data: str, names: Sequence[str], queries: Sequence[Query]) -> list[Score]:
    """Every way of searching on one set, inside an instance that holds nothing yet."""
    held = hold(instance, names)
    ways: dict[str, Way] = {
        "exact": peer(instance, _EXACT), "trigram": peer(instance, _INDEXED),
        "trigram, every name": peer(instance, _TRIGRAM), "throughline": ours,
    }  # fmt: skip
    return [score(data, way, find, queries, held) for way, find in ways.items()]


SETS: dict[str, Callable[[], tuple[list[str], list[Query]]]] = {
    "name pairs": lambda: (pair_names(), pair_queries()),
    "Manchester": lambda: (manchester_names(), list(manchester_queries())),
    "short forms": lambda: (manchester_names(), short_queries()),
}


def main() -> int:
    """Print one object for each set and way."""
    if reason := absent(PAIRS, POLE):
        print(reason, file=sys.stderr)  # noqa: T201 a command speaks
        return 1
    from tests.real_data.__main__ import prepare_instances  # noqa: PLC0415 Django first

    prepare_instances()
    for data, make in SETS.items():
        with tempfile.TemporaryDirectory() as folder, fresh_instance(Path(folder)) as instance:
            _point_at(instance.name)
            for one in scores(instance, data, *make()):
                print(json.dumps(_plain(one)), flush=True)  # noqa: T201 a command answers
            connections.close_all()
    return 0


def _point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _plain(one: Score) -> dict[str, Any]:
    return {field: getattr(one, field) for field in Score.__slots__}


if __name__ == "__main__":
    sys.exit(main())
