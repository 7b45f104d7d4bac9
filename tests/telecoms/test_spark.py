"""The steps over all calls on Spark in local mode: the same answers as here, from the same statements."""

from dataclasses import astuple
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from tests.telecoms.calling import acquaintances, renamed
from tests.telecoms.test_succession import CUT, engine_of
from throughline.telecoms.candidates import Traits, traits_of
from throughline.telecoms.features import FEATURES
from throughline.telecoms.queries import KINDS, Files, here
from throughline.telecoms.shapes import EDGES_OF, NUMBERS_OF
from throughline.telecoms.sparking import on_spark

pytestmark = [
    pytest.mark.timeout(900),  # Spark takes its time on a busy machine
    pytest.mark.skipif(find_spec("pyspark") is None, reason="the extra 'spark' is not installed"),
    # The sockets of Spark's own gateway are closed when Python ends.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
STEPS = {"features": FEATURES, "pairs": EDGES_OF, "numbers": NUMBERS_OF}


def overlapping(folder: Path) -> Files:
    """The files of two loads that have half of their calls in common."""
    calls = [call[:3] for call in renamed(acquaintances(8, a_day=300), {"p2", "p15"}, CUT)]
    # Numbers with contacts enough to be ranked.
    calls += [[float(3600 * n + 60 * m), f"line{n % 3}", f"p{m}"] for n in range(120) for m in range(n % 40)]
    third = len(calls) // 3
    files: Files = {name: [] for name in KINDS}
    for part, some in enumerate((calls[: 2 * third], calls[third:])):
        engine = engine_of(some)
        for name in KINDS:
            files[name].append(str(folder / f"{part}-{name}"))
            engine.execute(
                f"copy (from {name.removesuffix('.parquet')}) to '{files[name][-1]}' (format parquet)"
            )
    return files


def test_every_step_answers_as_it_does_here(tmp_path: Path) -> None:
    files, answers, traits = overlapping(tmp_path), list[dict[str, object]](), list[list[Traits]]()
    for on in (here, on_spark):
        engine = duckdb.connect()
        engine.execute("set timezone = 'UTC'")
        with on(engine, files) as answering:
            answers.append({name: sorted(answering.execute(step).fetchall()) for name, step in STEPS.items()})
            traits.append(sorted(traits_of(answering), key=lambda one: one.number))
    assert answers[1] == answers[0]
    assert len(traits[0]) >= 3
    for ours, theirs in zip(*traits, strict=True):
        assert theirs.number == ours.number
        assert astuple(theirs)[1:] == pytest.approx(astuple(ours)[1:])
