"""The throughline itself: a report comes in at one force, and another learns of it."""

from pathlib import Path

from tests.instance import Instance

HEADER = (
    "report,date_of_intelligence,title,item,text,source,assessment,handling,action,sanitisation,instructions,"
    "marking,circulation,selectors\n"
)
NORFOLK = HEADER + "N1,2026-10-01,A deal line,1,Calls arranged,2,B,P,,,,OFFICIAL,,phone:07700 900123\n"
MERSEY = HEADER + "M1,2026-10-05,A holder,1,He uses it,1,A,P,,,,OFFICIAL,,phone:+447700900123\n"


def _load(instance: Instance, name: str, text: str, username: str) -> dict[str, int]:
    path: Path = instance.folder / f"{name}.csv"
    path.write_text(text)
    counts: dict[str, int] = instance.json("load", "reports", str(path), "--as", username)
    return counts


def test_it_raises_a_hit_between_two_forces_and_points_each_to_the_other(instance: Instance) -> None:
    assert _load(instance, "n", NORFOLK, "analyst@norf")["hits_raised"] == 0
    assert _load(instance, "m", MERSEY, "analyst@mers")["hits_raised"] == 1
    found = instance.json("check", "07700900123", "--as", "officer@mers", "--why", "stopped")
    assert [(h["degree"], h["body"]) for h in found["holdings"]] == [
        ("content", "MERS"),
        ("existence", "NORF"),
    ]
    assert found["holdings"][1]["ref"] is None
    assert found["holdings"][1]["desk"].startswith("NORF intelligence desk")


def test_it_changes_nothing_when_the_same_file_comes_twice(instance: Instance) -> None:
    _load(instance, "n", NORFOLK, "analyst@norf")
    again = _load(instance, "n", NORFOLK, "analyst@norf")
    assert (again["kept"], again["unchanged"], again["rejected"]) == (0, 1, 0)
