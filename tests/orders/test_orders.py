"""An order from its draft to its replacement: its steps, its clocks, who is asked, and who may know."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import NEXT_NUMBER, NUMBER, keep
from tests.lines.keeping import page as line_page
from tests.orders.making import HEAD, OFFICER, authorised, complied, draft, drafted, granted, page
from throughline.access.reader import NotAllowed, Reader
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.kernel.working_days import end_of_day
from throughline.notices.queries import notice_list
from throughline.orders.asking import answer_interest
from throughline.orders.drafting import OrderProblem, add_from_line, add_item, draft_order
from throughline.orders.moving import Made, agree_earlier, move_order, record_replacement
from throughline.orders.queries import (
    order_list,
    order_page,
    orders_on,
    orders_with_clocks,
    question_page,
    questions_waiting,
)


def _told(reader: Reader) -> list[str]:
    outbox.drain()
    return [card.text for card in notice_list(reader)[0] if card.kind.startswith(("order", "clock"))]


def test_an_order_goes_from_draft_to_compliance_and_a_second_order_follows(cast: Cast) -> None:
    by, line = someone(OFFICER), keep(someone(HEAD))
    ref = drafted(by, line=line)
    authorised(ref)
    granted(ref, ends_on=clock.today() + timedelta(days=90))
    assert page(ref).comply_why.startswith("End of working day 5 after the order")
    complied(ref)
    assert page(ref).row.state == "complied"
    hours = record_replacement(by=by, ref=ref, number=NEXT_NUMBER, at=clock.now(), why="Bulk text")
    assert 0 < hours < 1
    second = draft_order(by=by, draft=draft(title="The lakes line again"), line=line, follows=ref)
    assert page(ref).followed_by == (second,)
    assert page(second).follows == ref
    assert [row.ref for row in orders_on(by, line)] == [second, ref]
    assert page(ref).row.hours == pytest.approx(hours)


def test_no_rank_below_superintendent_authorises_and_no_rank_of_another_body(cast: Cast) -> None:
    ref = drafted()
    for rank, trouble in (("inspector", MoveRefused), ("director general", OrderProblem), ("", OrderProblem)):
        with pytest.raises(trouble):
            authorised(ref, rank=rank)
    with pytest.raises(MoveRefused, match="role"):
        move_order(
            by=someone(OFFICER), ref=ref, verb="authorise", made=Made("x", rank="superintendent", loss_decision="x")
        )  # fmt: skip
    authorised(ref)
    assert page(ref).rank == "Superintendent"


def test_every_body_that_holds_the_number_is_asked_and_answers_before_it_is_authorised(cast: Cast) -> None:
    file_report(someone("analyst@kent"), "K1", selectors=[NUMBER])
    outbox.drain()
    ref, kent = drafted(), someone("analyst@kent")
    assert any("considers an order" in text for text in _told(kent))
    (question,) = questions_waiting(kent, size=9)
    assert order_page(kent, ref) is None
    with pytest.raises(OrderProblem, match="have time left"):
        authorised(ref)
    answer_interest(by=kent, ref=question.ref, answer="keep", words="A source is on it")
    assert questions_waiting(kent, size=9) == []
    (answered,) = page(ref).questions
    assert (answered.answer, answered.words) == ("keep", "A source is on it")
    assert any("answered" in text for text in _told(someone(HEAD)))
    authorised(ref)
    assert question_page(someone("analyst@mers"), question.ref) is None


def test_nobody_outside_the_body_knows_of_an_order(cast: Cast) -> None:
    ref = drafted()
    for other in ("analyst@kent", "orders@kent", "coordinator@nclcc"):
        assert order_page(someone(other), ref) is None
        assert order_list(someone(other)) == ([], 0)
    with pytest.raises(NotAllowed):
        order_list(someone("safeguarding@norf"))


def test_evidence_of_the_line_comes_with_its_grade_and_its_marking(cast: Cast) -> None:
    by, line = someone(OFFICER), keep(someone(HEAD))
    ref = draft_order(by=by, draft=draft(), line=line)
    pieces = [piece.ref for piece in line_page(by, line).pieces]
    add_from_line(by=by, ref=ref, pieces=pieces, disclosure="sensitive")
    found = page(ref)
    assert [item.kind for item in found.items] == ["Phone number"]
    assert {(one.disclosure, bool(one.grade)) for one in found.evidence} == {("sensitive", True)}
    with pytest.raises(OrderProblem, match="already"):
        add_item(by=by, ref=ref, value=NUMBER, attribution="x", first_seen=None, last_seen=None)


def test_a_clock_is_told_of_and_nothing_moves_by_itself(cast: Cast) -> None:
    ref = drafted()
    authorised(ref)
    granted(ref, ends_on=clock.today() + timedelta(days=40))
    due = page(ref).comply_by
    assert due
    assert [row.ref for row in orders_with_clocks(someone(OFFICER), size=9)] == [ref]
    agree_earlier(by=someone(OFFICER), ref=ref, earlier=due - timedelta(hours=30), why="The provider agreed")
    with pytest.raises(OrderProblem, match="earlier"):
        agree_earlier(by=someone(OFFICER), ref=ref, earlier=due, why="Later after all")
    with clock.stopped(due + timedelta(minutes=1)):
        texts = _told(someone(OFFICER))
        # The earlier time alone is told of, once before and once after: the first clock finds itself replaced.
        assert sum("Time for compliance" in text for text in texts) == 2
        assert page(ref).row.is_overdue
        assert page(ref).row.state == "granted"
    with clock.stopped(end_of_day(clock.today() + timedelta(days=41))):
        texts = _told(someone(OFFICER))
        assert sum("The end of an order" in text for text in texts) == 3
        assert page(ref).row.state == "granted"


def test_what_the_law_does_not_let_be_is_refused_beside_its_field(cast: Cast) -> None:
    by, line = someone(OFFICER), keep(someone(HEAD))
    for field, other in (
        ("used", {"used": " "}), ("prevents", {"prevents": ""}), ("nation", {"nation": "NIR"}),
        ("offences", {"offences": ()}), ("kind", {"kind": "asbo"}),
    ):  # fmt: skip
        with pytest.raises(OrderProblem) as refused:
            draft_order(by=by, draft=draft(**other), line=line)
        assert refused.value.field == field
    ref = drafted(by, line=line)
    with pytest.raises(OrderProblem, match="can name"):
        add_item(
            by=by, ref=ref, value="email:a@shop.example", attribution="x", first_seen=None, last_seen=None
        )
    authorised(ref)
    move_order(by=by, ref=ref, verb="apply", made=Made("Listed", court="Norwich"))
    with pytest.raises(OrderProblem, match="past"):
        tomorrow = clock.today() + timedelta(days=1)
        move_order(by=by, ref=ref, verb="grant", made=Made("x", ordered_on=tomorrow))
    with pytest.raises(OrderProblem, match="cannot end"):
        made = Made("x", ordered_on=clock.today(), ends_on=date(2020, 1, 1))
        move_order(by=by, ref=ref, verb="grant", made=made)


def test_an_order_varied_or_extended_is_served_anew_and_ends_only_when_its_day_is_over(cast: Cast) -> None:
    by, ref, today = someone(OFFICER), drafted(), clock.today()
    authorised(ref)
    granted(ref, ends_on=today + timedelta(days=9))
    complied(ref)
    first = page(ref).complied_at
    move_order(by=by, ref=ref, verb="vary", made=Made("A second device", ordered_on=today, ends_on=today))
    complied(ref)
    assert page(ref).complied_at == first
    with pytest.raises(OrderProblem, match="ends later"):
        move_order(by=by, ref=ref, verb="extend", made=Made("x", ordered_on=today, ends_on=today))
    with pytest.raises(OrderProblem, match="not over"):
        move_order(by=by, ref=ref, verb="expire", made=Made("x"))
    with clock.stopped(clock.now() + timedelta(days=2)):
        move_order(by=by, ref=ref, verb="expire", made=Made("Its day is over"))
    assert page(ref).row.state == "expired"
