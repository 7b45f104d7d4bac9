"""Figures of data quality and what to mend, on what is held: as the reader may know it and no further."""

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed
from throughline.access.services import close_compartment
from throughline.intelligence.pole import ALONE, NO_CONTACT, NOTHING, SHORT
from throughline.intelligence.versions import withdraw_report
from throughline.kernel import outbox
from throughline.oversight import quality
from throughline.oversight.quality import Quality, data_quality, reports_to_mend
from throughline.oversight.queries import KEPT_BACK, Count

GOOD, BAD = "phone:07700 900123", "person:Example, Alex, 1990-01-02"


def _figures(found: Quality) -> dict[str, Count]:
    return {body.code: body.count for body in found.bodies}


def _mending(**asked: str) -> list[tuple[str, list[str]]]:
    rows = reports_to_mend(someone("analyst@norf"), **asked).rows  # type: ignore[arg-type]
    return [(row.report, [rule.code for rule in row.rules]) for row in rows]


def test_the_figures_count_what_the_reader_may_know(house: Instance) -> None:
    norfolk, kent, london = (someone(f"analyst@{code}") for code in ("norf", "kent", "mps"))
    file_report(norfolk, "N1", selectors=[GOOD])
    file_report(norfolk, "N2", selectors=[BAD])
    file_report(norfolk, "N3", text="Seen.")
    for n in range(6):
        file_report(kent, f"K{n}", selectors=[GOOD] if n else [], everyone=True)
    for n in range(6):
        file_report(kent, f"X{n}", selectors=[])
    for few in (london, someone("analyst@cumb")):
        for n in range(3):
            file_report(few, f"F{few.body}-{n}", everyone=True)
    manager = someone("manager@norf")
    found = data_quality(manager)
    assert _figures(found) == {"NORF": Count(1, 3), "KENT": Count(5, 6), "MPS": KEPT_BACK, "CUMB": KEPT_BACK}
    assert (found.judged, found.is_cut, found.kept_back) == (15, False, 2)
    rules = {one.rule: (one.own, one.shown) for one in found.rules}
    assert rules[NO_CONTACT] == (Count(1, 1), Count(1, 1))
    assert rules[NOTHING] == (Count(1, 3), Count(2, 9))
    assert rules[SHORT] == (Count(1, 3), Count(1, 9))
    assert _figures(data_quality(someone("manager@kent")))["KENT"] == Count(5, 12)
    looks, _ = journal_page(someone("auditor@norf"))
    assert looks[0].thing == "data quality"


def test_a_report_in_a_compartment_is_counted_for_those_on_its_list_alone(house: Instance) -> None:
    manager = someone("manager@norf")
    circle = close_compartment(name="Herons", people=[manager.person])
    manager, analyst = someone("manager@norf"), someone("analyst@norf")
    file_report(manager, "N1", selectors=[GOOD])
    secret = file_report(manager, "N2", bodies=["KENT"], compartment=circle)
    assert [row.report for row in reports_to_mend(manager).rows] == [secret]
    assert reports_to_mend(analyst).rows == ()
    assert _figures(data_quality(manager)) == {"NORF": Count(1, 2)}
    assert data_quality(someone("manager@kent")).bodies == ()


def test_what_to_mend_is_of_ones_own_body_newest_first_and_by_rule(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    file_report(someone("analyst@kent"), "K1", everyone=True)
    short = file_report(norfolk, "N1", text="Seen.", selectors=[GOOD])
    alone = file_report(norfolk, "N2", selectors=[BAD])
    file_report(norfolk, "N3", selectors=[GOOD])
    gone = file_report(norfolk, "N4")
    assert [ref for ref, _ in _mending()] == [gone, alone, short]
    withdraw_report(by=norfolk, ref=gone, why="It was wrong")
    assert _mending() == [(alone, [NO_CONTACT.code, ALONE.code]), (short, [SHORT.code])]
    assert _mending(rule=SHORT.code) == [(short, [SHORT.code])]
    looks, _ = journal_page(someone("auditor@norf"))
    assert looks[0].detail["refs"] == [short]


def test_pages_of_what_to_mend_meet_and_lose_nothing(
    house: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    norfolk = someone("analyst@norf")
    refs = [file_report(norfolk, f"N{n}", selectors=[] if n % 3 else [GOOD]) for n in range(20)]
    expected = [ref for n, ref in reversed(list(enumerate(refs))) if n % 3]
    for looked in (2, 7, 20, 100):
        monkeypatch.setattr(quality, "LOOKED", looked)
        seen, before = list[str](), ""
        for _ in range(30):
            found = reports_to_mend(norfolk, before=before, size=3)
            assert found.looked <= looked
            seen += [row.report for row in found.rows]
            if not (before := found.next_before):
                break
        assert seen == expected


def test_the_figures_say_when_there_is_more_than_they_judge(
    house: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        file_report(someone("analyst@norf"), f"N{n}", selectors=[] if n else [GOOD])
    monkeypatch.setattr(quality, "MOST", 3)
    found = data_quality(someone("manager@norf"))
    assert (found.judged, found.is_cut, _figures(found)["NORF"]) == (3, True, Count(0, 3))


def test_what_matching_has_not_seen_and_a_line_without_evidence_are_orphans(house: Instance) -> None:
    norfolk, manager = someone("analyst@norf"), someone("manager@norf")
    lost = file_report(norfolk, "N1", selectors=[GOOD])
    file_report(norfolk, "N2", selectors=[GOOD])
    outbox.drain()
    assert data_quality(manager).orphans.items == Count(0, 2)
    with house.as_owner() as owner:
        owner.execute("delete from selectors_sighting where source_ref = %s", [f"{lost}/1"])
        owner.execute(
            "insert into lines_line (ref, state, compartment, lead, officer, added_at) "
            "values ('CL-2222-2222', 'proposed', 0, %s, '', now())", [manager.body],
        )  # fmt: skip
    orphans = data_quality(manager).orphans
    assert (orphans.items, orphans.reports) == (Count(1, 2), (lost,))
    assert (orphans.lines, orphans.line_refs) == (Count(1, 1), ("CL-2222-2222",))


def test_each_asks_for_its_permission(house: Instance) -> None:
    officer = someone("officer@norf")
    with pytest.raises(NotAllowed):
        data_quality(officer)
    with pytest.raises(NotAllowed):
        reports_to_mend(officer)
    assert data_quality(someone("auditor@norf")).bodies == ()
