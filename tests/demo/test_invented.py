"""Nobody in the story is real, and no number in it could reach anyone."""

import csv
import re
from collections.abc import Iterator
from datetime import date

import pytest

from throughline.demo.story import FOLDER
from throughline.selectors.found_in_text import found_in_text
from throughline.selectors.registry import Selector, parse, parse_many

FILES = sorted(FOLDER.glob("*.csv"))
INVENTED = {"EXAMPLE", "SPECIMEN", "SAMPLE", "PLACEHOLDER", "FICTION"}
"""Surnames that say of themselves that they are made up."""
NOT_NAMES = {"IMEI", "SIM"}
CANNOT_BE_REAL = {
    "phone": r"\+447700900\d{3}|\+441632960\d{3}",  # kept for drama by Ofcom
    "person": rf"({'|'.join(INVENTED)})\|[A-Z]+\|\d{{4}}-\d\d-\d\d",
    "vehicle": r"[A-Z]{2}00[A-Z]{3}",  # no mark has been issued with 00
    "address": r".+\|[A-Z]{1,2}88 \d[A-Z]{2}",  # no such postcode district
    "imei": r"00\d{13}",  # test equipment
    "account": r"000000/\d{8}",  # no bank has this sort code
    "social": r"[a-z]+/[a-z_]*example[a-z_\d]*",
    "brand": r"SUNNY",
}
LATEST = date(2026, 6, 30)


def _rows() -> Iterator[dict[str, str]]:
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _selectors() -> Iterator[Selector]:
    for row in _rows():
        if "selectors" in row:
            yield from parse_many(row["selectors"])
        else:
            yield parse(row["selector"])


def _words(row: dict[str, str]) -> str:
    return " ".join(row.get(column, "") for column in ("title", "text", "instructions", "why", "note"))


def test_it_reads_every_file() -> None:
    assert len(FILES) == 11
    assert {selector.kind for selector in _selectors()} == CANNOT_BE_REAL.keys()


@pytest.mark.parametrize("selector", sorted(set(_selectors()), key=str), ids=lambda s: s.key)
def test_no_selector_could_be_real(selector: Selector) -> None:
    assert re.fullmatch(CANNOT_BE_REAL[selector.kind], selector.key)


def test_what_stands_in_the_text_could_not_be_real_either() -> None:
    found = [hit.selector for row in _rows() for hit in found_in_text(_words(row))]
    assert found
    wrong = [s for s in found if not re.fullmatch(CANNOT_BE_REAL[s.kind], s.key)]
    assert wrong == []


def test_nobody_else_is_named_in_the_text() -> None:
    surnames = {word for row in _rows() for word in re.findall(r"\b[A-Z]{3,}\b", _words(row))}
    assert surnames - NOT_NAMES <= INVENTED | {"VXD", "TRR"}


def test_no_date_could_be_in_the_future_where_the_demonstration_runs() -> None:
    dates = {row["date_of_intelligence"] for row in _rows() if row.get("date_of_intelligence")}
    years_and_months = {(d[:7] if d[4] == "-" else f"{d[6:]}-{d[3:5]}") for d in dates}
    assert max(years_and_months) <= LATEST.isoformat()[:7]
