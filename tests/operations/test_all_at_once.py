"""Every body sends its return at once, some twice, while the board is looked at: nothing lost, nothing doubled."""

from functools import partial
from threading import Event

from tests.inside import in_parallel, someone
from tests.instance import Instance
from tests.operations.planned import CENTRE, MONDAY, told, under_way
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.operations.board import Board, week_board
from throughline.operations.models import Return
from throughline.operations.planning import OperationProblem
from throughline.operations.returning import send_return
from throughline.organisations.queries import body_cards

AT_ONCE, TWICE = 57, 20


def _send(by: Reader, ref: str, refused: list[str]) -> None:
    try:
        send_return(by=by, ref=ref, day=MONDAY, told=told(arrests="3", lines_closed="1"))
    except OperationProblem:
        refused.append(by.body_code)


def _look(centre: Reader, ref: str, looks: list[Board], done: Event) -> None:
    while not done.is_set():
        found = week_board(centre, ref)
        assert found
        looks.append(found)


def _figures(board: Board) -> tuple[int, int, int]:
    """Returns in, arrests and lines closed."""
    said = {one.measure.key: one.figure for one in board.totals}
    arrests, lines = said["arrests"], said["lines_closed"]
    return (
        sum(row.states[0] == "late" for row in board.bodies),
        int(arrests.number if arrests else 0),
        int(lines.number if lines else 0),
    )


def test_57_bodies_send_at_once_and_the_board_is_right_at_every_look(house: Instance) -> None:
    codes = [card.code for card in body_cards(on=clock.today()).values()][:AT_ONCE]
    assert len(codes) == AT_ONCE
    ref, centre = under_way(bodies=tuple(codes), every="day"), someone(CENTRE)
    # Two people of each of some bodies send at the same moment.
    senders = [
        *(someone(f"manager@{code.lower()}") for code in codes),
        *(someone(f"analyst@{code.lower()}") for code in codes[:TWICE]),
    ]
    refused, looks, done = list[str](), list[Board](), Event()

    def send_all() -> None:
        try:
            # Each job has connections of its own.
            in_parallel(*[partial(_send, by, ref, refused) for by in senders])
        finally:
            done.set()

    in_parallel(send_all, lambda: _look(centre, ref, looks, done))
    # Of the two people of a body one was the first, and the other was told so.
    assert sorted(refused) == sorted(codes[:TWICE])
    with reading(centre):
        assert sorted(Return.objects.values_list("body", flat=True)) == sorted(
            n for n, card in body_cards().items() if card.code in codes
        )
    last = week_board(centre, ref)
    assert last
    seen = [_figures(board) for board in (*looks, last)]
    assert seen[-1] == (AT_ONCE, 3 * AT_ONCE, AT_ONCE)
    # At every look the board was whole: each return in it with all of its figures, and none ever gone again.
    assert all(arrests == 3 * count and lines == count for count, arrests, lines in seen)
    assert seen == sorted(seen)
