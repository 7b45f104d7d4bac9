"""The tour fits a terminal, and everything it names is there."""

import csv
import re
import shlex
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.instance import Instance
from throughline.access.queries import reader_named
from throughline.access.services import CAST_PASSWORD
from throughline.demo.nation import Discovery
from throughline.demo.story import DESKS
from throughline.demo.tour import tour
from throughline.simulation.places import towns

LINE = Discovery(
    number="07200 123456", hit="HI-2345-6789", finder="NORF", other="MPS", other_name="Metropolitan Police Service",
    brand="Longest", hub="Welwyn Garden City", town="Bury St Edmunds",
)  # fmt: skip
PAGE = tour("http://127.0.0.1:8000", LINE)
PATHS = sorted(set(re.findall(r"(?<![\w/.])/[a-z-]+|(?<=8000)/sign-in", PAGE)))


def _is_served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def test_it_fits_a_terminal() -> None:
    lines = PAGE.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 110


def test_it_gives_the_address_and_the_password() -> None:
    assert "http://127.0.0.1:8000/sign-in" in PAGE
    assert CAST_PASSWORD in PAGE


@pytest.mark.django_db
def test_everyone_it_names_can_sign_in(cast: object) -> None:
    usernames = set(re.findall(r"[a-z]+@[a-z]+", PAGE))
    assert {username.partition("@")[2] for username in usernames} <= {*DESKS}
    assert all(reader_named(username).roles for username in usernames)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_it_names_is_there(path: str) -> None:
    assert _is_served(path) or _is_served(f"{path}/")  # the second by a redirect


def test_it_tells_of_no_line_where_none_was_discovered() -> None:
    without = tour("http://127.0.0.1:8000", None).splitlines()
    assert next(line for line in PAGE.splitlines() if line not in without).startswith(" 2. A true line")
    assert all(line in PAGE.splitlines() for line in without)


def test_the_demonstration_prints_it_and_what_it_names_is_there(instance: Instance) -> None:
    printed = instance.run("demo", "--no-serve").stdout
    fixed = tour("http://127.0.0.1:8000", None).splitlines()
    assert [line for line in printed.splitlines() if line in fixed] == fixed
    _discovered_by_two(instance, " ".join(printed.split()))
    commands = [shlex.split(line) for line in fixed if line.startswith("  .venv")]
    assert len(commands) == 3
    outputs = [instance.run(*words[1:]).stdout for words in commands]
    assert outputs[0].startswith("EXISTENCE  Merseyside Police")
    assert outputs[1].count("CONTENT") == 3
    assert outputs[2].startswith("The journal holds")


def _discovered_by_two(instance: Instance, printed: str) -> None:
    """The number that the tour names is held by both bodies, and was the number of that line in truth."""
    found = re.search(
        r"analyst@(\w+): (07\d{3} \d{6}), seen here and by (.+?), each on its own.* one line, (.+?), run",
        printed,
    )
    assert found
    finder, number, other, brand = found.groups()
    said = instance.json("check", number, "--as", f"analyst@{finder}", "--why", "named in the tour")
    whole = {holding["body_name"] for holding in said["holdings"] if holding["degree"] == "content"}
    assert other in whole
    assert len(whole) > 1
    truth = Path(instance.env["THROUGHLINE_HOME"]) / "nation" / "truth"
    held = {
        f"0{row['number'][2:6]} {row['number'][6:]}": row["line"] for row in _table(truth / "numbers.csv")
    }
    (line,) = [row for row in _table(truth / "lines.csv") if row["id"] == held[number]]
    assert line["brand"] == brand
    assert towns()[line["hub"]].body != finder.upper()


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
