"""A list is checked, a standing enquiry kept about what is on it, and a later load by another body hits it."""

from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import file_report, inside, someone
from tests.instance import Instance
from tests.journeys.steps import check, faults, follow, sign_in
from tests.journeys.story import POINTED, SHARED

LATER, ALONE = "07700 900655", "07700 900656"


def test_a_standing_enquiry_is_hit_by_a_later_load(
    browser_page: Page, second_page: Page, told: Instance, django_db_blocker: DjangoDbBlocker
) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "analyst@dors")
    page.goto("/check/")
    follow(page.get_by_role("link", name="Check a list of values"))
    found += faults(page)
    follow(page.get_by_role("button", name="Check the list"))
    found += faults(page)
    page.get_by_label("Paste a list").fill(f"{SHARED}\n{POINTED}\n{LATER}\n{LATER}\n4.47701E+11")
    page.get_by_label("Why do you ask?").fill("A seized handset")
    follow(page.get_by_role("button", name="Check the list"))
    expect(page.get_by_text("Something is known of 2 of 3 values.")).to_be_visible()
    found += faults(page)
    follow(page.get_by_role("link", name="Every value", exact=True))
    expect(page.get_by_role("row", name=LATER)).to_contain_text("Nothing")
    found += faults(page)
    follow(page.get_by_role("link", name="Cannot be read", exact=True))
    expect(page.get_by_role("row", name="4.47701E+11")).to_be_visible()
    found += faults(page)
    follow(page.get_by_role("button", name="Tell us if any of them ever appears"))
    found += faults(page)
    follow(page.get_by_role("button", name="Keep the standing enquiries"))
    expect(page.get_by_text("Your body keeps 3 new standing enquiries.")).to_be_visible()
    found += faults(page)
    assert "900655" not in page.url

    with inside(told, django_db_blocker):
        file_report(someone("analyst@cumb"), "C9", selectors=[f"phone:{LATER}"])
    page.goto("/notices/")
    told_of = page.get_by_role("link", name="Cumbria Constabulary holds the same phone number as you")
    while not told_of.count():  # the worker matches in its own time; the test's time limit is the end of it
        page.reload()
    told_of.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LATER)
    sign_in(second_page, "analyst@cumb")
    second_page.goto("/hits/")
    expect(second_page.get_by_role("link", name=LATER)).to_be_visible()
    assert found == []


def test_an_answer_says_who_else_asked_and_leads_to_a_standing_enquiry(
    browser_page: Page, scriptless_page: Page
) -> None:
    sign_in(browser_page, "officer@kent")
    check(browser_page, ALONE)
    expect(browser_page.get_by_role("heading", name="Who else asked")).to_have_count(0)
    page = scriptless_page
    sign_in(page, "analyst@dors")
    check(page, ALONE)
    expect(page.get_by_text("1 other body asked about it this week: Kent Police on")).to_be_visible()
    follow(page.get_by_role("button", name="Tell us if it ever appears"))
    expect(page.get_by_label("What do you want to hear of?")).to_have_value(ALONE)
    page.get_by_label("Day").fill("1")
    follow(page.get_by_role("button", name="Keep the standing enquiry"))
    follow(page.get_by_role("link", name="Last day must include a month and year"))
    page.get_by_label("Day").fill("")
    follow(page.get_by_role("button", name="Keep the standing enquiry"))
    follow(page.get_by_role("link", name=f"Renew the standing enquiry about {ALONE}"))
    page.get_by_label("Why do you still need it?").fill("Still running")
    follow(page.get_by_role("button", name="Renew the standing enquiry"))
    expect(page.get_by_text(f"The standing enquiry about {ALONE} is renewed.")).to_be_visible()
    check(browser_page, ALONE)
    expect(browser_page.get_by_role("heading", name="Who else asked")).to_be_visible()
    assert faults(browser_page) == []
