"""Check before acting: the three degrees and the silent case, by the command and by every other way in."""

import json
from typing import Any

import pytest

from tests.inside import command, file_report, sight, someone
from tests.instance import Instance
from throughline.access.reader import NotAllowed, reading
from throughline.access.services import close_compartment
from throughline.kernel import clock, outbox
from throughline.matching.models import HitSide
from throughline.matching.queries import (
    check_holdings,
    chosen_hits,
    hit_list,
    hit_page,
    hits_raised_since,
    recent_enquiries,
    waiting_hits,
)
from throughline.matching.services import CheckProblem, judge_hit, run_check
from throughline.notices.queries import notice_list, unread_count
from throughline.selectors.queries import kept_interests
from throughline.selectors.registry import parse
from throughline.selectors.services import end_interest, keep_interest

NUMBER = "phone:07700900123"


def _check(username: str, value: str = "07700900123", why: str = "seized handset") -> Any:
    said = command("check", value, "--as", username, "--why", why, "--json")
    assert said.status == 0, said.err
    outbox.drain()
    assert outbox.failed() == 0
    return json.loads(said.out)


def _texts(username: str) -> list[str]:
    return [card.text for card in notice_list(someone(username), size=100)[0]]


def test_it_answers_content_where_the_report_was_circulated(house: Instance) -> None:
    ref = file_report(someone("analyst@norf"), "N1", selectors=[NUMBER], bodies=["MPS"])
    outbox.drain()
    found = _check("officer@mps")
    assert (found["selector"], found["kind"]) == ("+447700900123", "phone")
    assert [(h["degree"], h["body"], h["ref"], h["since"], h["times"]) for h in found["holdings"]] == [
        ("content", "NORF", f"{ref}/1", "2026-10-01", 1)
    ]


def test_it_answers_existence_with_the_desk_and_no_more(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[NUMBER], bodies=["MPS"])
    outbox.drain()
    (holding,) = _check("analyst@kent")["holdings"]
    assert (holding["degree"], holding["body"]) == ("existence", "NORF")
    assert "NORF intelligence desk, 01632 960" in holding["desk"]
    assert {holding[known] for known in ("ref", "since", "times")} == {None}


def test_it_answers_both_where_a_body_holds_more_than_it_shows(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    file_report(norfolk, "N1", selectors=[NUMBER], bodies=["MPS"])
    file_report(norfolk, "N2", selectors=[NUMBER])
    outbox.drain()
    assert [h["degree"] for h in _check("officer@mps")["holdings"]] == ["content", "existence"]
    assert [(h["degree"], h["times"]) for h in _check("officer@norf")["holdings"]] == [("content", 2)]


def test_it_answers_nothing(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[NUMBER])
    outbox.drain()
    assert _check("officer@mps", "07700900999")["holdings"] == []
    # Once in a process of its own, as an officer runs it.
    said = house.run("check", "07700900999", "--as", "officer@mps", "--why", "a stop")
    assert "nothing is known" in said.stdout


@pytest.mark.parametrize(
    "typed", ["07700 900 123", "+44 7700 900123", "(07700) 900-123", "phone:00447700900123"]
)
def test_it_finds_the_number_however_it_is_typed(shared_house: Instance, typed: str) -> None:
    if not recent_enquiries(someone("officer@mps")):
        file_report(someone("analyst@norf"), "N1", selectors=[NUMBER])
        outbox.drain()
    holdings = run_check(by=someone("officer@mps"), selector=parse(typed), why="a stop")
    assert [h.body for h in holdings] == ["NORF"]


def test_it_tells_the_holder_who_asked_and_why(house: Instance) -> None:
    file_report(someone("analyst@norf"), "N1", selectors=[NUMBER])
    outbox.drain()
    _check("officer@mps", why="stopped at Bow")
    (text,) = _texts("analyst@norf")
    assert "Officer at MPS" in text
    assert "Metropolitan" in text
    assert "Reason: stopped at Bow" in text
    assert _texts("analyst@mps") == []


def test_a_silent_interest_is_told_and_shows_the_enquirer_nothing(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=True)
    outbox.drain()
    held, unknown = _check("analyst@mps"), _check("analyst@mps", "07700900999")
    # The answer has the very shape of nothing known, in words and in the object alike.
    assert held["holdings"] == unknown["holdings"] == []
    words = [
        command("check", n, "--as", "analyst@mps", "--why", "x").out for n in ("07700900123", "07700900999")
    ]
    assert words[0].replace("900123", "900999") == words[1]
    outbox.drain()
    assert len(_texts("analyst@norf")) == 2
    assert all("Your interest is silent" in text for text in _texts("analyst@norf"))
    assert _texts("analyst@mps") == []


def test_a_silent_interest_is_nowhere_in_the_hits_of_the_other_side(house: Instance) -> None:
    norfolk, met, kent = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    begun = clock.now()
    keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=True)
    file_report(met, "M1", selectors=[NUMBER])
    outbox.drain()
    assert hit_list(met, state="").rows == ()
    assert (waiting_hits(met), hits_raised_since(met, begun), unread_count(met)) == (0, 0, 0)
    (own,) = hit_list(norfolk, state="").rows
    assert own.other == "MPS"
    assert own.rarity > 0, "a silent holder's hit is ranked like any other"
    assert hit_page(met, own.ref) is None
    assert hit_page(norfolk, own.ref) is not None
    # A third holder makes a hit for the two that are open, and the silent one is not in its counts.
    file_report(kent, "K1", selectors=[NUMBER])
    outbox.drain()
    (seen,) = hit_list(met, state="").rows
    assert (seen.other, seen.holders, seen.times) == ("KENT", 2, 2)
    page = hit_page(met, seen.ref)
    assert page is not None
    assert {side.body for side in page.sides} == {"MPS", "KENT"}
    assert "Norf" not in repr(page) + repr(_texts("analyst@mps")) + repr(_check("analyst@mps"))
    assert {row.other for row in hit_list(norfolk, state="").rows} == {"MPS", "KENT"}


def test_going_silent_changes_no_figure_on_a_hit_that_stands(house: Instance) -> None:
    norfolk, met, kent = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    for name, reader in (("N", norfolk), ("M", met), ("K", kent)):
        file_report(reader, name, selectors=[NUMBER])
    outbox.drain()
    before = {row.ref: (row.holders, row.rarity) for row in hit_list(met).rows}
    assert {holders for holders, _ in before.values()} == {3}
    keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=True)
    outbox.drain()
    file_report(kent, "K2", selectors=[NUMBER])
    outbox.drain()
    assert {row.ref: (row.holders, row.rarity) for row in hit_list(met).rows} == before
    # What the body holds besides is silent with it.
    assert {h["body"] for h in _check("analyst@mps")["holdings"]} == {"MPS", "KENT"}


def test_the_end_of_a_silent_interest_opens_the_hits_it_kept_quiet(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    ref = keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=True)
    file_report(norfolk, "N1", selectors=[NUMBER])
    file_report(met, "M1", selectors=[NUMBER])
    outbox.drain()
    assert (waiting_hits(met), unread_count(met), unread_count(norfolk)) == (0, 0, 1)
    end_interest(by=norfolk, ref=ref, why="done")
    outbox.drain()
    assert outbox.failed() == 0
    assert [row.other for row in hit_list(met).rows] == ["NORF"]
    assert (unread_count(met), unread_count(norfolk)) == (1, 1)
    assert [h["degree"] for h in _check("analyst@mps")["holdings"]] == ["content", "existence"]


def test_a_body_that_holds_openly_after_its_silence_is_met(house: Instance) -> None:
    """Nothing is held when the interest ends; the number comes in again later, openly."""
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    ref = keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=True)
    file_report(met, "M1", selectors=[NUMBER])
    outbox.drain()
    end_interest(by=norfolk, ref=ref, why="done")
    outbox.drain()
    assert waiting_hits(met) == 0
    file_report(norfolk, "N1", selectors=[NUMBER])
    outbox.drain()
    assert (waiting_hits(met), unread_count(met)) == (1, 1)


def test_two_silences_open_each_for_the_other(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    refs = {}
    for reader, name in ((norfolk, "N1"), (met, "M1")):
        refs[name] = keep_interest(by=reader, selector=parse(NUMBER), why="an operation", silent=True)
        file_report(reader, name, selectors=[NUMBER])
    outbox.drain()
    assert (waiting_hits(norfolk), waiting_hits(met)) == (0, 0)
    end_interest(by=norfolk, ref=refs["N1"], why="done")
    outbox.drain()
    assert (waiting_hits(norfolk), waiting_hits(met)) == (0, 1)
    assert (unread_count(norfolk), unread_count(met)) == (0, 1)
    end_interest(by=met, ref=refs["M1"], why="done")
    outbox.drain()
    assert (unread_count(norfolk), unread_count(met)) == (1, 1)


def test_an_interest_ended_before_it_was_matched_leaves_nothing(house: Instance) -> None:
    """The worker takes the end of one interest and the beginning of another body's in one batch."""
    norfolk, met, kent = someone("analyst@norf"), someone("analyst@mps"), someone("analyst@kent")
    file_report(kent, "K1", selectors=[NUMBER])
    outbox.drain()
    ref = keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=False)
    end_interest(by=norfolk, ref=ref, why="a slip")
    keep_interest(by=met, selector=parse(NUMBER), why="an operation", silent=False)
    outbox.drain()
    assert outbox.failed() == 0
    assert [row.other for row in hit_list(kent).rows] == ["MPS"]
    with house.as_owner() as owner:
        assert owner.execute("select body, times from matching_holding order by body").fetchall() == sorted(
            [(kent.body, 1), (met.body, 1)]
        )


def test_an_open_interest_points_and_matches(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    keep_interest(by=norfolk, selector=parse(NUMBER), why="an operation", silent=False)
    file_report(met, "M1", selectors=[NUMBER])
    outbox.drain()
    assert [h["degree"] for h in _check("analyst@mps")["holdings"]] == ["content", "existence"]
    assert [row.other for row in hit_list(met).rows] == ["NORF"]
    assert [card.why for card in kept_interests(norfolk)] == ["an operation"]
    assert kept_interests(met) == []


def test_a_compartment_points_others_and_hides_the_hit_from_uncleared_colleagues(house: Instance) -> None:
    inner = someone("analyst@norf")
    circle = close_compartment(name="Inner", people=[inner.person])
    inner, colleague, met = someone("analyst@norf"), someone("manager@norf"), someone("analyst@mps")
    sight(inner, NUMBER, ref="C-1", compartment=circle)
    sight(met, NUMBER, ref="M-1")
    outbox.drain()
    assert [h["degree"] for h in _check("analyst@mps")["holdings"]] == ["content", "existence"]
    assert [row.other for row in hit_list(inner).rows] == ["MPS"]
    assert hit_list(colleague).rows == ()
    assert (waiting_hits(colleague), hit_page(colleague, hit_list(inner).rows[0].ref)) == (0, None)
    assert _texts("manager@norf") == []
    assert len(_texts("analyst@norf")) == 2
    assert [h.degree for h in run_check(by=colleague, selector=parse(NUMBER), why="x")] == [
        "existence",
        "existence",
    ]
    # The met works the hit: both sides are told, and neither learns of the circle.
    (seen,) = hit_list(met).rows
    page = hit_page(met, seen.ref)
    assert page is not None
    assert [(side.body, side.degree) for side in page.sides] == [("MPS", "content"), ("NORF", "existence")]


def test_what_a_closed_side_decides_reads_to_the_other_as_not_judged_yet(house: Instance) -> None:
    inner, met = someone("manager@norf"), someone("analyst@mps")
    circle = close_compartment(name="Inner", people=[inner.person, someone("manager@mps").person])
    inner = someone("manager@norf")
    sight(inner, NUMBER, ref="C-1", compartment=circle)
    sight(met, NUMBER, ref="M-1")
    outbox.drain()
    (row,) = hit_list(met).rows
    before = hit_page(met, row.ref)
    judge_hit(by=inner, ref=row.ref, verb="dismiss", reason="other", note="Our own source")
    after = hit_page(met, row.ref)
    assert before is not None
    assert before == after
    assert [side.state for side in before.sides] == ["raised", "raised"]
    assert [r.other_state for r in (*hit_list(met).rows, *chosen_hits(met, [row.ref]))] == [
        "raised",
        "raised",
    ]
    with reading(met):
        assert set(HitSide.objects.values_list("body", flat=True)) == {met.body}
    # On both lists, one reads it.
    listed = hit_page(someone("manager@mps"), row.ref)
    assert listed is not None
    assert listed.sides[1].reason.endswith("Our own source")
    assert [r.other_state for r in hit_list(someone("manager@mps")).rows] == ["dismissed"]


def test_a_hit_leaves_its_compartment_when_the_body_holds_the_value_openly_too(house: Instance) -> None:
    inner = someone("analyst@norf")
    circle = close_compartment(name="Inner", people=[inner.person])
    inner, colleague, met = someone("analyst@norf"), someone("manager@norf"), someone("analyst@mps")
    sight(inner, NUMBER, ref="C-1", compartment=circle)
    sight(met, NUMBER, ref="M-1")
    outbox.drain()
    told = unread_count(met)
    assert waiting_hits(colleague) == 0
    sight(colleague, NUMBER, ref="N-2")
    outbox.drain()
    assert waiting_hits(colleague) == 1
    assert len(_texts("manager@norf")) == 1
    assert unread_count(met) == told, "the other side must not hear that anything changed"


def test_it_wants_a_reason_and_a_role(shared_house: Instance) -> None:
    selector = parse(NUMBER)
    for empty in ("", "  "):
        with pytest.raises(CheckProblem, match="Say why"):
            run_check(by=someone("officer@mps"), selector=selector, why=empty)
    for role in ("auditor", "admin"):
        with pytest.raises(NotAllowed):
            run_check(by=someone(f"{role}@mps"), selector=selector, why="curious")
        with pytest.raises(NotAllowed):
            check_holdings(someone(f"{role}@mps"), selector)
    refused = command("check", "07700900123", "--as", "auditor@mps", "--why", "curious")
    assert (refused.status, refused.out) == (1, "")
    assert "Your role does not let you" in refused.err
    assert command("check", "07700900123", "--as", "officer@mps").status == 2
    assert command("check", "07700900123", "--as", "officer@mps", "--why", " ").status == 1
    assert command("check", "07700900123", "--as", "nobody@mps", "--why", "x").status == 1


def test_it_keeps_the_enquiry_for_the_enquirer_alone(house: Instance) -> None:
    _check("officer@mps", why="stopped at Bow")
    assert [row.why for row in recent_enquiries(someone("officer@mps"))] == ["stopped at Bow"]
    assert recent_enquiries(someone("officer@norf")) == []
