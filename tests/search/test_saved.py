"""Saved searches: kept by a person, run over what is new as that person, and told of to nobody else."""

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from throughline.access.models import Marking
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Report
from throughline.intelligence.services import circulate_report
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.search.models import Alert, SavedSearch
from throughline.search.narrowed import Narrowed
from throughline.search.saved import (
    SavedSearchProblem,
    alert_page,
    end_search,
    pause_search,
    resume_search,
    save_search,
    saved_searches,
    see_alerts,
    waiting_alerts,
)
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest


def keep(username: str, text: str, *, group: str = "", owner: str = "") -> str:
    narrowed = Narrowed(group, owner)
    return save_search(by=someone(username), name=f"All of {text}", text=text, narrowed=narrowed)


def file(body: str, name: str, **parts: object) -> str:
    ref = file_report(someone(f"analyst@{body}"), name, **parts)  # type: ignore[arg-type]
    outbox.drain()
    return ref


def told(username: str, ref: str) -> list[str]:
    return [row.ref for row in alert_page(someone(username), ref)[0]]


def test_it_tells_of_a_new_report_that_its_person_may_know(house: Instance) -> None:
    saved = keep("analyst@mps", "heron")
    file("norf", "hidden", text="A heron.")
    ref = file("norf", "open", text="Two herons.", bodies=["MPS"])
    file("norf", "other", text="A quarry.", bodies=["MPS"])
    assert told("analyst@mps", saved) == [ref]
    [waiting] = waiting_alerts(someone("analyst@mps"))
    assert (waiting.ref, waiting.count) == (saved, 1)
    assert saved_searches(someone("analyst@mps"))[0].unseen == 1


def test_it_tells_when_a_report_is_opened_later(house: Instance) -> None:
    words, number = keep("analyst@mps", "heron"), keep("analyst@mps", "900416")
    ref = file("norf", "later", text="A heron.", selectors=["phone:07700 900416"])
    assert told("analyst@mps", words) == told("analyst@mps", number) == []
    circulate_report(by=someone("analyst@norf"), ref=ref, everyone=False, bodies=["MPS"])
    outbox.drain()
    assert told("analyst@mps", words) == [ref]
    assert told("analyst@mps", number) == [f"{ref}/1"]


def test_it_tells_its_own_body_when_a_report_is_graded(house: Instance) -> None:
    saved = keep("analyst@norf", "heron")
    ref = file("norf", "own", text="A heron with no number.")
    assert told("analyst@norf", saved) == [ref]


@pytest.mark.parametrize("text", ["900416", "07700 900416", "07700 9004", "0041"])
def test_it_tells_of_a_number_by_any_part_of_it(house: Instance, text: str) -> None:
    saved = keep("analyst@mps", text)
    file("norf", "hidden", selectors=["phone:07700 900416"])
    ref = file("norf", "open", selectors=["phone:07700 900416"], bodies=["MPS"])
    file("norf", "another", selectors=["phone:07700 900523"], bodies=["MPS"])
    assert told("analyst@mps", saved) == [f"{ref}/1"]


@pytest.mark.parametrize("text", ["Jon Example", "Example Jonathan", "Jonathon Eksample"])
def test_it_tells_of_a_person_by_a_variant_of_the_name(house: Instance, text: str) -> None:
    saved = keep("analyst@mps", text, group="people")
    ref = file("norf", "open", selectors=["person:Example, Jonathan, 1990-02-03"], bodies=["MPS"])
    file("norf", "other", selectors=["person:Sample, Peter, 1991-02-03"], bodies=["MPS"])
    assert told("analyst@mps", saved) == [f"{ref}/1"]


def test_it_tells_of_an_interest_of_the_own_body_alone(house: Instance) -> None:
    mine, theirs = keep("officer@norf", "quarry@line"), keep("analyst@mps", "quarry@line")
    keep_interest(
        by=someone("analyst@norf"), selector=parse("email:quarry@line.example"), why="A test", silent=True
    )
    outbox.drain()
    assert len(told("officer@norf", mine)) == 1
    assert told("analyst@mps", theirs) == []


def test_what_its_person_may_not_know_any_more_is_gone(house: Instance) -> None:
    saved = keep("analyst@mps", "heron")
    ref = file("norf", "open", text="A heron.", bodies=["MPS"])
    with reading(someone("analyst@norf")):
        Marking.objects.filter(pk=Report.objects.get(ref=ref).marking_id).update(bodies=[])
    assert told("analyst@mps", saved) == []
    assert waiting_alerts(someone("analyst@mps")) == []
    assert saved_searches(someone("analyst@mps"))[0].unseen == 0


def test_nobody_else_sees_a_saved_search_or_what_it_found(house: Instance) -> None:
    saved = keep("analyst@mps", "heron")
    file("norf", "open", text="A heron.", everyone=True)
    for username in ("officer@mps", "manager@mps", "analyst@norf", "auditor@mps", "admin@mps"):
        with reading(someone(username)):
            assert not SavedSearch.objects.exists()
            assert not Alert.objects.exists()
        if someone(username).may("search:run"):
            assert told(username, saved) == []
            with pytest.raises(SavedSearch.DoesNotExist):
                end_search(by=someone(username), ref=saved)


def test_it_is_narrowed_as_it_was_saved(house: Instance) -> None:
    by_body, by_kind = (
        keep("analyst@mps", "heron", owner="KENT"),
        keep("analyst@mps", "heron", group="values"),
    )
    file("norf", "norfolk", text="A heron.", everyone=True)
    ref = file("kent", "kent", text="A heron.", everyone=True, selectors=["email:heron@line.example"])
    assert told("analyst@mps", by_body) == [f"{ref}/1", ref]
    assert told("analyst@mps", by_kind) == [f"{ref}/1"]


def test_it_can_be_paused_resumed_and_ended(house: Instance) -> None:
    mia, saved = someone("analyst@mps"), keep("analyst@mps", "heron")
    pause_search(by=mia, ref=saved)
    file("norf", "while paused", text="A heron.", everyone=True)
    resume_search(by=mia, ref=saved)
    ref = file("norf", "resumed", text="A heron.", everyone=True)
    assert told("analyst@mps", saved) == [ref]
    end_search(by=mia, ref=saved)
    file("norf", "ended", text="A heron.", everyone=True)
    assert told("analyst@mps", saved) == [ref]
    assert saved_searches(mia) == []
    assert waiting_alerts(mia) == []
    with pytest.raises(MoveRefused):
        resume_search(by=mia, ref=saved)


def test_the_same_news_is_told_once_and_seen_once(house: Instance) -> None:
    mia, saved = someone("analyst@mps"), keep("analyst@mps", "heron")
    ref = file("norf", "once", text="A heron.", everyone=True, selectors=["phone:07700 900416"])
    from throughline.search.alerting import run_saved_searches  # noqa: PLC0415

    with reading(someone("analyst@norf")):
        number = Report.objects.get(ref=ref).pk
    run_saved_searches([{"report": number}, {"reports": [number]}])
    assert told("analyst@mps", saved) == [ref]
    assert see_alerts(by=mia, ref=saved) == 1
    assert see_alerts(by=mia, ref=saved) == 0
    assert waiting_alerts(mia) == []
    assert [row.is_seen for row in alert_page(mia, saved)[0]] == [True]


@pytest.mark.parametrize(("name", "text"), [("", "heron"), ("A name", ""), ("A name", "%%%")])
def test_a_search_without_a_name_or_with_nothing_to_look_for_is_not_saved(
    house: Instance, name: str, text: str
) -> None:
    with pytest.raises(SavedSearchProblem):
        save_search(by=someone("analyst@norf"), name=name, text=text, narrowed=Narrowed())


def test_whoever_has_left_or_changed_roles_is_told_nothing(apart: Instance) -> None:
    saved = keep("analyst@mps", "heron")
    with apart.as_owner() as owner:
        owner.execute("update access_person set active = false where username = 'analyst@mps'")
    file("norf", "open", text="A heron.", everyone=True)
    with apart.as_owner() as owner:
        assert owner.execute("select count(*) from search_alert").fetchone() == (0,)
        owner.execute("update access_person set active = true where username = 'analyst@mps'")
    assert told("analyst@mps", saved) == []


def _pages(reader: Reader, saved: str) -> list[str]:
    seen, offset = list[str](), 0
    while True:
        rows, after = alert_page(reader, saved, offset=offset, size=2)
        seen += [row.ref for row in rows]
        if after is None:
            return seen
        offset = after


def test_what_it_found_is_paged(house: Instance) -> None:
    saved = keep("analyst@mps", "heron")
    refs = [file("norf", f"{n}", text="A heron.", everyone=True) for n in range(5)]
    assert _pages(someone("analyst@mps"), saved) == refs[::-1]
