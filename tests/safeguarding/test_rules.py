"""Duties, indicators and signs as data and pure rules: every one has its source, and every time is a case."""

from datetime import UTC, datetime

import pytest

from throughline.kernel import clock
from throughline.kernel.terms import end_of
from throughline.kernel.working_days import Nation
from throughline.safeguarding.law import all_indicators, duties, steps
from throughline.safeguarding.screening import BY_A_HIT, screen
from throughline.safeguarding.words import AGES, is_exploited_child
from throughline.safeguarding.workflow import CONCERN

FRIDAY = datetime(2026, 12, 24, 15, tzinfo=UTC)
"""Christmas Eve of 2026 is a Thursday; what follows is a weekend with its bank holidays."""


def test_every_duty_and_step_has_its_source_and_what_was_not_read_is_unverified() -> None:
    verbs = {move.verb for move in CONCERN.moves}
    for duty in duties().values():
        assert duty.says and duty.source and set(duty.ages) <= AGES.keys()
        assert duty.met_by in verbs | steps().keys() or duty.met_by == "acknowledged", duty.key
        if any(words in duty.source + duty.says for words in ("not read", "ur default", "general knowledge")):
            assert duty.term.is_unverified, duty.key
    assert all(step.prompt and step.source for step in steps().values())
    for listed in all_indicators():
        assert len({one.key for one in listed.all}) == len(listed.all)
        assert all(one.key.isidentifier() for one in listed.all)


@pytest.mark.parametrize(
    ("duty", "nation", "due"),
    [
        # Our default of one working day: Thursday 24 December is followed by Tuesday 29 December in England.
        ("assess", Nation.ENGLAND, "2026-12-29T23:59"),
        ("assess", Nation.SCOTLAND, "2026-12-29T23:59"),
        ("tell authority", Nation.ENGLAND, "2026-12-25T15:00"),
        ("review plan", Nation.ENGLAND, "2027-01-21T23:59"),
    ],
)
def test_when_a_duty_is_due(duty: str, nation: Nation, due: str) -> None:
    found = end_of(duties()[duty].term, started_at=FRIDAY, nation=nation)
    assert found.astimezone(clock.LONDON).strftime("%Y-%m-%dT%H:%M") == due
    assert duties()[duty].source in duties()[duty].term.basis


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("A 15 year old was reported missing from Leeds.", ("missing",)),
        ("The flat has been cuckooed since May.", ("home taken over",)),
        ("A runner, aged 16, sells by the school.", ("criminal exploitation",)),
        ("Three school boys were seen.", None),
        ("He drives a grey Golf.", None),
        ("The runner was quick.", None),
    ],
)
def test_what_screening_proposes_and_why(text: str, harms: tuple[str, ...] | None) -> None:
    found = screen(text)
    assert (found.harms if found else None) == harms
    assert found is None or found.reasons


def test_a_hit_is_one_more_reason_and_never_the_only_one() -> None:
    found = screen("Three school boys were seen.", further=(BY_A_HIT,))
    assert found and found.age == "child" and found.reasons[-1] == BY_A_HIT
    assert screen("He drives a grey Golf.", further=(BY_A_HIT,)) is None


def test_who_is_an_exploited_child() -> None:
    assert is_exploited_child("child", ["criminal exploitation"])
    assert is_exploited_child("not sure", ["debt bondage"])
    assert not is_exploited_child("adult", ["trafficking"])
    assert not is_exploited_child("child", ["missing"])
