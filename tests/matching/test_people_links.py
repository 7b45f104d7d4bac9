"""Links between people as they arrive: proposed at once, shown at the degree of each reader, judged by rows."""

import random
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from tests.inside import dice_of, file_report, sight, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import Circulation, marking_for
from throughline.intelligence.versions import withdraw_report
from throughline.kernel import clock, outbox
from throughline.kernel.problems import FieldProblem
from throughline.matching.people.arriving import propose_links
from throughline.matching.people.judging import LinkNotKnown, judge_link
from throughline.matching.people.links import LinkPage, LinkRow, link_list, link_page
from throughline.matching.people.models import LinkJudgement
from throughline.matching.people.records import Told, records_of
from throughline.matching.people.running import run_linkage
from throughline.matching.people.scoring import weigh
from throughline.matching.people.weights import weights_named
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK, UNSURE
from throughline.selectors.models import Sighting

SAM, SAMUEL = "person:Example, Sam, 2001-05-03", "person:Example, Samuel, 2001-05-03"
TURNED = "person:Example, Sam, 2001-03-05"
PHONE = "phone:07700900123"


def _links(reader: Reader, verdict: str = "open") -> tuple[LinkRow, ...]:
    return link_list(reader, verdict=verdict, size=1000).rows


def _two(one: Reader, other: Reader, *, bodies: Sequence[str] = (), also: Sequence[str] = ()) -> None:
    file_report(one, "A", selectors=[SAM, *also], bodies=bodies)
    file_report(other, "B", selectors=[SAMUEL, *also], bodies=bodies)
    outbox.drain()
    assert outbox.failed() == 0


def _page(reader: Reader, ref: str) -> LinkPage:
    found = link_page(reader, ref)
    assert found is not None
    return found


def test_it_proposes_a_link_as_soon_as_the_second_is_known(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _two(aisha, aisha)
    (row,) = _links(aisha)
    assert {row.one, row.other} == {"EXAMPLE, Sam, born 3 May 2001", "EXAMPLE, Samuel, born 3 May 2001"}
    page = _page(aisha, row.ref)
    assert page.start + sum(part.bits for part in page.parts) == pytest.approx(page.bits)
    assert (
        next(part.words for part in page.parts if part.name == "given") == "Another form of the given name."
    )


def test_sightings_of_nobody_cost_one_statement(house: Instance) -> None:
    aisha = someone("analyst@norf")
    sighting = sight(aisha, PHONE, ref="S-1")
    with CaptureQueriesContext(connection) as asked:
        propose_links([{"sightings": [sighting]}])
    assert len(asked) == 1


def test_a_body_that_holds_the_other_is_pointed_to_and_no_more(house: Instance) -> None:
    aisha, mia, harry = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    _two(aisha, mia, also=[PHONE])
    (own,), (theirs,) = _links(aisha), _links(mia)
    assert (own.one, own.other, own.probability) == ("EXAMPLE, Sam, born 3 May 2001", "", None)
    assert [body.name for body in own.pointed] == ["Metropolitan Police Service"]
    assert [body.name for body in theirs.pointed] == ["Norfolk Constabulary"]
    page = _page(aisha, own.ref)
    assert (page.parts, page.changes, page.bits, page.model) == ((), (), 0.0, "")
    assert "Samuel" not in repr(page)
    assert _links(harry) == ()
    assert link_page(harry, own.ref) is None
    with pytest.raises(LinkNotKnown):
        judge_link(by=aisha, ref=own.ref, verdict=SAME, why="I guess")


def test_a_silent_holder_is_not_pointed_to(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    sight(aisha, SAM, ref="S-1")
    sight(mia, SAMUEL, ref="S-2", silent=True)
    outbox.drain()
    assert _links(aisha) == ()
    (row,) = _links(mia)
    assert [body.name for body in row.pointed] == ["Norfolk Constabulary"]


def test_what_travels_with_a_person_speaks_only_to_whoever_may_know_both_sources(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    file_report(aisha, "A", selectors=[SAM, PHONE], bodies=["MPS"])
    file_report(mia, "B", selectors=[TURNED, PHONE])
    file_report(mia, "C", selectors=[TURNED], bodies=["NORF"])
    outbox.drain()
    (at_norfolk,), (at_the_met,) = _links(aisha), _links(mia)
    assert at_norfolk.ref == at_the_met.ref
    assert at_norfolk.probability is not None
    assert at_the_met.probability is not None
    assert at_norfolk.probability < at_the_met.probability
    said = {part.name: part.is_said for part in _page(aisha, at_norfolk.ref).parts}
    assert not said["phone"]
    assert "7700900123" not in repr(_page(aisha, at_norfolk.ref).parts)
    told = {part.name: part for part in _page(mia, at_norfolk.ref).parts}
    assert told["phone"].bits > 0


def test_where_a_source_tells_of_several_people_nothing_travels(house: Instance) -> None:
    aisha = someone("analyst@norf")
    other = "person:Sample, Kate, 1990-01-01"
    file_report(aisha, "A", selectors=[SAM, other, PHONE])
    file_report(aisha, "B", selectors=[SAMUEL, PHONE])
    outbox.drain()
    (row,) = _links(aisha)
    assert not next(part.is_said for part in _page(aisha, row.ref).parts if part.name == "phone")


def test_a_judgement_is_a_row_and_taking_it_back_another(house: Instance) -> None:
    aisha = someone("analyst@norf")
    _two(aisha, aisha)
    ref = _links(aisha)[0].ref
    judge_link(by=aisha, ref=ref, verdict=SAME, why="Same scar")
    assert _links(aisha) == ()
    assert [row.ref for row in _links(aisha, SAME)] == [ref]
    assert len(_page(aisha, ref).group) == 2
    judge_link(by=aisha, ref=ref, verdict=TAKEN_BACK, why="A brother")
    assert [row.ref for row in _links(aisha)] == [ref]
    page = _page(aisha, ref)
    assert page.group == ()
    assert [(one.verdict, one.why) for one in page.history] == [
        (SAME, "Same scar"),
        (TAKEN_BACK, "A brother"),
    ]
    assert {one.model for one in page.history} == {"people in sightings 2"}
    with pytest.raises(ProgrammingError, match="permission denied"), reading(aisha):
        LinkJudgement.objects.update(why="nothing")


@pytest.mark.parametrize(
    ("verdict", "why"), [("", "Because"), ("maybe", "Because"), (SAME, " "), (SAME, "x" * 1001)]
)
def test_it_refuses_a_judgement_without_a_verdict_or_a_reason(
    house: Instance, verdict: str, why: str
) -> None:
    aisha = someone("analyst@norf")
    _two(aisha, aisha)
    with pytest.raises(FieldProblem):
        judge_link(by=aisha, ref=_links(aisha)[0].ref, verdict=verdict, why=why)


def test_only_whoever_judges_hits_judges_a_link(house: Instance) -> None:
    aisha, officer = someone("analyst@norf"), someone("officer@norf")
    _two(aisha, aisha)
    with pytest.raises(NotAllowed):
        judge_link(by=officer, ref=_links(aisha)[0].ref, verdict=SAME, why="I know him")


def test_bodies_that_disagree_read_it_and_nothing_is_joined(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, mia, bodies=["NORF", "MPS"])
    ref = _links(aisha)[0].ref
    judge_link(by=aisha, ref=ref, verdict=SAME, why="Same scar")
    assert [row.ref for row in _links(mia)] == [ref], "one body's yes is not another's"
    judge_link(by=mia, ref=ref, verdict=DIFFERENT, why="Seen together")
    for reader in (aisha, mia):
        page = _page(reader, ref)
        assert len(page.contradictions) == 1
        assert page.group == ()
        assert [one.why for one in page.history] == ["Same scar", "Seen together"]


def test_a_judgement_that_rests_on_a_silence_is_told_to_nobody_else(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    _two(aisha, mia, bodies=["NORF", "MPS"])
    sight(aisha, SAMUEL, ref="S-9", silent=True)
    outbox.drain()
    ref = _links(aisha)[0].ref
    judge_link(by=aisha, ref=ref, verdict=UNSURE, why="We watch him")
    assert len(_page(aisha, ref).history) == 1
    assert _page(mia, ref).history == ()


def test_withdrawn_intelligence_takes_its_links_along(house: Instance) -> None:
    aisha = someone("analyst@norf")
    file_report(aisha, "A", selectors=[SAM])
    second = file_report(aisha, "B", selectors=[SAMUEL])
    outbox.drain()
    assert len(_links(aisha)) == 1
    withdraw_report(by=aisha, ref=second, why="recorded in error")
    outbox.drain()
    assert _links(aisha) == ()
    with house.as_owner() as owner:
        assert owner.execute("select count(*) from matching_link").fetchall() == [(0,)]
        assert owner.execute("select key from matching_person").fetchall() == [("EXAMPLE|SAM|2001-05-03",)]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_finds_what_was_found_at_once_whatever_the_order(house: Instance, seed: int) -> None:
    dice, aisha, mia = dice_of(seed), someone("analyst@norf"), someone("analyst@mps")
    names = ["Sam", "Samuel", "Jon", "Jonathan", "Kate", "Catherine"]
    people = [
        f"person:{dice.choice(['Example', 'Exampel', 'Sample'])}, {dice.choice(names)}, "
        f"200{dice.randint(0, 1)}-0{dice.randint(1, 3)}-0{dice.randint(1, 3)}" for _ in range(30)
    ]  # fmt: skip
    for place, person in enumerate(people):
        also = [f"phone:077009001{dice.randint(0, 9):02}"] if dice.random() < 0.4 else []
        file_report(dice.choice((aisha, mia)), f"R{place}", selectors=[person, *also])
        if dice.random() < 0.2:
            outbox.work_once(batch=dice.randint(1, 20))
    outbox.drain()
    assert outbox.failed() == 0
    at_once = _written(house)
    assert at_once
    found = run_linkage()
    assert (found.new, found.gone) == (0, 0)
    batch = _written(house)
    assert batch.keys() == at_once.keys()
    assert [batch[pair] for pair in sorted(batch)] == pytest.approx(
        [at_once[pair] for pair in sorted(batch)], abs=1e-9
    )


def _written(house: Instance) -> dict[tuple[object, ...], float]:
    with house.as_owner() as owner:
        rows = owner.execute(
            "select l.key_a, l.key_b, w.sighting_a, w.sighting_b, w.bits "
            "from matching_link_weight w join matching_link l on l.id = w.link_id"
        ).fetchall()
    return {tuple(row[:4]): row[4] for row in rows}


def test_a_run_over_a_thousand_learns_and_what_arrives_next_is_weighed_by_it(house: Instance) -> None:
    dice, aisha = dice_of(7), someone("analyst@norf")
    with reading(aisha):
        marking = marking_for(owner=aisha.body, classification=1, circulation=Circulation())
        marking.save()
        Sighting.objects.bulk_create(
            Sighting(marking=marking, owner=aisha.body, kind="person", key=key, source="report", grade="1AP",
                     source_ref=f"B-{place}", seen_on=date(2026, 10, 1), noted_at=clock.now())
            for place, key in enumerate(_many(dice))
        )  # fmt: skip
    run = run_linkage()
    assert run.model == "people in sightings 2, learnt 1"
    assert run.people >= 1000
    assert run.new > 0
    file_report(aisha, "A", selectors=["person:Newcomer, Sam, 1990-05-03"])
    file_report(aisha, "B", selectors=["person:Newcomer, Samuel, 1990-05-03"])
    outbox.drain()
    assert outbox.failed() == 0
    ref = next(row.ref for row in _links(aisha) if "NEWCOMER" in row.one)
    judge_link(by=aisha, ref=ref, verdict=SAME, why="Same scar")
    assert _page(aisha, ref).model == run.model
    page = _page(aisha, ref)
    assert run_linkage().model == "people in sightings 2, learnt 2"
    again = weigh(weights_named(page.history[0].model), [next(records_of(Told(key))) for key in
                  ("NEWCOMER|SAM|1990-05-03", "NEWCOMER|SAMUEL|1990-05-03")], [(0, 1)])  # fmt: skip
    assert again[0].bits == page.bits, "an old judgement can be weighed again as it was"


def test_reports_come_and_go_while_a_run_is_under_way(house: Instance) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    file_report(aisha, "A", selectors=["person:Example, Sam, 1990-05-03"])
    gone = file_report(mia, "B", selectors=["person:Example, Samuel, 1990-05-03"])
    outbox.drain()
    assert [row[:2] for row in _written(house)] == [("EXAMPLE|SAMUEL|1990-05-03", "EXAMPLE|SAM|1990-05-03")]

    def meanwhile(stage: str) -> None:
        if stage == "Finding pairs":
            withdraw_report(by=mia, ref=gone, why="recorded in error")
            file_report(mia, "C", selectors=["person:Exampel, Sam, 1990-05-03"])
            outbox.drain()

    run = run_linkage(progress=meanwhile)
    assert outbox.failed() == 0
    assert {row[:2] for row in _written(house)} == {("EXAMPEL|SAM|1990-05-03", "EXAMPLE|SAM|1990-05-03")}
    assert (run.people, run.new) == (2, 0)


FORMS = {
    "SAM": "SAMUEL",
    "JON": "JONATHAN",
    "KATE": "CATHERINE",
    "OLU": "OLUWASEUN",
    "DEV": "DEVON",
    "MIA": "MARIA",
}


def _many(dice: random.Random) -> list[str]:
    """A thousand values and more: most of people known once, some of people known under another form of their name."""
    found = set[str]()
    while len(found) < 1100:
        surname = "".join(dice.choice("bcdfghklmnprst") + dice.choice("aeiou") for _ in range(3)).upper()
        born = f"{dice.randint(1970, 2010)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        given = dice.choice(sorted(FORMS))
        found.add(f"{surname}|{given}|{born}")
        if dice.random() < 0.15:
            found.add(f"{surname}|{FORMS[given]}|{born}")
    return sorted(found)
