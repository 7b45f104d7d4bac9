"""A report that is reviewed and disposed of by two people, in a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import DESKTOP, NARROW, faults, follow, sign_in


def _is_well(page: Page) -> None:
    for width, height in (NARROW, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert faults(page) == []


def test_one_person_proposes_and_another_disposes(browser_page: Page, second_page: Page) -> None:
    page, other = browser_page, second_page
    sign_in(page, "analyst@lincs")
    page.goto("/reports/")
    follow(page.get_by_role("link", name="A visit").first)
    follow(page.get_by_role("link", name="Review: is it still to be kept?"))
    _is_well(page)
    follow(page.get_by_role("button", name="Propose disposal"))
    follow(page.get_by_role("button", name="Propose disposal"))
    page.get_by_role("link", name="Choose a reason").click()
    page.get_by_label("No longer necessary for a policing purpose").check()
    _is_well(page)
    follow(page.get_by_role("button", name="Propose disposal"))
    expect(page.get_by_text("Another person must confirm it.", exact=False).first).to_be_visible()
    sign_in(other, "manager@lincs")
    other.goto("/retention/")
    _is_well(other)
    follow(other.get_by_role("link", name="A visit").first)
    follow(other.get_by_role("button", name="Dispose of it"))
    _is_well(other)
    follow(other.get_by_role("button", name="Dispose of it"))
    expect(other.get_by_text("It is disposed of.")).to_be_visible()
    expect(
        other.get_by_role("link", name="Download as PDF").or_(
            other.get_by_role("button", name="Download as PDF")
        )
    ).to_be_visible()
    _is_well(other)
    other.goto("/retention/certificates")
    _is_well(other)
