"""``python -m benchmarks``: every figure, beside its peer, on a database made for this run and then removed."""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import instance
from benchmarks.figures import Figure, show, write_json


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of a nation, and how many times each thing is measured."""

    reports: int
    checks: int
    whole_checks: int
    singles: int
    batches: int
    rows: int
    calls: int
    people: int


SCALES = {
    "full": Scale(
        reports=1_000_000,
        checks=8000,
        whole_checks=2000,
        singles=400,
        batches=8,
        rows=100_000,
        calls=100_000_000,
        people=1_000_000,
    ),
    "quick": Scale(
        reports=10_000,
        checks=400,
        whole_checks=100,
        singles=20,
        batches=2,
        rows=2_000,
        calls=1_000_000,
        people=10_000,
    ),
}


def main() -> int:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--scale", choices=SCALES, default="full", help="quick is one hundredth, to try it out"
    )
    parser.add_argument("--only", nargs="*", choices=_parts(SCALES["quick"]), help="these parts alone")
    parser.add_argument("--home", type=Path, help="keep the database in this folder for another run")
    parser.add_argument(
        "--json", type=Path, default=Path("build/benchmarks.json"), help="where the figures go"
    )
    chosen = parser.parse_args()
    scale, begun = SCALES[chosen.scale], time.perf_counter()
    figures: list[Figure] = []
    with instance.benched(chosen.home):
        if not instance.is_seeded():
            _say(f"seeding {scale.reports:,} reports")
            instance.seed(reports=scale.reports)
            figures.append(
                Figure("seeding, which is no measure of Throughline", "s", time.perf_counter() - begun)
            )
        for name, part in _parts(scale).items():
            if not chosen.only or name in chosen.only:
                _say(name)
                instance.tidy()
                figures += part()
        about = _about(chosen.scale, time.perf_counter() - begun)
    show(figures, about)
    write_json(chosen.json, figures, about)
    return 0


def _parts(scale: Scale) -> Mapping[str, Callable[[], Iterator[Figure]]]:
    """The parts in the order in which they are run: those that add rows come last."""

    def checks() -> Iterator[Figure]:
        from benchmarks.checks import reading_figures, whole_figures  # noqa: PLC0415 needs Django

        yield from reading_figures(each=scale.checks)
        yield from whole_figures(each=scale.whole_checks)

    def lists() -> Iterator[Figure]:
        from benchmarks.lists import list_figures  # noqa: PLC0415

        return list_figures()

    def search() -> Iterator[Figure]:
        from benchmarks.search import search_figures  # noqa: PLC0415

        return search_figures()

    def rebuild() -> Iterator[Figure]:
        from benchmarks.rebuild import rebuild_figures  # noqa: PLC0415

        return rebuild_figures()

    def recording() -> Iterator[Figure]:
        from benchmarks.recording import recording_figures  # noqa: PLC0415

        return recording_figures(singles=scale.singles, batches=scale.batches, reports=scale.reports)

    def memory() -> Iterator[Figure]:
        from benchmarks.memory import memory_figures  # noqa: PLC0415

        return memory_figures(rows=scale.rows)

    def calls() -> Iterator[Figure]:
        from benchmarks.calls import call_figures  # noqa: PLC0415

        return call_figures(rows=scale.calls)

    def graphs() -> Iterator[Figure]:
        from benchmarks.graphs import graph_figures  # noqa: PLC0415

        return graph_figures(people=scale.people)

    return {
        "graphs": graphs, "checks": checks, "lists": lists, "search": search, "rebuild": rebuild,
        "recording": recording, "memory": memory, "calls": calls, **_linked(), **_linkage(scale),
    }  # fmt: skip


def _linked() -> Mapping[str, Callable[[], Iterator[Figure]]]:
    """Who is whom on labelled records: blind, places, and who bears the errors."""

    def blind() -> Iterator[Figure]:
        from benchmarks.blind import blind_figures  # noqa: PLC0415 brings the peers' data

        return blind_figures()

    def places() -> Iterator[Figure]:
        from benchmarks.addresses import address_figures  # noqa: PLC0415

        return address_figures()

    def bias() -> Iterator[Figure]:
        from benchmarks.linkage_bias import bias_figures  # noqa: PLC0415

        return bias_figures()

    return {"blind": blind, "addresses": places, "bias": bias}


def _linkage(scale: Scale) -> Mapping[str, Callable[[], Iterator[Figure]]]:
    """Who is whom: as people arrive, everyone in the database, records in files, and on Spark where it is installed."""
    people, tenth, hundredth = scale.people, scale.people // 10, scale.people // 100
    living = {"people": people, "singles": scale.singles, "batches": scale.batches}
    return {
        "living": _later("living", "living_figures", **living),
        "link run": _later("link_run", "link_run_figures"),
        "linkage": _later("linkage_scale", "scale_figures", records=people),
        "hard linkage": _later("linkage_scale", "hard_figures", records=hundredth),
        "spark": _later("spark", "spark_figures", records=tenth),
    }


def _later(module: str, name: str, **sizes: int) -> Callable[[], Iterator[Figure]]:
    """A part that is imported when it is run: some need Django, some an extra."""

    def part() -> Iterator[Figure]:
        found: Iterator[Figure] = getattr(import_module(f"benchmarks.{module}"), name)(**sizes)
        return found

    return part


def _say(part: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {part}\n")


def _about(scale: str, seconds: float) -> dict[str, object]:
    with instance.as_owner() as owner:
        row = owner.execute(
            "select current_setting('server_version'), current_setting('shared_buffers'), "
            "pg_size_pretty(pg_database_size(current_database()))"
        ).fetchone()
    version, buffers, size = row or ("", "", "")
    return {
        "command": f"make bench (--scale {scale})", "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "minutes": round(seconds / 60, 1), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(), "postgresql": version, "shared_buffers": buffers, "database": size,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
