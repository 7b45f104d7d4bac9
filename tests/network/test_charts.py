"""Link charts drawn from evidence: what ties what, for whom, and that nothing known jumps."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast, assemble
from tests.inside import file_report
from tests.instance import Instance
from tests.lines.keeping import NEXT_NUMBER, NUMBER, live, says
from throughline.access.reader import reading
from throughline.kernel import outbox
from throughline.matching.people.judging import judge_link
from throughline.matching.people.links import link_list
from throughline.network.chart import services
from throughline.network.chart.models import ChartSpot, LinkChart
from throughline.network.chart.queries import ChartPage, chart_key_people, chart_list, chart_page
from throughline.network.chart.services import UnknownChart
from throughline.network.chart.spots import Spot
from throughline.selectors.registry import parse

SAM, SAMUEL, KIM = (
    "person:Example, Sam, 2011-05-03",
    "person:Example, Samuel, 2011-05-03",
    "person:Sample, Kim, 1990-01-01",
)
CAR, SECRET = "vehicle:AB12 CDE", "phone:07700 900777"


def spot(text: str) -> Spot:
    """What a selector is on a chart."""
    selector = parse(text)
    return Spot(selector.kind, selector.key)


@pytest.fixture(scope="module")
def cast(shared_house: Instance) -> Iterator[Cast]:
    """Norfolk knows a line, three people and a car; London shares a sighting of the number and keeps another."""
    cast = assemble()
    live(cast.aisha, said=[says(SAM, detail="runner"), says(NEXT_NUMBER)])
    file_report(cast.aisha, "A", selectors=[NUMBER, SAM, KIM])
    file_report(cast.aisha, "B", selectors=[KIM, CAR, SAMUEL])
    file_report(cast.mia, "C", selectors=[NUMBER, "email:shared@line.example"], everyone=True)
    file_report(cast.mia, "D", selectors=[NUMBER, SECRET])
    outbox.drain()
    yield cast


def seen(reader: object, ref: str, **asked: object) -> ChartPage:
    """The chart as this reader gets it."""
    found = chart_page(reader, ref, **asked)  # type: ignore[arg-type]
    assert found is not None
    return found


def labels(page: ChartPage) -> set[str]:
    return {one.label for one in page.spots}


def test_a_value_is_drawn_with_what_stands_beside_it_and_nothing_that_is_hidden(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(NUMBER))
    page = seen(cast.aisha, ref)
    assert labels(page) == {
        "Line on 07700 900301", "07700 900301", "EXAMPLE, Sam, born 3 May 2011", "SAMPLE, Kim, born 1 January 1990",
        "shared@line.example",
    }  # fmt: skip
    number = next(one for one in page.spots if one.label == "07700 900301")
    assert [(held.body_name, held.is_open) for held in number.held_by] == [
        ("Metropolitan Police Service", True)
    ]
    sam = next(one for one in page.spots if "Sam," in one.label)
    assert (sam.is_protected, sam.under) == (True, "runner, child")
    strand = next(s for s in page.strands if {s.one, s.other} == {number.number, sam.number})
    assert (strand.what, strand.times) == ("seen together", 1)
    with pytest.raises(UnknownChart):
        services.open_chart(by=cast.aisha, start=spot(SECRET))
    with pytest.raises(UnknownChart):
        services.open_chart(by=cast.harry, start=spot(KIM))


def test_expanding_moves_nothing_and_hiding_keeps_the_place(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(NUMBER))
    before = {one.number: (one.x, one.y) for one in seen(cast.aisha, ref).spots}
    kim = next(one for one in seen(cast.aisha, ref).spots if "Kim" in one.label)
    assert kim.more == 2
    done = services.expand_spot(by=cast.aisha, ref=ref, number=kim.number)
    new = done.numbers
    page = seen(cast.aisha, ref)
    assert {"AB12 CDE", "EXAMPLE, Samuel, born 3 May 2011"} <= labels(page)
    assert len(new) == 2
    after = {one.number: (one.x, one.y) for one in page.spots}
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)
    assert done.part.spots == seen(cast.aisha, ref, only=frozenset((*new, kim.number))).spots
    part = seen(cast.aisha, ref, only=frozenset(new))
    assert {one.number for one in part.spots} == set(new)
    assert {kim.number, *new} == {end for s in part.strands for end in (s.one, s.other)}
    services.hide_spot(by=cast.aisha, ref=ref, number=kim.number)
    assert (seen(cast.aisha, ref).hidden, kim.label in labels(seen(cast.aisha, ref))) == (1, False)
    services.show_hidden(by=cast.aisha, ref=ref)
    assert {one.number: (one.x, one.y) for one in seen(cast.aisha, ref).spots} == after


def test_a_way_is_found_over_what_is_not_drawn(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(NUMBER))
    added = services.add_to_chart(by=cast.aisha, ref=ref, typed=CAR)
    email = next(one.number for one in seen(cast.aisha, ref).spots if "@" in one.label)
    way = services.find_way(by=cast.aisha, ref=ref, one=added, other=email)
    names = {one.number: one.label for one in seen(cast.aisha, ref).spots}
    assert [names[n] for n in way] == [
        "AB12 CDE", "SAMPLE, Kim, born 1 January 1990", "07700 900301", "shared@line.example"
    ]  # fmt: skip


def test_a_shared_chart_shows_each_what_they_may_know(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(NUMBER))
    assert chart_page(cast.mia, ref) is None
    assert chart_page(cast.dev, ref) is None
    services.name_chart(by=cast.aisha, ref=ref, name="Heron")
    services.share_chart(by=cast.aisha, ref=ref, bodies=["MPS"], is_shared=True)
    assert [row.name for row in chart_list(cast.mia)[0]] == ["Heron"]
    theirs = seen(cast.mia, ref)
    assert labels(theirs) == {"07700 900301", "shared@line.example"}
    assert next(one for one in theirs.spots if one.kind == "phone").more == 1
    assert chart_page(cast.harry, ref) is None
    with reading(cast.mia):
        assert ChartSpot.objects.filter(chart__ref=ref).count() == 2
        assert LinkChart.objects.filter(ref=ref).update(name="Ours") == 0
    with pytest.raises(UnknownChart):
        services.hide_spot(by=cast.mia, ref=ref, number=theirs.spots[0].number)
    copied = services.copy_chart(by=cast.mia, ref=ref)
    assert labels(seen(cast.mia, copied)) == labels(theirs)
    services.share_chart(by=cast.aisha, ref=ref, bodies=[], is_shared=False)
    assert chart_page(cast.mia, ref) is None


def test_values_judged_one_person_are_tied_and_count_as_one(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(KIM))
    before = chart_key_people(cast.aisha, ref)
    link = next(row for row in link_list(cast.aisha).rows if "EXAMPLE" in row.one and "EXAMPLE" in row.other)
    judge_link(by=cast.aisha, ref=link.ref, verdict="same", why="The same address")
    after = chart_key_people(cast.aisha, ref)
    assert before and after
    assert (len(before.people), len(after.people)) == (3, 2)
    sam = next(one for one in after.people if "Samuel" in one.label)
    assert sam.advice.protect.startswith("A child.")
    assert sam.advice.pursue == ""
    assert any(s.what.endswith("judged one person") for s in seen(cast.aisha, ref).strands)


def test_a_layout_is_the_same_each_time_and_alone_moves_what_stands(cast: Cast) -> None:
    ref = services.open_chart(by=cast.aisha, start=spot(NUMBER))
    found = []
    for layout in ("columns", "rings", "forces", "columns", "rings", "forces"):
        services.lay_out_chart(by=cast.aisha, ref=ref, layout=layout)
        found.append({one.number: (one.x, one.y) for one in seen(cast.aisha, ref).spots})
    assert found[:3] == found[3:]
    assert all(len(set(each.values())) == len(each) for each in found)
