"""Signing in, failing to, and being signed out: what a person reads, and where they come back to."""

from playwright.sync_api import Page, expect

from tests.instance import Instance
from tests.journeys.steps import check, faults, follow, sign_in
from tests.journeys.story import SHARED

REFUSED = "they do not match an account"


def test_it_comes_back_to_the_page_that_was_wanted(browser_page: Page) -> None:
    browser_page.goto("/hits/?kind=phone")
    expect(browser_page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(browser_page, "analyst@btp")
    expect(browser_page).to_have_url("/hits/?kind=phone")


def test_it_refuses_a_wrong_password_and_locks_after_five(browser_page: Page) -> None:
    for _ in range(5):
        sign_in(browser_page, "analyst@suff", password="wrong")
        expect(browser_page.locator("#username-error")).to_contain_text(REFUSED)
    sign_in(browser_page, "analyst@suff")
    expect(browser_page.locator("#username-error")).to_contain_text("locked for 15 minutes")
    assert faults(browser_page) == []


def test_it_says_the_same_of_a_name_that_does_not_exist(browser_page: Page) -> None:
    sign_in(browser_page, "analyst@essx", password="wrong")
    real = browser_page.locator("main").inner_text()
    sign_in(browser_page, "nobody@essx", password="wrong")
    assert browser_page.locator("main").inner_text() == real


def test_it_says_why_after_half_an_hour_and_comes_back(browser_page: Page, told: Instance) -> None:
    sign_in(browser_page, "officer@btp")
    browser_page.goto("/notices/")
    _let_half_an_hour_pass(told)
    browser_page.goto("/notices/?show=all")
    expect(browser_page.get_by_text("because you did nothing for 30 minutes")).to_be_visible()
    assert faults(browser_page) == []
    sign_in(browser_page, "officer@btp")
    expect(browser_page).to_have_url("/notices/?show=all")


def test_it_says_that_what_was_typed_is_lost_and_comes_back_to_the_form(
    browser_page: Page, told: Instance
) -> None:
    sign_in(browser_page, "officer@btp")
    browser_page.goto("/check/")
    browser_page.get_by_label("What do you want to check?").fill(SHARED)
    browser_page.get_by_label("Why do you ask?").fill("Stopped")
    _let_half_an_hour_pass(told)
    follow(browser_page.get_by_role("button", name="Check"))
    expect(browser_page.get_by_text("What you had just typed was not kept")).to_be_visible()
    sign_in(browser_page, "officer@btp")
    expect(browser_page).to_have_url("/check/")


def test_it_shows_nothing_again_after_signing_out(browser_page: Page) -> None:
    sign_in(browser_page, "officer@btp")
    check(browser_page, SHARED)
    follow(browser_page.get_by_role("button", name="Sign out"))
    expect(browser_page.get_by_text("You have signed out.")).to_be_visible()
    browser_page.goto("/desk")
    expect(browser_page.get_by_role("heading", name="Sign in")).to_be_visible()
    browser_page.go_back()
    assert SHARED not in browser_page.content()


def _let_half_an_hour_pass(told: Instance) -> None:
    with told.as_owner() as owner:
        owner.execute("update django_session set expire_date = now() - interval '1 second'")
