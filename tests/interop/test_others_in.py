"""Events of MISP and entities of FollowTheMoney on their way in: what has a place here is kept, and the rest named."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import command, someone
from tests.instance import Instance
from tests.interop.test_bundles import lived_in
from tests.real_data.tables import DATA, needs
from throughline.intelligence.queries import report_list
from throughline.interop.follow_the_money import back as ftm
from throughline.interop.incoming import Take, Taken
from throughline.interop.loading import FORMS_IN, load_file
from throughline.interop.misp import back as misp
from throughline.kernel import outbox

SAMPLES = DATA / "formats"
SENT = {
    "uuid": "5c0661f7-77a0-4ec9-bdcf-d447950d210f", "info": "A seller", "date": "2026-11-20", "distribution": "0",
    "Orgc": {"name": "Example Bank"}, "Tag": [{"name": "tlp:amber"}],
    "Attribute": [
        {"uuid": "a1", "type": "phone-number", "value": "07700 900123", "comment": "His second phone"},
        {"uuid": "a2", "type": "text", "value": "Seen at the station."},
        {"uuid": "a3", "type": "sha1", "value": "00"},
        {"uuid": "a4", "type": "email", "value": "sam@mail.example", "deleted": True},
        {"uuid": "a5", "type": "email", "value": "kim@mail.example", "Tag": [{"name": "tlp:red"}]},
    ],
    "Object": [
        {"uuid": "o1", "name": "person", "Attribute": [
            {"uuid": "p1", "type": "text", "object_relation": "first-name", "value": "Sam"},
            {"uuid": "p2", "type": "text", "object_relation": "last-name", "value": "Example"},
            {"uuid": "p3", "type": "text", "object_relation": "date-of-birth", "value": "2001-05-03"},
        ]},
        {"uuid": "o2", "name": "file", "Attribute": [
            {"uuid": "f1", "type": "text", "object_relation": "state", "value": "Malicious"},
        ]},
    ],
}  # fmt: skip
PAID = [
    {"id": "sam", "schema": "Person", "properties": {"name": ["Sam Example"], "birthDate": ["2001-05-03"],
     "addressEntity": ["home"]}},
    {"id": "home", "schema": "Address", "properties": {"full": ["12 Wherry Road, NR1 1AA"]}},
    {"id": "shop", "schema": "Company", "properties": {"name": ["Example Cars"]}},
    {"id": "paid", "schema": "Payment", "properties": {"date": ["2026-11-20"], "payer": ["sam"],
     "beneficiary": ["shop"], "amountEur": ["900"]}},
    {"id": "alone", "schema": "Vehicle", "properties": {"registrationNumber": ["AB12CDE"]}},
]  # fmt: skip


def taken(take: Take, things: list[object]) -> tuple[Taken, dict[str, str], dict[str, str]]:
    """What was taken, the one row, and the reason for each refused id."""
    found = take(things, own="NORF", bodies=["NORF", "KENT"])
    row = found.reports[0].rows[0][1] if found.reports else {}
    return found, row, {one.id: one.reason for one in found.refused}


def test_an_event_is_a_report_with_its_words_and_values() -> None:
    found, row, refused = taken(misp.take, misp.objects_in(json.dumps({"Event": SENT})))
    assert (row["report"], row["title"], row["date_of_intelligence"]) == (
        SENT["uuid"], "A seller", "2026-11-20",
    )  # fmt: skip
    assert row["text"].splitlines() == ["A seller", "07700 900123: His second phone", "Seen at the station."]
    assert row["selectors"].split(";") == ["phone:+447700900123", "person:EXAMPLE|SAM|2001-05-03"]
    assert (row["marking"], row["circulation"], row["contact"]) == ("OFFICIAL-SENSITIVE", "", "Example Bank")
    assert row["caveat"] == "Received under TLP:AMBER. MISP distribution: your organisation only."
    assert refused == {
        "a3": "Nothing of the type sha1 is held here.",
        "a4": "Its originator has deleted it.",
        "a5": "It is TLP:RED, for those alone who were told: it must not be put on a system.",
        "f1": "Nothing of the type text is held here.",
        "o2": "Nothing that is in it was kept.",
    }
    assert len(found.reports[0].places) + len(refused) == 12


@pytest.mark.parametrize("terms", [{"deleted": True}, {"Tag": [{"name": "tlp:red"}]}])
@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_person_is_not_kept_when_any_part_of_them_may_not_be(part: int, terms: dict[str, Any]) -> None:
    event = json.loads(json.dumps(SENT))
    event["Object"][0]["Attribute"][part] |= terms
    found, row, refused = taken(misp.take, misp.objects_in(json.dumps(event)))
    assert row["selectors"] == "phone:+447700900123"
    assert {"p1", "p2", "p3", "o1"} <= refused.keys()
    assert not {"p1", "p2", "p3", "o1"} & set(found.reports[0].places.values())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"Tag": [{"name": "tlp:red"}]}, "TLP:RED"),
        ({"Tag": [{"name": 'gb:classification="Secret"'}]}, "above OFFICIAL-SENSITIVE"),
        ({"uuid": ""}, "no uuid"),
    ],
)
def test_an_event_whose_terms_cannot_be_kept_is_refused_with_all_it_holds(
    changed: dict[str, Any], why: str
) -> None:
    found, _, _ = taken(misp.take, misp.objects_in(json.dumps({"response": [{"Event": SENT | changed}]})))
    assert not found.reports
    assert why in found.refused[0].reason
    assert len(found.refused) == 12


def test_what_tells_of_a_day_is_a_report_about_all_that_it_names() -> None:
    found, row, refused = taken(ftm.take, ftm.objects_in("\n".join(map(json.dumps, PAID))))
    assert (row["report"], row["title"], row["date_of_intelligence"]) == (
        "paid", "Payment of 2026-11-20", "2026-11-20",
    )  # fmt: skip
    assert row["text"].splitlines()[1:] == [
        "Date: 2026-11-20", "Payer: Sam Example", "Beneficiary: Example Cars", "Amount eur: 900",
    ]  # fmt: skip
    assert row["selectors"].split(";") == ["person:EXAMPLE|SAM|2001-05-03", "address:12 WHERRY ROAD|NR1 1AA"]
    assert refused["shop"].startswith("Nothing of the schema Company is held here")
    assert refused["alone"] == "Nothing that tells of a day names this Vehicle, so it has no source."
    assert sorted(found.reports[0].places.values()) == ["home", "paid", "sam"]


THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Event", "Attribute", "Object", "Tag", "Orgc", "uuid", "info", "value", "type", "name", "id",
                 "object_relation", "schema", "properties", "date", "description", "distribution"]
            ),
            inner, max_size=6,
        )
    ),
    max_leaves=30,
)  # fmt: skip


@given(THINGS)
def test_anything_is_read_or_refused_and_never_breaks(thing: Any) -> None:
    for read, take in ((misp.objects_in, misp.take), (ftm.objects_in, ftm.take)):
        try:
            things = read(json.dumps(thing))
        except ValueError:
            continue
        found = take(things, own="NORF", bodies=["NORF"])
        kept = {place for report in found.reports for place in report.places}
        assert kept | {one.place for one in found.refused} == set(range(1, len(things) + 1))


@needs(SAMPLES)
@pytest.mark.parametrize("name", ["existing_event", "mainly_objects_2", "sighting_1"])
def test_each_event_of_the_samples_loads_once(house: Instance, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.json"
    path.write_bytes((SAMPLES / "misp" / path.name).read_bytes())
    done = load_file(by=someone("analyst@norf"), path=path, form=FORMS_IN["misp"])
    assert (done.reports, done.read) == (1, done.kept + done.rejected)
    assert all(one.reason.endswith(".") for one in done.refused)
    again = load_file(by=someone("analyst@norf"), path=path, form=FORMS_IN["misp"])
    assert (again.reports, again.unchanged, again.rejected) == (0, done.kept, done.rejected)
    (row,) = report_list(someone("analyst@norf")).rows
    assert (row.state, row.marking) == ("received", "OFFICIAL-SENSITIVE")


@needs(SAMPLES)
def test_payments_of_the_sample_load_and_who_has_no_place_is_named(house: Instance, tmp_path: Path) -> None:
    path = tmp_path / "donations.ijson"
    path.write_bytes((SAMPLES / "ftm" / path.name).read_bytes())
    schemas = Counter(json.loads(line)["schema"] for line in path.read_text(encoding="utf-8").splitlines())
    done = load_file(by=someone("analyst@norf"), path=path, form=FORMS_IN["ftm"])
    assert (done.read, done.reports) == (schemas.total(), schemas["Payment"])
    assert done.rejected == schemas.total() - schemas["Payment"], "none has a date of birth or a UK postcode"
    assert all(one.id and one.reason.endswith(".") for one in done.refused)


@pytest.mark.parametrize("form", ["misp", "ftm"])
def test_what_throughline_wrote_is_sent_back_to_stix(house: Instance, tmp_path: Path, form: str) -> None:
    lived_in()
    path = tmp_path / "out.json"
    assert command("export", form, str(path), "--as", "analyst@norf", "--why", "tried").status == 0
    said = command("load", form, str(path), "--as", "analyst@norf", "--json")
    told = json.loads(said.out)
    assert (said.status, told["reports"], told["kept"]) == (1, 0, 0)
    assert told["read"] == told["rejected"]
    assert "as STIX" in told["refused"][0]["reason"]


def test_the_command_loads_an_event_whose_values_are_matched(house: Instance, tmp_path: Path) -> None:
    lived_in()
    path = tmp_path / "in.json"
    path.write_text(json.dumps({"Event": SENT}), encoding="utf-8")
    tried = command("load", "misp", str(path), "--as", "analyst@mps", "--dry-run", "--json")
    assert json.loads(tried.out)["reports"] == 1
    assert not report_list(someone("analyst@mps")).rows or "A seller" not in str(
        report_list(someone("analyst@mps"))
    )
    said = command("load", "misp", str(path), "--as", "analyst@mps", "--json")
    told = json.loads(said.out)
    assert (said.status, told["reports"], told["rejected"]) == (1, 1, 5)
    assert "A seller" in str(report_list(someone("analyst@mps")))
    assert not outbox.failed()


@pytest.mark.parametrize(
    ("form", "text", "why"),
    [
        ("misp", "{}", "it needs an Event"),
        ("misp", "no", "is not JSON"),
        ("ftm", "no", "it needs one entity a line"),
        ("stix", "[]", "it needs a type"),
    ],
)
def test_a_file_of_something_else_is_refused_in_a_sentence(
    house: Instance, tmp_path: Path, form: str, text: str, why: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text, encoding="utf-8")
    said = command("load", form, str(path), "--as", "analyst@norf")
    assert said.status == 1
    assert why in said.err
