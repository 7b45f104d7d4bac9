"""From a pointer to an answer: access is asked for, and given, given sanitised, or refused."""

from datetime import timedelta

from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside
from tests.instance import Instance
from tests.journeys.steps import check, faults, follow, sign_in
from tests.journeys.story import ASKED
from throughline.kernel import clock, outbox
from throughline.sharing.workflow import ANSWER_WITHIN

GRANTED, SANITISED, REFUSED, LATE = ASKED


def ask(page: Page, value: str, *, why: str) -> str:
    """Ask Norfolk for access from the answer of a check; gives the address of the request."""
    check(page, value)
    follow(page.get_by_role("link", name="Ask Norfolk Constabulary for access"))
    follow(page.get_by_role("button", name="Ask for access"))
    expect(page.get_by_role("link", name="Say why you need it")).to_be_visible()
    page.get_by_label("Why do you need it?").fill(why)
    follow(page.get_by_role("button", name="Ask for access"))
    expect(page.get_by_text("You asked Norfolk Constabulary for access.")).to_be_visible()
    assert value.replace(" ", "") not in page.url
    return page.url


def test_it_is_asked_for_and_granted(browser_page: Page, second_page: Page) -> None:
    sign_in(browser_page, "officer@kent")
    there = ask(browser_page, GRANTED, why="A boy was with him")
    assert faults(browser_page) == []

    sign_in(second_page, "analyst@norf")
    expect(second_page.get_by_text("Request for access, answer by").first).to_be_visible()
    follow(second_page.get_by_role("link", name=f"Kent Police asks for {GRANTED}"))
    expect(second_page.get_by_text("A boy was with him")).to_be_visible()
    assert faults(second_page) == []
    follow(second_page.get_by_role("button", name="Open a report"))
    assert faults(second_page) == []
    second_page.get_by_label("Asked about").check()
    follow(second_page.get_by_role("button", name="Open the report"))
    expect(second_page.get_by_text("The report is open to Kent Police")).to_be_visible()

    browser_page.goto(there)
    expect(browser_page.get_by_role("heading", name="Granted in full")).to_be_visible()
    follow(browser_page.locator("dl").last.get_by_role("link"))
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Asked about")
    check(browser_page, GRANTED)
    expect(browser_page.get_by_role("heading", name="What you may read")).to_be_visible()


def test_it_is_given_a_sanitised_version(browser_page: Page, second_page: Page) -> None:
    sign_in(browser_page, "officer@kent")
    there = ask(browser_page, SANITISED, why="On a note")
    sign_in(second_page, "manager@norf")
    second_page.goto(there)
    follow(second_page.get_by_role("button", name="Write a sanitised version"))
    assert faults(second_page) == []
    second_page.get_by_label("Asked about").check()
    second_page.get_by_label("Title").fill("A number in use")
    second_page.get_by_label("The sanitised text").fill("It takes orders in Norwich.")
    follow(second_page.get_by_role("button", name="Give the sanitised version"))
    browser_page.goto(there)
    follow(browser_page.locator("dl").last.get_by_role("link"))
    expect(browser_page.get_by_text("It takes orders in Norwich.")).to_be_visible()
    assert "Asked about" not in browser_page.content()


def test_it_is_refused_with_a_reason(browser_page: Page, second_page: Page) -> None:
    sign_in(browser_page, "officer@kent")
    there = ask(browser_page, REFUSED, why="Curious")
    sign_in(second_page, "analyst@norf")
    second_page.goto(there)
    follow(second_page.get_by_role("button", name="Refuse"))
    assert faults(second_page) == []
    follow(second_page.get_by_role("button", name="Refuse access"))
    expect(second_page.get_by_role("link", name="Choose why you refuse")).to_be_visible()
    second_page.get_by_label("The request does not show a need to know").check()
    second_page.get_by_label("In your own words").fill("Tell us about the boy")
    follow(second_page.get_by_role("button", name="Refuse access"))
    browser_page.goto(there)
    expect(browser_page.get_by_text("Tell us about the boy")).to_be_visible()


def test_it_goes_up_when_nobody_answers(
    browser_page: Page, second_page: Page, told: Instance, django_db_blocker: DjangoDbBlocker
) -> None:
    sign_in(browser_page, "officer@kent")
    ask(browser_page, LATE, why="It cannot wait")
    with (
        inside(told, django_db_blocker),
        clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)),
    ):
        outbox.drain()
    browser_page.goto("/notices/")
    expect(
        browser_page.get_by_text("Norfolk Constabulary has not answered your request").first
    ).to_be_visible()
    sign_in(second_page, "coordinator@ersou")
    second_page.goto("/notices/")
    told_to_region = second_page.get_by_text("Norfolk Constabulary has not answered request").first
    expect(told_to_region).to_be_visible()
    assert LATE not in second_page.content()
    for address in ("/requests/", "/requests/?ours=made&state=asked"):
        browser_page.goto(address)
        assert faults(browser_page) == []
