"""What is held on a person: what is found, for whom, what is never listed, and what the journal says of it."""

import csv
from datetime import date
from io import StringIO

import pytest

from tests.inside import file_report, house, shared_house, someone
from tests.instance import Instance
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed
from throughline.kernel import outbox
from throughline.rights.gathering import Schedule, gather_held
from throughline.selectors.registry import parse

__all__ = ["house", "shared_house"]

ALEX = "person:Example, Alex, 1990-01-02"
PHONE = "phone:07700 900123"
TYPED = {"kind": "access", "reference": "DP/2026/114", "name": "Alex Example", "values": "07700 900123"}


def _gather(username: str, *, born: date | None = None, values: tuple[str, ...] = (PHONE,)) -> Schedule:
    outbox.drain()
    return gather_held(
        someone(username), kind="access", reference="DP/2026/114", name="Alex Example", born=born,
        values=[parse(value) for value in values],
    )  # fmt: skip


def _refs(found: Schedule) -> list[str]:
    return [row.ref for row in found.rows]


def test_it_finds_by_value_by_person_and_by_words_and_nothing_else(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    by_value = file_report(norfolk, "N1", selectors=[PHONE])
    by_person = file_report(norfolk, "N2", selectors=[ALEX])
    by_words = file_report(norfolk, "N3", text="Alex Example was seen at the hostel with a bag.")
    other = file_report(norfolk, "N4", selectors=["phone:07700 900456"])
    found = _gather("analyst@norf")
    assert set(_refs(found)) == {by_value, by_person, by_words}
    assert other not in _refs(found)
    assert found.own == 3
    assert not found.is_cut
    why = {row.ref: " ".join(row.found_by) for row in found.rows}
    assert "07700 900123" in why[by_value]
    assert "1990" in why[by_person]
    assert "words" in why[by_words]


def test_someone_of_that_name_born_on_another_day_is_left_out(house: Instance) -> None:
    by_person = file_report(someone("analyst@norf"), "N2", title="Seen", text="Seen there.", selectors=[ALEX])
    assert by_person in _refs(_gather("analyst@norf", born=date(1990, 1, 2)))
    assert by_person not in _refs(_gather("analyst@norf", born=date(1991, 1, 2)))


def test_each_reader_is_shown_what_they_may_know_with_whose_it_is(house: Instance) -> None:
    own = file_report(someone("analyst@mps"), "M1", selectors=[PHONE])
    shared = file_report(someone("analyst@mps"), "M2", selectors=[PHONE], everyone=True)
    found = _gather("analyst@norf")
    assert _refs(found) == [shared]
    assert not found.rows[0].is_own
    assert own in _refs(_gather("analyst@mps"))


def test_the_journal_holds_the_reference_and_each_record_and_not_the_name(house: Instance) -> None:
    ref = file_report(someone("analyst@norf"), "N1", selectors=[PHONE])
    _gather("analyst@norf")
    looks, _ = journal_page(someone("auditor@norf"))
    ours = [look for look in looks if look.why == "access: DP/2026/114"]
    assert {(look.thing, look.ref) for look in ours} == {("schedule", ""), ("report", ref)}
    assert "Example" not in str(ours)


def test_it_needs_the_permission(house: Instance) -> None:
    with pytest.raises(NotAllowed):
        _gather("officer@mps")
    assert visitor("officer@mps").get("/rights/").status_code == 403


def test_the_page_and_both_files_say_the_same_and_what_is_not_verified(house: Instance) -> None:
    own = file_report(someone("analyst@norf"), "N1", title="=Seen", selectors=[PHONE])
    other = file_report(someone("analyst@mps"), "M1", selectors=[PHONE], everyone=True)
    analyst = visitor("analyst@norf")
    assert "/rights/" in analyst.get("/desk").content.decode()
    shown = words_of(analyst.post("/rights/", TYPED))
    assert "2 records, 1 of your body" in shown
    assert "Not verified." in shown
    assert own in shown
    assert other in shown
    taken = analyst.post("/rights/", {**TYPED, "take": "csv"})
    marking, head, *rows = csv.reader(StringIO(taken.content.decode("utf-8-sig")))
    assert marking[0].startswith("OFFICIAL-SENSITIVE.")
    assert "not verified" in marking[0]
    assert [row[1] for row in rows] == [own, other]
    assert rows[0][2] == "'=Seen"
    assert rows[1][head.index("who_decides")].endswith("ask it first")
    assert analyst.post("/rights/", {**TYPED, "take": "pdf"}).content.startswith(b"%PDF")


def test_what_is_missing_or_cannot_be_read_is_said_beside_the_box(house: Instance) -> None:
    analyst = visitor("analyst@norf")
    shown = words_of(analyst.post("/rights/", {**TYPED, "reference": "", "name": ""}))
    assert "Enter the reference of the request or case" in shown
    assert "Enter the name of the person" in shown
    assert "Enter a given name and a surname" in words_of(analyst.post("/rights/", {**TYPED, "name": "A"}))
    assert "at most 50 values" in words_of(
        analyst.post("/rights/", {**TYPED, "values": "07700 900123\n" * 51})
    )
    assert "You may know of nothing" in words_of(analyst.post("/rights/", {**TYPED, "values": ""}))
