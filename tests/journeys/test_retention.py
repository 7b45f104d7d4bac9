"""A report that is reviewed and disposed of by two people, in a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, is_well, sign_in


def test_one_person_proposes_and_another_disposes(browser_page: Page, second_page: Page) -> None:
    page, other = browser_page, second_page
    sign_in(page, "analyst@lincs")
    page.goto("/reports/")
    follow(page.get_by_role("link", name="A visit").first)
    follow(page.get_by_role("link", name="Review: is it still to be kept?"))
    is_well(page)
    follow(page.get_by_role("button", name="Propose disposal"))
    follow(page.get_by_role("button", name="Propose disposal"))
    page.get_by_role("link", name="Choose a reason").click()
    page.get_by_label("No longer necessary for a policing purpose").check()
    is_well(page)
    follow(page.get_by_role("button", name="Propose disposal"))
    expect(page.get_by_text("Another person must confirm it.", exact=False).first).to_be_visible()
    sign_in(other, "manager@lincs")
    other.goto("/retention/")
    is_well(other)
    follow(other.get_by_role("link", name="A visit").first)
    follow(other.get_by_role("button", name="Dispose of it"))
    is_well(other)
    follow(other.get_by_role("button", name="Dispose of it"))
    expect(other.get_by_text("It is disposed of.")).to_be_visible()
    expect(
        other.get_by_role("link", name="Download as PDF").or_(
            other.get_by_role("button", name="Download as PDF")
        )
    ).to_be_visible()
    is_well(other)
    other.goto("/retention/certificates")
    is_well(other)
