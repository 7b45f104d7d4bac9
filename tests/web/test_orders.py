"""Court orders page by page: drafted from a line, asked about, authorised, granted, complied with, replaced."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import keep
from tests.orders.making import HEAD, OFFICER, authorised, drafted, granted
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.kernel.working_days import NATION_NAMES
from throughline.orders.law import all_versions
from throughline.orders.queries import questions_waiting
from throughline.orders.timing import WrongTime, check_least
from throughline.orders.workflow import ORDER
from throughline.web.orders.words import ABOUT, HISTORY, MOVES, STATES

DRAFT: dict[str, object] = {
    "kind": "ddtro", "title": "The lakes line", "nation": "ENG", "provider": "A provider", "offences": ["mda"],
    "used": "Bulk texts", "prevents": "One number", "affected": "Nobody", "innocent": "None", "proportionate": "Harm",
}  # fmt: skip


def test_every_state_move_and_matter_of_law_has_words() -> None:
    assert STATES.keys() == set(ORDER.states)
    assert HISTORY.keys() == MOVES.keys() == {move.verb for move in ORDER.moves}
    facts = (fact for versions in all_versions().values() for kind in versions for fact in kind.facts)
    assert {fact.about for fact in facts} <= ABOUT.keys()


def test_an_order_is_drafted_from_its_line_and_its_evidence_taken(cast: Cast) -> None:
    line = keep(someone(HEAD))
    officer = visitor(OFFICER)
    assert "Draft an order" in words_of(officer.get(f"/lines/{line}"))
    blank = words_of(officer.get(f"/orders/draft?line={line}"))
    assert "SI 2017/1240 reg 3" in blank
    assert "not verified" in blank
    assert "Say how the first limb" in words_of(
        officer.post(f"/orders/draft?line={line}", DRAFT | {"used": ""})
    )
    made = officer.post(f"/orders/draft?line={line}", DRAFT).headers["Location"]
    refused = officer.post(f"{made}/item", {"value": "a@shop.example", "attribution": "x"})
    assert "can name" in words_of(refused)
    officer.post(f"{made}/item", {"value": "07700 900388", "attribution": "Seized handset"})
    assert "07700 900388" in words_of(officer.get(made))
    assert "Not verified" in words_of(officer.get(made))
    assert "The lakes line" in words_of(officer.get("/orders/?state=drafted"))
    assert visitor("orders@kent").get(made).status_code == 404
    assert visitor("safeguarding@norf").get("/orders/").status_code == 403
    assert "Court orders" in words_of(officer.get(f"/lines/{line}"))


def test_an_order_is_taken_to_its_replacement_from_its_pages(cast: Cast) -> None:
    ref = drafted(line=keep(someone(HEAD)))
    head, officer, at = visitor(HEAD), visitor(OFFICER), f"/orders/{ref}"
    why, today = {"why": "Necessary"}, clock.today()
    rank = why | {"rank": "inspector", "loss_decision": "Nobody objects"}
    assert "may not authorise it" in words_of(head.post(f"{at}/move/authorise", rank))
    head.post(f"{at}/move/authorise", rank | {"rank": "superintendent"})
    officer.post(f"{at}/move/apply", why | {"court": "Norwich"})
    on = dict(zip(("day", "month", "year"), (today.day, today.month, today.year), strict=True))
    officer.post(f"{at}/move/grant", why | {f"ordered_on-{part}": str(n) for part, n in on.items()})
    assert "End of working day 5" in words_of(officer.get(at))
    assert "order with a clock" in words_of(officer.get("/desk"))
    moment = {f"on-{part}": str(n) for part, n in on.items()} | {"at": "00:00"}
    officer.post(f"{at}/move/serve", why | moment)
    officer.post(f"{at}/move/comply", why | moment)
    officer.post(f"{at}/replacement", why | moment | {"number": "07700 900389"})
    shown = words_of(officer.get(at))
    assert "0.0 hours to its replacement" in shown
    assert "Draft a second order" in shown
    assert officer.get(f"/orders/draft?follows={ref}").status_code == 200
    assert officer.get(f"{at}/move/authorise").status_code == 404


def test_a_body_answers_from_its_desk_whether_intelligence_is_lost(cast: Cast) -> None:
    number = "phone:07700900304"
    file_report(someone("analyst@kent"), "K1", selectors=[number])
    outbox.drain()
    ref = drafted(line=keep(someone(HEAD)), number=number)
    outbox.drain()
    kent = visitor("analyst@kent")
    assert "Would an order lose intelligence?" in words_of(kent.get("/desk"))
    (question,) = questions_waiting(someone("analyst@kent"), size=9)
    at = f"/orders/questions/{question.ref}"
    assert "Choose your answer" in words_of(kent.post(at, {"words": "x"}))
    kent.post(at, {"answer": "keep", "words": "A source is on it"})
    assert "A source is on it" in words_of(visitor(OFFICER).get(f"/orders/{ref}"))
    assert visitor("analyst@mers").get(at).status_code == 404


def test_an_earlier_time_is_recorded_and_a_later_one_refused(cast: Cast) -> None:
    ref = drafted(line=keep(someone(HEAD)))
    authorised(ref)
    granted(ref)
    officer, at = visitor(OFFICER), f"/orders/{ref}/earlier"
    later = {"comply_on-day": "1", "comply_on-month": "6", "comply_on-year": "2090", "comply_at": "12:00"}
    assert "Only an earlier time" in words_of(officer.post(at, later | {"why": "Agreed"}))
    today = clock.today()
    sooner = {"comply_on-day": today.day, "comply_on-month": today.month, "comply_on-year": today.year}
    assert officer.post(at, {**sooner, "comply_at": "23:58", "why": "Agreed"}).status_code == 302
    assert "Earlier time agreed: Agreed" in words_of(officer.get(f"/orders/{ref}"))


def test_each_kind_is_drafted_with_its_own_tests_courts_and_nations(cast: Cast) -> None:
    officer = visitor(OFFICER)
    for key, versions in all_versions().items():
        kind, page = versions[-1], words_of(officer.get(f"/orders/draft?kind={key}"))
        assert kind.name in page
        for fact in kind.about("used", "prevents", "applicant", "court", "duration"):
            assert fact.says in page, (key, fact.about)
        assert ("Offences in issue" in page) == bool(kind.offences)
        form = officer.get(f"/orders/draft?kind={key}").content.decode()
        assert {nation for nation in NATION_NAMES if f'value="{nation.value}"' in form} == set(kind.nations)
        assert page.count("Not verified") >= sum(fact.is_unverified for fact in kind.facts)
    said = DRAFT | {"kind": "stro", "offences": []}
    at = officer.post("/orders/draft", said).headers["Location"]
    assert "Slavery and trafficking risk order" in words_of(officer.get(at))


def test_an_order_of_slavery_law_that_has_an_end_lasts_its_least_years() -> None:
    stpo, stro = all_versions()["stpo"][-1], all_versions()["stro"][-1]
    day = date(2024, 2, 29)
    for kind, least in ((stpo, date(2029, 2, 28)), (stro, date(2026, 2, 28))):
        check_least(kind, least, ordered_on=day)
        with pytest.raises(WrongTime, match="at least"):
            check_least(kind, least - timedelta(days=1), ordered_on=day)
    check_least(all_versions()["ddtro"][-1], day, ordered_on=day)
