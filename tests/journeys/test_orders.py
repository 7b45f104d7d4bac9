"""An order in a browser: from the number on a line to compliance, its replacement, and the second order."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.test_lines import _fill_day
from throughline.kernel import clock

FORCE = "sussex"


def _be(page: Page, username: str) -> None:
    """Somebody else sits down at this browser."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, username)


def _step(page: Page, name: str, *, day: str = "", **typed: str) -> None:
    """Take the next step of the order that is open, on this day and with what is typed."""
    follow(page.get_by_role("button", name=name, exact=True))
    assert faults(page) == []
    if day:
        _fill_day(page, day, clock.today())
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    page.get_by_label("In your own words").fill("As it should be")
    follow(page.get_by_role("button", name=name, exact=True))


def _draft(page: Page) -> None:
    sign_in(page, f"orders@{FORCE}")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Heron"))
    follow(page.get_by_role("button", name="Draft an order"))
    follow(page.get_by_role("button", name="Draft an order"))
    assert faults(page) == []
    page.get_by_label("Drug dealing telecommunications restriction order").check()
    page.get_by_label("England", exact=True).check()
    page.get_by_label("Misuse of Drugs Act").check()
    for label in (
        "What is it about?", "Provider or person", "First limb", "Second limb", "Persons likely", "Innocent use",
        "Why is it proportionate?",
    ):  # fmt: skip
        page.get_by_label(label).fill("The Heron line")
    follow(page.get_by_role("button", name="Draft an order"))
    assert faults(page) == []


def test_from_a_number_to_its_replacement_and_a_second_order(browser_page: Page) -> None:
    page = browser_page
    _draft(page)
    follow(page.get_by_role("button", name="Name something"))
    page.get_by_label("Number or identifier").fill("07700 900988")
    page.get_by_label("How is it attributed?").fill("Bulk texts")
    follow(page.get_by_role("button", name="Name what it is to cut off"))
    follow(page.get_by_role("button", name="Ask bodies with an interest"))
    follow(page.get_by_role("button", name="Ask bodies with an interest"))
    follow(page.get_by_role("link", name="Documents"))
    assert faults(page) == []
    follow(page.get_by_role("link", name="Heron"))
    at = page.url
    _be(page, f"manager@{FORCE}")
    page.goto(at)
    follow(page.get_by_role("button", name="Authorise it"))
    assert faults(page) == []
    page.get_by_label("Superintendent", exact=True).check()
    page.get_by_label("Decision about intelligence").fill("Nobody objects")
    page.get_by_label("In your own words").fill("Necessary")
    follow(page.get_by_role("button", name="Authorise it"))
    _be(page, f"orders@{FORCE}")
    page.goto(at)
    _step(page, "Record the application", Court="Lewes")
    _step(page, "Record that it is granted", day="Day of the order")
    expect(page.get_by_text("End of working day 5").first).to_be_visible()
    _step(page, "Record that it is served", day="Day", Time="00:00")
    _step(page, "Record compliance", day="Day", Time="00:00")
    follow(page.get_by_role("link", name="Record the replacement"))
    _fill_day(page, "Day", clock.today())
    page.get_by_label("Time").fill("00:00")
    page.get_by_label("Number that took over").fill("07700 900989")
    page.get_by_label("In your own words").fill("The same bulk text")
    follow(page.get_by_role("button", name="Record the replacement"))
    expect(page.get_by_text("0.0 hours to its replacement")).to_be_visible()
    assert faults(page) == []
    expect(page.get_by_role("link", name="Draft a second order")).to_be_visible()
    page.goto("/orders/")
    assert faults(page) == []
    page.goto("/orders/law")
    assert faults(page) == []
