"""``python -m benchmarks.lines_found``: what is known of the lines of a synthetic nation, as its reports arrive.

A nation is written from a seed. A tenth of its reports is loaded through the doors of the product, then a quarter,
up to all, drawn by the hash of their references: what the flow proposes is counted after each. Beside that each force
loads a register, made of nothing but its own reports of that share: one row for each line name that stands in them.
The truth is looked at by the evaluation alone, which knows all evidence, as nobody does under need-to-know.
"""

import argparse
import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from multiprocessing import get_context
from pathlib import Path

from benchmarks.instance import benched
from benchmarks.line_curve import curves
from benchmarks.line_judging import Found, judged, table
from benchmarks.line_register import register_rows, reports_of
from benchmarks.line_truth import Held, Seen, Truth, held_lines, seen_numbers

SHARES = (10, 25, 50, 75, 100)


def main() -> int:
    """Write nations, load them share by share, print what is known and write it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lines_found", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7])
    parser.add_argument("--days", type=int, default=0, help="run the nation for so many days, to try it out")
    parser.add_argument("--scale", default="small")
    parser.add_argument("--json", type=Path, default=Path("build/lines-found.json"))
    parser.add_argument("--picture", type=Path, help="where the curves of the first seed go, as SVG")
    parser.add_argument("--again", action="store_true", help="run nothing: show what the JSON has")
    chosen = parser.parse_args()
    rows = [Found(**row) for row in json.loads(chosen.json.read_text("utf-8"))] if chosen.again else []
    for seed in () if chosen.again else chosen.seeds:
        with tempfile.TemporaryDirectory(prefix="throughline-nation-") as folder:
            rows += run(Path(folder), seed, scale=chosen.scale, days=chosen.days)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    if chosen.picture:
        first = [row for row in rows if row.seed == rows[0].seed]
        chosen.picture.write_text(curves(first), encoding="utf-8")
    print(table(rows))  # noqa: T201 this is a command
    return 0


def run(folder: Path, seed: int, *, scale: str, days: int) -> list[Found]:
    """One nation, share by share: its reports in one instance, the registers in another."""
    from throughline.simulation.scales import SCALES  # noqa: PLC0415 brings numpy
    from throughline.simulation.writing import write_nation  # noqa: PLC0415

    wanted = replace(SCALES[scale], days=days) if days else SCALES[scale]
    nation = folder / "nation"
    write_nation(wanted, seed, nation)
    truth, at = Truth.read(nation), datetime.combine(wanted.last, time(22), tzinfo=UTC)
    # A process has one database: each instance has a process of its own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        proposed = pool.submit(_reports_in, nation, at).result()
        listed = pool.submit(_registers_in, nation, at).result()
    return [
        judged(truth, seed=seed, share=share, proposed=lines, listed=entries, seen=seen)
        for share, (lines, seen), entries in zip(SHARES, proposed, listed, strict=True)
    ]


def _reports_in(nation: Path, at: datetime) -> list[tuple[list[Held], Seen]]:
    """Load the reports, and give after each share what the flow proposed, and where each number was seen."""
    found = []
    with _instance(nation.parent / "a", at):
        from throughline.access.queries import reader_named  # noqa: PLC0415 needs Django
        from throughline.intelligence.loading import load_reports  # noqa: PLC0415
        from throughline.kernel import outbox  # noqa: PLC0415

        before = 0
        for share in SHARES:
            for folder in _bodies(nation):
                rows = list(reports_of(folder, after=before, until=share))
                file = _written(nation.parent / f"{folder.name}.csv", rows)
                if file:
                    load_reports(by=reader_named(f"analyst@{folder.name.lower()}"), path=file)
            outbox.drain()
            before = share
            found.append((held_lines(), seen_numbers()))
    return found


def _registers_in(nation: Path, at: datetime) -> list[list[Held]]:
    """Load what each force would have on a register of its own at each share, and give the lines."""
    found = []
    with _instance(nation.parent / "b", at):
        from throughline.access.queries import reader_named  # noqa: PLC0415 needs Django
        from throughline.loads.loading_lines import load_lines  # noqa: PLC0415

        for share in SHARES:
            for folder in _bodies(nation):
                file = _written(nation.parent / "register.csv", register_rows(folder, until=share))
                if file:
                    load_lines(by=reader_named(f"analyst@{folder.name.lower()}"), path=file)
            found.append(held_lines())
    return found


@contextmanager
def _instance(folder: Path, at: datetime) -> Iterator[None]:
    """An instance of its own, with the bodies and the cast, on the nation's last day."""
    with benched(folder):
        from throughline.access.services import load_cast  # noqa: PLC0415 needs Django
        from throughline.kernel import clock  # noqa: PLC0415
        from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

        with clock.stopped(at):
            load_reference_bodies()
            load_cast()
            yield


def _bodies(nation: Path) -> list[Path]:
    return sorted({path.parent for path in nation.glob("*/reports.*") if path.parent.name != "truth"})


def _written(file: Path, rows: Sequence[dict[str, str]]) -> Path | None:
    if not rows:
        return None
    with file.open("w", encoding="utf-8", newline="") as out:
        columns = dict.fromkeys(name for row in rows for name in row)
        writer = csv.DictWriter(out, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


if __name__ == "__main__":
    raise SystemExit(main())
