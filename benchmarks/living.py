"""New records of people resolved as they arrive: against a nation of people known, one alone and in batches.

Timed is the flow as the worker does it, from the fact that sightings were noted until nothing waits any more:
matching, hits raised and told, links weighed and proposed, saved searches and lines. What is seeded is made from
the simulation's people, as different hands wrote them down; what arrives are other records of the same people.
"""

import random
import time
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.figures import Figure, milliseconds
from benchmarks.instance import Connection, as_owner, tidy
from benchmarks.linkage_people import once_more, simulated
from throughline.kernel import outbox
from throughline.kernel.collecting import collect_seldom
from throughline.matching.people import records
from throughline.selectors.events import SightingsNoted
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.registry import Selector, parse

BATCH = 200
WARM = 20
SEED = 3
_KINDS = {"phone": "phone", "postcode": "postcode"}
"""What travels with a person: the field of the record by the kind of selector."""
_SEED = """
insert into selectors_sighting (marking_id, owner, released, classification, conditions, everyone, bodies, people,
    teams, compartment, silent, kind, key, source, source_ref, grade, seen_on, noted_at)
  select m.id, m.owner, true, 0, 0, true, '{}', '{}', '{}', 0, false, n.kind, n.key, 'report', n.ref, '1AP',
         date '2026-10-01', now()
    from bench_noted n join bench_marking m on m.place = n.owner order by n.ref, n.kind"""


def living_figures(*, people: int, singles: int, batches: int) -> Iterator[Figure]:
    """One alone and in batches, against so many people; nothing of it has a peer here."""
    with as_owner() as owner:
        _mark(owner)
        ((values,),) = owner.execute("select count(*) from matching_person").fetchall()
        if values < people:
            _note(owner, _known(people), ref="K")
            _index(owner)
            _keep(owner)
            ((values,),) = owner.execute("select count(*) from matching_person").fetchall()
        noted = _note(
            owner, _arriving(people, WARM + singles + BATCH * (batches + 1)), ref=f"N{time.time_ns()}"
        )
        _warm(owner)
    collect_seldom()
    each = iter(noted)
    for _ in range(WARM):
        _resolve([next(each)])
    alone = [_resolve([next(each)]) for _ in range(singles)]
    together = [_resolve([next(each) for _ in range(BATCH)]) for _ in range(batches + 1)][1:]
    with as_owner() as owner:
        ((links,),) = owner.execute("select count(*) from matching_link").fetchall()
    said = f"against {values:,} people; {links:,} links stand, {outbox.failed()} steps failed"
    p99, rate = milliseconds(alone, 0.99), BATCH * len(together) / sum(together)
    yield Figure("one new record resolved, p50", "ms", milliseconds(alone, 0.5), note=said)
    yield Figure("one new record resolved, p99", "ms", p99, judged=p99, most=50, note=said)
    yield Figure(
        f"new records resolved, {BATCH} a fact", "records/s", rate, judged=rate, least=500, note=said
    )


def _warm(owner: Connection) -> None:
    """Tables and indexes into the memory, where they are on a server that has been up for a while."""
    tidy()
    owner.execute("create extension if not exists pg_prewarm")
    owner.execute(
        "select pg_prewarm(oid) from pg_class where relkind in ('r', 'i') "
        "and relnamespace = 'public'::regnamespace"
    )


def _resolve(noted: Sequence[Sequence[int]]) -> float:
    """Seconds from the fact until nothing waits."""
    begun = time.perf_counter()
    outbox.announce(SightingsNoted(sightings=[sighting for each in noted for sighting in each]))
    outbox.drain()
    return time.perf_counter() - begun


Said = list[Selector]
"""The person, and what travels with them."""


def _known(people: int) -> Iterator[Said]:
    """Records with a whole name and a date of birth, of so many different values."""
    values = set[str]()
    for one in simulated(3 * people, seed=SEED):
        if said := selectors_of(one.values):
            values.add(said[0].key)
            yield said
        if len(values) == people:
            return


def _arriving(people: int, many: int) -> Iterator[Said]:
    """Other records of some of the people who are known."""
    drawn = random.Random(time.time_ns())  # noqa: S311 a sample, not a secret; never the same twice
    made = 0
    while made < many:
        if said := selectors_of(once_more(drawn.randrange(people // 2), seed=SEED).values):
            made += 1
            yield said


def selectors_of(said: dict[str, str]) -> Said:
    """The person and what travels with them; nothing where name or date of birth is not whole."""
    whole = f"{said['surname']}, {said['given_name']}, {said['date_of_birth']}"
    try:
        return [
            parse(whole, "person"),
            *(parse(said[field], kind) for kind, field in _KINDS.items() if said[field]),
        ]
    except NotASelector:
        return []


def _mark(owner: Connection) -> None:
    owner.execute("create temp table bench_noted (ref text, owner int, kind text, key text)")
    owner.execute(
        "create temp table bench_marking as with made as (insert into access_marking (owner, released, "
        "classification, conditions, everyone, bodies, people, teams, compartment, silent, handling, action, "
        "sanitisation, instructions) select id, true, 0, 0, true, '{}', '{}', '{}', 0, false, 'P', '', '', '' "
        "from organisations_body returning id, owner) select id, owner, row_number() over (order by id) - 1 as place "
        "from made"
    )


def _note(owner: Connection, some: Iterable[Said], *, ref: str) -> list[list[int]]:
    """Write the sightings; gives their numbers, source by source."""
    owner.execute("truncate bench_noted")
    ((bodies,),) = owner.execute("select count(*) from bench_marking").fetchall()
    with owner.cursor() as cursor, cursor.copy("copy bench_noted from stdin") as copy:
        for place, said in enumerate(some):
            for one in {(selector.kind, selector.key) for selector in said}:
                copy.write_row((f"{ref}-{place:09}", place % bodies, *one))
    owner.execute("set session_replication_role = replica")
    found = owner.execute(f"with made as ({_SEED} returning id, source_ref) select array_agg(id order by id) "  # noqa: S608
                          "from made group by source_ref order by source_ref").fetchall()  # fmt: skip
    owner.execute("set session_replication_role = origin")
    return [row[0] for row in found]


def _index(owner: Connection) -> None:
    """The holdings of what is known, as matching would have left them."""
    owner.execute(
        "insert into matching_holding (kind, key, body, times, silent_times, first_on, last_on, compartment) "
        "select kind, key, owner, count(*), 0, min(seen_on), max(seen_on), 0 from selectors_sighting "
        "group by kind, key, owner on conflict do nothing"
    )


def _keep(owner: Connection) -> None:
    """Everyone known under their keys, as a run of linkage leaves them."""
    owner.execute("create temp table bench_code (key text, code bigint)")
    keys = [row[0] for row in owner.execute("select distinct key from bench_noted where kind = 'person'")]
    with owner.cursor() as cursor, cursor.copy("copy bench_code from stdin") as copy:
        for key in keys:
            for code in records.codes_of(key):
                copy.write_row((key, code))
    owner.execute("insert into matching_person (key) select distinct key from bench_code order by 1")
    owner.execute(
        "insert into matching_person_code (code, person_id) select distinct c.code, p.id "
        "from bench_code c join matching_person p using (key) order by 1, 2"
    )
