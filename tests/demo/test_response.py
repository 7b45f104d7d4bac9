"""The demonstration's response: two weeks, one of them with a return missing, and what a force does, each once."""

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from throughline.custody.queries import arrest_list
from throughline.demo.response import respond
from throughline.kernel import outbox
from throughline.operations.board import week_board
from throughline.operations.queries import operation_list
from throughline.orders.queries import order_list
from throughline.safeguarding.queries import concern_list


def test_two_weeks_an_order_an_arrest_and_a_concern_and_no_more_when_told_again(cast: Cast) -> None:
    respond()
    assert operation_list(someone("manager@norf"))[1] == 0
    keep(someone("manager@norf"))
    for _ in range(2):
        respond()
        rows, total = operation_list(someone("coordinator@nclcc"))
        assert total == 2
        boards = [week_board(someone("coordinator@nclcc"), row.ref) for row in rows]
        assert all(boards)
        assert order_list(someone("orders@norf"))[1] == 1
        assert arrest_list(someone("officer@norf"))[1] == 1
        assert concern_list(someone("safeguarding@norf"))[1] == 1
    assert outbox.failed() == 0
