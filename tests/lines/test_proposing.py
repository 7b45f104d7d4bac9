"""Emerging lines: what is proposed before anyone names it, and what each side may know of that."""

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.lines.keeping import NUMBER, keep, page
from throughline.kernel import outbox
from throughline.lines.pairs import pairs_of
from throughline.lines.queries import line_list, proposed_lines
from throughline.lines.services import move_line
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest


def _seen(*bodies: str) -> None:
    for place, body in enumerate(bodies):
        brand = ["brand:Ricky"] if body == "mers" else []
        file_report(someone(f"analyst@{body}"), f"S{place}", selectors=[NUMBER, *brand])
        outbox.drain()


def test_a_number_that_two_forces_see_again_is_proposed_once(house: Instance) -> None:
    norf, mers = someone("analyst@norf"), someone("analyst@mers")
    _seen("norf", "mers")
    assert line_list(norf).total == 0, "two sightings are a hit, and no line yet"
    _seen_again("norf")
    (row,) = line_list(norf).rows
    assert (row.state, row.lead, row.known.name) == ("proposed", "", "Line on 07700 900301")
    found = page(norf, row.ref)
    assert {piece.body for piece in found.pieces} == {"NORF"}, "each reads its own, and no more"
    assert found.pieces[0].words.startswith("Proposed because 2 items within a year name a line")
    assert [r.known.name for r in line_list(mers).rows] == ["Ricky line"]
    assert (
        [w.ref for w in proposed_lines(mers, size=9)]
        == [w.ref for w in proposed_lines(norf, size=9)]
        == [row.ref]
    )
    assert line_list(someone("analyst@kent")).total == 0
    _seen_again("mers")
    assert line_list(norf).total == 1
    assert pairs_of(norf, size=9) == ()
    move_line(by=norf, line=row.ref, verb="accept", why="It is one")
    assert (page(mers, row.ref).state, page(mers, row.ref).lead) == ("live", "NORF")


def _seen_again(body: str) -> None:
    file_report(someone(f"analyst@{body}"), "again", selectors=[NUMBER])
    outbox.drain()


def test_one_force_alone_and_silence_propose_nothing(house: Instance) -> None:
    norf, kent = someone("analyst@norf"), someone("analyst@kent")
    _seen("norf", "norf", "norf")
    keep_interest(by=kent, selector=parse(NUMBER), why="Quiet", silent=True)
    keep_interest(by=someone("analyst@mps"), selector=parse(NUMBER), why="Open", silent=False)
    outbox.drain()
    assert line_list(norf).total == line_list(kent).total == 0


def test_a_number_named_twice_is_proposed_though_one_force_alone_saw_it(house: Instance) -> None:
    norf = someone("analyst@norf")
    for place in range(2):
        assert line_list(norf).total == 0
        file_report(norf, f"B{place}", selectors=[NUMBER, "brand:Ricky"])
        outbox.drain()
    (row,) = line_list(norf).rows
    assert (row.state, row.known.name) == ("proposed", "Ricky line")
    assert line_list(someone("analyst@kent")).total == 0


def test_a_number_that_is_mostly_seen_without_a_name_is_somebodys_own(house: Instance) -> None:
    norf = someone("analyst@norf")
    for place in range(7):
        brand = ["brand:Ricky"] if place > 4 else []
        file_report(norf, f"B{place}", selectors=[NUMBER, *brand])
    outbox.drain()
    assert line_list(norf).total == 0, "two of seven"
    _seen("mers", "mers")
    assert line_list(norf).total == 1, "four of nine"


def test_a_number_that_stands_on_a_line_is_not_proposed_again(house: Instance) -> None:
    kent = someone("analyst@kent")
    ref = keep(kent, "K1")
    _seen("norf", "mers", "norf")
    assert [row.ref for row in line_list(kent).rows] == [ref]
    assert line_list(someone("analyst@norf")).total == 0
