"""A child found in an importing town: every force that needs it is told at once, and knows it; the clocks run."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.inside import someone
from tests.safeguarding.caring import page, raised, went_missing
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.notices.queries import notice_list
from throughline.safeguarding.missing import acknowledge, episodes_of, move_episode
from throughline.safeguarding.queries import concern_page
from throughline.safeguarding.raising import ConcernProblem


def test_a_child_found_far_from_home_is_known_to_home_host_and_btp_and_nobody_else(cast: Cast) -> None:
    ref = raised()
    went_missing(ref)
    outbox.drain()
    for code in ("mps", "btp"):
        lead = someone(f"safeguarding@{code}")
        told = [card.text for card in notice_list(lead)[0] if card.kind == "concern"]
        assert told == [f"A concern was shared with you ({ref})"]
        assert page(ref, by=lead.username).row.ref == ref
        assert [card for card in notice_list(someone(f"analyst@{code}"))[0] if card.kind == "concern"] == []
    assert concern_page(someone("safeguarding@kent"), ref) is None
    running = {one.kind for one in page(ref).clocks if one.ended_at is None}
    assert {"concern return interview", "concern acknowledge"} <= running
    acknowledge(by=someone("safeguarding@mps"), ref=ref, words="We fetch the child tonight")
    assert "concern acknowledge" not in {one.kind for one in page(ref).clocks if one.ended_at is None}
    (episode,) = episodes_of(someone("safeguarding@mps"), ref)
    lead = someone("safeguarding@mps")
    move_episode(by=lead, ref=ref, episode=episode.ref, verb="interview", words="Sent by older friends")
    assert episodes_of(lead, ref)[0].state == "interviewed"
    assert "concern return interview" not in {one.kind for one in page(ref).clocks if one.ended_at is None}
    with pytest.raises(MoveRefused):
        move_episode(by=lead, ref=ref, episode=episode.ref, verb="find", words="x")


def test_what_cannot_be_is_refused_beside_its_field(cast: Cast) -> None:
    ref, now = raised(), clock.now()
    for field, other in (
        ("missing_on", {"missing_at": None, "found_at": None}), ("found_on", {"found_at": now - timedelta(days=9)}),
        ("host", {"host": ""}), ("home", {"home": "NOWHERE"}), ("found_place", {"found_place": " "}),
    ):  # fmt: skip
        with pytest.raises(ConcernProblem) as refused:
            went_missing(ref, **other)
        assert refused.value.field == field


def test_an_episode_is_recorded_and_acknowledged_on_its_pages(cast: Cast) -> None:
    ref, today = raised(), clock.today()
    lead, at = visitor("safeguarding@norf"), f"/concerns/{ref}"
    day = {
        f"found_on-{part}": n
        for part, n in (("day", today.day), ("month", today.month), ("year", today.year))
    }
    said = {
        "home": "MPS",
        "host": "NORF",
        "found_place": "Norwich",
        "found_at": "00:00",
        "by_train": ["train"],
    }
    assert "Choose the home force" in words_of(lead.post(f"{at}/missing", {**day, **said, "home": ""}))
    assert lead.post(f"{at}/missing", {**day, **said}).status_code == 302
    assert "Hold the return interview" in words_of(lead.get(at))
    away = visitor("safeguarding@mps")
    assert "Acknowledge it" in words_of(away.get(at))
    assert away.post(f"{at}/acknowledge", {"words": "We fetch the child"}).status_code == 302
    assert "We fetch the child" in words_of(lead.get(at))
    assert lead.get(f"{at}/acknowledge").status_code == 404
    assert away.get(f"{at}/missing").status_code == 404
