"""Scores, ranking and flows as a reader may know them: no figure tells of what they may not know."""

from datetime import timedelta

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import NEXT_NUMBER, an_item, keep, live, page, says
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.lines.flows import Asked, flow_map
from throughline.lines.merging import merge_lines
from throughline.lines.ranking import ranked_lines, score_of, steady_lines
from throughline.lines.services import Said, add_evidence, withdraw_evidence
from throughline.lines.statements import BODY, TOWN

FIREARM, CHILD = Said("violence", "word", "firearm"), Said("exploitation", "word", "child")
FROM_LONDON, TO_NORFOLK = Said("exports from", BODY, "MPS"), Said("imports to", BODY, "NORF")
IN_YARMOUTH = Said("imports to", TOWN, "Great Yarmouth")


def _totals(reader: Reader) -> dict[str, int]:
    return {one.row.ref: one.total for one in ranked_lines(reader).rows}


def test_the_score_on_the_page_is_that_of_the_list(house: Instance) -> None:
    norf = someone("analyst@norf")
    ref = keep(norf, said=[FIREARM, CHILD, FROM_LONDON, IN_YARMOUTH])
    scored = score_of(page(norf, ref))
    assert _totals(norf) == {ref: scored.score.total}
    assert scored.score.total >= 20 + 20 + 9
    assert {fall.points for fall in scored.moving.falls} == {scored.score.total}


def test_each_reads_the_score_of_what_they_may_know_and_the_hidden_moves_nothing(house: Instance) -> None:
    norf, mps, kent = (someone(f"analyst@{body}") for body in ("norf", "mps", "kent"))
    ref = keep(norf, bodies=["MPS"])
    before = score_of(page(mps, ref)).score
    own = an_item(norf, "own", selectors=[NEXT_NUMBER])
    add_evidence(by=norf, line=ref, items=[own], said=[says(NEXT_NUMBER), FIREARM, CHILD, FROM_LONDON, TO_NORFOLK],
                 why="Ours alone")  # fmt: skip
    assert score_of(page(mps, ref)).score == before
    assert _totals(mps) == {ref: before.total}
    assert flow_map(mps, Asked()).flows == ()
    assert _totals(norf)[ref] > before.total
    assert _totals(kent) == {}
    assert flow_map(kent, Asked()).lines == 0
    assert steady_lines(kent) == ()


def test_two_bodies_that_know_the_same_read_the_same(house: Instance) -> None:
    norf, mers = someone("analyst@norf"), someone("analyst@mers")
    ref = keep(norf, said=[FIREARM], everyone=True)
    assert score_of(page(norf, ref)).score == score_of(page(mers, ref)).score


def test_what_is_withdrawn_counts_no_more_and_a_past_day_is_scored_as_it_was(house: Instance) -> None:
    norf = someone("analyst@norf")
    ref = keep(norf, said=[FIREARM])
    before = score_of(page(norf, ref)).score.total
    gun = next(piece.ref for piece in page(norf, ref).pieces if piece.statement == "violence")
    with clock.stopped(clock.now() + timedelta(days=1)):
        withdraw_evidence(by=norf, line=ref, evidence=gun, why="Another line's")
        assert score_of(page(norf, ref)).score.total < before
        then = clock.today() - timedelta(days=1)
        assert score_of(page(norf, ref, known_on=then)).score.total == before


def test_open_lines_come_first_and_the_highest_of_them(house: Instance) -> None:
    norf = someone("analyst@norf")
    low, high = keep(norf, "N1"), keep(norf, "N2", said=[FIREARM, CHILD])
    assert [one.row.ref for one in ranked_lines(norf).rows] == [high, low]
    assert [one.row.ref for one in ranked_lines(norf, offset=1).rows] == [low]
    assert [one.row.row.ref for one in steady_lines(norf)] in ([high, low], [low, high])


def test_a_merged_line_scores_with_what_it_stands_for(house: Instance) -> None:
    manager = someone("manager@norf")
    kept, gone = live(manager, "N1"), live(manager, "N2", said=[FIREARM, FROM_LONDON, TO_NORFOLK])
    merge_lines(by=manager, kept=kept, gone=gone, why="One number")
    (one,) = ranked_lines(manager).rows
    assert (one.row.ref, one.total) == (kept, score_of(page(manager, kept)).score.total)
    (flow,) = flow_map(manager, Asked()).flows
    assert (flow.start, flow.end, flow.lines) == ((BODY, "MPS"), (BODY, "NORF"), 1)


def test_flows_are_between_areas_and_near_by_between_towns(house: Instance) -> None:
    norf = someone("analyst@norf")
    keep(norf, "N1", said=[FROM_LONDON, TO_NORFOLK, IN_YARMOUTH])
    keep(norf, "N2", said=[FROM_LONDON, Said("imports to", TOWN, "great yarmouth"), FIREARM])
    keep(norf, "N3", said=[FROM_LONDON])
    found = flow_map(norf, Asked())
    assert [(f.start, f.end, f.lines) for f in found.flows] == [((BODY, "MPS"), (BODY, "NORF"), 2)]
    assert (found.lines, found.unmapped, found.rows) == (3, 1, ())
    near = flow_map(norf, Asked(sells_in="NORF"))
    assert {(f.end[0], f.end[1].casefold()) for f in near.flows} == {(TOWN, "great yarmouth")}
    assert len(near.rows) == 2
    assert flow_map(norf, Asked(comes_from="KENT")).lines == 0
    assert flow_map(norf, Asked(least=20)).lines == 1
    assert flow_map(norf, Asked(drug="heroin")).lines == 0
    assert flow_map(norf, Asked(lead="NORF")).lines == 3
    with clock.stopped(clock.now() + timedelta(days=800)):
        assert flow_map(norf, Asked(seen_within=365)).lines == 0
