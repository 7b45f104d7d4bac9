"""``python -m benchmarks.line_scale``: pages of the register at national scale, on a database made for this run.

What the server needs for the page of a line, the ranked list, the map, the desk and their peers; ``--serve`` keeps the
database and serves it, to look at in a browser.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, milliseconds, show, write_json
from benchmarks.instance import Connection, as_owner, benched, tidy

READER = "coordinator@nclcc"
AGAIN = 2
PAGE_MOST = 150.0
"""Milliseconds at the 95th percentile, the page of a line as a whole."""


def main() -> int:
    """Seed, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.line_scale", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=300, help="pages of lines that are asked for")
    parser.add_argument("--home", type=Path, help="keep the database in this folder for another run")
    parser.add_argument("--json", type=Path, default=Path("build/line-scale.json"))
    chosen = parser.parse_args()
    with benched(chosen.home):
        if not _is_seeded():
            seed(lines=chosen.lines)
        figures = list(page_figures(times=chosen.times))
    about = {"lines": chosen.lines, "times": chosen.times, "reader": READER}
    show(figures, about)
    write_json(chosen.json, figures, about)
    return 0


def _is_seeded() -> bool:
    with as_owner() as owner:
        row = owner.execute("select exists (select from lines_line)").fetchone()
    return bool(row and row[0])


def seed(*, lines: int) -> None:
    """Bodies, people, and a register of so many lines."""
    from throughline.access.services import load_cast  # noqa: PLC0415 needs Django
    from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

    load_reference_bodies()
    load_cast()
    with as_owner() as owner:
        owner.execute("select set_config('bench.lines', %s, false)", [str(lines)])
        _name_towns(owner)
        owner.execute(files("benchmarks").joinpath("line_seed.sql").read_text(encoding="utf-8").encode())
    tidy()


def _name_towns(owner: Connection) -> None:
    """A table of towns for the seed, gone with its connection."""
    from throughline.organisations.towns import body_of_town  # noqa: PLC0415 needs Django

    owner.execute("create temporary table bench_town (n int, town text, code text)")
    towns = [(n, town.title(), code) for n, (town, code) in enumerate(sorted(body_of_town().items()))]
    with owner.cursor() as cursor:
        cursor.executemany("insert into bench_town values (%s, %s, %s)", towns)


def page_figures(*, times: int) -> Iterator[Figure]:
    """The page of a line as the server gives it, and each page that looks at many lines."""
    from django.test import Client  # noqa: PLC0415 needs Django

    client = signed_in(Client(HTTP_HOST="127.0.0.1"))
    with as_owner() as owner:
        refs = [ref for (ref,) in owner.execute("select ref from lines_line order by id").fetchall()]
    drawn = random.Random(7).choices(refs, k=times)  # noqa: S311 repeatable, not secret
    client.get(f"/lines/{drawn[0]}")
    taken = [_time(lambda ref=ref: client.get(f"/lines/{ref}")) for ref in drawn]  # type: ignore[misc]
    p95 = milliseconds(taken, 0.95)
    yield Figure("page of a line, p50", "ms", milliseconds(taken, 0.5))
    yield Figure("page of a line, p95", "ms", p95, judged=p95, most=PAGE_MOST)
    for name, address in (
        ("ranked list", "/lines/?state=open"), ("ranked list, every state", "/lines/"),
        ("map of lines", "/lines/map"), ("map of lines, one area", "/lines/map?comes_from=MPS"),
        ("co-ordination desk, nation", "/lines/co-ordination?scope=nation"), ("how lines are scored", "/lines/scores"),
        ("lines as CSV", "/lines/file/csv"),
    ):  # fmt: skip
        first = _time(lambda address=address: client.get(address))  # type: ignore[misc]
        again = [_time(lambda address=address: client.get(address)) for _ in range(AGAIN)]  # type: ignore[misc]
        yield Figure(f"{name}, first look", "ms", 1000 * first)
        yield Figure(f"{name}, after that, the slowest of {AGAIN}", "ms", 1000 * max(again))


def signed_in(client: Any) -> Any:
    from throughline.access.services import CAST_PASSWORD  # noqa: PLC0415 needs Django

    sent = client.post("/sign-in", {"username": READER, "password": CAST_PASSWORD})
    assert sent.status_code == HTTPStatus.FOUND, sent.content  # noqa: S101 a fault of the benchmark
    return client


def _time(what: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    answer = what()
    taken = time.perf_counter() - begun
    assert answer.status_code == HTTPStatus.OK, answer.status_code  # noqa: S101 a fault of the benchmark
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
