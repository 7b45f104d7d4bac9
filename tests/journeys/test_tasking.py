"""A bid in a browser, from the force that sees the harm to the force that holds the line, and back to a check-back."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.story import TASKED
from tests.journeys.test_lines import _fill_day
from throughline.kernel import clock

BIDDER, HOLDER = "sussex", "wmp"


def _be(page: Page, username: str) -> None:
    """Somebody else sits down at this browser."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, username)


def _step(page: Page, name: str, words: str, *, chosen: tuple[str, ...] = ()) -> None:
    """Take the next step of the bid that is open, with what is chosen and said."""
    follow(page.get_by_role("button", name=name, exact=True))
    assert faults(page) == []
    for label in chosen:
        page.get_by_label(label).check()
    page.get_by_label("In your own words").fill(words)
    follow(page.get_by_role("button", name=name, exact=True))


def _open(page: Page, username: str, waits_to: str) -> None:
    """Whoever is asked for the next step finds the bid on their desk, with the time by which it is due."""
    _be(page, username)
    expect(page.get_by_text(re.compile(f"Bid: {waits_to} by"))).to_be_visible()
    follow(page.get_by_role("link", name="Arrest the holder of the Heron line").first)


def _bid(page: Page) -> str:
    sign_in(page, f"analyst@{BIDDER}")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Heron"))
    follow(page.get_by_role("button", name="Bid for tasking"))
    follow(page.get_by_role("button", name="Make the bid"))
    assert faults(page) == []
    page.get_by_label("What is the bid about?").fill("Arrest the holder of the Heron line")
    page.get_by_label("What do you ask for?").fill("Arrest the holder and take the number out of use")
    page.get_by_label("Why?").fill("Two children are at risk in Hastings")
    page.get_by_label("Pursue").fill("Charge the holder")
    page.get_by_role("textbox", name="Protect").fill("Visit the homes that it has taken over")
    page.get_by_label("Search warrant").check()
    page.get_by_label("Officer-days").fill("30")
    page.get_by_label(TASKED).check()
    page.get_by_label("Body that should do it").select_option("West Midlands Police")
    page.get_by_label("Level 3, national").check()
    follow(page.get_by_role("button", name="Make the bid"))
    expect(page.get_by_text("To be deconflicted").first).to_be_visible()
    assert faults(page) == []
    return page.url


def _close_the_line(page: Page) -> None:
    _be(page, f"manager@{BIDDER}")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Heron"))
    item = page.get_by_role("link", name=re.compile("^IR-[0-9A-Z-]+.1$")).first.inner_text()
    follow(page.get_by_role("button", name="Close the line"))
    page.get_by_label("Type 2").check()
    _fill_day(page, "Closed on", clock.today() - timedelta(days=20))
    page.get_by_label("Item that says that the number is out of use").fill(item)
    page.get_by_label("What was done?").fill("The number was stopped")
    follow(page.get_by_role("button", name="Close the line"))


def _look_back(page: Page) -> None:
    _be(page, f"manager@{BIDDER}")
    expect(page.get_by_text("Check-back on a closed line").first).to_be_visible()
    follow(page.get_by_role("link", name="Heron").first)
    page.get_by_label("No sign of life").check()
    page.get_by_label("What did you look at").fill("No call to the number since")
    follow(page.get_by_role("button", name="Record what was found"))


def _decide(page: Page) -> None:
    _open(page, "coordinator@nclcc", "deconflict it")
    _step(page, "Deconflict it", "Nobody else is on it", chosen=("Nobody else is known to work on it",))
    expect(page.get_by_role("row", name=re.compile(TASKED)).first).to_be_visible()
    _step(page, "Assess it", "The holder is named", chosen=("Ready: the holder",))
    expect(page.get_by_text("Score of the line then")).to_be_visible()
    _open(page, "chair@nclcc", "decide on it")
    _step(page, "Adopt it", "Children are at risk")


def _offer(page: Page, waits_to: str, words: str) -> None:
    _open(page, "coordinator@nclcc", waits_to)
    follow(page.get_by_role("button", name="Offer it to a body"))
    page.get_by_label("Which body?").select_option("West Midlands Police")
    page.get_by_label("In your own words").fill(words)
    follow(page.get_by_role("button", name="Offer it to a body"))


def _decline(page: Page, bid: str) -> None:
    """The holder declines; the bidder reads why, and the co-ordination desk counts it."""
    _open(page, f"manager@{HOLDER}", "accept or decline it")
    _step(page, "Decline it", "Two murders this week", chosen=("No capacity", "Have the heads of crime"))
    _be(page, f"analyst@{BIDDER}")
    page.goto(bid)
    expect(page.get_by_text("Two murders this week").first).to_be_visible()
    assert faults(page) == []
    page.goto("/notices/")
    expect(page.get_by_text(re.compile("West Midlands Police declined")).first).to_be_visible()
    _be(page, "coordinator@nclcc")
    page.goto("/lines/co-ordination")
    expect(page.get_by_role("link", name="Bids declined")).to_be_visible()
    assert faults(page) == []


def _work(page: Page) -> None:
    """The holder accepts and begins; the line is closed on the register; the result is recorded."""
    _open(page, f"manager@{HOLDER}", "accept or decline it")
    follow(page.get_by_role("button", name="Accept it"))
    page.get_by_label("Lead responsible officer").fill("DI Reed")
    follow(page.get_by_role("button", name="Accept it"))
    _step(page, "Begin", "The warrant is signed")
    _close_the_line(page)
    _open(page, f"manager@{HOLDER}", "record the result")
    follow(page.get_by_role("button", name="Record the result"))
    for label in ("Arrests", "Adults safeguarded", "Children safeguarded", "Numbers out of use"):
        page.get_by_label(label).fill("1")
    page.get_by_label("Is the line closed?").select_option("type 2")
    page.get_by_text("What it shows of the line").click()
    page.get_by_label("Crack cocaine").check()
    page.get_by_label("In your own words").fill("The number was stopped and one was arrested")
    follow(page.get_by_role("button", name="Record the result"))
    assert faults(page) == []


def test_a_bid_from_the_force_that_sees_the_harm_to_a_check_back(browser_page: Page) -> None:
    page = browser_page
    bid = _bid(page)
    _decide(page)
    _offer(page, "offer it to a body", "Please arrest him")
    _decline(page, bid)
    _offer(page, "offer it again or refer it up", "The heads of crime have agreed")
    _work(page)
    _open(page, "chair@nclcc", "review the result")
    _step(page, "Review the result", "Quick and clean")
    _open(page, "coordinator@nclcc", "close it")
    _step(page, "Close the bid", "Done")
    expect(page.get_by_text("Score of the line now")).to_be_visible()
    _look_back(page)
    page.goto(bid)
    expect(page.get_by_text("No call to the number since")).to_be_visible()
    page.goto("/bids/?state=closed")
    expect(page.get_by_role("link", name="Arrest the holder of the Heron line")).to_be_visible()
    assert faults(page) == []
