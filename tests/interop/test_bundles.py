"""Bundles of STIX 2.1 in a whole instance: a round trip loses nothing, and need-to-know holds on the way out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.inside import command, file_report, someone, tidy
from tests.instance import Instance
from tests.real_data.tables import DATA, needs
from throughline.intelligence.queries import report_list
from throughline.intelligence.whole_reports import WholeReport, whole_page
from throughline.interop.exports import FORMS, export_reports
from throughline.interop.loading import FORMS_IN, load_file
from throughline.kernel import outbox
from throughline.matching.queries import hit_list

SAMPLES = DATA / "formats" / "stix21"
STIX = FORMS_IN["stix"]
MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def exported(username: str, folder: Path) -> Path:
    path = folder / f"{username}.json"
    with path.open("w", encoding="utf-8") as stream:
        export_reports(someone(username), stream.write, form=FORMS["stix"], why="tried")
    return path


def held(username: str) -> list[WholeReport]:
    return list(whole_page(someone(username), why="tried").reports)


def lived_in() -> None:
    norf, kent = someone("analyst@norf"), someone("analyst@kent")
    phone, car = "phone:07700900123", "vehicle:AB12CDE"
    person = "person:Example, Sam, 2001-05-03"
    file_report(norf, "N1", selectors=[phone, car, person, "opaque:a;b\\c:d"], bodies=["KENT"])
    file_report(
        norf, "N2", selectors=["social:snapchat:ricky_b"], grade="2CC", instructions="Ring us.", everyone=True
    )
    file_report(norf, "N3", selectors=["address:12 Wherry Road, NR1 1AA"])
    file_report(kent, "K1", selectors=[phone, "email:sam@mail.example"], bodies=["NORF"])
    file_report(kent, "K2", selectors=[car])
    outbox.drain()


def test_what_stands_comes_back_unchanged(house: Instance, tmp_path: Path) -> None:
    lived_in()
    path = exported("analyst@norf", tmp_path)
    done = load_file(by=someone("analyst@norf"), path=path, form=STIX)
    assert (done.reports, done.kept) == (0, 0)
    assert done.unchanged
    assert {one.reason.partition(":")[0] for one in done.refused} <= {"It is a report of KENT"} | {
        one.reason for one in done.refused if "was not taken" in one.reason
    }
    assert done.read == done.kept + done.unchanged + done.context + done.rejected


def test_an_empty_instance_that_takes_it_in_is_as_the_first(house: Instance, tmp_path: Path) -> None:
    lived_in()
    people = ("analyst@norf", "analyst@kent")
    before = {one: (without_refs(held(one)), hits(one)) for one in people}
    paths = [exported(one, tmp_path) for one in people]
    tidy(house)
    for one, path in zip(people, paths, strict=True):
        assert load_file(by=someone(one), path=path, form=STIX).reports == (3 if one == "analyst@norf" else 2)
    outbox.drain()
    for one in people:
        assert hits(one) == before[one][1]
        assert without_refs(held(one)) == before[one][0]


def without_refs(reports: list[WholeReport]) -> list[str]:
    """What an instance says of reports but for what it gave them itself: references, and the moment."""
    return sorted(str(replace(one, ref="", recorded_at=MOMENT)) for one in reports)


def hits(username: str) -> list[tuple[str, str]]:
    return sorted((one.kind, one.shown) for one in hit_list(someone(username)).rows)


def test_nothing_goes_out_that_the_reader_may_not_know(house: Instance, tmp_path: Path) -> None:
    lived_in()
    file_report(someone("analyst@kent"), "K9", text="Quokka", selectors=["phone:07700900999"])
    for username in ("analyst@norf", "officer@norf", "analyst@mps"):
        text = exported(username, tmp_path).read_text(encoding="utf-8")
        assert "Quokka" not in text
        assert "07700 900999" not in text
        reports = [one for one in json.loads(text)["objects"] if one["type"] == "report"]
        assert len(reports) == len(report_list(someone(username)).rows)
    assert "Ring us." not in exported("officer@kent", tmp_path).read_text(encoding="utf-8"), "C under A1"
    with house.as_owner() as owner:
        noted = owner.execute(
            "select count(*) from access_journal_entry where thing = 'report' and why = 'tried'"
        )
        assert noted.fetchone()


@needs(SAMPLES)
@pytest.mark.parametrize(
    "name",
    ["apt1", "indicator-to-campaign-relationship", "indicators-for-C2-with-COA", "infrastructure"],
)
def test_each_sample_loads_and_what_is_refused_is_named(house: Instance, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.json"
    path.write_bytes((SAMPLES / path.name).read_bytes())
    objects = json.loads(path.read_text(encoding="utf-8"))["objects"]
    done = load_file(by=someone("analyst@norf"), path=path, form=STIX)
    assert done.read == len(objects) == done.kept + done.context + done.rejected
    assert {one.id for one in done.refused} <= {one["id"] for one in objects}
    assert all(one.reason.endswith(".") for one in done.refused)
    assert done.reports == sum(one["type"] == "report" for one in objects)
    for row in report_list(someone("analyst@norf")).rows:
        assert (row.state, row.marking) == ("received", "OFFICIAL-SENSITIVE")


def test_the_commands_write_and_load_a_bundle(house: Instance, tmp_path: Path) -> None:
    lived_in()
    path = tmp_path / "out.json"
    said = command("export", "stix", str(path), "--as", "analyst@norf", "--why", "For the region", "--json")
    assert (said.status, json.loads(said.out)["reports"]) == (0, 4)
    assert command("export", "stix", str(path), "--as", "analyst@norf", "--why", "again").status == 1
    assert command("export", "stix", str(tmp_path / "b.json"), "--as", "admin@norf", "--why", "x").status == 1
    loaded = command("load", "stix", str(path), "--as", "analyst@norf", "--json")
    answer = json.loads(loaded.out)
    assert (loaded.status, answer["reports"]) == (1, 0)
    assert Path(answer["error_file"]).exists()
    (tmp_path / "no.json").write_text("{", encoding="utf-8")
    assert "not JSON" in command("load", "stix", str(tmp_path / "no.json"), "--as", "analyst@norf").err
