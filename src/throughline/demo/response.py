"""The demonstration's response: two intensification weeks with returns, an order, an arrest and a concern."""

from collections.abc import Mapping
from datetime import date, timedelta

from throughline.access.queries import reader_named
from throughline.access.reader import Reader
from throughline.custody.services import ArrestDraft, record_arrest
from throughline.kernel import clock, outbox
from throughline.lines.queries import line_list
from throughline.operations.planning import OperationDraft, move_operation, plan_operation
from throughline.operations.queries import operation_list
from throughline.operations.returning import ReturnSaid, send_return
from throughline.orders.drafting import OrderDraft, add_item, draft_order
from throughline.safeguarding.raising import ConcernDraft, raise_concern
from throughline.tasking.bidding import own_numbers
from throughline.tasking.days import monday_of

LED_BY = "coordinator@nclcc"
TAKE_PART = ("NORF", "MPS", "KENT", "MERS")
_BEFORE = {
    "norf": {"arrests": "9", "lines_closed": "2", "cuckooed": "11", "safeguarded_adults": "6", "cash": "4,200"},
    "mps": {"arrests": "41", "lines_closed": "7", "weapons": "12", "safeguarded_children": "9", "cash": "61,000"},
    "kent": {"arrests": "14", "lines_closed": "3", "cuckooed": "22", "devices": "18"},
    "mers": {"arrests": "27", "lines_closed": "6", "weapons": "8", "nrm": "4", "cash": "about 30,000"},
}  # fmt: skip
_NOW = {
    "norf": {"arrests": "12", "lines_closed": "3", "cuckooed": "15", "safeguarded_adults": "8", "cash": "5,150"},
    "mps": {"arrests": "46", "lines_closed": "9", "weapons": "15", "safeguarded_children": "11", "cash": "over 70,000"},
    "kent": {"arrests": "13", "lines_closed": "4", "cuckooed": "25", "devices": "21"},
}  # fmt: skip
"""Invented figures. Merseyside has not sent those of the second week yet: the board says so, and it is chased."""


def respond() -> None:
    """Keep two weeks, and what one force does on the first of its lines, each once; nothing without a line."""
    manager = reader_named("manager@norf")
    lines = line_list(manager).rows
    if not lines or operation_list(manager)[1]:
        return
    for weeks, name, told in (
        (6, "Intensification week of the autumn", _BEFORE),
        (1, "Intensification week", _NOW),
    ):
        _keep_week(name, monday_of(clock.today()) - timedelta(weeks=weeks), told)
    _act_on(manager, lines[0].ref)
    outbox.drain()


def _keep_week(name: str, monday: date, told: Mapping[str, Mapping[str, str]]) -> None:
    by = reader_named(LED_BY)
    sunday = monday + timedelta(days=6)
    ref = plan_operation(
        by=by, draft=OperationDraft(
            name=name, kind="week", starts=f"{monday:%A %d %B %Y}", ends=f"{sunday:%A %d %B %Y}", every="week",
            briefing="Every line that is known, in seven days. Children are safeguarded first.", bodies=TAKE_PART,
        ),
    )  # fmt: skip
    move_operation(by=by, ref=ref, verb="begin", why="It is Monday")
    for body, figures in told.items():
        said = ReturnSaid(dict(figures), clock.now(), "Custody and property records", "week")
        send_return(by=reader_named(f"manager@{body}"), ref=ref, day=monday, told=said)


def _act_on(manager: Reader, line: str) -> None:
    """What Norfolk does on a line: an order on its number, an arrest, and a concern for a child."""
    officer, number = reader_named("officer@norf"), next(iter(own_numbers(manager, line)), "")
    if number:
        orders = reader_named("orders@norf")
        order = draft_order(by=orders, draft=_ORDER, line=line)
        add_item(
            by=orders, ref=order, value=number, attribution="Test purchase", first_seen=None, last_seen=None
        )
    record_arrest(
        by=officer, line=line, draft=ArrestDraft(
            suspect="An invented man of 24", offence="Being concerned in the supply of Class A drugs",
            arrested_at=clock.now() - timedelta(hours=3), case="standard",
        ),
    )  # fmt: skip
    raise_concern(
        by=officer, draft=ConcernDraft(
            age="child", harms=("criminal exploitation",), nation="ENG",
            words="A girl of about 15 has been seen at the address with older men, twice on school days.",
        ),
    )  # fmt: skip


_ORDER = OrderDraft(
    kind="ddtro", title="The number of the line", nation="ENG", provider="An invented provider",
    used="Bulk messages to buyers each morning", prevents="No other number is known to be in use",
    affected="Nobody else is known to use it", innocent="None is known", proportionate="A child is at risk",
    offences=("mda",),
)  # fmt: skip
