"""Searching: what is found, in which order, why, and to whom it is shown."""

from datetime import date

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.journal import Verb
from throughline.access.models import JournalEntry
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import outbox
from throughline.search.highlights import Piece
from throughline.search.narrowed import Narrowed
from throughline.search.queries import Found, search_everything
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest

SAM = "person:Example, Jonathan, 1990-02-03"
NUMBER = "phone:07700 900416"


@pytest.fixture
def filed(house: Instance) -> dict[str, str]:
    """A few reports of Norfolk and one of the Met, with all that follows from them."""
    norf, mps = someone("analyst@norf"), someone("analyst@mps")
    refs = {
        "heron": file_report(norf, "1", title="A heron by the canal", text="Calls were arranged.", selectors=[NUMBER]),
        "text": file_report(norf, "2", title="A line", text="Two herons were seen by the quarry.", selectors=[SAM]),
        "shared": file_report(norf, "3", title="Sent out", text="A heron again.", bodies=["MPS"],
                              selectors=["vehicle:AB12 CDE"]),
        "met": file_report(mps, "4", title="Of the Met", text="A heron of theirs.",
                           selectors=[NUMBER, "email:u7@line.example"]),
        "c": file_report(norf, "5", title="Under terms", text="The heron sleeps.", grade="2BC", instructions="Ask.",
                         bodies=["MPS"]),
    }  # fmt: skip
    outbox.drain()
    return refs


def search(username: str, text: str, **narrowed: object) -> Found:
    return search_everything(someone(username), text, Narrowed(**narrowed))  # type: ignore[arg-type]


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def test_it_finds_reports_by_stem_and_ranks_the_title_first(filed: dict[str, str]) -> None:
    found = search("analyst@norf", "heron")
    assert found.reports[0].ref == filed["heron"]
    assert {r.ref for r in found.reports} == {filed[name] for name in ("heron", "text", "shared", "c")}
    passage = next(r.passage for r in found.reports if r.ref == filed["text"])
    assert Piece("herons", is_hit=True) in passage


def test_it_shows_each_reader_what_they_may_know(filed: dict[str, str]) -> None:
    assert {r.ref for r in search("analyst@mps", "heron").reports} == {
        filed["shared"],
        filed["met"],
        filed["c"],
    }
    assert {r.ref for r in search("officer@mps", "heron").reports} == {filed["shared"], filed["met"]}
    assert search("analyst@kent", "heron").reports == ()


def test_no_passage_is_torn_out_of_an_item_under_conditions(filed: dict[str, str]) -> None:
    one = next(r for r in search("analyst@mps", "heron").reports if r.ref == filed["c"])
    assert (one.is_conditioned, one.passage) == (True, ())


@pytest.mark.parametrize("fragment", ["07700 900", "900416", "7009", "0041"])
def test_it_finds_a_number_by_any_part_of_it(filed: dict[str, str], fragment: str) -> None:
    found = search("analyst@norf", fragment)
    assert [shown(v.shown) for v in found.values] == ["07700 900416"]
    assert [s.ref for s in found.values[0].seen] == [f"{filed['heron']}/1"]
    assert found.hits == () or shown(found.hits[0].shown) == "07700 900416"


def test_a_value_tells_only_of_sightings_that_the_reader_may_know(filed: dict[str, str]) -> None:
    mine, theirs = (search(name, "900416").values[0] for name in ("analyst@norf", "analyst@mps"))
    assert (mine.times, mine.bodies) == (1, ("Norfolk Constabulary",))
    assert (theirs.times, theirs.bodies) == (1, ("Metropolitan Police Service",))
    assert search("analyst@kent", "900416") == Found(exact=())
    assert [v.kind for v in search("analyst@mps", "b12 c").values] == ["vehicle"]


@pytest.mark.parametrize(
    "typed",
    [
        "Jonathan Example",
        "Example Jon",
        "jon exampel",
        "Jonathon Eksample",
        "example",
        "J Example",
        "1990-02",
    ],
)
def test_it_finds_a_person_by_a_variant_of_the_name(filed: dict[str, str], typed: str) -> None:
    found = search("analyst@norf", typed)
    assert [shown(p.shown) for p in found.people] == ["EXAMPLE, Jonathan, born 3 February 1990"]
    assert search("analyst@mps", typed).people == ()


def test_hits_and_interests_are_found_by_value(filed: dict[str, str]) -> None:
    keep_interest(
        by=someone("analyst@norf"), selector=parse("email:quarry@line.example"), why="A test", silent=True
    )
    outbox.drain()
    assert [i.why for i in search("analyst@norf", "quarry@line").interests] == ["A test"]
    assert search("analyst@mps", "quarry@line") == Found(exact=())
    assert [h.other_name for h in search("analyst@norf", "900416").hits] == ["Metropolitan Police Service"]
    assert search("analyst@kent", "900416").hits == ()


def test_a_whole_selector_can_be_checked_whether_or_not_it_is_held(filed: dict[str, str]) -> None:
    assert [one.key for one in search("analyst@kent", "07700 900416").exact] == ["+447700900416"]
    assert [one.key for one in search("analyst@kent", "07700 900417").exact] == ["+447700900417"]


def test_it_narrows_by_kind_body_state_and_date(filed: dict[str, str]) -> None:
    assert {r.ref for r in search("analyst@mps", "heron", owner="MPS").reports} == {filed["met"]}
    assert {r.ref for r in search("analyst@mps", "heron", state="circulated").reports} == {
        filed["shared"],
        filed["c"],
    }
    assert search("analyst@norf", "heron", since=date(2026, 10, 2)).reports == ()
    assert search("analyst@norf", "900416", until=date(2026, 9, 30)).values == ()
    assert search("analyst@norf", "heron", owner="NOWHERE").reports == ()
    assert search("analyst@norf", "900416", group="reports").values == ()


def test_a_report_that_nobody_has_graded_is_found_by_its_own_body_alone(house: Instance) -> None:
    from throughline.intelligence.report_cells import Circulation, Classification  # noqa: PLC0415
    from throughline.intelligence.report_rows import ItemDraft, ReportDraft  # noqa: PLC0415
    from throughline.intelligence.services import record_reports  # noqa: PLC0415

    item = ItemDraft(1, "An ungraded heron.", None, (parse(NUMBER),), 2)
    draft = ReportDraft("U", date(2026, 10, 1), "U", Classification.OFFICIAL,
                        Circulation(everyone=False, bodies=()), (item,), (2,))  # fmt: skip
    record_reports(by=someone("officer@norf"), drafts=[draft])
    assert len(search("analyst@norf", "heron").reports) == 1
    assert search("analyst@mps", "heron").reports == ()


def test_it_is_journalled_without_the_words(filed: dict[str, str]) -> None:
    reader = someone("analyst@norf")
    search_everything(reader, "heron", Narrowed())
    with reading(someone("auditor@norf")):
        last = JournalEntry.objects.filter(thing="search").order_by("-id")[0]
    assert (last.verb, last.detail["reports"]) == (Verb.CONSULT, 4)
    assert "heron" not in str(last.detail)


def test_it_needs_the_permission(house: Instance) -> None:
    for username in ("auditor@norf", "admin@norf"):
        with pytest.raises(NotAllowed):
            search(username, "heron")


@pytest.mark.parametrize(
    "text", ["", "the", "'", "%", "\\", "a & b", "!!!", "(((", "<script>", "x" * 300, "&|!", "-a"]
)
def test_it_takes_anything_that_can_be_typed(house: Instance, text: str) -> None:
    assert search("analyst@norf", text).reports == ()
