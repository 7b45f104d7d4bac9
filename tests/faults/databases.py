"""Databases to kill processes over: cloned from one that stands ready, and pictured to be compared."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests.instance import OWNER_URL, Instance, on
from throughline.flow import STEPS
from throughline.matching.events import HitsRaised
from throughline.matching.services import match_sightings


@contextmanager
def clone(ready: Instance) -> Iterator[Instance]:
    """A copy of an instance that nobody is connected to, dropped at the end."""
    name = f"tl_{os.urandom(6).hex()}"
    with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {ready.name}")
        try:
            yield Instance(name, ready.folder)
        finally:
            server.execute(f"drop database {name} with (force)")


_OF_BATCHES = ", ".join(f"'{step.__name__}'" for step in (match_sightings, *STEPS[HitsRaised]))
_ROWS = {
    "reports": "select owner, origin_ref, content_hash, state from intelligence_report",
    "moves": """select r.origin_ref, h.verb, h.before, h.after from kernel_history h
                  join intelligence_report r on r.id = h.thing_id where h.thing = 'report'""",
    "items": """select r.origin_ref, i.number, i.text, i.source, i.assessment, i.handling from intelligence_item i
                  join intelligence_report r on r.id = i.report_id""",
    "sightings": """select s.owner, r.origin_ref, i.number, s.kind, s.key, s.grade, s.seen_on
                      from selectors_sighting s join intelligence_item i on i.ref = s.source_ref
                      join intelligence_report r on r.id = i.report_id""",
    "holdings": "select kind, key, body, times, silent_times, first_on, last_on from matching_holding",
    "hits": "select kind, key, body_a, body_b, told_a, told_b, holders from matching_hit",
    "sides": """select h.kind, h.key, s.body, s.other, s.told, s.state from matching_hit_side s
                  join matching_hit h on h.id = s.hit_id""",
    # Hits that arise together are told in one notice with their number; how they fall together may differ.
    "notices": "select distinct body, replace(kind, 'hits', 'hit') from notices_notice",
    "hits told": """select body, sum(case kind when 'hit' then 1 else replace(split_part(text, ' ', 1), ',', '')::int
                                     end)::int from notices_notice where kind in ('hit', 'hits') group by body""",
    # How many batches the hits fall into may differ as well, and with it how often what follows a batch is done.
    "steps": f"""select step, state, count(*) from kernel_step where step not in ({_OF_BATCHES}) group by 1, 2""",
    "steps not done": "select step, state, trouble from kernel_step where state <> 'done'",
    "faults of the journal": "select * from access_journal_faults()",
}

Picture = dict[str, "Counter[tuple[Any, ...]]"]


def picture(url: str) -> Picture:
    """All that a load and its matching leave behind, without the ids and moments that differ from run to run."""
    with psycopg.connect(url, autocommit=True) as owner:
        return {name: Counter(owner.execute(rows).fetchall()) for name, rows in _ROWS.items()}


def reports_held(url: str) -> set[tuple[int, str]]:
    """The owner and reference of every report that stands in the database at this moment."""
    with psycopg.connect(url, autocommit=True) as owner:
        return set(owner.execute("select owner, origin_ref from intelligence_report").fetchall())


def standing(url: str) -> tuple[int, int, int]:
    """How far things have come: reports recorded, steps done, hits raised."""
    tables = ("intelligence_report", "kernel_step where state = 'done'", "matching_hit")
    with psycopg.connect(url, autocommit=True) as owner:
        reports, steps, hits = (len(owner.execute(f"select 1 from {table}").fetchall()) for table in tables)
    return reports, steps, hits


def assert_same(found: Picture, undisturbed: Picture) -> None:
    """Nothing lost and nothing doubled; says what differs."""
    for name, rows in undisturbed.items():
        assert not rows - found[name], f"{name} lost"
        assert not found[name] - rows, f"{name} too many"
