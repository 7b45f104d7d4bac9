"""Reports as events of MISP: its own library loads them, and nothing is passed on from there."""

import json
from pathlib import Path

from pymisp import MISPEvent

from tests.inside import command
from tests.instance import Instance
from tests.interop.test_bundles import lived_in
from tests.interop.test_stix import NOW, REPORT
from throughline.interop.misp.out import misp_events


def test_its_own_library_loads_an_event_with_every_kind_of_value() -> None:
    (told,) = misp_events(REPORT, NOW)
    assert misp_events(REPORT, NOW) == [told]
    event = MISPEvent()
    event.load(json.dumps(told))
    assert (event.info, str(event.date), event.distribution) == ("A line into Norwich", "2026-11-19", 0)
    assert len({one.uuid for one in event.attributes}) == len(event.attributes)
    assert {"phone-number", "email", "full-name", "date-of-birth", "bank-account-nr", "other", "text"} <= {
        one.type for one in event.attributes
    }
    assert not any(one.to_ids or one.distribution != 0 for one in event.attributes)
    tags = {tag.name for tag in event.tags}
    assert tags == {'throughline:marking="OFFICIAL-SENSITIVE"', 'throughline:circulation="KENT;MPS"'}


def test_a_grade_and_its_conditions_go_with_each_value() -> None:
    (told,) = misp_events(REPORT, NOW)
    (boy,) = (one for one in told["Event"]["Attribute"] if one["value"].startswith("A boy"))
    assert boy["comment"] == "Item 2 [2CC], 3x5x2. Ring us first."
    assert [tag["name"] for tag in boy["Tag"]] == [
        f'throughline:3x5x2-{name}="{code}"'
        for name, code in (
            ("source", "2"),
            ("assessment", "C"),
            ("handling", "C"),
            ("action", "A1"),
            ("sanitisation", "S2"),
        )
    ]


def test_the_command_writes_what_the_library_loads(house: Instance, tmp_path: Path) -> None:
    lived_in()
    path = tmp_path / "out.json"
    said = command("export", "misp", str(path), "--as", "analyst@norf", "--why", "For the region", "--json")
    assert (said.status, json.loads(said.out)["reports"]) == (0, 4)
    events = json.loads(path.read_text(encoding="utf-8"))["response"]
    assert len(events) == 4
    for one in events:
        MISPEvent().load(one)
