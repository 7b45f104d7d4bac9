"""Versions of reports in search: what no longer stands says so, and what replaced it is told of."""

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.intelligence.test_versions import draft
from throughline.intelligence.versions import correct_report, sanitise_report, withdraw_report
from throughline.kernel import outbox
from throughline.search.narrowed import Narrowed
from throughline.search.queries import search_everything
from throughline.search.saved import alert_page, save_search


def _states(username: str, text: str) -> dict[str, str]:
    found = search_everything(someone(username), text, Narrowed())
    return {one.ref: one.state for one in found.reports}


def test_it_finds_what_no_longer_stands_and_says_so(house: Instance) -> None:
    norf = someone("analyst@norf")
    taken_back, replaced = (
        file_report(norf, name, text="A heron.", bodies=["MPS"], selectors=["phone:07700900417"])
        for name in ("1", "2")
    )
    withdraw_report(by=norf, ref=taken_back, why="It was untrue")
    new = correct_report(by=norf, ref=replaced, draft=draft("3", text="A heron, seen twice."), why="A detail")
    outbox.drain()
    expected = {taken_back: "withdrawn", replaced: "corrected", new: "circulated"}
    assert _states("analyst@mps", "heron") == _states("analyst@norf", "heron") == expected
    assert search_everything(norf, "900417", Narrowed()).values == ()


def test_a_correction_is_told_as_new(house: Instance) -> None:
    norf = someone("analyst@norf")
    first = file_report(norf, "1", text="A heron.", bodies=["MPS"])
    outbox.drain()
    saved = save_search(by=someone("analyst@mps"), name="Herons", text="heron", narrowed=Narrowed())
    new = correct_report(by=norf, ref=first, draft=draft("2", text="A heron, twice."), why="A detail")
    outbox.drain()
    assert [row.ref for row in alert_page(someone("analyst@mps"), saved)[0]] == [new]
    withdraw_report(by=norf, ref=new, why="It was untrue")
    outbox.drain()
    assert [row.label for row in alert_page(someone("analyst@mps"), saved)[0]] == ["Report, withdrawn"]


def test_it_finds_a_value_that_only_a_sanitised_version_holds(house: Instance) -> None:
    norf = someone("analyst@norf")
    full = file_report(norf, "1", text="A heron.")
    version = draft("2", selectors=("phone:07700 900418",), bodies=("KENT",))
    sanitise_report(by=norf, ref=full, items=[1], draft=version)
    outbox.drain()
    assert len(search_everything(someone("analyst@kent"), "900418", Narrowed()).values) == 1
    assert search_everything(someone("analyst@mers"), "900418", Narrowed()).values == ()
