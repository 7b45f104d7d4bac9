"""The whole nation at once: weights learnt without labels and kept under a name, and every link weighed by them."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.matching.people.arriving import TELLINGS
from throughline.matching.people.model import Learnt, learnt_of, people_model, unlearnt
from throughline.matching.people.nation import Nation, here
from throughline.matching.people.proposing import propose_from
from throughline.matching.people.records import Told, alone, codes_of

FEWEST_PEOPLE = 1_000
"""Fewer teach nothing about a nation: they are weighed by the file."""
READ_AT_ONCE = 5_000


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


def run_linkage(
    *,
    on: Callable[[], AbstractContextManager[Nation]] = here,
    progress: Callable[[str], None] = lambda _: None,
) -> Run:
    """Weigh everyone whom sightings know against everyone whom a key brings near, and propose what comes of it.

    The engine sees all, as in matching; a link is shown to each reader at the degree that they may know. ``on`` opens
    what does the work: this machine, or Spark.
    """
    begun, unknown = time.perf_counter(), list[str]()
    with on() as nation, transaction.atomic():
        progress("Reading")
        nation.read(_everyone(unknown))
        progress("Learning")
        learnt = _kept(nation.learnt(), len(nation.keys)) if len(nation.keys) >= FEWEST_PEOPLE else unlearnt()
        progress("Finding pairs")
        pairs = nation.pair()
        progress(f"Weighing {pairs:,} pairs")
        weights = new = 0
        for proposed in nation.proposals(learnt):
            weights, new = weights + len(proposed), new + propose_from(proposed, learnt)
        with connection.cursor() as cursor:
            cursor.execute("select matching_people_outdate(%s)", [learnt.name])
            gone = int(cursor.fetchone()[0])
        _keep_codes(unknown)
        journal.note(
            Verb.COMBINE, "people", why="linkage of everyone", people=len(nation.keys), pairs=pairs, links=new,
            model=learnt.name,
        )  # fmt: skip
    seconds = round(time.perf_counter() - begun, 2)
    return Run(learnt.name, len(nation.keys), pairs, weights, new, gone, learnt.prior, seconds)


def _everyone(unknown: list[str]) -> Iterator[tuple[str, list[Told]]]:
    """Each value of a person with what its newest sources tell, in order; notes whom no key finds yet."""
    after = ""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select matching_people_after(%s, %s, %s)", [after, READ_AT_ONCE, TELLINGS])
            rows = json.loads(cursor.fetchone()[0])
            for key, is_known, sources in rows:
                if not is_known:
                    unknown.append(key)
                yield key, [Told(key, sighting, travels) for sighting, travels in sources]
            if len(rows) < READ_AT_ONCE:
                return
            after = rows[-1][0]


def _kept(learnt: Learnt, people: int) -> Learnt:
    """Keep what was learnt under the next version."""
    model = people_model()
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_link_learn(%s, %s, %s, %s)",
            [f"{model.name} {model.version}", learnt.as_json(), people, clock.now()],
        )
        (name,) = cursor.fetchone()
    return learnt_of(name, learnt.as_json())


def _keep_codes(keys: Sequence[str]) -> None:
    """Everyone new under their keys, so that whoever arrives next meets them."""
    with connection.cursor() as cursor:
        for start in range(0, len(keys), READ_AT_ONCE):
            page = keys[start : start + READ_AT_ONCE]
            codes = [(key, code) for key in page for code in codes_of(alone(key))]
            cursor.execute(
                "select matching_people_keep(%s, %s, %s)",
                [list(page), [key for key, _ in codes], [code for _, code in codes]],
            )
