"""``throughline link``: which records are of one person, and how right that is on labelled data."""

import argparse
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli import link_blind, link_publish
from throughline.cli.words import Refused, give, give_json, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from throughline.matching.linkage.evaluating import Evaluation

FEW = 20
"""Pairs below which nothing is said of what most of them are."""


def add_commands(commands: Any) -> None:
    """Add ``link`` to the parser."""
    parser = commands.add_parser(
        "link", help="which records are of one person",
        epilog="Example: throughline link evaluate --records people.csv --truth truth.csv",
    )  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    run = kinds.add_parser(
        "run", help="weigh everyone whom sightings know, and propose links",
        description="Learn the weights from everyone, without labels, keep them under the next version, and propose "
        "links by them. Nobody is joined: people judge.",
        epilog="Example: throughline link run --json",
    )  # fmt: skip
    run.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    run.add_argument("--json", action="store_true")
    run.set_defaults(run=run_link)
    evaluate = kinds.add_parser(
        "evaluate", help="link labelled records and say how right it is",
        description="Link the records without looking at the truth, then compare. Nothing is kept.",
        epilog="Example: throughline link evaluate --records people.csv --truth truth.csv --columns surname=family",
    )  # fmt: skip
    evaluate.add_argument(
        "--records", type=Path, required=True, metavar="CSV", help="record_id and what is known"
    )
    evaluate.add_argument(
        "--truth", type=Path, required=True, metavar="CSV", help="record_id and one cluster column"
    )
    evaluate.add_argument(
        "--columns",
        default="",
        metavar="MAP",
        help="field=column,... or a JSON file, where columns are called otherwise",
    )
    evaluate.add_argument(
        "--of", choices=("people", "addresses"), default="people", help="what the records are of"
    )
    evaluate.add_argument("--json", action="store_true")
    evaluate.set_defaults(run=run_evaluate, without_database=True)
    link_blind.add_kind(kinds)
    link_publish.add_kind(kinds)


def run_link(chosen: argparse.Namespace) -> int:
    """Link the nation, and say what came of it."""
    from throughline.kernel.spark import NoSpark  # noqa: PLC0415
    from throughline.matching.people.nation import here  # noqa: PLC0415 brings DuckDB
    from throughline.matching.people.running import run_linkage  # noqa: PLC0415
    from throughline.matching.people.sparking import on_spark  # noqa: PLC0415
    from throughline.matching.places.learning import learn_places  # noqa: PLC0415

    try:
        found = run_linkage(on=on_spark if chosen.engine == "spark" else here, progress=_progress())
    except NoSpark as problem:
        raise Refused(f"{problem} Leave --engine out: DuckDB does the same on one machine.") from problem
    places = learn_places()
    if chosen.json:
        give_json(asdict(found) | {"addresses_model": places})
    else:
        give(f"{found.people:,} people, {found.pairs:,} pairs weighed by {found.model}")
        give(f"{found.new:,} new links proposed, {found.gone:,} proposed no more, in {found.seconds} s")
        give(f"Addresses are weighed by {places}")
    return 0


def run_evaluate(chosen: argparse.Namespace) -> int:
    """Link, compare with the truth, and give the figures."""
    from throughline.matching.linkage.evaluating import evaluate  # noqa: PLC0415 brings DuckDB and Splink
    from throughline.matching.linkage.labelled import FileProblem, read_columns, read_records, read_truth  # noqa: PLC0415
    from throughline.matching.linkage.linking import NothingToLinkOn  # noqa: PLC0415

    begun = time.perf_counter()
    try:
        records = read_records(chosen.records, read_columns(chosen.columns))
        truth = read_truth(chosen.truth, records)
        for sentence in _said_of(records.ignored, truth.count(None)):
            say(sentence)
        found = evaluate(records.values, truth, kinds=records.kinds, progress=_progress(), **_of(chosen.of))
    except FileProblem as problem:
        raise Refused(str(problem)) from problem
    except NothingToLinkOn as problem:
        raise Refused(
            f"{chosen.records.name} has nothing to link on: too few of its records say enough to be told apart."
        ) from problem
    for sentence in _doubted(*found.named_apart):
        say(sentence)
    spent = {
        "seconds": round(time.perf_counter() - begun, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    columns = {"columns": records.used, "columns_ignored": list(records.ignored)}
    if chosen.json:
        give_json(_as_object(found) | spent | columns)
    else:
        _give(found, spent)
    return 0


def _of(kind: str) -> dict[str, Any]:
    """The model of what is linked, and how its records are prepared."""
    from throughline.matching.linkage.addressing import prepare_address  # noqa: PLC0415
    from throughline.matching.linkage.model import addresses  # noqa: PLC0415

    return {"model": addresses(), "prepared": prepare_address} if kind == "addresses" else {}


def _said_of(ignored: tuple[str, ...], untold: int) -> list[str]:
    said = [f"Not used: {', '.join(ignored)}."] if ignored else []
    return (
        [*said, f"{untold:,} records have no truth: they are linked, and left out of the figures."]
        if untold
        else said
    )


def _doubted(apart: int, joined: int) -> list[str]:
    """Where most pairs taken for one person have different given names: twins, or a household, and few others."""
    if joined < FEW or apart <= joined / 2:
        return []
    return [
        f"Look before you use this: of {joined:,} pairs taken for one person {apart:,} have different given names. "
        "A file of little but twins or households teaches no difference between them: link it together with others."
    ]


def _progress() -> "Callable[[str], None]":
    return say if sys.stderr.isatty() else lambda _: None


def _as_object(found: "Evaluation") -> dict[str, Any]:
    return {
        "pairs": asdict(found.pairs), "bcubed": asdict(found.bcubed), "threshold": found.threshold,
        "records": found.records, "people": found.people, "people_found": found.people_found,
        "true_pairs": found.true_pairs, "unlabelled": found.unlabelled, "folded": found.folded,
        "blocking": {"pairs": found.compared, "recall": found.blocking_recall,
                     "keys": [asdict(key) for key in found.keys]},
        "curve": [{"threshold": at.threshold} | asdict(at.measure) for at in found.curve],
        "prior": found.prior, "model": found.model,
        "by": {name: {kind: {"records": one.records} | asdict(one.measure) for kind, one in kinds.items()}
               for name, kinds in found.by.items()},
    }  # fmt: skip


def _give(found: "Evaluation", spent: dict[str, Any]) -> None:
    give(f"{found.records:,} records of {found.people:,} people, taken for {found.people_found:,}")
    give("                   precision   recall       F1")
    for name, one in (("pairs", found.pairs), ("B-cubed", found.bcubed)):
        give(f"{name:<18} {_line(one)}")
    reached = f"{found.compared:,} compared, {_share(found.blocking_recall)} of the true"
    give(f"\nPairs one by one, before grouping ({reached})")
    for at in found.curve:
        give(f"probability {at.threshold:<6} {_line(at.measure)}")
    for name, kinds in found.by.items():
        give(f"\nWho bears the errors, by {name.replace('_', ' ')} (B-cubed)")
        for kind, share in kinds.items():
            give(f"{kind[:18]:<18} {_line(share.measure)}  of {share.records:,}")
    crowds = [key for key in found.keys if key.crowds or key.is_left_out]
    for key in crowds:
        why = (
            "left out: too many pairs"
            if key.is_left_out
            else f"{key.crowds:,} crowds of {key.crowded:,} passed over"
        )
        give(f"Key {' and '.join(key.values)}: {why}")
    give(
        f"\n{found.model}, threshold {found.threshold}: {spent['seconds']} s, at most {spent['peak_mb']:,} MB"
    )


def _line(one: Any) -> str:
    return " ".join(f"{_share(value):>9}" for value in (one.precision, one.recall, one.f1))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
