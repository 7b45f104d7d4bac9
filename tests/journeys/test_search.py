"""Searching in a browser: from the box at the top, through the results, to a saved search on the desk."""

from playwright.sync_api import Page

from tests.journeys.steps import faults, follow, reach, sign_in
from tests.journeys.story import SHARED

HEADER = "Search everything you may know"


def _search(page: Page, text: str) -> None:
    page.get_by_label(HEADER).fill(text)
    follow(page.get_by_role("search").get_by_role("button", name="Search"))


def test_it_leads_from_the_box_to_a_report_and_to_a_check(browser_page: Page) -> None:
    sign_in(browser_page, "analyst@norf")
    _search(browser_page, SHARED)
    assert "900416" not in browser_page.url
    assert browser_page.locator("mark").first.inner_text() == SHARED
    assert faults(browser_page) == []
    browser_page.get_by_label("Why do you ask?").fill("Seen in a search")
    follow(browser_page.get_by_role("button", name="Check", exact=True))
    assert (
        browser_page.get_by_role("heading", name="What is known").count() or SHARED in browser_page.content()
    )


def test_it_narrows_saves_and_ends_a_search(browser_page: Page) -> None:
    sign_in(browser_page, "analyst@norf")
    _search(browser_page, "calls arranged")
    browser_page.get_by_label("Body").select_option("NORF")
    follow(browser_page.get_by_role("button", name="Apply filters"))
    assert faults(browser_page) == []
    browser_page.get_by_label("Name for this search").fill("Calls that were arranged")
    follow(browser_page.get_by_role("button", name="Save this search"))
    assert faults(browser_page) == []
    follow(browser_page.get_by_role("link", name="Calls that were arranged"))
    assert faults(browser_page) == []
    follow(browser_page.get_by_role("button", name="End the search"))
    assert "You have no saved search" in browser_page.content()


def test_it_is_used_by_keyboard_alone(browser_page: Page) -> None:
    sign_in(browser_page, "officer@mps")
    browser_page.goto("/desk")
    reach(browser_page, HEADER)
    browser_page.keyboard.type("line")
    browser_page.keyboard.press("Enter")
    browser_page.get_by_role("heading", name="Search results").wait_for()


def test_it_works_without_scripts(scriptless_page: Page) -> None:
    sign_in(scriptless_page, "analyst@norf")
    scriptless_page.goto("/search/")
    assert faults_of_layout(scriptless_page) == []
    scriptless_page.get_by_label("What are you looking for?").fill("terminus")
    follow(scriptless_page.locator("main").get_by_role("button", name="Search"))
    assert "Terminus" in scriptless_page.content()


def faults_of_layout(page: Page) -> list[str]:
    """Whether anything has to be scrolled sideways on a phone; axe itself needs scripts."""
    page.set_viewport_size({"width": 320, "height": 640})
    return [] if page.locator("main").bounding_box()["width"] <= 320 else [page.url]  # type: ignore[index]
