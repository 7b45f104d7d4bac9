"""A report half written when the browser dies: the writer signs in anew and goes on where they were."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import open_page
from tests.journeys.steps import faults, follow, sign_in

WORDS = "He was seen in Norwich on Friday, by the"


def test_it_survives_a_browser_that_is_killed(browser: Browser, address: str, browser_page: Page) -> None:
    doomed = browser.new_context(base_url=address)
    page = doomed.new_page()
    sign_in(page, "officer@ersou")
    page.goto("/reports/add")
    page.get_by_label("Title").fill("Seen by the market")
    page.get_by_label("What is known").fill(WORDS)
    expect(page.get_by_role("status")).to_contain_text("Draft saved")
    doomed.close()

    page = browser_page
    sign_in(page, "officer@ersou")
    follow(page.get_by_role("link", name="Seen by the market"))
    expect(page.get_by_label("Title")).to_have_value("Seen by the market")
    expect(page.get_by_label("What is known")).to_have_value(WORDS)
    page.get_by_label("What is known").press("Control+End")
    page.keyboard.type(" market stall.")
    follow(page.get_by_role("button", name="Record the report"))
    expect(page.get_by_text(f"{WORDS} market stall.")).to_be_visible()
    page.goto("/desk")
    expect(page.get_by_text("draft to finish")).to_have_count(0)


def test_it_says_so_when_a_draft_cannot_be_saved_and_keeps_the_words(browser: Browser, address: str) -> None:
    for page in open_page(browser, address):
        sign_in(page, "officer@ersou")
        page.goto("/reports/add")
        page.route("**/reports/drafts/save", lambda route: route.abort())
        page.get_by_label("Title").fill("No connection")
        expect(page.get_by_role("status")).to_contain_text("there is no connection")
        page.unroute("**/reports/drafts/save")
        page.context.clear_cookies()
        page.get_by_label("Title").fill("No session")
        expect(page.get_by_role("status")).to_contain_text("your session has ended")
        expect(page.get_by_label("Title")).to_have_value("No session")


def test_it_keeps_and_deletes_a_draft_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "officer@kent")
    page.goto("/reports/add")
    page.get_by_label("Title").fill("To be finished")
    follow(page.get_by_role("button", name="Save and finish later"))
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    follow(page.get_by_role("link", name="Delete To be finished"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete “To be finished”")
    follow(page.get_by_role("button", name="Delete the draft"))
    expect(page.get_by_text("You have no drafts.")).to_be_visible()


def test_each_of_its_pages_is_sound_for_everyone(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "safeguarding@kent")
    page.goto("/reports/drafts/")
    found = faults(page)
    page.goto("/reports/add")
    page.get_by_label("Title").fill("A long title, " * 12)
    follow(page.get_by_role("button", name="Save and finish later"))
    found += faults(page)
    follow(page.get_by_role("link", name="Delete A long title"))
    found += faults(page)
    page.goto("/desk")
    assert found + faults(page) == []
