"""Reports as STIX 2.1 and back: nothing is lost, what is not kept is named, and others' tools read it."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
import stix2
from stix2validator import ValidationOptions, validate_instance

from throughline.intelligence.report_cells import Classification
from throughline.intelligence.whole_reports import WholeGrade, WholeItem, WholeReport
from throughline.interop.stix.back import take
from throughline.interop.stix.names import EXTENDED, Thing
from throughline.interop.stix.out import report_things
from throughline.selectors.registry import KINDS, parse

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
BODIES = ("NORF", "KENT", "MPS")
VALUES = tuple(parse(kind.example, kind.name) for kind in KINDS.values())
PLAIN = WholeGrade("3x5x2", "1", "B", "P")
REPORT = WholeReport(
    ref="IR-7K3M-9QXT", origin_ref="N/2026/17", title="A line into Norwich", owner="NORF",
    owner_name="Norfolk Constabulary", date_of_intelligence=date(2026, 11, 19), recorded_at=NOW, state="circulated",
    is_sanitised=False, closed_at=None, classification=Classification.OFFICIAL_SENSITIVE, everyone=False,
    bodies=("KENT", "MPS"),
    items=(
        WholeItem(1, "The line is run from a flat.", PLAIN, VALUES),
        WholeItem(2, "A boy; he is \\ afraid.", WholeGrade("3x5x2", "2", "C", "C", "A1", "S2", "Ring us first."), ()),
        WholeItem(4, "An older item.", WholeGrade("5x5x5", "B", "2", "1", instructions="As told."), VALUES[:1]),
        WholeItem(5, "It waits for a grade.", None, ()),
    ),
    threats=("county-lines", "firearms"), priority="high", caveat="Ask us.", contact="The desk", pii="no",
    sensitive_source="SU-17", provenance="Seen on patrol.", provenance_grade=PLAIN, derived_from=("IR-2222-2222",),
)  # fmt: skip


def things() -> list[Thing]:
    return report_things(REPORT, NOW)


def bundle(objects: list[Thing]) -> dict[str, Any]:
    return {"type": "bundle", "id": "bundle--cf20f99b-3ed2-4a9f-b4f1-d660a7fc8241", "objects": objects}


def test_the_same_report_gives_the_same_objects() -> None:
    assert things() == things()
    names = [thing["id"] for thing in things()]
    assert max(Counter(names).values()) == 1


def test_each_object_is_marked_and_each_reference_leads_somewhere() -> None:
    out = {thing["id"]: thing for thing in things()}
    for thing in out.values():
        if thing["type"] in ("marking-definition", "extension-definition"):
            continue
        if thing["type"] != "identity" or thing["identity_class"] == "individual":
            assert thing["object_marking_refs"], thing
        for name, value in thing.items():
            for ref in value if name.endswith("_refs") else [value] if name.endswith("_ref") else ():
                assert ref in out or name == "target_ref", (thing["id"], name)


def test_a_public_validator_finds_no_error_and_others_read_it() -> None:
    options = ValidationOptions(version="2.1", strict=False)
    found = validate_instance(bundle(things()), options)
    assert found.is_valid, [str(error) for error in found.errors or ()]
    # A new type is read from a declared extension by itself; where others refer to it the library wants it allowed.
    read = stix2.parse(bundle(things()), version="2.1", allow_custom=True)
    for thing in things():
        if thing["type"] not in ("observed-data", "note", "report"):
            stix2.parse(thing, version="2.1")
    assert len(read.objects) == len(things())
    conditions = next(
        one for one in read.objects if one["type"] == "note" and one.content.startswith("A boy")
    )
    assert len(conditions.object_marking_refs) == 2


def test_a_report_comes_back_as_it_was() -> None:
    taken = take(json.loads(json.dumps(things())), own="NORF", bodies=BODIES)
    (report,) = taken.reports
    assert [one.id.partition("--")[0] for one in taken.refused] == ["relationship"]
    assert taken.missing == []
    first, second, third, fourth = (cells for _, cells in report.rows)
    assert first["report"] == "N/2026/17"
    assert (first["date_of_intelligence"], first["title"]) == ("2026-11-19", "A line into Norwich")
    assert (first["marking"], first["circulation"]) == ("OFFICIAL-SENSITIVE", "KENT;MPS")
    assert (first["source"], first["assessment"], first["handling"]) == ("1", "B", "P")
    assert (second["action"], second["sanitisation"], second["instructions"]) == (
        "A1",
        "S2",
        "Ring us first.",
    )
    assert (third["scheme"], third["item"], third["instructions"]) == ("5x5x5", "4", "As told.")
    assert (fourth["text"], fourth.get("handling", "")) == ("It waits for a grade.", "")
    assert (first["provenance"], first["provenance_handling"]) == ("Seen on patrol.", "P")
    assert (first["threats"], first["sensitive_source"]) == ("county-lines;firearms", "SU-17")


def test_nobody_files_a_report_of_another_body() -> None:
    taken = take(things(), own="KENT", bodies=BODIES)
    assert taken.reports == []
    reasons = {one.id.partition("--")[0]: one.reason for one in taken.refused}
    assert reasons["report"] == "It is a report of NORF: only NORF files it."
    assert "was not taken" in reasons["note"]


def foreign(**more: Any) -> list[Thing]:
    report = {
        "type": "report", "spec_version": "2.1", "id": "report--11111111-1111-4111-8111-111111111111",
        "created": "2026-11-01T00:00:00Z", "modified": "2026-11-01T00:00:00Z", "published": "2026-10-30T00:00:00Z",
        "name": "From elsewhere", "description": "Two addresses.",
        "object_refs": ["email-addr--22222222-2222-4222-8222-222222222222",
                        "file--33333333-3333-4333-8333-333333333333"],
    }  # fmt: skip
    mail = {
        "type": "email-addr",
        "id": "email-addr--22222222-2222-4222-8222-222222222222",
        "value": "sam@mail.example",
    }
    file = {"type": "file", "id": "file--33333333-3333-4333-8333-333333333333", "name": "a.doc"}
    return [report | more, mail, file]


def test_what_others_send_is_taken_ungraded_and_closed_and_what_has_no_place_is_named() -> None:
    taken = take(foreign(), own="NORF", bodies=BODIES)
    ((place, cells),) = taken.reports[0].rows
    assert (place, cells["marking"], cells["circulation"]) == (1, "OFFICIAL-SENSITIVE", "")
    assert (cells["selectors"], cells["text"]) == ("email:sam@mail.example", "Two addresses.")
    assert "handling" not in cells
    assert [(one.place, one.reason) for one in taken.refused] == [
        (3, "Nothing of the type file is held here.")
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"object_marking_refs": ["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]}, "It is TLP:RED"),
        ({"object_marking_refs": ["marking-definition--99999999-9999-4999-8999-999999999999"]}, "was not sent"),
        ({"granular_markings": [{"selectors": ["name"]}]}, "marks parts of itself"),
        ({"revoked": True}, "withdrawn"),
        ({"description": ""}, "holds no words"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_kept_refuse_the_report(more: Thing, reason: str) -> None:
    taken = take(foreign(**more), own="NORF", bodies=BODIES)
    assert taken.reports == []
    assert reason in taken.refused[0].reason


def test_a_caveat_says_under_what_it_was_received() -> None:
    amber = {"object_marking_refs": ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"]}
    ((_, cells),) = take(foreign(**amber), own="NORF", bodies=BODIES).reports[0].rows
    assert cells["caveat"] == "Received under TLP:AMBER."


@pytest.mark.parametrize("words", ["TLP:RED", "UK SECRET"])
def test_a_marking_in_words_is_read_as_well(words: str) -> None:
    marking: Thing = {
        "type": "marking-definition", "id": "marking-definition--77777777-7777-4777-8777-777777777777",
        "definition": {"statement": words},
    }  # fmt: skip
    taken = take([*foreign(object_marking_refs=[marking["id"]]), marking], own="NORF", bodies=BODIES)
    assert taken.reports == []


def test_broken_objects_are_named_and_break_nothing() -> None:
    broken: list[Any] = [
        None,
        7,
        {},
        {"id": 3},
        {"type": "report", "id": "report--x"},
        *foreign(),
        foreign()[1],
    ]
    taken = take(broken, own="NORF", bodies=BODIES)
    assert len(taken.reports) == 1
    assert [one.place for one in taken.refused] == [1, 2, 3, 4, 5, 7, 8]


@pytest.mark.parametrize(
    "name", ["name", "object_refs", "extensions", "object_marking_refs", "published", "external_references"]
)
@pytest.mark.parametrize(
    "value", [None, 3, "x", [1], {"a": 1}, [{"a": []}], {EXTENDED: 4}, {EXTENDED: {"kind": {}}}]
)
def test_no_property_of_another_shape_breaks_the_reading(name: str, value: object) -> None:
    for sent in (foreign(), things()):
        for thing in sent:
            if name in thing or thing["type"] == "report":
                thing[name] = value
        take(json.loads(json.dumps(sent)), own="NORF", bodies=BODIES)
