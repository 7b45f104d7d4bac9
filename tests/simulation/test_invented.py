"""No name, number or address in the files is that of a real person: every value lies where nobody's can."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
from phonenumbers import carrier

from throughline.selectors.found_in_text import found_in_text
from throughline.selectors.registry import NotASelector, Selector, parse_many
from throughline.simulation import numbers

CANNOT_BE_REAL = {
    "phone": r"\+4472\d{8}",  # no part of 072 is allocated to any network
    "vehicle": r"(JA|JB|JC|JD|JE|TA|TB|TC|TD|UA|UB|XA)\d\d[A-Z]{3}",  # the letters of no office
    "address": r".+\|[A-Z]{1,2}8[69] \d[A-Z]{2}",  # districts 86 and 89 of no area
    "imei": r"00\d{13}",  # the type codes of test equipment
}


def report_rows(nation: Path) -> Iterator[dict[str, str]]:
    """The rows of every file of reports, as texts."""
    for path in sorted(nation.glob("*/reports.*")):
        if path.parent.name == "truth":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)


def _selectors(nation: Path) -> Iterator[Selector]:
    for row in report_rows(nation):
        try:
            yield from parse_many(row.get("selectors", ""))
        except NotASelector:
            assert "E+11" in row["selectors"]  # meant to be refused


def test_no_selector_could_be_anyones(nation: Path) -> None:
    found = set(_selectors(nation))
    assert {"phone", "vehicle", "address", "imei", "person", "brand"} <= {one.kind for one in found}
    wrong = [s for s in found if s.kind in CANNOT_BE_REAL and not re.fullmatch(CANNOT_BE_REAL[s.kind], s.key)]
    assert wrong == []


def test_what_stands_in_the_text_could_not_be_anyones_either(nation: Path) -> None:
    found = {hit.selector for row in report_rows(nation) for hit in found_in_text(row["text"])}
    assert len(found) > 50
    checked = [s for s in found if s.kind in CANNOT_BE_REAL]
    assert [s for s in checked if not re.fullmatch(CANNOT_BE_REAL[s.kind], s.key)] == []


def test_every_number_in_the_notices_and_in_the_truth_is_unallocated(nation: Path) -> None:
    seen = set()
    for path in [*nation.glob("*/*.csv"), *nation.glob("truth/*.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                seen |= {int(row[name].lstrip("+")) for name in ("old", "new") if row.get(name)}
    assert seen
    assert all(numbers.FIRST <= number <= numbers.LAST for number in seen)
    networks = {carrier.name_for_number(phonenumbers.parse(f"+{number}"), "en") for number in seen}
    assert networks == {""}


def test_every_postcode_is_of_no_district(nation: Path) -> None:
    codes = set()
    for path in [
        *nation.glob("*/custody.csv"),
        nation / "truth" / "people.csv",
        nation / "truth" / "records.csv",
    ]:
        with path.open(encoding="utf-8", newline="") as file:
            codes |= {row["postcode"] for row in csv.DictReader(file)} - {""}
    assert len(codes) > 100
    assert all(re.fullmatch(r"[A-Z]{1,2}8[69] \d[A-Z]{2}", code) for code in codes)
