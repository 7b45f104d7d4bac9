"""The register: what a line is known by, who may know it, how it was known on a day, and its life."""

from datetime import timedelta

import pytest

from tests.inside import file_report, sight, someone
from tests.instance import Instance
from tests.lines.keeping import NEXT_NUMBER, NUMBER, an_item, closed, keep, live, page, says
from throughline.access.models import Marking
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import close_compartment
from throughline.intelligence.models import Item
from throughline.intelligence.versions import withdraw_report
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.lines.falling import WORDS
from throughline.lines.models import CountyLine, Evidence
from throughline.lines.queries import (
    check_back_page,
    check_backs_due,
    line_list,
    line_page,
    lines_with,
    proposed_lines,
)
from throughline.lines.services import (
    LineProblem,
    Said,
    add_evidence,
    add_line,
    close_line,
    give_up_lead,
    look_back,
    move_line,
    take_lead,
    withdraw_evidence,
)
from throughline.notices.queries import notice_list
from throughline.selectors.registry import parse

BRAND = says("brand:Ricky")
FROM_LONDON, TO_NORFOLK = Said("exports from", "body", "MPS"), Said("imports to", "body", "NORF")


def test_a_line_is_known_by_its_evidence(house: Instance) -> None:
    norf = someone("analyst@norf")
    ref = keep(norf, said=[BRAND, FROM_LONDON, TO_NORFOLK, Said("drug", "word", "heroin")])
    found = page(norf, ref)
    assert (found.state, found.lead, found.known.name, found.known.reach) == (
        "proposed", "NORF", "Ricky line", "external",
    )  # fmt: skip
    assert {(piece.statement, piece.shown, piece.grade) for piece in found.pieces} == {
        ("number", "07700 900301", "1AP"), ("brand", "Ricky line", "1AP"), ("drug", "Heroin", "1AP"),
        ("exports from", "Metropolitan Police Service", "1AP"), ("imports to", "Norfolk Constabulary", "1AP"),
    }  # fmt: skip
    assert found.known.first_seen == found.known.last_seen == found.pieces[0].seen_on


def test_it_says_to_each_what_they_may_know_and_no_more(house: Instance) -> None:
    norf, mps, kent = (someone(f"analyst@{body}") for body in ("norf", "mps", "kent"))
    ref = keep(norf, said=[BRAND])
    shared = an_item(norf, "shared", selectors=[NEXT_NUMBER], bodies=["MPS"])
    add_evidence(by=norf, line=ref, items=[shared], said=[says(NEXT_NUMBER)], why="Their number now")
    known = page(mps, ref)
    assert [piece.shown for piece in known.pieces] == ["07700 900302"]
    assert known.known.name == "Line on 07700 900302"
    assert (known.lead_name, known.moves, known.history) == ("Norfolk Constabulary", (), ())
    assert line_page(kent, ref) is None
    assert (line_list(mps).total, line_list(kent).total) == (1, 0)
    assert line_list(mps, brand="RICKY").total == 0, "a filter tells nothing of what may not be known"
    assert line_list(norf, brand="RICKY").total == 1
    assert [on.ref for on in lines_with(mps, [parse(NEXT_NUMBER)])] == [ref]
    assert lines_with(mps, [parse(NUMBER)]) == ()


def test_what_another_shared_goes_when_it_is_shared_no_longer(house: Instance) -> None:
    norf, mps = someone("analyst@norf"), someone("analyst@mps")
    item = an_item(norf, "shared", bodies=["MPS"])
    ref = add_line(by=mps, items=[item], said=[says(NUMBER)], why="A line of ours")
    assert len(page(norf, ref).pieces) == 1, "whoever owns the item reads what is said of it"
    with reading(norf):
        marking = Item.objects.get(ref=item).marking_id
        Marking.objects.filter(pk=marking).update(bodies=[])
    assert page(mps, ref).pieces == ()
    assert page(mps, ref).known.name == "Line without a name"


def test_a_line_of_a_closed_circle_stays_in_it(house: Instance) -> None:
    manager, analyst = someone("manager@norf"), someone("analyst@norf")
    circle = close_compartment(name="Herons", people=[manager.person])
    manager = someone("manager@norf")
    ref = keep(manager, compartment=circle, bodies=["NORF"])
    assert page(manager, ref).lead == "NORF"
    assert line_page(analyst, ref) is None
    assert line_list(analyst).total == 0


def test_nothing_is_said_without_a_graded_item(house: Instance) -> None:
    norf, kent = someone("analyst@norf"), someone("analyst@kent")
    hidden = an_item(kent, "theirs")
    for items in ([], ["IR-2222-2222/1"], [hidden]):
        with pytest.raises(LineProblem, match="rests on a graded item"):
            add_line(by=norf, items=items, said=[says(NUMBER)], why="A line")
    with pytest.raises(LineProblem, match="at least one thing"):
        add_line(by=norf, items=[an_item(norf, "ours")], said=[], why="A line")
    with pytest.raises(LineProblem, match="cannot be said"):
        add_line(by=norf, items=[an_item(norf, "o2")], said=[Said("number", "word", "x")], why="A line")
    with pytest.raises(NotAllowed):
        add_line(by=someone("officer@norf"), items=[hidden], said=[says(NUMBER)], why="A line")
    assert line_list(norf).total == 0


def test_evidence_is_added_once_and_never_changed(house: Instance) -> None:
    norf = someone("analyst@norf")
    item = an_item(norf, "N1")
    ref = add_line(by=norf, items=[item], said=[says(NUMBER)], why="A line")
    assert add_evidence(by=norf, line=ref, items=[item], said=[says(NUMBER), BRAND], why="More") == 1
    with house.as_app() as app:
        for deed in ("update lines_evidence set value = 'x'", "delete from lines_evidence",
                     "update lines_standing set lead = 1", "delete from lines_line"):  # fmt: skip
            with pytest.raises(Exception, match="permission denied"):
                app.execute(deed.encode())


def test_it_shows_the_line_as_it_was_known_on_a_day(house: Instance) -> None:
    norf = someone("analyst@norf")
    today = clock.today()
    ref = keep(norf)
    with clock.stopped(clock.now() + timedelta(days=10)):
        move_line(by=norf, line=ref, verb="accept", why="Sure now")
        more = an_item(norf, "later", selectors=[NEXT_NUMBER])
        add_evidence(by=norf, line=ref, items=[more], said=[says(NEXT_NUMBER), BRAND], why="More")
    with clock.stopped(clock.now() + timedelta(days=20)):
        number = next(p.ref for p in page(norf, ref).pieces if p.shown == "07700 900301")
        withdraw_evidence(by=norf, line=ref, evidence=number, why="Misread")
    now = page(norf, ref)
    assert (now.state, now.known.name) == ("live", "Ricky line")
    assert [f.shown for f in now.known.facts if f.statement == "number"] == ["07700 900302"]
    assert [(p.shown, p.withdrawn_why) for p in now.pieces if not p.stands] == [("07700 900301", "Misread")]
    then = page(norf, ref, known_on=today)
    assert (then.state, then.known.name) == ("proposed", "Line on 07700 900301")
    assert all(p.stands for p in then.pieces)
    between = page(norf, ref, known_on=today + timedelta(days=15))
    assert len([f for f in between.known.facts if f.statement == "number"]) == 2
    assert page(norf, ref, known_on=today - timedelta(days=1)).pieces == ()


def test_only_those_concerned_withdraw(house: Instance) -> None:
    norf, mps, kent = (someone(f"analyst@{body}") for body in ("norf", "mps", "kent"))
    ref = keep(norf, everyone=True)
    piece = page(kent, ref).pieces[0].ref
    assert not page(kent, ref).pieces[0].may_withdraw
    with pytest.raises(LineProblem, match="Another body"):
        withdraw_evidence(by=kent, line=ref, evidence=piece, why="No")
    withdraw_evidence(by=norf, line=ref, evidence=piece, why="Misread")
    with pytest.raises(LineProblem, match="already"):
        withdraw_evidence(by=norf, line=ref, evidence=piece, why="Misread")
    with pytest.raises(Evidence.DoesNotExist):
        withdraw_evidence(by=mps, line=ref, evidence="LE-2222-2222", why="No")


def test_a_line_closes_on_evidence_and_sets_its_check_backs(house: Instance) -> None:
    norf = someone("manager@norf")
    ref, today = live(norf), clock.today()
    charged, stopped = (an_item(norf, name, selectors=()) for name in ("charged", "stopped"))
    with pytest.raises(LineProblem, match="graded item"):
        close_line(by=norf, line=ref, closure="type 1", closed_on=today, items=[charged, "IR-1"], why="Done")
    assert page(norf, ref).state == "live", "nothing is half done"
    close_line(by=norf, line=ref, closure="type 1", closed_on=today, items=[charged, stopped], why="Done")
    found = page(norf, ref)
    assert (found.state, found.closed_on) == ("closed type 1", today)
    assert [b.due_on for b in found.check_backs] == [today + timedelta(days=n) for n in (28, 91, 182)]
    assert {p.shown for p in found.pieces if p.statement == "closure"} == {
        "Line holder arrested and charged", "Number out of use",
    }  # fmt: skip
    assert check_backs_due(norf, size=9) == ()
    outbox.drain()
    with clock.stopped(clock.now() + timedelta(days=29)):
        outbox.drain()
        (due,) = check_backs_due(norf, size=9)
        assert check_back_page(norf, due.check_back) is not None
        assert [n.thing_ref for n in notice_list(norf, kind="check-back")[0]] == [ref]
        look_back(by=norf, check_back=due.check_back, is_alive=False, found="Rang it: dead")
        assert check_backs_due(norf, size=9) == ()
    assert page(norf, ref).state == "closed type 1"


def test_a_closed_line_whose_number_is_seen_again_waits_for_a_person(house: Instance) -> None:
    norf, kent = someone("manager@norf"), someone("analyst@kent")
    today = clock.today()
    ref = closed(norf, today - timedelta(days=40))
    outbox.drain()
    sight(kent, NUMBER, ref="K0", seen_on=today - timedelta(days=50))
    sight(kent, NUMBER, ref="K1", seen_on=today - timedelta(days=1), silent=True)
    outbox.drain()
    assert not [b for b in check_backs_due(norf, size=9) if b.is_sign_of_life]
    sight(kent, NUMBER, ref="K2", seen_on=today - timedelta(days=2))
    sight(kent, NUMBER, ref="K3", seen_on=today - timedelta(days=1))
    outbox.drain()
    (life,) = [b for b in check_backs_due(norf, size=9) if b.is_sign_of_life]
    assert page(norf, ref).state == "closed type 2", "it is for a person to say"
    (notice,) = notice_list(norf, kind="sign of life")[0]
    assert "Kent" not in notice.text
    look_back(by=norf, check_back=life.check_back, is_alive=True, found="It answers")
    assert page(norf, ref).state == "reopened"
    assert check_backs_due(norf, size=9) == ()


def test_whoever_decides_leads_and_another_body_does_not(house: Instance) -> None:
    norf, mps = someone("manager@norf"), someone("manager@mps")
    ref = keep(norf, everyone=True)
    with pytest.raises(LineProblem, match="Another body leads"):
        move_line(by=mps, line=ref, verb="accept", why="Ours")
    assert [w.ref for w in proposed_lines(norf, size=9)] == [ref]
    assert proposed_lines(mps, size=9) == ()
    give_up_lead(by=norf, line=ref, why="It is London's")
    assert [w.ref for w in proposed_lines(mps, size=9)] == [ref]
    take_lead(by=mps, line=ref, officer="DI Example", why="Ours")
    move_line(by=mps, line=ref, verb="accept", why="Two sources")
    found = page(norf, ref)
    assert (found.lead, found.officer, found.state) == ("MPS", "DI Example", "live")
    assert [(s.state, s.lead_name) for s in found.standings] == [
        ("proposed", "Norfolk Constabulary"), ("proposed", ""), ("proposed", "Metropolitan Police Service"),
        ("live", "Metropolitan Police Service"),
    ]  # fmt: skip
    assert found.history == (), "why it moved is for those who lead"
    with pytest.raises(MoveRefused):
        move_line(by=mps, line=ref, verb="reconsider", why="Hm")
    with pytest.raises(CountyLine.DoesNotExist):
        move_line(by=norf, line="CL-2222-2222", verb="accept", why="Hm")


def test_the_list_is_filtered_and_paged(house: Instance) -> None:
    norf = someone("manager@norf")
    first = live(norf, "N1", said=[BRAND, FROM_LONDON, TO_NORFOLK])
    second = keep(norf, "N2", said=[Said("imports to", "town", "Great  Yarmouth")])
    assert [r.ref for r in line_list(norf).rows] == [second, first]
    assert [r.ref for r in line_list(norf, state="live").rows] == [first]
    assert [r.ref for r in line_list(norf, area="MPS").rows] == [first]
    assert [r.ref for r in line_list(norf, area="yarm").rows] == [second]
    assert [r.ref for r in line_list(norf, body="NORF").rows] == [second, first]
    assert line_list(norf, body="none").total == line_list(norf, body="MPS").total == 0
    page_one = line_list(norf, size=1)
    assert (page_one.total, page_one.next_before) == (2, second)
    assert [r.ref for r in line_list(norf, size=1, before=second).rows] == [first]


def test_evidence_falls_with_the_report_on_which_it_rests(house: Instance) -> None:
    norf = someone("analyst@norf")
    ref, item = keep(norf, said=[BRAND]), an_item(norf, "more", selectors=[NEXT_NUMBER])
    add_evidence(by=norf, line=ref, items=[item], said=[says(NEXT_NUMBER)], why="More")
    withdraw_report(by=norf, ref=page(norf, ref).pieces[0].source_ref.partition("/")[0], why="A hoax")
    outbox.drain()
    found = page(norf, ref)
    assert [piece.shown for piece in found.pieces if piece.stands] == ["07700 900302"]
    assert found.known.name == "Line on 07700 900302"
    assert {piece.withdrawn_why for piece in found.pieces if not piece.stands} == {WORDS}


def test_a_report_alone_makes_no_line(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[NUMBER])
    outbox.drain()
    assert line_list(someone("analyst@norf")).total == 0
