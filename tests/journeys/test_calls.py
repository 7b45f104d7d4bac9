"""Call data in a browser: asked from the desk, answered, and asked on, on any screen."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from tests.journeys.steps import faults, follow, sign_in
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from tests.telecoms.test_together import world
from throughline.loads.call_files import load_call_files
from throughline.telecoms.layout import CallLayout

WHY = "The line by the lakes"


@pytest.fixture(scope="module")
def called(
    told: Instance, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Calls of Cumbria's in which a phone is changed, with handsets and cells."""
    calls = renamed(acquaintances(3), {"p0"}, 7 * DAY)
    rows = [(*call, f"cell-{n % 3}", "call", f"35000000000{n % 2:03}", "") for n, call in enumerate(calls)]
    with inside(told, django_db_blocker):
        load(
            someone("analyst@cumb"),
            write_calls(tmp_path_factory.mktemp("calls") / "c.csv", rows),
            opaque=True,
        )
        taken = write_calls(tmp_path_factory.mktemp("taken") / "c.csv", world())
        load(someone("analyst@cumb"), taken, "CD-HOME", opaque=True)
        sites = tmp_path_factory.mktemp("sites") / "sites.csv"
        sites.write_text(
            "cell,latitude,longitude,place\ntown0,54.66,-2.75,Penrith\ntown1,54.895,-2.934,Carlisle\n"
            "flat,54.601,-3.135,Keswick\n"
        )
        load_call_files(by=someone("analyst@cumb"), paths=[sites], authority="CD-HOME", layout=CallLayout())


@pytest.mark.usefixtures("called")
def test_a_number_is_followed_to_the_one_that_took_over(browser_page: Page) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "analyst@cumb")
    page.goto("/desk")
    follow(page.get_by_role("link", name="Ask call data"))
    found += faults(page)
    page.get_by_label("Which number?").fill("p0")
    page.get_by_label("Which number took over from it").check()
    page.get_by_label("Why do you ask?").fill(WHY)
    follow(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_role("rowheader", name="new-p0")).to_be_visible()
    found += faults(page)
    follow(page.get_by_role("button", name="Ask about it new-p0"))
    expect(page.get_by_label("Why do you ask?")).to_have_value(WHY)
    follow(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_role("img", name="By the hour, in London")).to_be_visible()
    expect(page.get_by_role("img", name="Handsets over time")).to_be_visible()
    found += faults(page)
    page.get_by_label("Which number?").fill("p4, new-p0")
    page.get_by_label("Who goes with it").check()
    follow(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_role("heading", name="Among themselves")).to_be_visible()
    found += faults(page)
    page.goto("/calls/watches/keep")
    page.get_by_label("Which number?").fill("p0")
    page.get_by_label("Why do you watch it?").fill(WHY)
    follow(page.get_by_role("button", name="Watch it"))
    found += faults(page)
    follow(page.get_by_role("button", name="End the watch"))
    found += faults(page)
    page.goto("/calls/watches")
    found += faults(page)
    page.goto("/calls/candidates")
    page.get_by_label("Why do you ask?").fill(WHY)
    follow(page.get_by_role("button", name="Rank the numbers"))
    assert found + faults(page) == []


@pytest.mark.usefixtures("called")
def test_a_home_that_may_be_taken_over_is_passed_on(browser_page: Page) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "analyst@cumb")
    page.goto("/calls/")
    page.get_by_label("Which number?").fill("L")
    page.get_by_label("Who goes with it").check()
    page.get_by_label("Why do you ask?").fill(WHY)
    follow(page.get_by_role("button", name="Ask", exact=True))
    found += faults(page)
    follow(page.get_by_role("button", name="Pass to safeguarding c3"))
    expect(page.get_by_label("How can the person be found again?")).to_have_value("c3")
    expect(page.get_by_label("Home taken over")).to_be_checked()
    found += faults(page)
    assert found == []


@pytest.mark.usefixtures("called")
def test_a_time_map_is_chosen_by_week_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "analyst@cumb")
    page.goto("/calls/")
    page.get_by_label("Which number?").fill("L, runner")
    page.get_by_label("When and where it is used").check()
    page.get_by_label("Why do you ask?").fill(WHY)
    follow(page.get_by_role("button", name="Ask", exact=True))
    for name in ("How often it was used, by day", "How often each cell was used", "Sketch map of the cells"):
        expect(page.get_by_role("img", name=name)).to_be_visible()
    expect(page.get_by_role("rowheader", name="1. town0")).to_be_visible()
    page.get_by_label("Of which days?").select_option(index=1)
    follow(page.get_by_role("button", name="Show these days"))
    expect(page.get_by_text("Of the whole time:")).to_have_count(0)


@pytest.mark.usefixtures("called")
def test_a_time_map_keeps_to_the_rules_of_every_page(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@cumb")
    page.goto("/calls/")
    page.get_by_label("Which number?").fill("L")
    page.get_by_label("When and where it is used").check()
    page.get_by_label("Why do you ask?").fill(WHY)
    follow(page.get_by_role("button", name="Ask", exact=True))
    page.get_by_text("By day and hour as a table").click()
    assert faults(page) == []
