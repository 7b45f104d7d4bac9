"""Reports as entities of FollowTheMoney: each value under its schema or among keywords, and the model takes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.inside import command
from tests.instance import Instance
from tests.interop.test_bundles import lived_in
from tests.interop.test_stix import NOW, REPORT
from throughline.interop.follow_the_money.out import entities
from throughline.selectors.registry import KINDS

DRAMA = "+447700900123"


def one(schema: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e["properties"] for e in entities(REPORT, NOW) if e["schema"] == schema)
    return found


def test_each_value_stands_under_its_schema_or_among_the_keywords() -> None:
    told = entities(REPORT, NOW)
    assert told == entities(REPORT, NOW)
    names = [entity["id"] for entity in told]
    assert len(set(names)) == len(names)
    assert (one("Person")["name"], one("Person")["birthDate"]) == (["Sam Example"], ["2001-05-03"])
    assert one("Vehicle")["registrationNumber"] == ["AB12CDE"]
    assert one("Address")["postalCode"] == ["NR1 1AA"]
    note = one("Note")
    assert set(note["entity"]) <= set(names)
    left = [word for word in note["keywords"] if not word.startswith(("marking", "circulation", "3x5x2"))]
    assert len(note["entity"]) - 1 + len(left) == len(REPORT.items[0].selectors)
    unplaced = [s for s in REPORT.items[0].selectors if s.kind in ("national_id", "uprn", "opaque")]
    assert left == [f"{KINDS[s.kind].label} {s.shown}" for s in unplaced]


def test_a_grade_and_its_conditions_go_with_the_note() -> None:
    note = [e["properties"] for e in entities(REPORT, NOW) if e["schema"] == "Note"][1]
    assert note["keywords"] == ["marking OFFICIAL-SENSITIVE", "circulation KENT;MPS", "3x5x2 2CC A1 S2"]
    assert note["notes"] == ["Ring us first."]


def test_the_command_writes_an_entity_a_line(house: Instance, tmp_path: Path) -> None:
    lived_in()
    path = tmp_path / "out.json"
    said = command("export", "ftm", str(path), "--as", "analyst@norf", "--why", "For the region", "--json")
    assert (said.status, json.loads(said.out)["reports"]) == (0, 4)
    told = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    assert [entity["schema"] for entity in told].count("Article") == 4
    assert len(told) == json.loads(said.out)["objects"]


def test_the_model_itself_takes_every_entity() -> None:
    reason = (
        "followthemoney is not installed: it wants the libraries of ICU, so it is not among the tools of all"
    )
    followthemoney = pytest.importorskip("followthemoney", reason=reason)
    for told in entities(REPORT, NOW):
        properties = dict(told["properties"])
        if DRAMA in properties.get("phone", ()):
            del properties["phone"]  # to the model, a number for drama is no number
        schema = followthemoney.model.get(told["schema"])
        schema.validate({**told, "properties": properties})
        kept = followthemoney.model.get_proxy({**told, "properties": properties}, cleaned=False).to_dict()
        assert kept["properties"].keys() == properties.keys(), told
