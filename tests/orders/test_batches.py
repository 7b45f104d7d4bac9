"""One application against several providers: each is served and complies by its own clock; drafts are changed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from tests.orders.making import HEAD, OFFICER, authorised, draft, drafted, granted, page
from throughline.clocks.queries import clocks_of
from throughline.kernel import clock
from throughline.kernel.workflow import MoveRefused
from throughline.orders.drafting import OrderProblem, add_item, add_provider, change_draft, take_out
from throughline.orders.moving import agree_earlier
from throughline.orders.providers import record_compliance, serve_provider


def test_each_provider_is_served_and_complies_by_its_own_clock(cast: Cast) -> None:
    by, now = someone(OFFICER), clock.now()
    ref = drafted(by, line=keep(someone(HEAD)))
    add_provider(by=by, ref=ref, name="Another provider", contact="Its desk")
    with pytest.raises(OrderProblem, match="already"):
        add_provider(by=by, ref=ref, name="Another provider", contact="")
    first, second = page(ref).providers
    authorised(ref)
    granted(ref)
    agreed = now + timedelta(hours=30)
    agree_earlier(by=by, ref=ref, earlier=agreed, why="They can", provider=second.ref)
    running = [row for row in clocks_of(by, "order", [ref]) if row.ended_at is None]
    assert [row.due_at == agreed for row in running] == [True, False]
    assert page(ref).comply_by == agreed
    said: dict[str, Any] = {"by": by, "ref": ref, "at": now, "why": "Receipt"}
    serve_provider(**said, provider=second.ref)
    assert page(ref).row.state == "granted"
    record_compliance(**said, provider=second.ref)
    assert len([row for row in clocks_of(by, "order", [ref]) if row.ended_at is None]) == 1
    assert page(ref).comply_by != agreed, "the clock of the order is now that of the first provider"
    with pytest.raises(OrderProblem, match="has yet to comply"):
        record_compliance(**said, provider=second.ref)
    with pytest.raises(OrderProblem, match="before it was served"):
        record_compliance(**said, provider=first.ref)
    serve_provider(**said, provider=first.ref)
    assert page(ref).row.state == "served"
    record_compliance(**said, provider=first.ref)
    assert page(ref).row.state == "complied"
    assert {row.ended_how for row in clocks_of(by, "order", [ref])} == {"met", "set anew"}


def test_a_draft_is_changed_and_what_was_put_in_is_taken_out(cast: Cast) -> None:
    by = someone(OFFICER)
    ref = drafted(by, line=keep(someone(HEAD)))
    change_draft(by=by, ref=ref, draft=draft(title="The fens line", provider="The right provider"))
    found = page(ref)
    assert (found.row.title, found.providers[0].name) == ("The fens line", "The right provider")
    add_item(
        by=by, ref=ref, value="mac:00:00:5E:00:53:01", attribution="Seized", first_seen=None, last_seen=None
    )
    with pytest.raises(MoveRefused, match="Nobody with an interest was asked"):
        authorised(ref)  # the second item came after the question
    mac = page(ref).items[1].number
    with pytest.raises(OrderProblem, match="Choose what"):
        take_out(by=by, ref=ref, items=[mac + 999], evidence=[])
    assert take_out(by=by, ref=ref, items=[mac], evidence=[]) == 1
    assert len(page(ref).items) == 1
    with pytest.raises(OrderProblem, match="kind of an order stays"):
        change_draft(by=by, ref=ref, draft=draft(kind="stro"))
