"""The peers, set up as their own documentation does it: each gives groups of row numbers for several thresholds.

Splink: the examples ``deduplicate_50k_synthetic``, ``febrl3``, ``febrl4`` (detailed model) and
``accuracy_analysis_from_labels_column`` of its documentation, version 5. FEBRL 1 and 2 have no example: they take that
of 3.
recordlinkage: its guide's comparisons and its unsupervised classifier (ECM), on the blocks that Splink's examples use.
"""

import json
import logging
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.linkage_sets import LabelledSet

Groups = dict[str, list[int]]
"""For each threshold, by name, the group of each row."""
NOMENKLATURA = "THROUGHLINE_BENCH_NOMENKLATURA"
"""Names the Python of an environment that holds nomenklatura, which needs another DuckDB than ours."""
THRESHOLDS = (0.01, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


def splink(data: LabelledSet) -> Groups:
    """Splink 5 on DuckDB."""
    import pyarrow as pa  # noqa: PLC0415 peers are imported in their own process
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    if data.name == "names":
        raise ValueError("its guide has no model for a name alone, which cannot be trained without labels")
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = [
        {"row": number} | {name: value or None for name, value in row.items()}
        for number, row in enumerate(data.rows)
    ]
    api = DuckDBAPI()
    if data.name == "historical people":
        for row in table:
            both = row["first_name"], row["surname"]
            row["first_name_surname_concat"] = " ".join(map(str, both)) if all(both) else None
    if data.name == "FEBRL 4":
        half = len(table) // 2
        tables = [api.register(pa.Table.from_pylist(part)) for part in (table[:half], table[half:])]
    else:
        tables = [api.register(pa.Table.from_pylist(table))]
    made = {"historical people": _historical, "fake 1000": _fake1000}.get(data.name, _febrl)
    settings, rules, recall, most, sessions = made(is_link=len(tables) > 1)
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=most, seed=2)
    for session in sessions:
        linker.training.estimate_parameters_using_expectation_maximisation(
            session, estimate_without_term_frequencies=made is not _febrl or len(tables) > 1
        )
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    found = {}
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        )
        group_of = {row["row"]: row["cluster_id"] for row in clusters.as_record_list()}
        numbers: dict[Any, int] = {}
        found[str(threshold)] = [numbers.setdefault(group_of[n], len(numbers)) for n in range(len(table))]
    return found


def _historical(*, is_link: bool) -> tuple[Any, ...]:
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    settings = SettingsCreator(
        unique_id_column_name="row", link_type="link_only" if is_link else "dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"), block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"), block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"), block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
    )  # fmt: skip
    rules = [
        block_on("first_name", "surname", "dob"),
        block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
        block_on("dob", "postcode_fake"),
    ]
    return settings, rules, 0.6, 1e7, [block_on("first_name", "surname"), block_on("dob")]


def _fake1000(*, is_link: bool) -> tuple[Any, ...]:
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    settings = SettingsCreator(
        unique_id_column_name="row", link_type="link_only" if is_link else "dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
    )  # fmt: skip
    rules = [
        "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
        "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
        "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
        "l.email = r.email",
    ]
    return settings, rules, 0.7, 1e6, [block_on("dob"), block_on("email"), block_on("first_name", "surname")]


def _febrl(*, is_link: bool) -> tuple[Any, ...]:
    import splink.comparison_library as cl  # noqa: PLC0415
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    born = cl.DateOfBirthComparison(
        "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=is_link
    )
    number = cl.ExactMatch("street_number").configure(term_frequency_adjustments=True)
    rules: list[Any] = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    swapped = "l.given_name = r.surname and l.surname = r.given_name"
    if is_link:
        blocks = [
            block_on("given_name", "surname"), swapped, block_on("date_of_birth"), block_on("soc_sec_id"),
            block_on("state", "address_1"), block_on("street_number", "address_1"), block_on("postcode"),
        ]  # fmt: skip
        comparisons = [
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            born, cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), number,
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ]  # fmt: skip
    else:
        blocks = [
            block_on(name) for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ]
        comparisons = [
            cl.NameComparison("given_name"), cl.NameComparison("surname"), born,
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), number,
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ]  # fmt: skip
        rules.append(f"{swapped} and l.date_of_birth = r.date_of_birth")
    settings = SettingsCreator(
        unique_id_column_name="row", link_type="link_only" if is_link else "dedupe_only",
        blocking_rules_to_generate_predictions=blocks, comparisons=comparisons,
    )  # fmt: skip
    return settings, rules, 0.8 if is_link else 0.9, 1e6, [block_on("date_of_birth"), block_on("postcode")]


def recordlinkage(data: LabelledSet) -> Groups:
    """recordlinkage: blocks, its string comparisons at 0.85, and expectation-conditional maximisation."""
    import pandas as pd  # noqa: PLC0415
    import recordlinkage as rl  # noqa: PLC0415

    frame = pd.DataFrame(data.rows).replace("", None)
    if data.name == "names":
        return _names_alone(frame)
    index = rl.Index()
    blocks, exact, alike = _recordlinkage_of(data.name)
    for block in blocks:
        index.block(block)
    if data.name == "FEBRL 4":
        half = len(frame) // 2
        pairs = index.index(frame[:half], frame[half:])
    else:
        pairs = index.index(frame)
    compare = rl.Compare()
    for column in exact:
        compare.exact(column, column, label=column)
    for column in alike:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    half = len(frame) // 2
    features = (
        compare.compute(pairs, frame[:half], frame[half:])
        if data.name == "FEBRL 4"
        else compare.compute(pairs, frame)
    )
    classifier = rl.ECMClassifier(binarize=0.5)
    classifier.fit(features)
    likely = classifier.prob(features)
    return {
        str(threshold): components(len(frame), likely[likely >= threshold].index) for threshold in THRESHOLDS
    }


def nomenklatura(data: LabelledSet) -> Groups:
    """nomenklatura's own index and both its trained models, in the environment that holds it: see its module."""
    if not (python := os.environ.get(NOMENKLATURA)):
        raise ValueError(f"{NOMENKLATURA} does not name the Python of an environment that holds it")
    script = Path(__file__).with_name("linkage_nomenklatura.py")
    done = subprocess.run(  # noqa: S603 our own program
        [python, "-W", "ignore", str(script)],
        input=json.dumps(data.records()), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name: components(len(data.rows), links) for name, links in json.loads(done.stdout).items()}


def _names_alone(frame: Any) -> Groups:
    """Every pair by the Jaro-Winkler similarity of the names, which its guide joins from 0.85."""
    import recordlinkage as rl  # noqa: PLC0415

    index = rl.Index()
    index.full()
    compare = rl.Compare()
    compare.string("full_name", "full_name", method="jarowinkler", label="name")
    alike = compare.compute(index.index(frame), frame)["name"]
    thresholds = {"0.5": 0.85} | {
        f"likeness {each}": each for each in (0.8, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98)
    }
    return {name: components(len(frame), alike[alike >= each].index) for name, each in thresholds.items()}


def _recordlinkage_of(name: str) -> tuple[list[list[str]], list[str], list[str]]:
    if name == "historical people":
        return (
            [["surname", "dob"], ["first_name", "dob"], ["postcode_fake", "first_name"], ["postcode_fake", "surname"],
             ["dob", "birth_place"], ["first_name", "surname"]],
            ["dob", "gender", "occupation"], ["first_name", "surname", "postcode_fake", "birth_place"],
        )  # fmt: skip
    if name == "fake 1000":
        return (
            [["first_name"], ["surname"], ["dob"], ["email"]],
            ["dob", "city"],
            ["first_name", "surname", "email"],
        )
    return (
        [["soc_sec_id"], ["given_name", "surname"], ["date_of_birth"], ["postcode"], ["street_number", "address_1"]],
        ["date_of_birth", "soc_sec_id", "postcode", "state"], ["given_name", "surname", "address_1", "suburb"],
    )  # fmt: skip


def components(rows: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Connected components, which is how the guides turn links into people."""
    above = list(range(rows))

    def top(row: int) -> int:
        while above[row] != row:
            above[row] = row = above[above[row]]
        return row

    for one, other in links:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    return [top(row) for row in range(rows)]
