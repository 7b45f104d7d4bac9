"""The whole nation at once: weights learnt without labels and kept under a name, and every link weighed by them."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.matching.people.arriving import TELLINGS, propose_links
from throughline.matching.people.model import Learnt, learnt_of, people_model, unlearnt
from throughline.matching.people.nation import Nation, here
from throughline.matching.people.proposing import Proposed, propose_from
from throughline.matching.people.records import Told, codes_of

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
    what does the work: this machine, or Spark. Reports go on arriving meanwhile: a page of links is written at a time.
    Whoever comes in is weighed by what is learnt as soon as it is; those who came in just before, once more. A run that
    is killed leaves links by two versions of the weights, each with its name; the next one mends that.
    """
    begun, unknown = time.perf_counter(), list[str]()
    with on() as nation:
        progress("Reading")
        newest = _newest()
        nation.read(_everyone(unknown))
        progress("Learning")
        learnt = _kept(nation.learnt(), len(nation.keys)) if len(nation.keys) >= FEWEST_PEOPLE else unlearnt()
        _weigh_again(_since(newest))
        progress("Finding pairs")
        pairs = nation.pair()
        progress(f"Weighing {pairs:,} pairs")
        weights = new = 0
        for proposed in nation.proposals(learnt):
            with transaction.atomic():
                weights, new = weights + len(proposed), new + propose_from(_still(proposed), learnt)
        gone = _ended(learnt, unknown, people=len(nation.keys), pairs=pairs, links=new)
    seconds = round(time.perf_counter() - begun, 2)
    return Run(learnt.name, len(nation.keys), pairs, weights, new, gone, learnt.prior, seconds)


def _ended(learnt: Learnt, unknown: Sequence[str], **counted: int) -> int:
    """Let what earlier versions weighed go, and note the run. Gives how many links nothing speaks for any more."""
    _keep_codes(unknown)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select matching_people_outdate(%s)", [learnt.name])
        (gone,) = cursor.fetchone()
        journal.note(Verb.COMBINE, "people", why="linkage of everyone", model=learnt.name, **counted)
    return int(gone)


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select matching_people_newest()")
        return int(cursor.fetchone()[0])


def _since(newest: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select matching_people_since(%s)", [newest])
        return cursor.fetchone()[0] or []


def _weigh_again(sightings: Sequence[int]) -> None:
    for start in range(0, len(sightings), READ_AT_ONCE):
        with transaction.atomic():
            propose_links([{"sightings": sightings[start : start + READ_AT_ONCE]}])


def _still(proposed: Sequence[Proposed]) -> list[Proposed]:
    """Those of whom nothing was withdrawn since they were read; what is withdrawn waits until they are written."""
    ends = [end for one in proposed for end in (one.a, one.b)]
    keys, sightings = _standing({end.key for end in ends}, {end.sighting for end in ends if end.sighting})

    def stands(end: Told) -> bool:
        return end.key in keys and (not end.sighting or end.sighting in sightings)

    return [one for one in proposed if stands(one.a) and stands(one.b)]


def _standing(keys: Collection[str], sightings: Collection[int] = ()) -> tuple[set[str], set[int]]:
    with connection.cursor() as cursor:
        cursor.execute("select matching_people_still(%s, %s)", [list(keys), list(sightings)])
        found = json.loads(cursor.fetchone()[0])
    return set(found["keys"]), set(found["sightings"])


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
    for start in range(0, len(keys), READ_AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            still, _ = _standing(keys[start : start + READ_AT_ONCE])
            cursor.execute(
                "select matching_people_keep(%s)", [json.dumps({key: codes_of(key) for key in sorted(still)})]
            )
