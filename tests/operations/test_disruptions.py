"""Disruptions: claimed, joined, folded and moderated; an event counts once, and only for those who may know it."""

import pytest

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import live
from throughline.access.reader import NotAllowed
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.notices.queries import notice_list
from throughline.operations.disrupted import disruption_list, disruption_page, disruption_totals
from throughline.operations.disruptions import (
    ClaimDraft,
    claim_disruption,
    join_disruption,
    moderate_disruption,
)
from throughline.operations.planning import OperationProblem

NORFOLK, LONDON, KENT, CENTRE = "manager@norf", "manager@mps", "manager@kent", "coordinator@nclcc"


def claimed(by: str = NORFOLK, *, line: str = "", bodies: tuple[str, ...] = ("MPS",)) -> str:
    """A moderate disruption by pursue and protect, told to London."""
    draft = ClaimDraft(
        "3 November 2026", "Holder charged", "Charged and remanded", "moderate", ("pursue", "protect"), "Silent",
        line, "", bodies,
    )  # fmt: skip
    return claim_disruption(by=someone(by), draft=draft)


def _events(username: str) -> tuple[int, int, dict[str, int]]:
    found = disruption_totals(someone(username))
    return found.events, found.claims, {row.level: row.events for row in found.levels if row.events}


def test_an_event_that_two_bodies_claim_counts_once(house: Instance) -> None:
    ref = claimed()
    join_disruption(by=someone(LONDON), ref=ref, ps=("pursue",), level="major", why="We charged him")
    with pytest.raises(OperationProblem, match="claims it already"):
        join_disruption(by=someone(LONDON), ref=ref, ps=("pursue",), level="major", why="Again")
    assert _events(CENTRE) == (0, 0, {})
    moderate_disruption(
        by=someone(CENTRE), ref=ref, verb="count", level="moderate", words="One event, agreed"
    )
    assert _events(CENTRE) == (1, 3, {"moderate": 1})
    levels = {row.level: row.by_p for row in disruption_totals(someone(CENTRE)).levels}
    assert levels["moderate"] == (1, 0, 1, 0)
    # Whoever may not know the event does not find it in the totals either.
    assert _events(KENT) == (0, 0, {})
    assert disruption_page(someone(KENT), ref) is None
    assert disruption_list(someone(KENT)) == ([], 0)
    outbox.drain()
    assert any(
        "counted" in card.text for card in notice_list(someone(NORFOLK))[0] if card.kind == "disruption"
    )


def test_two_tellings_of_one_event_are_folded_into_one(house: Instance) -> None:
    line = live(someone(NORFOLK), everyone=True)
    ref = claimed(line=line)
    with pytest.raises(OperationProblem, match="join it, so that it counts once"):
        claimed(LONDON, line=line)
    other = claimed(LONDON)
    centre = someone(CENTRE)
    moderate_disruption(by=centre, ref=other, verb="fold", words="The same arrest", into=ref)
    moderate_disruption(by=centre, ref=ref, verb="count", level="minor", words="Agreed")
    assert _events(CENTRE) == (1, 2, {"minor": 1})
    page = disruption_page(someone(LONDON), other)
    assert page
    assert (page.row.state, page.into) == ("folded", ref)


def test_nobody_moderates_what_their_body_claims(house: Instance) -> None:
    ref = claimed(bodies=())
    with pytest.raises(OperationProblem, match="somebody else moderates it"):
        moderate_disruption(
            by=someone("coordinator@norf"), ref=ref, verb="count", level="major", words="Ours"
        )
    with pytest.raises(MoveRefused):
        moderate_disruption(by=someone("analyst@nclcc"), ref=ref, verb="count", level="major", words="x")
    with pytest.raises(OperationProblem, match="Choose the level"):
        moderate_disruption(by=someone(CENTRE), ref=ref, verb="count", words="x")
    with pytest.raises(NotAllowed):
        claimed("auditor@norf")
