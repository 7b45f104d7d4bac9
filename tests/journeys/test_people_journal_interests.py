"""People, the journal and interests in a browser: without scripts, by keyboard, and held to the rules of pages."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, reach, sign_in

PASSWORD = "three plain words"


def test_it_adds_a_person_without_scripts_who_then_signs_in(scriptless_page: Page, second_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "admin@kent")
    follow(page.get_by_role("link", name="People", exact=True))
    follow(page.get_by_role("button", name="Add a person"))
    follow(page.get_by_role("button", name="Add the person"))
    follow(page.get_by_role("link", name="Enter the full name"))
    expect(page.get_by_label("Full name")).to_be_focused()
    page.get_by_label("Full name").fill("Test Person")
    page.get_by_label("Username").fill("t.person@kent")
    page.locator("#password").fill(PASSWORD)
    page.get_by_label("Officer").check()
    follow(page.get_by_role("button", name="Add the person"))
    expect(page.get_by_text("Test Person can now sign in.")).to_be_visible()

    page.get_by_label("Name or username").fill("t.person")
    follow(page.get_by_role("button", name="Search"))
    follow(page.get_by_role("link", name="Change the roles of Test Person, t.person@kent"))
    page.get_by_label("Analyst").check()
    page.get_by_label("Why do the roles change?").fill("Joined the desk")
    follow(page.get_by_role("button", name="Change the roles"))
    expect(page.get_by_text("The roles of Test Person are changed from now on.")).to_be_visible()

    sign_in(second_page, "t.person@kent", password=PASSWORD)
    follow(second_page.get_by_role("link", name="Check", exact=True))
    expect(second_page.get_by_role("link", name="Standing enquiries", exact=True)).to_be_visible()


def test_it_leads_an_auditor_by_keyboard_to_the_looks_of_one_person(browser_page: Page) -> None:
    page, press = browser_page, browser_page.keyboard
    sign_in(page, "auditor@norf")
    reach(page, "Oversight")
    press.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    reach(page, "Journal")
    press.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Journal")
    reach(page, "Who")
    press.type("analyst")
    reach(page, "Apply filters")
    press.press("Enter")
    expect(page.get_by_role("link", name="Remove the filter Who: analyst")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Analyst at NORF")
    reach(page, "Check that nothing was changed")
    press.press("Enter")
    expect(page.get_by_text("The journal holds:")).to_contain_text("entries, none changed.")


def test_it_keeps_and_ends_an_interest_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "analyst@cumb")
    follow(page.get_by_role("link", name="Check", exact=True))
    follow(page.get_by_role("link", name="Standing enquiries", exact=True))
    follow(page.get_by_role("button", name="Keep a standing enquiry"))
    page.get_by_label("What do you want to hear of?").fill("07700 900871")
    page.get_by_label("Why do you keep it?").fill("An operation")
    page.get_by_label("Keep it silent").check()
    follow(page.get_by_role("button", name="Keep the standing enquiry"))
    expect(page.get_by_role("row", name="07700 900871")).to_contain_text("Silent")
    assert "900871" not in page.url
    follow(page.get_by_role("link", name="End the standing enquiry about 07700 900871"))
    page.get_by_label("Why does it end?").fill("Closed")
    follow(page.get_by_role("button", name="End the standing enquiry"))
    expect(page.get_by_text("The standing enquiry about 07700 900871 has ended.")).to_be_visible()


def test_it_finds_no_fault_on_the_pages_of_people(browser_page: Page) -> None:
    sign_in(browser_page, "admin@norf")
    found = _faults_of(browser_page, "/people/", "/people/?text=analyst", "/people/?text=none",
                       "/people/?after=m", "/people/admin@norf/roles", "/people/officer@norf/roles")  # fmt: skip
    follow(browser_page.get_by_role("button", name="Change the roles"))
    found += faults(browser_page) + _faults_of(browser_page, "/people/add")
    follow(browser_page.get_by_role("button", name="Add the person"))
    assert found + faults(browser_page) == []


def test_it_finds_no_fault_on_the_pages_of_the_journal(browser_page: Page) -> None:
    sign_in(browser_page, "auditor@norf")
    found = _faults_of(browser_page, "/people/", "/journal/", "/journal/?who=analyst&verb=collect",
                       "/journal/?ref=none", "/journal/?before=0/0", "/indicators/", "/indicators/answered",
                       "/journal/sample", "/journal/sample?seed=x", "/journal/patterns",
                       "/journal/?verb=spell")  # fmt: skip
    follow(browser_page.get_by_role("button", name="Check that nothing was changed"))
    assert found + faults(browser_page) == []


def test_it_finds_no_fault_on_the_pages_of_interests(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@mers")
    found = _faults_of(page, "/interests/", "/interests/add")
    follow(page.get_by_role("button", name="Keep the standing enquiry"))
    found += faults(page)
    page.get_by_label("What do you want to hear of?").fill(
        "a.rather.long.name.for.an.address@somewhere.example"
    )
    page.get_by_label("Why do you keep it?").fill("An operation")
    page.get_by_label("Keep it silent").check()
    follow(page.get_by_role("button", name="Keep the standing enquiry"))
    found += faults(page)
    follow(page.get_by_role("link", name="End the standing enquiry"))
    assert found + faults(page) == []


def _faults_of(page: Page, *addresses: str) -> list[str]:
    out = []
    for address in addresses:
        page.goto(address)
        out += faults(page)
    return out
