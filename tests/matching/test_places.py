"""Addresses that may be one place, of those that the reader may know, weighed by a model of their own."""

from collections.abc import Sequence

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.kernel.problems import FieldProblem
from throughline.matching.places.alike import places_alike
from throughline.matching.places.judging import PlaceNotKnown, judge_places
from throughline.matching.places.learning import learn_places
from throughline.matching.places.model import standing_weights, unlearnt
from throughline.matching.places.models import PlaceJudgement
from throughline.matching.places.pairs import judged_places, two_places, verdicts_on
from throughline.network.chart.queries import chart_page
from throughline.network.chart.services import open_chart
from throughline.network.chart.spots import Spot
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse

HERE = "address:Flat 3, 12 Wherry Road, NR1 1AA"


def _seen(by: Reader, *addresses: str, also: str = "", bodies: Sequence[str] = ()) -> None:
    for place, address in enumerate(addresses):
        values = [f"address:{address}", *filter(None, [also])]
        file_report(by, f"{by.body_code} {place} {also}", selectors=values, bodies=bodies)
    outbox.drain()
    assert outbox.failed() == 0


def _alike(reader: Reader, address: str = HERE) -> list[str]:
    return [one.other.shown for one in places_alike(reader, [parse(address)])]


def test_other_ways_of_writing_are_the_same_place_and_other_flats_are_not(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Apt 3 12 Wherrey Rd, NR1 1AA", "Flat 3, 12 Wherry Road, NR1 1AB", "Flat 4, 12 Wherry Road, NR1 1AA",
          "14 Wherry Road, NR1 1AA", "Flat 3, 12 Mill Lane, NR1 1AA")  # fmt: skip
    assert sorted(_alike(aisha)) == ["Flat 3 12 Wherrey Road, NR1 1AA", "Flat 3 12 Wherry Road, NR1 1AB"]
    (first, *_) = places_alike(aisha, [parse(HERE)])
    assert first.words[0].startswith("the same street")
    assert first.model == unlearnt().name


def test_nobody_reads_an_address_that_they_may_not_know(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _seen(aisha, "Apt 3 12 Wherrey Rd, NR1 1AA")
    assert _alike(mia) == []
    assert _alike(aisha)
    assert places_alike(aisha, [parse("phone:07700900123")]) == ()


def test_one_uprn_brings_two_addresses_together(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Rose Cottage, Mill Lane, NR1 1AA", "12 Mill Lane, NR2 2BB", also="uprn:100012345678")
    _seen(aisha, "14 Mill Lane, NR3 3AA")
    assert _alike(aisha, "address:Rose Cottage, Mill Lane, NR1 1AA") == ["12 Mill Lane, NR2 2BB"]


def test_few_addresses_teach_nothing(house: Instance) -> None:
    _seen(someone("analyst@norf"), "12 Wherry Road, NR1 1AA")
    assert learn_places() == unlearnt().name == standing_weights().name


ONE, OTHER = (
    parse(f"address:{said}").key
    for said in ("Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA")
)


def _judge(by: Reader, verdict: str, why: str = "Been there") -> str:
    ref = judge_places(by=by, one=ONE, other=OTHER, verdict=verdict, why=why)
    outbox.drain()
    assert outbox.failed() == 0
    return ref


def test_what_is_said_of_two_addresses_stays_and_can_be_taken_back(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA")
    fresh = two_places(aisha, OTHER, ONE)
    assert fresh
    assert (fresh.pair, fresh.verdict, fresh.history, fresh.group) == ("", "", (), ())
    assert fresh.words
    (alike,) = (one for one in places_alike(aisha, [parse(HERE)]) if OTHER in one.keys)
    assert fresh.likely == alike.probability
    pair = _judge(aisha, "same")
    found = judged_places(aisha, pair)
    assert found
    assert (found.verdict, len(found.group), found.contradictions) == ("same", 2, ())
    assert (found.history[0].probability, found.history[0].model) == (fresh.likely, fresh.model)
    assert verdicts_on(aisha, [(OTHER, ONE)]) == {found.keys: "same"}
    assert _judge(aisha, "taken back", "A typing slip") == pair
    after = judged_places(aisha, pair)
    assert after
    assert (after.verdict, after.group, [one.verdict for one in after.history]) == (
        "",
        (),
        ["same", "taken back"],
    )


def test_two_bodies_that_disagree_are_shown_and_not_settled(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    for by in (aisha, mia):
        _seen(by, "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA", bodies=["NORF", "MPS"])
    pair = _judge(aisha, "same")
    assert _judge(mia, "different", "Two front doors") == pair
    found = judged_places(aisha, pair)
    assert found
    assert found.group == ()
    assert len(found.contradictions) == 1
    told = [card.text for card in notice_list(aisha)[0] if card.kind == "place judged"]
    assert told == [f"{mia.name} at {mia.body_name} judged two addresses to be different places: {pair}"]


def test_only_whoever_may_know_both_judges_and_no_judgement_tells_of_the_other(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _seen(aisha, "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA")
    pair = _judge(aisha, "same")
    assert judged_places(mia, pair) is None
    _seen(mia, "Flat 3, 12 Wherry Road, NR1 1AA", bodies=["NORF"])
    assert two_places(mia, ONE, OTHER) is None
    with pytest.raises(PlaceNotKnown):
        judge_places(by=mia, one=ONE, other=OTHER, verdict="same", why="x")
    # Told from now on, since the Metropolitan Police holds one of them; and still nothing of the other.
    _judge(aisha, "unsure")
    (card,) = (card for card in notice_list(mia)[0] if card.kind == "place judged")
    assert "WHERREY" not in card.text.upper()
    half = judged_places(mia, pair)
    assert half
    assert (half.is_known, half.words, half.group, half.keys) == (False, (), (), ("", ""))
    assert "Wherrey" not in str(half)


@pytest.mark.parametrize(
    ("verdict", "why"), [("", "x"), ("perhaps", "x"), ("same", "  "), ("same", "x" * 1001)]
)
def test_it_asks_for_an_answer_and_a_reason(house: Instance, verdict: str, why: str) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA")
    with pytest.raises(FieldProblem):
        judge_places(by=aisha, one=ONE, other=OTHER, verdict=verdict, why=why)
    assert not PlaceJudgement.objects.exists()


def test_an_address_is_not_itself(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Flat 3, 12 Wherry Road, NR1 1AA")
    assert two_places(aisha, ONE, ONE) is None


def test_one_place_is_a_tie_on_a_chart_until_somebody_says_otherwise(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _seen(aisha, "Flat 3, 12 Wherry Road, NR1 1AA", "Apt 3 12 Wherrey Rd, NR1 1AA")

    def ties() -> list[str]:
        chart = chart_page(aisha, open_chart(by=aisha, start=Spot("address", ONE)))
        assert chart
        return [strand.what for strand in chart.strands]

    assert ties() == []
    _judge(aisha, "same")
    assert ties() == ["judged one place"]
    _judge(aisha, "different")
    assert ties() == []
