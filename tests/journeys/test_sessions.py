"""Two browsers of one person: each is seen from the other, and one is ended, by its person or an administrator."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in


def test_a_person_ends_another_of_their_sessions_without_scripts(
    scriptless_page: Page, second_page: Page
) -> None:
    here, there = scriptless_page, second_page
    sign_in(here, "manager@btp")
    sign_in(there, "manager@btp")
    follow(here.get_by_role("link", name="Manager at BTP"))
    rows = here.get_by_role("table", name="Your open sessions").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="This one")).to_contain_text("Chrome on Linux")
    follow(here.get_by_role("button", name="End the session in Chrome on Linux"))
    expect(here.get_by_text("The session has ended.")).to_be_visible()
    expect(rows).to_have_count(2)

    there.goto("/notices/")
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(there.get_by_text("This session was ended from another of your sessions.")).to_be_visible()
    assert faults(there) == []
    sign_in(there, "manager@btp")
    expect(there).to_have_url("/notices/")


def test_an_administrator_ends_a_session_of_someone_of_the_body(
    browser_page: Page, second_page: Page
) -> None:
    sign_in(second_page, "orders@btp")
    page = browser_page
    sign_in(page, "admin@btp")
    page.goto("/people/orders@btp/roles")
    follow(page.get_by_role("link", name="See and end their sessions"))
    found = faults(page)
    follow(page.get_by_role("button", name="End the sessions"))
    page.get_by_role("link", name="Choose at least one session").click()
    found += faults(page)
    page.get_by_label("Chrome on Linux, from 127.0.0.1").check()
    page.get_by_label("Why?").fill("Left unlocked")
    follow(page.get_by_role("button", name="End the sessions"))
    expect(page.get_by_text("1 session of Orders at BTP ended.")).to_be_visible()
    found += faults(page)
    page.goto("/account/")
    assert found + faults(page) == []
    second_page.goto("/desk")
    expect(second_page.get_by_text("Your administrator ended this session.")).to_be_visible()
