"""The national check: its reading part beside a bare index look-up, and the whole of it with its journal entry."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import django

from benchmarks.figures import Figure, milliseconds
from benchmarks.instance import Connection, as_app, as_owner
from benchmarks.replay import play, write_down
from throughline.access.queries import reader_named
from throughline.access.reader import SET_READER, reader_settings
from throughline.config.database import APP_ROLE
from throughline.kernel import outbox
from throughline.selectors.registry import Selector

MANY = 8
ABSENT = 0.2
"""The share of checks for a value that nobody holds; the others are drawn from the sightings, so that a value seen
often is asked about often."""

CHECK = "select * from matching_check(%s, %s)"
BARE = "select owner, source, source_ref, grade, seen_on from selectors_sighting where kind = %s and key = %s"

SUPERUSER = "none"
"""The role of the connection itself, which no policy binds."""

Question = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of one question: the transaction as a whole, and the query within it."""

    whole: float
    query: float


@dataclass(frozen=True, slots=True)
class Pair:
    """The same question to Throughline and to the bare engine, one right after the other."""

    ours: Timed
    peer: Timed


def questions(many: int, *, seed: int) -> list[Question]:
    """Values to check, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 a sample, not a secret
    with as_owner() as owner:
        last = owner.execute("select max(id) from selectors_sighting").fetchone()
        ids = [rng.randint(1, last[0] if last else 1) for _ in range(many)]
        rows = owner.execute(
            "select id, kind, key from selectors_sighting where id = any(%s)", [ids]
        ).fetchall()
    held = [(kind, key) for _, kind, key in sorted(rows)]
    rng.shuffle(held)
    absent = [("opaque", f"P-absent-{rng.random()}") for _ in range(int(many * ABSENT))]
    asked = held[: many - len(absent)] + absent
    rng.shuffle(asked)
    return asked


def _read(connection: Connection, role: str, settings: tuple[str, ...], question: Question) -> Timed:
    """One transaction in one role. Changing the role is not timed."""
    connection.execute(f"set role {role}".encode())
    sql = CHECK if role == APP_ROLE else BARE
    begun = time.perf_counter()
    with connection.transaction():
        connection.execute(SET_READER, settings)
        asked = time.perf_counter()
        connection.execute(sql.encode(), question).fetchall()
        answered = time.perf_counter()
    return Timed(time.perf_counter() - begun, answered - asked)


def _client(asked: list[Question], settings: tuple[str, ...], seed: int) -> list[Pair]:
    """One client: each question to both, in an order drawn by lot.

    Both go down one connection in two roles: with one each, a server process that happens to share a core with the
    client would be measured as a quicker query.
    """
    rng = random.Random(seed)  # noqa: S311 a sample, not a secret
    out = []
    with as_owner() as owner:
        for question in asked:
            turns = [APP_ROLE, SUPERUSER]
            rng.shuffle(turns)
            times = {role: _read(owner, role, settings, question) for role in turns}
            out.append(Pair(times[APP_ROLE], times[SUPERUSER]))
    return out


def _clients(number: int, each: int, settings: tuple[str, ...]) -> list[Pair]:
    """So many clients at once, each a process; everything is asked once before, so that nothing is read from disk."""
    asked = [questions(each, seed=100 + n) for n in range(number)]
    with ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        warm = [pool.submit(_client, asked[n], settings, n) for n in range(number)]
        for one in warm:
            one.result()
        runs = [pool.submit(_client, asked[n], settings, n) for n in range(number)]
        return [pair for run in runs for pair in run.result()]


def reading_figures(*, each: int) -> Iterator[Figure]:
    """The reading part of a check, as a multiple of the same look-up without need-to-know."""
    settings = reader_settings(reader_named("analyst@norf"))
    for number in (1, MANY):
        pairs = _clients(number, each if number == 1 else each // 2, settings)
        who = "1 client" if number == 1 else f"{number} clients"
        for share, name in ((0.5, "p50"), (0.99, "p99")):
            ours, peer = (milliseconds([t.whole for t in side], share) for side in _sides(pairs))
            yield Figure(
                f"check, reading part, {who}, {name}", "ms", ours, peer, "bare look-up", ours / peer, most=1.5,
                note="begin, set the reader, one query, fetch, commit on both sides; the peer is a superuser's "
                "SELECT of every sighting of the value by the same index, with no policy and no pointers",
            )  # fmt: skip
            ours, peer = (milliseconds([t.query for t in side], share) for side in _sides(pairs))
            yield Figure(
                f"check, the query alone, {who}, {name}", "ms", ours, peer, "bare look-up",
                note="the query and its fetch, without begin, set_config and commit",
            )  # fmt: skip


def _sides(pairs: list[Pair]) -> tuple[list[Timed], list[Timed]]:
    return [pair.ours for pair in pairs], [pair.peer for pair in pairs]


def whole_figures(*, each: int) -> Iterator[Figure]:
    """The whole check with its journal entry, one client, each commit on disk before the next begins."""
    from throughline.matching.services import run_check  # noqa: PLC0415 needs Django

    reader, asked = reader_named("analyst@norf"), questions(each, seed=7)
    with as_app() as app, as_owner() as owner:
        app.autocommit = True

        def check(question: Question) -> object:
            return run_check(by=reader, selector=Selector(*question), why="benchmark")

        def in_the_database(question: Question) -> float:
            return play(write_down(lambda: check(question), owner=owner), on=app)

        def by_service(question: Question) -> float:
            begun = time.perf_counter()
            check(question)
            return time.perf_counter() - begun

        def commit_alone(_: Question) -> float:
            begun = time.perf_counter()
            with app.transaction():
                app.execute("select pg_logical_emit_message(true, 'benchmark', 'x')")
            return time.perf_counter() - begun

        times = _in_turn([in_the_database, by_service, commit_alone], asked)
    outbox.drain()  # tell the holders now, so that no later measurement does
    for name, seconds, most in (
        ("in the database", times[0], 10.0), ("through the service", times[1], None),
    ):  # fmt: skip
        for share, rank in ((0.5, "p50"), (0.99, "p99")):
            target = most if rank == "p99" else None
            ours = milliseconds(seconds, share)
            yield Figure(
                f"whole check {name}, 1 client, {rank}", "ms", ours, milliseconds(times[2], share), "an empty commit",
                ours if target else None, most=target,
                note="set the reader, answer, enquiry, journal entry, fact, step, synchronous commit",
            )  # fmt: skip


def _in_turn(ways: list[Callable[[Question], float]], asked: list[Question]) -> list[list[float]]:
    """Ask each question every way, one after the other; the first tenth warms up and is not counted."""
    times = [[way(question) for way in ways] for question in asked]
    counted = times[len(times) // 10 :]
    return [list(column) for column in zip(*counted, strict=True)]
