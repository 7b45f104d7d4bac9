"""``throughline load events``: planned as by hand, told to neighbours, refused row by row, and never twice."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.clashes.planning import NORWICH, at_noon, plan
from tests.cli.conftest import Command
from tests.intelligence.workbooks import write_workbook
from throughline.access.reader import Reader
from throughline.clashes.queries import event_list
from throughline.clashes.services import move_event
from throughline.kernel import clock, outbox
from throughline.loads.event_rows import EVENT_ROWS
from throughline.notices.queries import notice_list

ANALYST = ("--as", "analyst@norf")


def _row(**said: str) -> dict[str, str]:
    day = f"{at_noon():%Y-%m-%d}"
    return {
        "event": "OP-1", "kind": "Warrant", "what": "A flat above a shop", "postcode": "", "place": NORWICH,
        "starts": f"{day} 12:00", "ends": f"{day} 14:00", "contact": "The duty inspector", "why": "A test",
        "silent": "",
    } | said  # fmt: skip


def _write(folder: Path, *rows: dict[str, str], name: str = "events.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _held(reader: Reader) -> list[str]:
    return sorted(row.what for row in event_list(reader).rows)


def _refused(path: Path) -> list[tuple[str, str]]:
    with path.with_suffix(".errors.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["column"], row["reason"]) for row in csv.DictReader(stream)]


def test_it_plans_each_once_and_tells_neighbours(command: Command, cast: Cast, tmp_path: Path) -> None:
    plan(cast.mia, NORWICH)
    path = _write(tmp_path, _row(), _row(event="OP-2", what="Another", place="TG 33100 08700"))
    said = command("load", "events", path, *ANALYST)
    assert (said.status, said.err) == (0, "")
    assert said.out == "2 read, 2 kept, 0 rejected, 0 unchanged\n"
    assert _held(cast.aisha) == ["A flat above a shop", "Another"]
    assert [row.warned for row in event_list(cast.aisha).rows].count(True) == 1
    assert [card.kind for card in notice_list(cast.mia)[0]] == ["clash"]
    again = json.loads(command("load", "events", path, *ANALYST, "--json").out)
    assert (again["kept"], again["unchanged"], again["error_file"]) == (0, 2, None)
    assert _held(cast.aisha) == ["A flat above a shop", "Another"]


def test_a_dry_run_changes_nothing_and_looks_for_nobody(command: Command, cast: Cast, tmp_path: Path) -> None:
    plan(cast.mia, NORWICH)
    outbox.drain()
    given = json.loads(
        command("load", "events", _write(tmp_path, _row()), *ANALYST, "--dry-run", "--json").out
    )
    assert (given["kept"], given["dry_run"], outbox.waiting()) == (1, True, 0)
    assert _held(cast.aisha) == []
    assert notice_list(cast.mia)[0] == []


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        ({"kind": "party"}, ("kind", "Write the kind as one of: warrant")),
        ({"place": "", "postcode": ""}, ("postcode", "Enter a postcode")),
        ({"place": "nowhere at all"}, ("place", "")),
        ({"starts": "tomorrow"}, ("starts", "Write the day and the time, such as 2027-03-27 14:30.")),
        ({"starts": "2027-02-30 10:00"}, ("starts", "No calendar has this day")),
        ({"ends": "2020-01-01 10:00"}, ("ends", "It must end after it starts.")),
        ({"what": ""}, ("what", "Say in a few words what is planned.")),
        ({"contact": ""}, ("contact", "Say whom")),
        ({"why": ""}, ("why", "Say why")),
        ({"event": ""}, ("event", "Give each event a reference of your own.")),
        ({"silent": "maybe"}, ("silent", "Write yes")),
        ({"silent": "yes"}, ("silent", "Your role does not keep events silent: ask your manager.")),
        ({"what": "x" * 201}, ("what", "This holds more than 200 characters.")),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_planned_is_written_down(
    command: Command, cast: Cast, tmp_path: Path, wrong: dict[str, str], mend: tuple[str, str]
) -> None:
    path = _write(tmp_path, _row(), _row(event="OP-2") | wrong)
    said = command("load", "events", path, *ANALYST)
    assert said.status == 1
    assert said.out == "2 read, 1 kept, 1 rejected, 0 unchanged\n"
    ((where, why),) = _refused(path)
    assert where == mend[0]
    assert why.startswith(mend[1])
    assert why.endswith(".")
    assert _held(cast.aisha) == ["A flat above a shop"]


def test_the_same_reference_with_another_plan_is_refused(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    command("load", "events", _write(tmp_path, _row()), *ANALYST)
    path = _write(tmp_path, _row(what="Somewhere else"))
    assert command("load", "events", path, *ANALYST).status == 1
    ((where, why),) = _refused(path)
    assert where == "event"
    assert why.startswith("OP-1 is planned already, and otherwise: change EV-")
    assert _held(cast.aisha) == ["A flat above a shop"]


def test_the_reference_of_another_body_is_free(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = _write(tmp_path, _row())
    for username in ("analyst@norf", "officer@mps"):
        assert command("load", "events", path, "--as", username).status == 0
    assert _held(cast.aisha) == _held(cast.ben) == ["A flat above a shop"]


def test_what_is_over_stays_as_it_is(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = _write(tmp_path, _row())
    command("load", "events", path, *ANALYST)
    move_event(by=cast.aisha, ref=event_list(cast.aisha).rows[0].ref, verb="cancel", why="Off")
    with clock.stopped(at_noon().replace(year=at_noon().year + 1)):
        assert json.loads(command("load", "events", path, *ANALYST, "--json").out)["unchanged"] == 1


def test_all_or_nothing_plans_nothing_when_one_is_refused(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    path = _write(tmp_path, _row(), _row(event="OP-2", kind="party"))
    said = command("load", "events", path, *ANALYST, "--all-or-nothing")
    assert said.sentence.startswith("Nothing was kept, as you asked: 1 row was refused")
    assert _held(cast.aisha) == []


def test_a_manager_loads_a_silent_one_and_nobody_hears(command: Command, cast: Cast, tmp_path: Path) -> None:
    plan(cast.mia, NORWICH)
    outbox.drain()
    command("load", "events", _write(tmp_path, _row(silent="Yes")), "--as", "manager@norf")
    assert [row.is_silent for row in event_list(cast.aisha).rows] == [True]
    assert notice_list(cast.mia)[0] == []


def test_it_reads_a_workbook_and_json_lines(command: Command, cast: Cast, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Plans of the week"], list(EVENT_ROWS.columns), list(_row().values())]
    with (tmp_path / "events.xlsx").open("wb") as stream:
        write_workbook(stream, ("Cover", [["Notes"]]), ("Plans", rows))  # type: ignore[arg-type]
    given = json.loads(command("load", "events", tmp_path / "events.xlsx", *ANALYST, "--json").out)
    assert given["kept"] == 1
    lines = tmp_path / "events.jsonl"
    lines.write_text(
        json.dumps(_row()) + "\n" + json.dumps(_row(event="OP-2", what="Another")) + "\nnot JSON\n"
    )
    given = json.loads(command("load", "events", lines, *ANALYST, "--json").out)
    assert (given["kept"], given["unchanged"], given["rejected"]) == (1, 1, 1)


def test_columns_of_other_names_are_named(command: Command, cast: Cast, tmp_path: Path) -> None:
    row = _row()
    del row["event"]
    path = _write(tmp_path, {f"Our {column}": value for column, value in row.items()} | {"Notes": "x"})
    named = [word for column in row for word in ("--column", f"Our {column}={column}")]
    for kept in (1, 0):
        said = command("load", "events", path, *ANALYST, "--json", *named)
        assert "'Notes'" in said.err
        assert json.loads(said.out)["kept"] == kept, "a row without a reference has one of its own words"
    assert _held(cast.aisha) == ["A flat above a shop"]


@pytest.mark.parametrize("column", ["Our kind", "=kind", "Our kind=colour"])
def test_it_refuses_a_column_that_means_nothing(command: Command, tmp_path: Path, column: str) -> None:
    said = command("load", "events", _write(tmp_path, _row()), *ANALYST, "--column", column)
    assert (said.status, said.out) == (1, "")
    assert said.sentence.startswith("Say each column once, as HEADING=COLUMN. The columns are: event, kind")


def test_a_file_that_lacks_columns_is_refused_whole(command: Command, cast: Cast, tmp_path: Path) -> None:
    row = _row()
    del row["ends"]
    said = command("load", "events", _write(tmp_path, row), *ANALYST)
    assert said.sentence.startswith("The header lacks ends. The columns are: event, kind, what")
    assert _held(cast.aisha) == []


@pytest.mark.parametrize("username", ["auditor@norf", "admin@norf", "chair@nclcc"])
def test_a_role_that_does_not_plan_is_told_so(command: Command, tmp_path: Path, username: str) -> None:
    said = command("load", "events", _write(tmp_path, _row()), "--as", username)
    assert (said.status, said.out) == (1, "")
    assert said.sentence == "Your role does not let you do this (event:plan). Ask your administrator."
