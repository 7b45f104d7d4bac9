"""Concerns as the tests raise and look after them."""

from datetime import timedelta
from typing import Any

from tests.inside import someone
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.safeguarding.law import indicators_on
from throughline.safeguarding.looking_after import (
    Answer,
    Move,
    Step,
    assess_concern,
    move_concern,
    note_step,
    share_concern,
)
from throughline.safeguarding.missing import EpisodeDraft, record_episode
from throughline.safeguarding.queries import ConcernPage, concern_page
from throughline.safeguarding.raising import ConcernDraft, Who, raise_concern

LEAD, OFFICER = "safeguarding@norf", "officer@norf"
ALEX = "person:Example, Alex, 2011-05-03"


def draft(**other: Any) -> ConcernDraft:
    """A child who may be made to sell drugs."""
    said: dict[str, Any] = {
        "age": "child", "harms": ("criminal exploitation",), "words": "Seen at the station with older men",
        "nation": "ENG", "who": Who(name="Alex Example", selector=ALEX),
    }  # fmt: skip
    return ConcernDraft(**said | other)


def raised(by: Reader | None = None, **other: Any) -> str:
    """A concern of Norfolk's; its reference."""
    return raise_concern(by=by or someone(OFFICER), draft=draft(**other))


def answers(age: str = "child", found: str = "yes") -> dict[str, Answer]:
    """The same answer to every indicator."""
    return {one.key: Answer(found, "Seen by staff", "IR-1") for one in indicators_on(clock.today()).of(age)}


def assessed(ref: str, judgement: str = "immediate protection", age: str = "child") -> str:
    """Assess it, as the lead."""
    assess_concern(
        by=someone(LEAD), ref=ref, answers=answers(age), judgement=judgement, words="The debt grows"
    )
    return ref


def noted(ref: str, kind: str = "authority told", **more: Any) -> None:
    """Note a step, as the lead."""
    note_step(by=someone(LEAD), ref=ref, step=Step(kind, "They take it on", **more))


def moved(ref: str, verb: str, **more: Any) -> None:
    """Move it, as the lead."""
    move_concern(by=someone(LEAD), ref=ref, verb=verb, move=Move("Decided at the meeting", **more))


def shared(ref: str, body: str = "MPS") -> str:
    """Open it to another body."""
    share_concern(by=someone(LEAD), ref=ref, body=body, words="The child lives there")
    return ref


def went_missing(ref: str, **other: Any) -> str:
    """Found in Norwich, missing from London, by train; the reference of the episode."""
    now = clock.now()
    said: dict[str, Any] = {
        "home": "MPS", "host": "NORF", "missing_from": "Placement", "missing_at": now - timedelta(days=2),
        "found_place": "Norwich, the station", "found_at": now, "is_by_train": True,
    }  # fmt: skip
    return record_episode(by=someone(LEAD), ref=ref, draft=EpisodeDraft(**said | other))


def page(ref: str, by: str = LEAD) -> ConcernPage:
    """The page of a concern that the reader may know."""
    found = concern_page(someone(by), ref)
    assert found is not None
    return found
