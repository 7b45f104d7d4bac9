"""A partner agency in a browser: what is disclosed to it, what it sends, and the answer it reads."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in

FORCE = "sussex"
TOLD = "The child needs a worker today"


def _raise(page: Page) -> None:
    sign_in(page, f"safeguarding@{FORCE}")
    page.goto("/concerns/raise")
    page.get_by_label("Under 18", exact=True).check()
    page.get_by_label("Made to carry, hold or sell drugs").check()
    page.get_by_label("What worries you?").fill("Seen with older men")
    page.get_by_label("England", exact=True).check()
    follow(page.get_by_role("button", name="Raise a concern"))


def test_an_agency_reads_what_was_disclosed_to_it_writes_and_is_answered(
    browser_page: Page, second_page: Page
) -> None:
    page, theirs, found = browser_page, second_page, list[str]()
    _raise(page)
    concern = page.url
    found += faults(page)
    follow(page.get_by_role("link", name="visit to a home", exact=False))
    found += faults(page)
    page.goto("/partners/")
    follow(page.get_by_role("button", name="Keep an agency"))
    found += faults(page)
    page.get_by_label("Name of the agency").fill("Children's services")
    page.get_by_label("Local authority", exact=True).check()
    follow(page.get_by_role("button", name="Keep an agency"))
    follow(page.get_by_role("link", name="Join a log-in"))
    page.get_by_label("Username").fill(f"partner@{FORCE}")
    follow(page.get_by_role("button", name="Join a log-in"))
    found += faults(page)
    page.goto(concern)
    follow(page.get_by_role("link", name="Disclose to a partner"))
    found += faults(page)
    page.get_by_label("Agency", exact=True).select_option(label="Children's services")
    page.get_by_label("What is disclosed").fill(TOLD)
    page.get_by_label("UK GDPR and Part 2").check()
    page.get_by_label("On which basis").fill("Children Act 1989 s.47")
    follow(page.get_by_role("button", name="Disclose to a partner agency"))
    expect(page.get_by_text(TOLD)).to_be_visible()
    found += faults(page)
    sign_in(theirs, f"partner@{FORCE}")
    found += faults(theirs)
    follow(theirs.get_by_role("link", name="Shared with us").first)
    found += faults(theirs)
    follow(theirs.get_by_role("link", name="DC-"))
    expect(theirs.get_by_text(TOLD)).to_be_visible()
    found += faults(theirs)
    theirs.goto("/partners/mine/send")
    found += faults(theirs)
    theirs.get_by_label("What do you want to tell?").fill("He came back with money")
    follow(theirs.get_by_role("button", name="Send something"))
    page.goto("/partners/")
    follow(page.get_by_role("link", name="Children's services, PM-"))
    found += faults(page)
    page.get_by_label("Your answer").fill("We will ring you")
    follow(page.get_by_role("button", name="Answer"))
    theirs.reload()
    expect(theirs.get_by_text("We will ring you")).to_be_visible()
    found += faults(theirs)
    theirs.goto(concern)
    expect(theirs.get_by_text("He came back")).to_have_count(0)
    assert found == []


def test_an_order_against_a_person_is_drafted_by_its_own_tests(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, f"orders@{FORCE}")
    page.goto("/orders/draft")
    follow(page.get_by_role("link", name="Slavery and trafficking risk order"))
    expect(page.get_by_label("First part of the test")).to_be_visible()
    assert faults(page) == []
