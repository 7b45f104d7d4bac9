"""Who is whom among a million records of the synthetic nation, ours beside plain Splink; the truth is seen at the end.

Each engine runs in a process of its own, from a file to groups, for its time and its largest memory. Splink gets the
very comparisons of the model over the very prepared values, trained and clustered as its guide does it (with the
threshold of the guide), on blocking rules in the manner of its examples; preparing is timed with both.
"""

import argparse
import csv
import json
import logging
import resource
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.linkage_people import simulated
from throughline.matching.linkage.measuring import by_pairs, by_records, by_records_of, true_pairs
from throughline.matching.linkage.model import Comparison, persons
from throughline.matching.linkage.preparing import FIELDS

TENFOLD = 12
RULES = (
    ("phone",), ("street", "surname"), ("street", "given"), ("postcode", "surname"), ("postcode", "given"),
    ("surname", "born"), ("given", "born"), ("born", "place"), ("given", "surname", "place"),
)  # fmt: skip
GUIDE = 0.95
SURER = (2, 4, 6)
"""Bits asked for in place of 0: odds of 4, 16 and 64 to one."""
SEVERAL, NONE = "several errors", "no error"


def scale_figures(*, records: int) -> Iterator[Figure]:
    """Both engines on so many records, and ours on a tenth of them."""
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth = Path(folder) / "records.csv", Path(folder) / "tenth.csv"
        write(whole, tenth, records=records)
        small, ours, theirs = (
            _apart("throughline", tenth),
            _apart("throughline", whole),
            _apart("splink", whole),
        )
    said = f"{records:,} simulated records; Splink's threshold is its guide's, {GUIDE}"
    for name, unit in (("seconds", "s"), ("peak_mb", "MB")):
        yield Figure(
            f"people linked, {name.replace('_mb', ' memory')}", unit, ours[name], theirs[name], "plain Splink",
            judged=ours[name] / theirs[name], most=1, note=said,
        )  # fmt: skip
    times = ours["seconds"] / small["seconds"]
    yield Figure("people linked, ten times the records", "times the time", times, judged=times, most=TENFOLD)
    for name in ("precision", "recall", "f1", "bcubed", "false_per_million"):
        yield Figure(f"people linked, {name.replace('_', ' ')}", "", ours[name], theirs[name], "plain Splink")
    for bits, (f1, false) in ours["surer"].items():
        note = f"{false:,.0f} false links for each million records"
        yield Figure(
            f"people linked, F1 where {bits} bits are asked for",
            "",
            f1,
            theirs["f1"],
            "plain Splink",
            note=note,
        )
    for at, found in (("1x", small), ("10x", ours)):
        yield Figure(f"people linked, blocking recall at {at}", "", found["blocking_recall"], note=said)
    for kind, (many, precision, recall) in ours["by"].items():
        peer = theirs["by"][kind][2]
        note = f"precision {precision:.4f} of {many:,}"
        yield Figure(f"B-cubed recall, {kind}", "", recall, peer, "plain Splink", note=note)


def hard_figures(*, records: int) -> Iterator[Figure]:
    """What must not hurt: so many twins in one hostel, and ten times as many records of one name; nobody is anybody."""
    home = {"address": "1 Hostel Road", "postcode": "NR1 1AA", "place": "Norwich"}
    twins = (
        {"given_name": ("Adam", "Bernard")[n % 2], "surname": _word(n // 2), "date_of_birth": _day(n // 2)}
        | home
        for n in range(records)
    )
    alike = ({"full_name": "Sam Example"} for _ in range(10 * records))
    for name, rows in (
        (f"{records:,} twins in a hostel", twins),
        (f"{10 * records:,} records of one name", alike),
    ):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "hard.csv"
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, [*FIELDS, "person", "errors"], restval="")
                writer.writeheader()
                writer.writerows(row | {"person": str(n)} for n, row in enumerate(rows))
            found = _apart("throughline", file)
        note = f"{found['false_per_million']:,.0f} false links for each million records"
        yield Figure(name, "s", found["seconds"], note=note)
        yield Figure(f"{name}, memory", "MB", found["peak_mb"], note=note)


def _word(n: int) -> str:
    return "".join(string.ascii_lowercase[n // 26**place % 26] for place in range(4)).title() + "er"


def _day(n: int) -> str:
    return f"{1960 + n % 45}-{1 + n // 45 % 12:02}-{1 + n // 540 % 28:02}"


def write(whole: Path, tenth: Path, *, records: int, seed: int = 3) -> None:
    """The records and who they are; ``tenth`` holds the first tenth."""
    heading = [*FIELDS, "person", "errors"]
    with (
        whole.open("w", encoding="utf-8", newline="") as one,
        tenth.open("w", encoding="utf-8", newline="") as ten,
    ):
        writers = [csv.DictWriter(stream, heading, restval="") for stream in (one, ten)]
        for writer in writers:
            writer.writeheader()
        for place, known in enumerate(simulated(records, seed=seed)):
            row = known.values | {"person": str(known.person), "errors": ";".join(known.errors)}
            for writer in writers[: 2 if place < records // 10 else 1]:
                writer.writerow(row)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _apart(engine: str, file: Path) -> dict[str, Any]:
    """One engine in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.linkage_scale", engine, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own program
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measured(engine: str, file: Path) -> dict[str, Any]:
    """Link, then measure beside the truth."""
    begun = time.perf_counter()
    groups, more = {"throughline": _ours, "splink": _splink}[engine](file)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    truth = [row["person"] for row in _rows(file)]
    kinds = [_kind(row["errors"]) for row in _rows(file)]
    pairs, by = by_pairs(groups, truth), by_records_of(groups, truth, kinds)
    found = _within(groups)
    true_found = round((pairs.recall or 0) * true_pairs(truth))
    if "pairs" in more:
        left, right = more.pop("pairs")
        numbers = _numbered(truth)
        more["surer"] = {bits: _surer(more["found"], bits, truth) for bits in SURER}
        del more["found"]
        more["blocking_recall"] = float((numbers[left] == numbers[right]).sum()) / max(true_pairs(truth), 1)
    return more | {
        "seconds": round(seconds, 1), "peak_mb": round(peak), "precision": pairs.precision, "recall": pairs.recall,
        "f1": pairs.f1, "bcubed": by_records(groups, truth).f1,
        "false_per_million": (found - true_found) / len(truth) * 1e6,
        "by": {kind: (one.records, one.measure.precision, one.measure.recall) for kind, one in by.items()},
    }  # fmt: skip


def _surer(found: Any, bits: int, truth: Sequence[str]) -> tuple[float, float]:
    """Pairs F1 and false links for each million records, were so many bits asked for before two groups join."""
    from throughline.matching.linkage.linking import grouped  # noqa: PLC0415 in its own process

    groups = grouped(found.compared, found.bits - bits, len(truth)).tolist()
    pairs = by_pairs(groups, truth)
    return pairs.f1, _within(groups) * (1 - (pairs.precision or 0)) / len(truth) * 1e6


def _within(groups: Sequence[int]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def _kind(errors: str) -> str:
    return SEVERAL if ";" in errors else errors or NONE


def _numbered(truth: Sequence[str]) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.array(truth, dtype=np.int64)


def _ours(file: Path) -> tuple[Sequence[int], dict[str, Any]]:
    from throughline.matching.linkage.linking import link  # noqa: PLC0415 in its own process

    marks = [time.perf_counter()]
    stages: list[str] = []

    def progress(stage: str) -> None:
        marks.append(time.perf_counter())
        stages.append(stage)

    found = link(_rows(file), progress=progress)
    marks.append(time.perf_counter())
    spent = {stage: round(marks[n + 2] - marks[n + 1], 1) for n, stage in enumerate(stages)}
    left_out = [" ".join(key.values) for key in found.keys if key.is_left_out]
    return found.group_of, {
        "found": found, "pairs": (found.compared.left, found.compared.right), "compared": len(found.compared.left),
        "stages": spent, "left_out": left_out, "keys": {" ".join(key.values): key.pairs for key in found.keys},
    }  # fmt: skip


def _splink(file: Path) -> tuple[Sequence[int], dict[str, Any]]:
    import duckdb  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    from throughline.matching.linkage.preparing import prepare  # noqa: PLC0415
    from throughline.matching.linkage.tables import fill  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    engine = duckdb.connect()
    many = fill(engine, map(prepare, _rows(file)), into="people")
    prepared = time.perf_counter()
    said = [
        one for one in persons().comparisons
        if engine.execute(f"select count({one.reads[0]}) from people").fetchall()[0][0] > 1  # noqa: S608
    ]  # fmt: skip
    api = DuckDBAPI(connection=engine)
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="n", comparisons=[_comparison(one) for one in said],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
    )  # fmt: skip
    linker = Linker(api.register("people"), settings, log_level=None)
    sure = [block_on("given", "surname", "born"), block_on("phone", "surname")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for session in (block_on("given", "surname"), block_on("born"), block_on("phone")):
        linker.training.estimate_parameters_using_expectation_maximisation(session)
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=GUIDE
    )
    rows = engine.execute(f"select n, cluster_id from {clustered.physical_name}").fetchnumpy()  # noqa: S608
    groups = [0] * many
    for n, group in zip(rows["n"].tolist(), rows["cluster_id"].tolist(), strict=True):
        groups[n] = group
    return groups, {"after_preparing": round(time.perf_counter() - prepared, 1)}


def _comparison(one: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": one.nothing_said, "label_for_charts": "nothing said", "is_null_level": True}
    ]
    for level in one.levels:
        said: dict[str, Any] = {"sql_condition": level.when, "label_for_charts": level.words}
        if level.frequency_of:
            said["tf_adjustment_column"] = level.frequency_of
        levels.append(said)
    return {"output_column_name": one.name, "comparison_levels": levels}


def main() -> int:
    """One engine on one file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage_scale", description=__doc__)
    parser.add_argument("engine", choices=("throughline", "splink"))
    parser.add_argument("file", type=Path)
    chosen = parser.parse_args()
    sys.stdout.write(json.dumps(measured(chosen.engine, chosen.file)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
