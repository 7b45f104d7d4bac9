"""The pages of planned events: planning, the warning, changing and closing, and what others are not shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.clashes.planning import FAR, NEARBY, at_noon, plan
from tests.inside import someone
from tests.web.visiting import visitor, words_of
from throughline.access.services import close_compartment
from throughline.clashes.queries import event_list, event_page
from throughline.clashes.services import move_event
from throughline.kernel import clock, outbox
from throughline.web.events.shown import span
from throughline.web.sketch import sketch_of


def _day(name: str, moment: datetime) -> dict[str, str]:
    shown = moment.astimezone(clock.LONDON)
    return {f"{name}_day-day": str(shown.day), f"{name}_day-month": str(shown.month),
            f"{name}_day-year": str(shown.year)}  # fmt: skip


def _asked(**changed: str) -> dict[str, str]:
    noon = at_noon()
    return {
        "kind": "warrant", "what": "A flat above a shop", "postcode": "NR1 1AA", "spot": "TG 23100 08700",
        **_day("starts", noon), "starts_time": "14:30", **_day("ends", noon), "ends_time": "16:30",
        "contact": "The duty inspector", "why": "Intelligence of October",
    } | changed  # fmt: skip


def test_it_plans_an_event_and_lists_it(cast: Cast) -> None:
    client = visitor("officer@norf")
    assert "Your body has planned nothing." in words_of(client.get("/events/"))
    sent = client.post("/events/plan", _asked(), follow=True)
    words = words_of(sent)
    assert "The event is planned." in words
    assert "You may be told of no other body near it. That is no proof that there is none." in words
    assert "NR1 1AA, TG 23100 08700" in words
    assert "at 14:30 to 16:30" in words
    assert "Ring about it The duty inspector" in words
    listed = words_of(client.get("/events/"))
    assert "1 A flat above a shop Warrant, EV-" in listed
    assert "Sketch map of the events of your body" in listed
    (row,) = event_list(cast.aisha).rows
    assert row.starts_at.astimezone(clock.LONDON).hour == 14


def test_each_side_reads_the_other_desk_on_its_page(cast: Cast) -> None:
    ours = plan(cast.aisha, NEARBY, what="quarry", contact="lantern", kind="test purchase")
    theirs = words_of(visitor("officer@mps").post("/events/plan", _asked(), follow=True))
    assert "Another body plans something near it, at about the same time." in theirs
    assert "Norfolk Constabulary NORF" in theirs
    assert not [word for word in ("quarry", "lantern", "Test purchase", ours, "23500") if word in theirs]
    outbox.drain()
    client = visitor("officer@norf")
    assert f"plans something near your event {ours}" in words_of(client.get("/notices/"))
    assert f'href="/events/{ours}"' in client.get("/notices/").content.decode()
    assert "Metropolitan Police Service MPS" in words_of(client.get(f"/events/{ours}"))
    assert "Another body plans something near: ring its desk" in words_of(client.get("/events/"))


def test_it_shows_them_to_no_other_body(cast: Cast) -> None:
    ref, other = plan(cast.aisha), visitor("manager@mps")
    for way in ("", "/change", "/cancel", "/break-silence"):
        closed, none = other.get(f"/events/{ref}{way}"), other.get(f"/events/EV-2222-2222{way}")
        assert (closed.status_code, none.status_code) == (404, 404)
        assert words_of(closed) == words_of(none)
        assert other.post(f"/events/{ref}{way}", _asked() | {"verb": "begin"}).status_code == 404
    page = event_page(cast.aisha, ref)
    assert page is not None
    assert page.state == "planned"


@pytest.mark.parametrize(("username", "reads"), [
    ("chair@norf", True), ("safeguarding@norf", True), ("auditor@norf", False), ("admin@norf", False),
])  # fmt: skip
def test_it_is_shut_to_roles_that_plan_none(cast: Cast, username: str, *, reads: bool) -> None:
    ref, client = plan(cast.aisha), visitor(username)
    assert client.get("/events/").status_code == (200 if reads else 403)
    assert client.get(f"/events/{ref}").status_code == (200 if reads else 403)
    assert "Change it" not in words_of(client.get(f"/events/{ref}"))
    for address in (
        "/events/plan",
        *(f"/events/{ref}/{way}" for way in ("change", "cancel", "break-silence")),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, _asked()).status_code == 403
    assert ("Planned events" in words_of(client.get("/desk"))) is reads


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Choose what kind of event it is"),
        ({"kind": "picnic"}, "kind", "choose one from the list"),
        ({"what": " "}, "what", "Say in a few words what is planned"),
        (
            {"postcode": "", "spot": ""},
            "postcode",
            "Enter a postcode, or the place on the map below, or both",
        ),
        ({"postcode": "<b>"}, "postcode", "is not a full UK postcode"),
        ({"spot": "TG 1"}, "spot", "Enter a grid reference of two letters"),
        ({"spot": "1.297, 52.628"}, "spot", "is not in Great Britain"),
        ({"starts_day-day": "31", "starts_day-month": "2"}, "starts-day", "must be a real date"),
        ({"starts_day-day": ""}, "starts-day", "must include a day"),
        ({"starts_time": "half past"}, "starts-time", "from 00:00 to 23:59"),
        ({"ends_time": "14:30"}, "ends-day", "It must end after it starts"),
        ({"ends_time": ""}, "ends-time", "Enter the time it ends"),
        ({"contact": ""}, "contact", "Say whom your desk should ring about it"),
        ({"why": ""}, "why", "Say why: it is kept in the journal"),
        ({"silent": "silent"}, "silent", "choose from the list"),
        ({"compartment": "1"}, "compartment", "choose one from the list"),
    ],
)
def test_it_says_beside_the_box_what_is_wrong(
    cast: Cast, wrong: dict[str, str], field: str, sentence: str
) -> None:
    shown = visitor("manager@norf" if "silent" not in wrong else "officer@norf").post(
        "/events/plan", _asked(**wrong)
    )
    text = shown.content.decode()
    assert sentence in words_of(shown)
    if field not in ("silent", "compartment"):
        error = (
            "starts-day-group"
            if field == "starts-day"
            else "ends-day-group"
            if field == "ends-day"
            else field
        )
        assert sentence in text.partition(f'id="{error}-error"')[2].partition("</p>")[0]
    assert event_list(cast.aisha).rows == ()


def test_it_refuses_a_time_that_clocks_skip(cast: Cast) -> None:
    with clock.stopped(datetime.fromisoformat("2027-03-20T12:00:00+00:00")):
        asked = _asked(starts_time="01:30", ends_time="03:00") | {
            f"{end}_day-{part}": number
            for end in ("starts", "ends")
            for part, number in (("day", "28"), ("month", "3"), ("year", "2027"))
        }
        assert "Clocks go forward that night" in words_of(visitor("officer@norf").post("/events/plan", asked))


def test_a_manager_keeps_one_silent_and_breaks_the_silence(cast: Cast) -> None:
    theirs = plan(cast.mia)
    client = visitor("manager@norf")
    assert "Keep it silent" in words_of(client.get("/events/plan"))
    assert "Keep it silent" not in words_of(visitor("analyst@norf").get("/events/plan"))
    sent = client.post("/events/plan", _asked(silent="silent"), follow=True)
    assert "you are not told of what stands there already" in words_of(sent)
    ref = event_list(cast.aisha).rows[0].ref
    assert "Silent" in words_of(client.get("/events/"))
    officer = visitor("officer@norf")
    assert "Break the silence" not in words_of(officer.get(f"/events/{ref}"))
    assert officer.post(f"/events/{ref}/break-silence", {"why": "x"}).status_code == 403
    assert "Norfolk" not in words_of(visitor("analyst@mps").get(f"/events/{theirs}"))
    assert "Say why" in words_of(client.post(f"/events/{ref}/break-silence", {"why": ""}))
    spoken = client.post(f"/events/{ref}/break-silence", {"why": "We must know"}, follow=True)
    assert "The event is silent no longer." in words_of(spoken)
    assert "Metropolitan Police Service MPS" in words_of(spoken)
    assert "Norfolk Constabulary NORF" in words_of(visitor("analyst@mps").get(f"/events/{theirs}"))
    again = client.post(f"/events/{ref}/break-silence", {"why": "Again"})
    assert "This event is not silent, or it is over." in words_of(again)


def test_it_plans_in_a_compartment(cast: Cast) -> None:
    circle = close_compartment(name="Herons", people=[someone("manager@norf").person])
    client = visitor("manager@norf")
    assert "Herons" in words_of(client.get("/events/plan"))
    assert "Compartment" not in words_of(visitor("analyst@norf").get("/events/plan"))
    sent = client.post("/events/plan", _asked(compartment=str(circle)), follow=True)
    assert "Compartment Herons" in words_of(sent)
    assert "Your body has planned nothing." in words_of(visitor("analyst@norf").get("/events/"))


def test_it_changes_an_event(cast: Cast) -> None:
    ref, client = plan(cast.aisha, postcode="NR1 1AA"), visitor("officer@norf")
    text = client.get(f"/events/{ref}/change").content.decode()
    for standing in ('value="NR1 1AA"', 'value="TG 23100 08700"', 'value="The duty inspector"'):
        assert standing in text
    assert "Say why" in words_of(client.post(f"/events/{ref}/change", _asked(why="")))
    sent = client.post(f"/events/{ref}/change", _asked(spot=FAR, what="Another flat"), follow=True)
    assert "The event is changed." in words_of(sent)
    assert FAR in words_of(sent)
    move_event(by=cast.aisha, ref=ref, verb="cancel", why="Off")
    refused = client.post(f"/events/{ref}/change", _asked())
    assert "This event is cancelled, so it cannot be changed." in words_of(refused)


def test_it_begins_finishes_and_cancels(cast: Cast) -> None:
    ref, client = plan(cast.aisha), visitor("officer@norf")
    begun = client.post(f"/events/{ref}", {"verb": "begin"}, follow=True)
    assert "The event is under way." in words_of(begun)
    assert "This planned event is under way" in words_of(client.post(f"/events/{ref}", {"verb": "begin"}))
    done = client.post(f"/events/{ref}", {"verb": "finish"}, follow=True)
    assert "The event is over." in words_of(done)
    assert "Change it" not in words_of(done)
    second = plan(cast.aisha)
    assert "Say why" in words_of(client.post(f"/events/{second}/cancel", {"why": " "}))
    sent = client.post(f"/events/{second}/cancel", {"why": "No longer needed"}, follow=True)
    assert "The event is cancelled." in words_of(sent)
    assert "No longer needed" in words_of(sent)
    assert "Your body has planned nothing." in words_of(client.get("/events/"))
    assert "A flat above a shop" in words_of(client.get("/events/?show=done"))


@pytest.mark.parametrize("verb", ["", "cancel", "explode"])
def test_it_refuses_a_move_that_the_page_does_not_offer(cast: Cast, verb: str) -> None:
    ref = plan(cast.aisha)
    assert visitor("officer@norf").post(f"/events/{ref}", {"verb": verb}).status_code == 200
    page = event_page(cast.aisha, ref)
    assert page is not None
    assert page.state == "planned"


def test_what_is_past_its_end_waits_on_the_desk(cast: Cast) -> None:
    with clock.stopped(clock.now() - timedelta(days=9)):
        plan(cast.aisha, what="A visit of last week")
    client = visitor("officer@norf")
    words = words_of(client.get("/desk"))
    assert "1 event to close" in words
    assert "A visit of last week Event past its end" in words
    assert "Its end has passed" in words_of(client.get("/events/"))


def test_it_turns_its_pages(cast: Cast) -> None:
    for number in range(27):
        plan(cast.aisha, what=f"Visit {number:02}", starts=at_noon() + timedelta(hours=number))
    client = visitor("officer@norf")
    first = words_of(client.get("/events/"))
    assert "Visit 24" in first
    assert "Visit 25" not in first
    second = words_of(client.get("/events/?offset=25"))
    assert "26 Visit 25" in second
    assert "Visit 24" not in second


def test_a_span_says_both_days_when_they_differ() -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}:00+00:00")

    assert span(at("2027-07-03T13:05"), at("2027-07-03T15:00")) == "3 July 2027 at 14:05 to 16:00"
    assert (
        span(at("2027-07-03T13:05"), at("2027-07-03T23:30")) == "3 July 2027 at 14:05 to 4 July 2027 at 00:30"
    )


def test_the_sketch_keeps_every_mark_inside_and_none_under_another() -> None:
    assert sketch_of([]) is None
    spots = [(1, 623_100, 308_700), (2, 623_101, 308_700), (3, 530_000, 180_000), (4, 440_000, 1_140_000)]
    sketch: Any = sketch_of(spots)
    assert [mark.numbers for mark in sketch.marks] == ["1, 2", "3", "4"]
    assert all(0 < value < sketch.side for mark in sketch.marks for value in (mark.x, mark.y))
    assert len(sketch.lines) <= 2 * 7
    alone: Any = sketch_of(spots[:1])
    assert (alone.step, alone.marks[0].x, alone.marks[0].y) == (1, 200, 200)
