"""Every page of the desks holds to the accessibility rules and fits a narrow screen."""

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import check, faults, follow, open_hit, sign_in
from tests.journeys.story import EITHER, HOSTEL, POINTED, SHARED, UNKNOWN

PAGES = {
    "analyst@norf": ["/desk", "/check/", "/hits/", "/hits/?state=all&kind=phone", "/hits/?state=dismissed&kind=imei",
                     "/notices/", "/notices/?show=all", "/oversight/quality/mend"],
    "manager@norf": ["/desk", "/oversight/quality", "/oversight/quality/mend"],
    "officer@mps": ["/desk", "/hits/", "/notices/"],
    "auditor@norf": ["/desk", "/hits/"],
    "admin@norf": ["/desk"],
    "coordinator@nclcc": ["/desk", "/lines/co-ordination", "/lines/co-ordination?pile=unmapped"],
    "officer@cumb": ["/desk", "/hits/", "/notices/", "/notices/?show=all", "/hits/HI-2222-2222"],
}  # fmt: skip


@pytest.mark.parametrize("username", PAGES)
def test_it_finds_no_fault_on_a_page(browser_page: Page, username: str) -> None:
    sign_in(browser_page, username)
    found = []
    for address in PAGES[username]:
        browser_page.goto(address)
        found += faults(browser_page)
    assert found == []


@pytest.mark.parametrize("selector", [SHARED, POINTED, UNKNOWN, HOSTEL, EITHER, "4.47701E+11"])
def test_it_finds_no_fault_on_an_answer(browser_page: Page, selector: str) -> None:
    sign_in(browser_page, "officer@norf")
    check(browser_page, selector)
    assert faults(browser_page) == []


@pytest.mark.parametrize("value", [SHARED, HOSTEL])
def test_it_finds_no_fault_on_a_hit(browser_page: Page, value: str) -> None:
    sign_in(browser_page, "manager@norf")
    open_hit(browser_page, value, state="all")
    found = faults(browser_page)
    if browser_page.get_by_role("button", name="Dismiss the hit").count():
        follow(browser_page.get_by_role("button", name="Dismiss the hit"))
        found += faults(browser_page)
    assert found == []


def test_it_finds_no_fault_before_anyone_signs_in(browser_page: Page) -> None:
    browser_page.goto("/sign-in")
    found = faults(browser_page)
    follow(browser_page.get_by_role("button", name="Sign in"))
    assert found + faults(browser_page) == []


def test_it_finds_no_fault_on_the_page_of_the_doors_for_machines(browser_page: Page) -> None:
    browser_page.goto("/api/v1/docs")
    assert faults(browser_page) == []
