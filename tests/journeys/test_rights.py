"""A request on a person, from the day it came to its answer, by two people in a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, is_well, sign_in


def test_one_person_decides_and_another_approves(browser_page: Page, second_page: Page) -> None:
    page, other = browser_page, second_page
    sign_in(page, "analyst@lincs")
    follow(page.get_by_role("link", name="Requests on people").first)
    is_well(page)
    follow(page.get_by_role("button", name="Keep a request"))
    is_well(page)
    follow(page.get_by_role("button", name="Keep it"))
    expect(page.get_by_role("link", name="Enter the name of the person")).to_be_visible()
    page.get_by_label("Access: the person asks").check()
    page.get_by_label("Reference of the request or case").fill("DP/2026/7")
    page.get_by_label("Name of the person").fill("Alex Example")
    page.get_by_label("Numbers, vehicles").fill("07700 900123")
    is_well(page)
    follow(page.get_by_role("button", name="Keep it"))
    is_well(page)
    follow(page.get_by_role("button", name="Gather what is held"))
    follow(page.get_by_role("button", name="Gather what is held"))
    is_well(page)
    while page.get_by_role("link", name="Decide on").count():
        follow(page.get_by_role("link", name="Decide on").first)
        is_well(page)
        page.get_by_label("Withhold it").check()
        page.get_by_label("To protect the rights and freedoms of others").check()
        follow(page.get_by_role("button", name="Decide"))
    follow(page.get_by_role("button", name="Propose the answer"))
    page.get_by_label("Yes, with the grounds").check()
    is_well(page)
    follow(page.get_by_role("button", name="Propose the answer"))
    expect(page.get_by_role("button", name="Approve the answer")).to_have_count(0)
    sign_in(other, "manager@lincs")
    other.goto(page.url)
    is_well(other)
    follow(other.get_by_role("button", name="Approve the answer"))
    follow(other.get_by_role("button", name="Approve the answer"))
    is_well(other)
    follow(page.get_by_role("link", name="Requests on people").first)
    follow(page.get_by_role("link", name="DP/2026/7").first)
    follow(page.get_by_role("button", name="Say that it was sent"))
    follow(page.get_by_role("button", name="Say that it was sent"))
    expect(page.get_by_text("The request is answered.")).to_be_visible()
    is_well(page)
