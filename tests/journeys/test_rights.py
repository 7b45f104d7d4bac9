"""What is held on a person is gathered and taken as a file, in a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, is_well, sign_in
from tests.journeys.story import SHARED


def test_what_is_held_is_gathered_and_taken_as_a_pdf(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@norf")
    follow(page.get_by_role("link", name="What is held on a person"))
    is_well(page)
    follow(page.get_by_role("button", name="Gather what is held"))
    expect(page.get_by_role("link", name="Choose what it is for")).to_be_visible()
    is_well(page)
    page.get_by_label("Access: the person asks").check()
    page.get_by_label("Reference of the request or case").fill("DP/2026/114")
    page.get_by_label("Name of the person").fill("Alex Example")
    page.get_by_label("Numbers, vehicles, addresses and other values").fill(SHARED)
    follow(page.get_by_role("button", name="Gather what is held"))
    expect(page.get_by_text("Your body", exact=True).first).to_be_visible()
    is_well(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take as PDF").click()
    assert taken.value.suggested_filename == "schedule.pdf"
