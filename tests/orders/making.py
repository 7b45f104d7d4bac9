"""Orders as the tests draft and move them."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.inside import someone
from tests.lines.keeping import NUMBER, live
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.orders.asking import ask_interests
from throughline.orders.drafting import OrderDraft, add_item, draft_order
from throughline.orders.moving import Made, move_order
from throughline.orders.queries import OrderPage, order_page

OFFICER, HEAD = "orders@norf", "manager@norf"


def draft(**other: Any) -> OrderDraft:
    """What Norfolk asks of a provider."""
    asked: dict[str, Any] = {
        "kind": "ddtro", "title": "The lakes line", "nation": "ENG", "provider": "A provider", "used": "Bulk texts",
        "prevents": "No other number is known", "affected": "Nobody is known", "innocent": "None is known",
        "proportionate": "A child is at risk", "offences": ("mda",),
    }  # fmt: skip
    return OrderDraft(**asked | other)


def drafted(by: Reader | None = None, *, line: str = "", number: str = NUMBER, **other: Any) -> str:
    """An order on one number, with every body that holds it asked; its reference."""
    reader = by or someone(OFFICER)
    ref = draft_order(by=reader, draft=draft(**other), line=line or live(someone(HEAD)))
    add_item(by=reader, ref=ref, value=number, attribution="Test purchase", first_seen=None, last_seen=None)
    ask_interests(by=reader, ref=ref)
    return ref


def authorised(ref: str, *, rank: str = "superintendent") -> None:
    """Let the head of the desk authorise it."""
    made = Made("Necessary", rank=rank, loss_decision="Nobody objects")
    move_order(by=someone(HEAD), ref=ref, verb="authorise", made=made)


def granted(
    ref: str, *, on: date | None = None, ends_on: date | None = None, comply_by: datetime | None = None
) -> None:
    """Take an authorised order to its grant."""
    by = someone(OFFICER)
    move_order(by=by, ref=ref, verb="apply", made=Made("Listed", court="Norwich"))
    made = Made(
        "As asked",
        ordered_on=on or clock.today(),
        ends_on=ends_on,
        comply_by=comply_by,
        comply_why="It was asked",
    )
    move_order(by=by, ref=ref, verb="grant", made=made)


def complied(ref: str) -> None:
    """Serve a granted order, and have it complied with."""
    by, now = someone(OFFICER), clock.now()
    move_order(by=by, ref=ref, verb="serve", made=Made("By e-mail", at=now - timedelta(minutes=2)))
    move_order(by=by, ref=ref, verb="comply", made=Made("They say so", at=now - timedelta(minutes=1)))


def page(ref: str, by: Reader | None = None) -> OrderPage:
    """The page of an order that the reader may know."""
    found = order_page(by or someone(OFFICER), ref)
    assert found is not None
    return found
