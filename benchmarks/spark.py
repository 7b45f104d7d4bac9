"""The same linkage on this machine and on Spark in local mode: whether both find the same, and how long each takes."""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from benchmarks.figures import Figure
from benchmarks.linkage_people import simulated
from benchmarks.living import selectors_of
from throughline.matching.people.model import Learnt
from throughline.matching.people.nation import Nation, here
from throughline.matching.people.records import Told

Found = dict[tuple[int, int], float]


def spark_figures(*, records: int) -> Iterator[Figure]:
    """Both ways over so many records; nothing where Spark is not installed, which is said."""
    if importlib.util.find_spec("pyspark") is None:
        sys.stderr.write("spark: not measured, since the extra 'spark' is not installed\n")
        return
    from throughline.matching.people.sparking import on_spark  # noqa: PLC0415 needs Spark

    told = _told(records)
    learnt, one, ours = _linked(here, told, None)
    _, other, theirs = _linked(on_spark, told, learnt)
    apart = len(one.keys() ^ other.keys())
    most = max((abs(one[pair] - other[pair]) for pair in one.keys() & other.keys()), default=0.0)
    note = f"{records:,} records, {len(one):,} pairs worth proposing; learning, on this machine in both, is left out"
    yield Figure("linked on this machine and on Spark", "s", ours, theirs, "Spark in local mode", note=note)
    yield Figure("links that one of both finds alone", "", apart, judged=apart, most=0, note=note)
    yield Figure("bits that a link differs by at most", "bits", most, judged=most, most=1e-9, note=note)


def _told(records: int) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for place, one in enumerate(simulated(2 * records, seed=3), 1):
        if said := selectors_of(one.values):
            travels = {selector.kind: [selector.key] for selector in said[1:]}
            found.setdefault(said[0].key, []).append(Told(said[0].key, place, travels))
            records -= 1
            if not records:
                break
    return found


def _linked(
    on: Callable[[], AbstractContextManager[Nation]], told: dict[str, list[Told]], learnt: Learnt | None
) -> tuple[Learnt, Found, float]:
    with on() as nation:
        nation.read(iter(sorted(told.items())))
        learnt = learnt or nation.learnt()
        begun = time.perf_counter()
        nation.pair()
        found: Found = {}
        for part in nation.weighed(learnt):
            pairs = zip(part.pairs.left.tolist(), part.pairs.right.tolist(), strict=True)
            found |= {
                (min(pair), max(pair)): bits for pair, bits in zip(pairs, part.bits.tolist(), strict=True)
            }
        return learnt, found, time.perf_counter() - begun
