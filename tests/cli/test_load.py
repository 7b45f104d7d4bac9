"""``throughline load reports``: what it gives, what it changes, and what it says when it will not."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.cli.conftest import Command
from tests.cli.files import held_by, sightings_of, write_csv
from tests.intelligence.workbooks import everything_wrong, write_workbook
from throughline.intelligence.report_layout import Layout
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow, StepRow
from throughline.loads.services import keep_upload, lay_out_load

ANALYST = ("--as", "analyst@norf")
BAD = {"report": "N2", "source": "9", "text": "Of no known source."}


def counts(out: str) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(out)
    assert given["read"] == given["kept"] + given["rejected"] + given["unchanged"]
    return given


def test_it_gives_its_counts_in_a_line_and_as_json(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = write_csv(tmp_path, {}, {"report": "N2"})
    said = command("load", "reports", path, *ANALYST)
    assert (said.status, said.err) == (0, "")
    assert said.out == "2 read, 2 kept, 0 rejected, 0 unchanged, 0 hits raised\n"
    again = counts(command("load", "reports", path, *ANALYST, "--json").out)
    assert (again["kept"], again["unchanged"], again["reports"]) == (0, 2, 0)
    assert list(held_by(cast.aisha)) == ["N1", "N2"]


def test_a_refused_row_is_written_down_and_the_rest_is_kept(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    path = write_csv(tmp_path, {}, BAD)
    said = command("load", "reports", path, *ANALYST, "--json")
    given = counts(said.out)
    assert said.status == 1
    assert (given["kept"], given["rejected"]) == (1, 1)
    assert said.sentence == (
        f"1 row was refused, and {tmp_path / 'reports.errors.csv'} says why. "
        "Mend the file and load it again: what is held already stays as it is."
    )
    with Path(given["error_file"]).open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["line"], row["column"]) == ("3", "source")
    assert "N2" in row["row"]
    assert row["reason"].endswith(".")
    assert list(held_by(cast.aisha)) == ["N1"]


def test_a_mended_file_loads_what_was_refused(command: Command, cast: Cast, tmp_path: Path) -> None:
    command("load", "reports", write_csv(tmp_path, {}, BAD), *ANALYST)
    said = command("load", "reports", write_csv(tmp_path, {}, BAD | {"source": "1"}), *ANALYST, "--json")
    given = counts(said.out)
    assert (said.status, given["kept"], given["unchanged"]) == (0, 1, 1)
    assert list(held_by(cast.aisha)) == ["N1", "N2"]


@pytest.mark.parametrize("flags", [(), ("--all-or-nothing",)])
def test_a_dry_run_gives_the_same_counts_and_changes_nothing(
    command: Command, cast: Cast, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    path = write_csv(tmp_path, {}, BAD, {"report": "N3"})
    dry = counts(command("load", "reports", path, *ANALYST, *flags, "--dry-run", "--json").out)
    assert held_by(cast.aisha) == {}
    assert outbox.waiting() == 0
    real = counts(command("load", "reports", path, *ANALYST, *flags, "--json").out)
    assert dry.pop("dry_run") is True
    assert real.pop("dry_run") is False
    assert dry == real


def test_it_says_what_the_minimum_standard_would_ask_for_and_refuses_nothing(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    rows = [
        {"report": f"P{n}", "text": "Seen.", "selectors": "person:Jo Bloggs 1990-01-02"} for n in range(7)
    ]
    path = write_csv(tmp_path, {}, *rows)
    for flags in ((), ("--dry-run",), ()):
        said = command("load", "reports", path, *ANALYST, *flags)
        assert said.status == 0, path.with_suffix(".errors.csv").read_text()
        assert (
            "POLE minimum standard, advice alone: A person stands without an address, a telephone number or an "
            "e-mail address (4+1). Add one where it is known, and leave it out where it is not. 7 rows: 3, 4, 5, 6, "
            "7 and more." in said.err
        )
    given = counts(command("load", "reports", path, *ANALYST, "--json").out)
    assert given["pole_advice"][0]["rows"] == 7
    assert [sorted(one) for one in given["pole_advice"]] == [["advice", "lines", "rows"]] * 3
    assert not path.with_suffix(".errors.csv").exists()


def test_it_advises_on_no_row_that_it_refuses(command: Command, cast: Cast, tmp_path: Path) -> None:
    said = command("load", "reports", write_csv(tmp_path, BAD | {"text": "Seen."}), *ANALYST, "--json")
    assert counts(said.out)["pole_advice"] == []


def test_all_or_nothing_keeps_nothing_when_one_row_is_refused(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    path = write_csv(tmp_path, {}, BAD, {"report": "N3"})
    said = command("load", "reports", path, *ANALYST, "--all-or-nothing", "--json")
    given = counts(said.out)
    assert (said.status, given["kept"], given["rejected"], given["reports"]) == (1, 0, 3, 0)
    assert said.sentence.startswith("Nothing was kept, as you asked: 1 row was refused, and ")
    assert held_by(cast.aisha) == {}
    assert sightings_of(cast.aisha) == 0


def test_all_or_nothing_keeps_all_when_none_is_refused(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = write_csv(tmp_path, {}, {"report": "N3"})
    said = command("load", "reports", path, *ANALYST, "--all-or-nothing")
    assert (said.status, said.err) == (0, "")
    assert list(held_by(cast.aisha)) == ["N1", "N3"]
    assert sightings_of(cast.aisha) == 2


def test_the_same_reference_with_other_words_is_refused_and_changes_nothing(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    command("load", "reports", write_csv(tmp_path, {}), *ANALYST)
    said = command("load", "reports", write_csv(tmp_path, {"text": "Other words."}), *ANALYST, "--json")
    assert (said.status, counts(said.out)["rejected"]) == (1, 1)
    assert held_by(cast.aisha) == {"N1": ["Calls are arranged there."]}


def test_nobody_loads_as_someone_unknown(command: Command, tmp_path: Path) -> None:
    said = command("load", "reports", write_csv(tmp_path, {}), "--as", "nobody@norf")
    assert said.status == 1
    assert said.sentence == "Nobody can sign in as 'nobody@norf'. Usernames look like analyst@norf."


@pytest.mark.parametrize("username", ["officer@mps", "auditor@norf", "admin@norf", "chair@nclcc"])
def test_a_role_that_does_not_load_is_told_so(command: Command, tmp_path: Path, username: str) -> None:
    said = command("load", "reports", write_csv(tmp_path, {}), "--as", username)
    assert (said.status, said.out) == (1, "")
    assert said.sentence == "Your role does not let you do this (report:load). Ask your administrator."


def test_a_file_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    said = command("load", "reports", tmp_path / "gone.csv", *ANALYST)
    assert said.status == 1
    assert said.sentence == "gone.csv is not a file that can be found: check the name and the folder."


def test_a_folder_is_not_a_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert command("load", "reports", tmp_path / "folder.csv", *ANALYST).status == 1
    said = command("load", "reports", tmp_path, *ANALYST)
    assert "is not a kind of file that is read" in said.sentence


def test_a_step_that_gave_up_is_not_passed_over_in_silence(command: Command, tmp_path: Path) -> None:
    fact = FactRow.objects.create(name="SightingsNoted", payload={"sightings": []}, at=clock.now())
    StepRow.objects.create(fact=fact, step="match_sightings", state="failed", due_at=clock.now())
    said = command("load", "reports", write_csv(tmp_path, {}), *ANALYST)
    assert said.status == 1
    assert said.out.startswith("1 read, 1 kept")
    assert said.sentence.startswith("1 step failed and waits for its owner.")


def test_a_workbook_is_loaded_by_the_same_rules(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = everything_wrong(tmp_path / "reports.xlsx")
    said = command("load", "reports", path, *ANALYST, "--json")
    given = counts(said.out)
    assert (said.status, given["kept"], given["rejected"]) == (1, 3, 10)
    assert "The sheet 'This year' was read. Not read: 'Notes', 'Last year' (hidden)." in said.err
    with Path(given["error_file"]).open(encoding="utf-8-sig", newline="") as stream:
        assert [row["line"] for row in csv.DictReader(stream)][:2] == ["9", "11"]
    again = counts(command("load", "reports", path, *ANALYST, "--json").out)
    assert (again["kept"], again["unchanged"]) == (0, 3)
    hidden = counts(
        command("load", "reports", path, *ANALYST, "--sheet", "Last year", "--dry-run", "--json").out
    )
    assert (hidden["read"], hidden["kept"]) == (1, 1)


def test_a_map_that_the_body_saved_is_used_by_its_name(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "return.xlsx",
        (
            "Return",
            [
                ["Quarter 3"],
                ["URN", "Date", "Subject", "Narrative", "GSC"],
                ["7", "2026-10-01", "T", "Seen.", "R"],
            ],
        ),
    )
    said = command("load", "reports", path, *ANALYST, "--map", "Monthly return")
    assert said.status == 1
    assert said.sentence.startswith(
        "Your body has no map of columns called 'Monthly return'. It has none yet"
    )
    uses = {
        "URN": "report",
        "Date": "date_of_intelligence",
        "Subject": "title",
        "Narrative": "text",
        "GSC": "marking",
    }
    layout = Layout(uses, {}, {"marking": {"r": "OFFICIAL"}})
    ref = keep_upload(by=cast.aisha, filename="a.xlsx", size=1, chunks=[path.read_bytes()])
    lay_out_load(by=cast.aisha, ref=ref, layout=layout, save_as="Monthly return")
    given = counts(command("load", "reports", path, *ANALYST, "--map", "monthly return", "--json").out)
    assert (given["kept"], given["rejected"]) == (1, 0)
    assert held_by(cast.aisha) == {"7": ["Seen."]}
    refused = command("load", "reports", path, *ANALYST)
    assert "lacks report, date_of_intelligence" in refused.sentence
