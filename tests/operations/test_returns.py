"""Operations and returns on a real database: who may do what, versions, drafts, clocks, packs under their markings."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import live
from tests.operations.planned import CENTRE, CHAIR, MONDAY, planned, sent, told, under_way
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.clashes.times import in_london
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.lines.ranking import ranked_lines
from throughline.notices.queries import notice_list
from throughline.operations.board import Board, week_board
from throughline.operations.comparing import weeks_compared
from throughline.operations.models import Return
from throughline.operations.packs import add_pack, give_duty
from throughline.operations.planning import OperationProblem, move_operation
from throughline.operations.publishing import publish_operation
from throughline.operations.queries import operation_list, operation_page, return_page, returns_owed
from throughline.operations.results import record_pack_result
from throughline.operations.returning import ReturnProblem, save_return_draft, send_return

NORFOLK, LONDON, MERSEY, KENT = "manager@norf", "manager@mps", "manager@mers", "manager@kent"


def board(ref: str, username: str = CENTRE) -> Board:
    found = week_board(someone(username), ref)
    assert found
    return found


def totals(ref: str) -> dict[str, str]:
    """What the board says, by measure; what nobody said is left out."""
    return {one.measure.key: str(one.figure) for one in board(ref).totals if one.figure is not None}


def _told(username: str) -> list[str]:
    outbox.drain()
    cards = notice_list(someone(username))[0]
    return [card.text for card in cards if card.kind.startswith(("operation", "return"))]


def test_a_week_opens_to_those_who_take_part_and_to_nobody_else(house: Instance) -> None:
    ref = planned()
    assert [row.ref for row in operation_list(someone(NORFOLK))[0]] == [ref]
    assert any("plans: County lines week" in text for text in _told(NORFOLK))
    assert operation_list(someone(KENT)) == ([], 0)
    assert operation_page(someone(KENT), ref) is None
    assert week_board(someone(KENT), ref) is None
    with pytest.raises(OperationProblem, match="body that leads"):
        move_operation(by=someone(NORFOLK), ref=ref, verb="begin", why="x")
    with pytest.raises(NotAllowed):
        planned(someone("officer@norf"))


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("ends", {"ends": "Sunday 9 November 2026"}), ("ends", {"ends": "1 November 2026"}), ("name", {"name": " "}),
        ("starts", {"starts": "next week"}), ("bodies", {"bodies": ("NOPE",)}), ("every", {"every": "hour"}),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_beside_its_field(
    house: Instance, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(OperationProblem) as problem:
        planned(**change)
    assert problem.value.field == field


def test_every_version_of_a_return_is_kept_and_the_newest_stands(house: Instance) -> None:
    ref = under_way()
    sent(NORFOLK, ref, arrests_men="8", arrests_women="2")
    sent(LONDON, ref, arrests="40", cash="over 60,000")
    assert totals(ref) == {"arrests": "50", "arrests_men": "8", "arrests_women": "2", "cash": "over 60,000"}
    with pytest.raises(OperationProblem, match="in the meantime"):
        send_return(by=someone(NORFOLK), ref=ref, day=MONDAY, told=told(arrests="11"))
    assert send_return(by=someone(NORFOLK), ref=ref, day=MONDAY, told=told(1, arrests="9", nrm="1")) == 2
    assert totals(ref)["arrests"] == "49"
    assert "arrests_men" not in totals(ref)
    found = return_page(someone(MERSEY), ref, "NORF", MONDAY)
    assert found
    assert [(v.number, v.reason) for v in found.versions] == [(1, ""), (2, "Counted twice")]
    assert str(found.versions[1].figures["arrests"]) == "9"
    assert "Norfolk Constabulary corrected its return for 2 November: County lines week" in "".join(
        _told(CENTRE)
    )
    with house.as_app() as app, pytest.raises(Exception, match="permission denied"):
        app.execute("update operations_return set figures = '{}'")


def test_a_draft_is_for_its_body_alone_and_counts_for_nothing(house: Instance) -> None:
    ref = under_way()
    save_return_draft(by=someone(NORFOLK), ref=ref, day=MONDAY, typed={"arrests": "fo"})
    save_return_draft(by=someone("analyst@norf"), ref=ref, day=MONDAY, typed={"arrests": "four"})
    own, other = (return_page(someone(name), ref, "NORF", MONDAY) for name in (NORFOLK, LONDON))
    assert own
    assert other
    assert (own.draft, other.draft) == ({"arrests": "four"}, None)
    assert totals(ref) == {}
    sent(NORFOLK, ref, arrests="4")
    own = return_page(someone(NORFOLK), ref, "NORF", MONDAY)
    assert own
    assert own.draft is None


def test_a_return_is_held_against_its_definitions_and_the_last_ones(house: Instance) -> None:
    ref = under_way()
    with pytest.raises(ReturnProblem) as problem:
        sent(NORFOLK, ref, weapons="5", firearms="1", bladed="3", arrests="ten")
    assert problem.value.faults.keys() == {"weapons", "arrests"} or problem.value.faults.keys() == {"arrests"}
    with pytest.raises(OperationProblem, match="at least one figure"):
        sent(NORFOLK, ref)
    for n, arrests in enumerate(("40", "50")):
        sent(NORFOLK, ref, MONDAY + timedelta(days=n), arrests=arrests)
    with pytest.raises(OperationProblem, match="where your last returns said 40 to 50") as asked:
        sent(NORFOLK, ref, MONDAY + timedelta(days=2), arrests="500")
    assert asked.value.field == "explained"
    with pytest.raises(OperationProblem, match="No return is asked"):
        sent(NORFOLK, ref, MONDAY - timedelta(1), arrests="1")
    with pytest.raises(Exception, match="matching query"):
        sent(KENT, ref, arrests="1")


def test_missing_and_late_returns_are_chased_and_a_nil_return_is_one(house: Instance) -> None:
    first = clock.today() + timedelta(days=1)
    on = f"{first.day} {first:%B}"
    ref = under_way(starts=first.isoformat(), ends=(first + timedelta(days=6)).isoformat())
    with clock.stopped(in_london(first, time(8))):
        assert board(ref).counts == {"in": 0, "late": 0, "nil": 0, "missing": 0, "waiting": 28}
        assert [owed.day for owed in returns_owed(someone(NORFOLK), size=9)] == [first]
        send_return(by=someone(LONDON), ref=ref, day=first, told=told(arrests="3"))
    with clock.stopped(in_london(first + timedelta(days=1), time(11))):
        assert f"Your return is missing for {on}: County lines week" in "".join(_told(NORFOLK))
        assert f"3 returns are missing for {on}" in "".join(_told(CENTRE))
        assert not any("missing" in text for text in _told(LONDON))
        nil = told()
        send_return(
            by=someone(NORFOLK), ref=ref, day=first,
            told=type(nil)({}, nil.as_at, nil.source, nil.attribution, is_nil=True),
        )  # fmt: skip
        assert board(ref).counts["late"] == 1
        assert f"sent its late return for {on}" in "".join(_told(CENTRE))


def test_totals_are_provisional_then_published_and_a_later_correction_is_said(house: Instance) -> None:
    ref = under_way()
    sent(NORFOLK, ref, arrests="12", safeguarded_adults="3", safeguarded_children="4")
    assert board(ref).is_provisional
    with pytest.raises(MoveRefused):
        publish_operation(by=someone(CHAIR), ref=ref, lead="", why="x")
    move_operation(by=someone(CENTRE), ref=ref, verb="conclude", why="Sunday")
    with pytest.raises(OperationProblem, match="The lead says over 20"):
        publish_operation(by=someone(CHAIR), ref=ref, lead="More than 20 arrests", why="Agreed")
    publish_operation(by=someone(CHAIR), ref=ref, lead="More than 10 arrests", why="Agreed")
    send_return(by=someone(NORFOLK), ref=ref, day=MONDAY, told=told(1, arrests="13"))
    (arrests,) = (total for total in board(ref).totals if total.measure.key == "arrests")
    assert (str(arrests.figure), str(arrests.published)) == ("13", "12")
    page = operation_page(someone(NORFOLK), ref)
    assert page
    assert page.lead == "More than 10 arrests"
    assert [moved.verb for moved in page.history] == ["begin", "conclude", "publish"]


def test_weeks_are_compared_where_they_were_counted_alike(house: Instance) -> None:
    old = under_way(name="2020", starts="14 September 2020", ends="20 September 2020", every="week")
    new = under_way(every="week")
    for ref, day, arrests in ((old, "2020-09-14", "104"), (new, "2026-11-02", "172")):
        when = MONDAY.fromisoformat(day)
        sent(NORFOLK, ref, when, lines_closed=arrests, safeguarded="10")
    found = weeks_compared(someone(NORFOLK), old, new)
    assert found
    said = {row.measure.key: (str(row.change), row.differs) for row in found[2]}
    assert said["lines_closed"] == ("65.4", "")
    assert said["safeguarded"][1].startswith("Defined otherwise: People engaged for safeguarding")
    assert weeks_compared(someone(KENT), old, new) is None


def _pack(by: Reader, ref: str, line: str, *bodies: str) -> str:
    return add_pack(by=by, ref=ref, title="The lakes line", words="Ask for DI Reed", line=line, bodies=bodies)


def test_a_pack_opens_by_its_own_marking(house: Instance) -> None:
    norfolk, ref = someone(NORFOLK), under_way()
    line = live(norfolk)
    pack = _pack(norfolk, ref, line, "MPS")
    give_duty(
        by=norfolk, ref=ref, day="3 November 2026", body="NORF", who="Proactive", what="A warrant", pack=pack
    )
    seen = {name: operation_page(someone(name), ref) for name in (NORFOLK, LONDON, MERSEY, CENTRE)}
    assert [len(page.packs) if page else 0 for page in seen.values()] == [1, 1, 0, 0]
    assert [len(page.duties) if page else 0 for page in seen.values()] == [1, 1, 0, 0]
    london = seen[LONDON]
    assert london
    assert [(row.line, row.title) for row in london.packs] == [("", "The lakes line")]
    with pytest.raises(OperationProblem, match="no line with this reference"):
        _pack(someone(MERSEY), ref, line)
    with pytest.raises(OperationProblem, match="take part"):
        _pack(norfolk, ref, line, "KENT")
    with pytest.raises(OperationProblem, match="Only the body that leads"):
        give_duty(by=norfolk, ref=ref, day="3 November 2026", body="MPS", who="x", what="x")


def test_one_number_is_sent_once_however_often_it_is_pressed(house: Instance) -> None:
    ref = under_way()
    sent(NORFOLK, ref, arrests="4")
    with pytest.raises(OperationProblem):
        sent(NORFOLK, ref, arrests="4")
    with reading(someone(NORFOLK)):
        assert Return.objects.count() == 1


def test_what_came_of_a_pack_is_evidence_from_which_its_line_is_scored(house: Instance) -> None:
    norfolk, ref = someone(NORFOLK), under_way()
    line = live(norfolk)
    pack = _pack(norfolk, ref, line, "MPS")
    before = ranked_lines(norfolk).rows[0].total
    told: dict[str, Any] = {
        "ref": pack,
        "day": "3 November 2026",
        "text": "A firearm was found",
        "found": ["violence:firearm"],
    }
    report = record_pack_result(by=norfolk, **told)
    assert report.startswith("IR-")
    assert ranked_lines(norfolk).rows[0].total > before
    # London may know the pack and not its line, so it cannot say anything of the line through it.
    with pytest.raises(OperationProblem, match="no line that you may know"):
        record_pack_result(by=someone(LONDON), **told)
