"""Where bodies' views of a line differ, and where it probably comes from: on its page, as far as one may know."""

from typing import Any

from tests.cast import Cast
from tests.inside import apart, house, shared_house
from tests.lines.keeping import NUMBER, an_item, keep, page
from tests.web.visiting import visitor, words_of
from throughline.lines.services import Said, add_evidence, withdraw_evidence
from throughline.lines.statements import BODY, TEXT

__all__ = ["apart", "house", "shared_house"]


def test_two_bodies_that_differ_stand_beside_each_other(house: Any, cast: Cast) -> None:
    said = [
        Said("exports from", BODY, "MPS"),
        Said("own priority", TEXT, "Red"),
        Said("own score", TEXT, "64"),
    ]
    ref = keep(cast.aisha, said=said, everyone=True)
    theirs = an_item(cast.mia, "M1", everyone=True)
    add_evidence(by=cast.mia, line=ref, items=[theirs],
                 said=[Said("exports from", BODY, "ESSEX"), Said("own priority", TEXT, "low")], why="Ours")  # fmt: skip
    words = words_of(visitor("analyst@norf").get(f"/lines/{ref}"))
    assert "What each body says : they differ on 2 matters" in words
    words = words_of(visitor("analyst@norf").get(f"/lines/{ref}/views"))
    assert "Where it comes from What is said By Grades Last Essex Police Metropolitan Police Service" in words
    assert "How much it matters to them" in words
    desk = words_of(visitor("coordinator@nclcc").get("/lines/co-ordination?pile=differ"))
    assert ref in desk


def test_a_view_is_told_to_those_alone_who_may_know_it(house: Any, cast: Cast) -> None:
    ref = keep(cast.aisha, said=[Said("exports from", BODY, "MPS")], bodies=["MPS"])
    home = an_item(cast.aisha, "N9")
    add_evidence(by=cast.aisha, line=ref, items=[home], said=[Said("own priority", TEXT, "Zinc")], why="Ours")
    assert "Zinc" in words_of(visitor("analyst@norf").get(f"/lines/{ref}/views"))
    assert "Zinc" not in words_of(visitor("analyst@mps").get(f"/lines/{ref}/views"))
    assert visitor("analyst@kent").get(f"/lines/{ref}/views").status_code == 404


def test_it_probably_comes_from_where_those_live_who_carry_it(house: Any, cast: Cast) -> None:
    ref = keep(cast.aisha)
    for n in range(2):
        an_item(cast.aisha, f"seen {n}", selectors=[NUMBER, f"address:{n + 1} Mill Lane, Croydon SW99 9ZZ"])
    words = words_of(visitor("analyst@norf").get(f"/lines/{ref}"))
    assert (
        "it probably comes from Metropolitan Police Service: of those seen with its numbers away from home, 2 of 2"
        in words
    )
    assert "Mill Lane" not in words_of(visitor("manager@norf").get("/lines/"))


def test_the_ranked_list_follows_evidence_at_once(house: Any, cast: Cast) -> None:
    ref, aisha = keep(cast.aisha, everyone=True), visitor("analyst@norf")

    def score() -> str:
        return words_of(aisha.get("/lines/")).partition(ref)[2].split("Score")[0]

    before = score()
    item = an_item(cast.aisha, "N2")
    add_evidence(
        by=cast.aisha, line=ref, items=[item], said=[Said("violence", "word", "firearm")], why="Seen"
    )
    with_it = score()
    assert with_it != before
    assert words_of(visitor("analyst@mps").get("/lines/")).partition(ref)[2].split("Score")[0] == before
    piece = next(p for p in page(cast.aisha, ref).pieces if p.statement == "violence")
    withdraw_evidence(by=cast.aisha, line=ref, evidence=piece.ref, why="A slip")
    assert score() == before
