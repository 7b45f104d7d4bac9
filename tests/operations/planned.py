"""Operations and returns as the tests make them."""

from datetime import date
from typing import Any

from tests.inside import someone
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.operations.planning import OperationDraft, move_operation, plan_operation
from throughline.operations.returning import ReturnSaid, send_return

CENTRE, CHAIR = "coordinator@nclcc", "chair@nclcc"
MONDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 8)


def planned(by: Reader | None = None, **other: Any) -> str:
    """A week led by the national centre, with Norfolk, London and Merseyside in it; its reference."""
    asked: dict[str, Any] = {
        "name": "County lines week", "kind": "week", "starts": "Monday 2 November 2026",
        "ends": "Sunday 8 November 2026", "every": "day", "briefing": "Seven days of work on every line",
        "bodies": ("NORF", "MPS", "MERS"),
    }  # fmt: skip
    return plan_operation(by=by or someone(CENTRE), draft=OperationDraft(**asked | other))


def under_way(by: Reader | None = None, **other: Any) -> str:
    """The same, begun."""
    ref = planned(by, **other)
    move_operation(by=by or someone(CENTRE), ref=ref, verb="begin", why="It is Monday")
    return ref


def told(after: int = 0, /, **figures: str) -> ReturnSaid:
    """A return with these figures; a correction of the version numbered ``after``."""
    return ReturnSaid(
        figures, clock.now(), "Custody records", "week", after=after, reason="Counted twice" if after else ""
    )


def sent(username: str, ref: str, day: date = MONDAY, /, **figures: str) -> int:
    """Send a return of these figures."""
    return send_return(by=someone(username), ref=ref, day=day, told=told(**figures))
