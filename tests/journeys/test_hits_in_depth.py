"""What becomes of a hit that waits, and what two bodies write to each other on it."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, open_hit, sign_in
from tests.journeys.story import IGNORED, SHARED


def test_it_escalates_a_hit_that_nobody_answers_until_somebody_does(
    browser_page: Page, second_page: Page
) -> None:
    page = browser_page
    sign_in(page, "coordinator@ersou")
    expect(page.get_by_text("hits overdue in your region")).to_be_visible()
    follow(page.get_by_role("link", name="hits overdue in your region"))
    expect(page.get_by_role("heading", name="Overdue in my region")).to_be_visible()
    late = (
        page.get_by_role("row")
        .filter(has_text="Suffolk Constabulary")
        .filter(has_text="SUFF intelligence desk")
    )
    expect(late).to_contain_text("Phone number, also held by Essex Police")
    assert IGNORED not in page.content()
    assert faults(page) == []

    sign_in(second_page, "analyst@suff")
    second_page.goto("/hits/")
    row = second_page.get_by_role("row", name=IGNORED)
    expect(row).to_contain_text("Overdue since")
    open_hit(second_page, IGNORED)
    expect(second_page.get_by_text("Region told").first).to_be_visible()
    follow(second_page.get_by_role("button", name="I am unsure"))
    page.reload()
    expect(late).to_have_count(0)


def test_it_carries_notes_between_two_bodies(browser_page: Page, second_page: Page) -> None:
    sign_in(browser_page, "manager@norf")
    open_hit(browser_page, SHARED, state="all")
    follow(browser_page.get_by_role("button", name="Add the note"))
    browser_page.get_by_role("link", name="Enter a note").click()
    browser_page.get_by_label("Your note").fill("Have you the handset?")
    follow(browser_page.get_by_role("button", name="Add the note"))
    expect(browser_page.get_by_text("Your note stands on the hit.")).to_be_visible()
    assert faults(browser_page) == []

    sign_in(second_page, "manager@mps")
    open_hit(second_page, SHARED, state="all")
    expect(second_page.get_by_text("Have you the handset?")).to_be_visible()
    second_page.get_by_label("Your note").fill("Since Tuesday.")
    follow(second_page.get_by_role("button", name="Add the note"))
    browser_page.reload()
    expect(browser_page.get_by_text("Since Tuesday.")).to_be_visible()
