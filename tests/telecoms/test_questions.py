"""The doors on the command line: load, successor, profile, candidates, authority, each as it is written down."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import command, house, shared_house
from tests.instance import Instance
from tests.telecoms.calling import DAY, acquaintances, renamed, write_calls
from throughline.access.models import JournalEntry
from throughline.telecoms.candidates import WEIGHTS, Traits, levels_of, scored

__all__ = ["house", "shared_house"]

AISHA, MIA = ("--as", "analyst@norf"), ("--as", "analyst@mps")


def answer(*words: str) -> Any:
    said = command(*words, "--json")
    assert said.status == 0, said.err
    return json.loads(said.out)


def test_load_and_successor_as_the_doors_say(house: Instance, tmp_path: Path) -> None:
    who = {"p3", "p4"}
    path = write_calls(tmp_path / "calls.csv", renamed(acquaintances(7), who, 7 * DAY))
    load = ("load", "calls", str(path), *AISHA, "--authority", "OP-1", "--opaque")
    said = command(*load, "--json")
    loaded = json.loads(said.out)
    assert said.err.startswith("No authority OP-1 was recorded, so it is recorded now")
    assert loaded["read"] == loaded["kept"] + loaded["rejected"] + loaded["unchanged"] > 0
    assert loaded["hits_raised"] == 0
    found = answer("calls", "successor", "p3", "p4", "nobody", *AISHA)["numbers"]
    assert [(one["number"], one["none_found"]) for one in found] == [
        ("p3", False),
        ("p4", False),
        ("nobody", True),
    ]
    for one in found[:2]:
        best = one["candidates"][0]
        assert best["number"] == f"new-{one['number']}"
        assert best["probability"] > 0.5
        assert best["reasons"][0].startswith("in touch with ")
    again = command(*load, "--json")
    assert (json.loads(again.out)["unchanged"], again.err) == (loaded["read"], "")
    assert answer("calls", "successor", "p3", *AISHA, "--at", str(7 * DAY))["numbers"][0]["candidates"]


def test_another_body_learns_nothing_and_changes_nothing(house: Instance, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "calls.csv", renamed(acquaintances(8), {"p3"}, 7 * DAY))
    command("load", "calls", str(path), *AISHA, "--authority", "A", "--opaque")
    said = command("calls", "successor", "p3", *MIA)
    assert (said.status, said.out) == (1, "")
    assert said.err == "There is no call data that you may know. Load some with 'throughline load calls'.\n"
    before = answer("calls", "successor", "p3", *AISHA)
    theirs = write_calls(tmp_path / "theirs.csv", renamed(acquaintances(9), {"p3"}, 6 * DAY))
    command("load", "calls", str(theirs), *MIA, "--authority", "A", "--opaque")
    assert answer("calls", "successor", "p3", *AISHA) == before


def test_every_look_is_in_the_journal(house: Instance, tmp_path: Path) -> None:
    path = write_calls(tmp_path / "calls.csv", [(1, "a", "b", 3)])
    command("load", "calls", str(path), *AISHA, "--authority", "A", "--opaque")
    answer("calls", "profile", "a", *AISHA)
    with house.as_owner() as owner:
        noted = owner.execute(
            "select verb, thing, ref from access_journal_entry order by lane, seq"
        ).fetchall()
    assert ("collect", "calls of an authority", "A") in noted
    assert ("collect", "authority", "A") in noted
    assert any((verb, thing) == ("consult", "calls of an authority") for verb, thing, _ in noted)
    assert JournalEntry._meta.db_table == "access_journal_entry"


def test_a_profile_says_how_a_number_is_used(house: Instance, tmp_path: Path) -> None:
    texts = [(100_000 + n, "line", f"c{n}", "", "C1", "text", "35123456789012") for n in range(30)]
    rings = [(200_000 + 600 * n, f"c{n % 9}", "line", 20, "C1", "call", "35123456789012") for n in range(40)]
    path = write_calls(tmp_path / "calls.csv", [*texts, *rings])
    command("load", "calls", str(path), *AISHA, "--authority", "A", "--opaque")
    found = answer("calls", "profile", "line", *AISHA)
    assert (found["calls"], found["texts"], found["contacts"], found["short_share"]) == (40, 30, 30, 1.0)
    assert [(burst["texts"], burst["contacts"]) for burst in found["bursts"]] == [(30, 30)]
    assert [used["what"] for used in found["handsets"]] == ["35123456789012"]
    assert sum(found["hours"]) == 70
    (first, *_) = answer("calls", "candidates", *AISHA)["candidates"]
    assert first["number"] == "line"
    assert first["score"] == round(sum(first["parts"].values()), 3)
    said = command("calls", "profile", "zz", *AISHA)
    assert (said.status, said.err) == (1, "No call of zz is in the data that you may know.\n")


def test_an_authority_is_recorded_listed_and_ended(house: Instance, tmp_path: Path) -> None:
    add = ("authority", "add", "OP-7", *AISHA, "--grounds", "Crime", "--from", "2026-01-01", "--until", "2026-12-31",
           "--keep-until", "2099-12-31")  # fmt: skip
    assert command(*add).status == 0
    assert command(*add).err == "OP-7 is recorded already.\n"
    path = write_calls(tmp_path / "calls.csv", [(1, "a", "b", 3)])
    said = command("load", "calls", str(path), *AISHA, "--authority", "OP-7", "--opaque")
    assert (said.status, said.out, said.err) == (
        0,
        "1 read, 1 kept, 0 rejected, 0 unchanged, 0 hits raised\n",
        "",
    )
    assert [row["ref"] for row in answer("authority", "list", *AISHA)["authorities"]] == ["OP-7"]
    assert command("authority", "end", "OP-7", *MIA, "--why", "x").status == 1
    assert command("authority", "end", "OP-7", *AISHA, "--why", "closed").status == 0
    assert command("calls", "profile", "a", *AISHA).status == 1


def test_a_number_without_a_call_is_said_to_have_none_and_is_no_success(
    house: Instance, tmp_path: Path
) -> None:
    path = write_calls(tmp_path / "calls.csv", [(1, "a", "b", 3)])
    command("load", "calls", str(path), *AISHA, "--authority", "A", "--opaque")
    said = command("calls", "successor", "zz", "yy", *AISHA, "--json")
    assert (said.status, said.err) == (1, "No call of this number is in the data that you may know.\n")
    assert [one["none_found"] for one in json.loads(said.out)["numbers"]] == [True, True]
    assert command("calls", "successor", "zz", "a", *AISHA).status == 0


def test_several_numbers_at_once_are_each_answered_and_two_alike_share_the_chance(
    house: Instance, tmp_path: Path
) -> None:
    old = [(100 * n, f"a{n % 5}", "old") for n in range(50)]
    new = [(10_000 + 100 * n, f"a{n % 5}", one) for n in range(50) for one in ("one", "other")]
    path = write_calls(tmp_path / "calls.csv", [*old, *new])
    command("load", "calls", str(path), *AISHA, "--authority", "A", "--opaque")
    found = answer("calls", "successor", "old", "a1", *AISHA)["numbers"]
    assert [one["number"] for one in found] == ["old", "a1"]
    chances = [one["probability"] for one in found[0]["candidates"]]
    assert chances[0] == chances[1]
    assert sum(chances) <= 1
    assert found[0]["further"].endswith("are close: their handsets or cells would decide it.")


def test_a_score_is_the_sum_of_its_parts_and_never_falls_as_a_trait_grows() -> None:
    plain = Traits("n", 20, 100, 10, 0, 0, 0.3, 0.2, 0.2, 0.1, 0.2)
    busy = Traits("n", 20, 900, 10, 4, 15, 0.1, 0.9, 0.8, 0.9, 0.9)
    assert scored(plain).score < scored(busy).score <= 1.0
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert WEIGHTS.keys() == levels_of(busy).keys()
    assert len(scored(busy).reasons) == len(WEIGHTS)


def test_a_phone_that_only_sends_bulk_texts_stands_below_one_that_is_rung_as_well() -> None:
    rung = Traits("n", 200, 3000, 30, 4, 150, 0.2, 0.6, 0.8, 0.5, 0.3)
    reminds = Traits("n", 200, 3000, 30, 60, 150, 0.95, 0.6, 0.8, 0.5, 0.3)
    assert scored(reminds).score < scored(rung).score


def test_a_person_without_the_role_is_refused(cast: Cast) -> None:
    assert not cast.grace.may("calls:read")
    assert cast.aisha.may("calls:load")
