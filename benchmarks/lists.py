"""Filtered lists and text search, as a reader of each body asks for them, beside the bare query without policy."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure, milliseconds
from benchmarks.instance import Connection, as_owner
from throughline.access.queries import reader_named
from throughline.access.reader import Reader
from throughline.intelligence.queries import report_list
from throughline.matching.queries import hit_list
from throughline.organisations.queries import body_ids

MOST = 200.0
"""Milliseconds at the 95th percentile."""
COMMON, MIDDLING, RARE, ABSENT = "phone", "calls train", "cuckoo gjkm", "zzyzx"

NEWEST = "select * from intelligence_report {where} order by id desc limit 26"
SEARCH = (
    "select distinct i.report_id from intelligence_item i join intelligence_report r on r.id = i.report_id "
    "where i.search @@ websearch_to_tsquery('english', %s) {where} order by 1 desc limit 26"
)
HITS = (
    "select * from matching_hit_side s join matching_hit h on h.id = s.hit_id where s.body = %s and s.told {where} "
    "order by s.rarity desc, s.id limit 26"
)


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of list: how a reader asks for it, and the same rows from the bare engine."""

    name: str
    ask: Callable[[Reader, str], object]
    bare: str
    values: Callable[[Reader, int], tuple[Any, ...]]


def _no_values(_: Reader, __: int) -> tuple[Any, ...]:
    return ()


def _searched(word: str) -> Callable[[Reader, int], tuple[Any, ...]]:
    return lambda _, __: (word,)


LOOKS = (
    Look("reports, newest", lambda r, _: report_list(r), NEWEST.format(where=""), _no_values),
    Look("reports of one other body", lambda r, o: report_list(r, owner=o),
         NEWEST.format(where="where owner = %s"), lambda _, o: (o,)),
    Look("reports received", lambda r, _: report_list(r, state="received"),
         NEWEST.format(where="where state = 'received'"), _no_values),
    Look("own reports waiting, oldest first",
         lambda r, _: report_list(r, owner=r.body_code, state="received", oldest_first=True),
         "select * from intelligence_report where owner = %s and state = 'received' order by id limit 26",
         lambda r, _: (r.body,)),
    Look("reports with a very common word", lambda r, _: report_list(r, text=COMMON),
         SEARCH.format(where=""), _searched(COMMON)),
    Look("reports with two words", lambda r, _: report_list(r, text=MIDDLING),
         SEARCH.format(where=""), _searched(MIDDLING)),
    Look("reports with rare words", lambda r, _: report_list(r, text=RARE),
         SEARCH.format(where=""), _searched(RARE)),
    Look("reports with a word that is nowhere", lambda r, _: report_list(r, text=ABSENT),
         SEARCH.format(where=""), _searched(ABSENT)),
    Look("common word, one other body", lambda r, o: report_list(r, text=COMMON, owner=o),
         SEARCH.format(where="and r.owner = %s"), lambda _, o: (COMMON, o)),
    Look("common word, state received", lambda r, _: report_list(r, text=COMMON, state="received"),
         SEARCH.format(where="and r.state = 'received'"), _searched(COMMON)),
    Look("hits raised, rarest first", lambda r, _: hit_list(r),
         HITS.format(where="and s.state = 'raised'"), lambda r, _: (r.body,)),
    Look("hits of every state", lambda r, _: hit_list(r, state=""),
         HITS.format(where=""), lambda r, _: (r.body,)),
    Look("hits of one kind", lambda r, _: hit_list(r, kind="vehicle"),
         HITS.format(where="and s.state = 'raised' and h.kind = 'vehicle'"), lambda r, _: (r.body,)),
    Look("hits with one other body", lambda r, o: hit_list(r, other=o),
         HITS.format(where="and s.state = 'raised' and s.other = %s"), lambda r, o: (r.body, o)),
)  # fmt: skip


def list_figures() -> Iterator[Figure]:
    """Every list for a reader of every body, twice; the first time warms up. Ours is the whole query function."""
    rng = random.Random(5)  # noqa: S311 a sample, not a secret
    codes = body_ids()
    readers = [reader_named(f"analyst@{code.lower()}") for code in codes]
    ours: dict[str, list[float]] = defaultdict(list)
    bare: dict[str, list[float]] = defaultdict(list)
    with as_owner() as owner:
        for is_counted in (False, True):
            for reader in rng.sample(readers, len(readers) if is_counted else 6):
                other = rng.choice([code for code in codes if code != reader.body_code])
                for look in LOOKS:
                    mine, theirs = _timed(look, reader, other, codes[other], owner)
                    if is_counted:
                        ours[look.name].append(mine)
                        bare[look.name].append(theirs)
    for look in LOOKS:
        p95 = milliseconds(ours[look.name], 0.95)
        yield Figure(
            f"{look.name}, p95", "ms", p95, milliseconds(bare[look.name], 0.95), "the bare query", p95, most=MOST,
            note="through the query function, journal entry and commit included; the peer is a superuser's SQL",
        )  # fmt: skip
    every = [seconds for times in ours.values() for seconds in times]
    yield Figure(
        "every list together, p95",
        "ms",
        milliseconds(every, 0.95),
        judged=milliseconds(every, 0.95),
        most=MOST,
    )


def _timed(look: Look, reader: Reader, other: str, other_id: int, owner: Connection) -> tuple[float, float]:
    begun = time.perf_counter()
    look.ask(reader, other)
    asked = time.perf_counter()
    owner.execute(look.bare.encode(), look.values(reader, other_id)).fetchall()
    return asked - begun, time.perf_counter() - asked
