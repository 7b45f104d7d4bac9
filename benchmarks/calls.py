"""The figures of call data at volume, each beside a bare scan or group-by of the same raw rows in the same run."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.call_scale import BLOCKED, measured
from benchmarks.figures import Figure

_PEERS: Final = ("pandas", "polars")
PEERS_AT_MOST: Final = 10_000_000
"""Above so many rows they do not fit beside each other in memory."""
_BARE_NOTE: Final = (
    "the group-by reads the raw Parquet, both ways round, with count(distinct); ours reads the kept pairs"
)


def call_figures(*, rows: int) -> Iterator[Figure]:
    """Simulate, keep, ask; at a tenth of the rows as well, to see how the cost grows."""
    small, large = _taken(rows // 10), _taken(rows)
    yield Figure(f"calls: keeping {rows:,} rows as a load does", "s", large["keep"]["seconds"])
    bare, features = large["bare"]["seconds"], large["features"]["seconds"]
    yield Figure(
        "calls: features of every number", "s", features, bare, "bare group-by", features / bare, most=0.5,
        note=_BARE_NOTE,
    )  # fmt: skip
    yield Figure("calls: one number's profile", "s", large["profile"]["seconds"], judged=large["profile"]["seconds"],
                 most=0.1, note="opening the files included, PostgreSQL not")  # fmt: skip
    scan, many = large["scan"]["seconds"], large["successors"]["seconds"]
    yield Figure(f"calls: successors of {BLOCKED} numbers", "s", many, scan, "one scan of the raw rows", many / scan,
                 most=5)  # fmt: skip
    peak = max(one["peak_gb"] for name, one in large.items() if name not in (*_PEERS, "simulate"))
    yield Figure("calls: most memory of any of these", "GB", peak, judged=peak, most=6)
    for work in ("keep", "features", "successors"):
        times = large[work]["seconds"] / small[work]["seconds"]
        yield Figure(f"calls: {work}, growth from a tenth of the rows", "times", times, judged=times, most=12)
    for peer in _PEERS:
        if peer in small:
            yield Figure(f"calls: features at {rows // 10:,} rows beside {peer}", "s", small["features"]["seconds"],
                         small[peer]["seconds"], peer)  # fmt: skip


def _taken(rows: int) -> dict[str, dict[str, Any]]:
    """Each piece of work with what it took; a peer that is not installed is left out."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-calls-"))
    (folder / "home").mkdir()
    works = ["simulate", "keep", "scan", "bare", "features", "profile", "successors"]
    works += _PEERS if rows <= PEERS_AT_MOST else ()
    try:
        found = {work: measured(work, folder, rows) for work in works}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    faults = {work: one["fault"] for work, one in found.items() if "fault" in one and work not in _PEERS}
    if faults:
        raise RuntimeError(str(faults))
    return {work: one for work, one in found.items() if "fault" not in one}
