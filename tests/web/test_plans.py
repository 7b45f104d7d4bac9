"""Officer-days and plans page by page: typed, loaded, proposed, said of, adopted; and absent for everyone else."""

from io import BytesIO

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from tests.tasking.planned import CHILD, FIREARM, FROM_LONDON, TO_NORFOLK, give_days, plan_of, proposed
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.tasking.days import days_of_body, monday_of, weeks_from
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.queries import bid_list
from throughline.tasking.workflow import PLAN
from throughline.web.plans.words import HISTORY, SKILLS, STATES
from throughline.web.words import day

CHAIR, BODIES = "chair@nclcc", ("MPS", "NORF", "ERSOU", "NCLCC")


def test_every_state_and_move_of_a_plan_and_every_skill_has_words() -> None:
    assert STATES.keys() == set(PLAN.states)
    assert HISTORY.keys() == {move.verb for move in PLAN.moves}
    assert SKILLS.keys() == set(tactics().skills)


def test_days_are_typed_in_a_grid_with_slips_beside_their_boxes(cast: Cast) -> None:
    manager = visitor("manager@norf")
    typed = {"days_surveillance_0": "12", "reserved_surveillance_0": "5", "for_surveillance": "Murder"}
    slip = manager.post(
        "/plans/days", typed | {"days_intelligence_1": "many", "reserved_intelligence_2": "1"}
    )
    assert "Enter officer-days in figures" in words_of(slip)
    assert manager.post("/plans/days", typed).status_code == 302
    by, (first, *_) = someone("manager@norf"), weeks_from(monday_of(clock.today()))
    held = days_of_body(by, body=by.body, starts_on=first)
    assert [(one.days, one.reserved, one.reserved_for) for one in held.values()] == [(12.0, 5.0, "Murder")]
    assert 'value="12"' in manager.get("/plans/days").content.decode()
    assert manager.get("/plans/days/bodies/KENT").status_code == 404
    assert "12" in words_of(visitor("coordinator@ersou").get("/plans/days/bodies/NORF"))
    assert "Nothing stated" in words_of(visitor("coordinator@ersou").get("/plans/days/bodies"))
    assert visitor("chair@norf").get("/plans/days").status_code == 302
    assert visitor("officer@norf").get("/plans/days").status_code == 403


def test_a_spreadsheet_is_tried_refused_whole_and_loaded(cast: Cast) -> None:
    manager, by = visitor("manager@norf"), someone("manager@norf")

    def send(text: str, do: str) -> str:
        content = BytesIO(text.encode())
        content.name = "days.csv"
        return words_of(manager.post("/plans/days/file", {"file": content, "do": do}, follow=True))

    good = "skill,days_a_week\nsurveillance,4\n"
    assert "A load would do this" in send(good, "try")
    assert "tea is no skill" in send(good + "tea,1\n", "load")
    assert days_of_body(by, body=by.body, starts_on=monday_of(clock.today())) == {}
    assert "Officer-days" in send(good, "load")
    assert len(days_of_body(by, body=by.body, starts_on=monday_of(clock.today()))) == 8


def test_a_plan_is_proposed_said_of_worked_out_anew_and_adopted_by_its_chair(cast: Cast) -> None:
    line = keep(someone("analyst@norf"), said=[FIREARM, CHILD, FROM_LONDON, TO_NORFOLK], everyone=True)
    chair, coordinator = visitor(CHAIR), visitor("coordinator@nclcc")
    assert "State them first" in words_of(coordinator.post("/plans/", {"weeks": "8"}))
    give_days(*BODIES)
    asked = coordinator.post("/plans/", {"weeks": "8"})["Location"]
    assert "waiting to be taken up" in words_of(coordinator.get(asked))
    outbox.drain()
    for view, said in (
        ("", "Metropolitan Police"),
        ("?view=board", "officer-days; leads 1"),
        ("?view=calendar", "37"),
    ):
        assert said in words_of(coordinator.get(asked + view)) or view == "?view=calendar"
        assert line in words_of(coordinator.get(asked + view))
    assert "1 plan to decide on" in words_of(chair.get("/desk"))
    say = {"what": "pinned", "body": "", "why": "They know it"}
    assert "Choose the body" in words_of(coordinator.post(f"{asked}/say/{line}", say))
    assert coordinator.post(f"{asked}/say/{line}", say | {"body": "NORF"}).status_code == 302
    assert "1 thing was said" in words_of(coordinator.get(asked))
    again = coordinator.post(f"{asked}/again")["Location"]
    outbox.drain()
    ref = again.rsplit("/", 1)[1]
    assert [one.lead for one in plan_of(someone(CHAIR), ref).lines_in] == ["NORF"]
    assert coordinator.post(f"{again}/adopt", {"why": "x"}).status_code == 404
    assert "Say why" in words_of(chair.post(f"{again}/adopt", {"why": ""}))
    assert chair.post(f"{again}/adopt", {"why": "The harm is high"}).status_code == 302
    outbox.drain()
    (bid,) = bid_list(someone(CHAIR)).rows
    page = words_of(coordinator.get(f"/bids/{bid.ref}"))
    assert "Led by, as your plan says" in page
    assert "Bid" in words_of(chair.get(again))
    assert (
        coordinator.post(f"/bids/{bid.ref}/deconflict", {"outcome": "clear", "words": "Nobody"}).status_code
        == 302
    )
    assert coordinator.post(f"/bids/{bid.ref}/allocate", {"words": "Please"}).status_code == 302
    assert f"/bids/{bid.ref}" in visitor("manager@norf").get("/desk").content.decode()
    assert outbox.failed() == 0


def test_a_line_is_moved_to_another_week_and_what_does_not_fit_is_said_at_the_top(cast: Cast) -> None:
    line = keep(someone("analyst@norf"), said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True)
    give_days(*BODIES)
    ref = proposed(someone(CHAIR))
    coordinator, plan = visitor("coordinator@nclcc"), plan_of(someone(CHAIR), ref)
    assert "Move" in words_of(coordinator.get(f"/plans/{ref}?view=calendar"))
    opened = coordinator.get(f"/plans/{ref}/say/{line}?move").content.decode()
    assert 'value="moved" checked' in opened
    say = {"what": "moved", "why": "They are away", "week": ""}
    assert "Choose the week" in words_of(coordinator.post(f"/plans/{ref}/say/{line}", say))
    last = weeks_from(plan.row.starts_on)[-1]
    coordinator.post(f"/plans/{ref}/say/{line}", say | {"week": last.isoformat()})
    assert f"on: from {day(last)}" in words_of(coordinator.get(f"/plans/{ref}"))
    give_days(*BODIES, days=3.0)
    again = coordinator.post(f"/plans/{ref}/again")["Location"]
    outbox.drain()
    page = words_of(coordinator.get(again))
    assert "1 line that people spoke for did not fit" in page
    assert "should begin in week 8, and it does not fit there" in page


def test_a_plan_is_not_there_for_another_body_nor_for_an_officer(cast: Cast) -> None:
    keep(someone("analyst@norf"), said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True)
    give_days(*BODIES)
    ref = proposed(someone(CHAIR))
    for address in (f"/plans/{ref}", f"/plans/{ref}/adopt"):
        assert visitor("chair@norf").get(address).status_code == 404
        assert visitor("officer@nclcc").get(address).status_code == 403
    assert visitor("chair@norf").post(f"/plans/{ref}/again").status_code == 404
