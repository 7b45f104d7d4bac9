"""Safeguarding in a browser: a child found in an importing town, and an adult who refuses consent."""

from playwright.sync_api import Page

from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.test_lines import _fill_day
from tests.journeys.test_orders import _be
from throughline.kernel import clock

HOST, HOME = "sussex", "mps"


def _raise(page: Page, age: str) -> None:
    """Raise a concern from the list of concerns, as the lead of the force that found."""
    sign_in(page, f"safeguarding@{HOST}")
    page.goto("/concerns/")
    follow(page.get_by_role("button", name="Raise a concern"))
    page.get_by_label(age).check()
    page.get_by_label("Made to carry, hold or sell drugs").check()
    page.get_by_label("What worries you?").fill("Found in a flat with older men")
    page.get_by_label("Name", exact=True).fill("Wrenfield Kestrelson")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Raise a concern"))


def _assess(page: Page) -> None:
    follow(page.get_by_role("button", name="Assess vulnerability"))
    for no in page.get_by_label("No", exact=True).all():
        no.check()
    page.get_by_label("In need of help").check()
    page.get_by_label("Why do you judge so?").fill("The debt grows")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Keep the assessment"))


def _do(page: Page, name: str, **typed: str) -> None:
    """Open a form by its button, fill it and send it by its last button."""
    follow(page.get_by_role("button", name=name, exact=True))
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(words)


def test_a_child_found_in_an_importing_town_is_known_at_home_and_taken_to_the_outcome(
    browser_page: Page,
) -> None:
    page = browser_page
    _raise(page, "Under 18")
    assert faults(page) == []
    at = page.url
    _assess(page)
    follow(page.get_by_role("link", name="Record missing or found"))
    page.get_by_label("Home force").select_option("MPS")
    page.get_by_label("Force where found").select_option("SUSSEX")
    page.get_by_label("Found where").fill("Brighton, the station")
    _fill_day(page, "Found on", clock.today())
    page.get_by_label("Time when found").fill("00:00")
    page.get_by_label("By train").check()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Record missing or found"))
    _do(page, "Note what was done", What_came="The home authority takes it on")
    page.get_by_label("Local authority told").check()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Note what was done"))
    follow(page.get_by_role("button", name="Prepare a referral"))
    assert faults(page) == []
    for name in ("Record that it was submitted", "Record reasonable grounds"):
        _do(page, name, In_your_own="As they wrote")
        _fill_day(page, "Day", clock.today())
        if page.get_by_label("Single Competent Authority").count():
            page.get_by_label("Single Competent Authority").check()
        assert faults(page) == []
        follow(page.get_by_role("button", name=name))
    assert "End of the recovery period" in page.locator("main").inner_text()
    page.goto("/concerns/section-45")
    assert faults(page) == []
    page.goto(at)
    _do(page, "Record that a safety plan stands", In_your_own="An aunt, a school, a worker")
    follow(page.get_by_role("button", name="Record that a safety plan stands"))
    _do(page, "Close it with its outcome", In_your_own="Home, and seen weekly")
    page.get_by_label("Safe, and those").check()
    follow(page.get_by_role("button", name="Close it with its outcome"))
    assert faults(page) == []
    _be(page, f"safeguarding@{HOME}")
    page.goto("/notices/")
    assert "A concern was shared with you" in page.locator("main").inner_text()
    page.goto(at)
    assert "Brighton, the station" in page.locator("main").inner_text()


def test_an_adult_who_refuses_consent_leaves_a_notice_without_a_name_in_it(browser_page: Page) -> None:
    page = browser_page
    _raise(page, "18 or over")
    _assess(page)
    follow(page.get_by_role("button", name="Prepare a referral"))
    _do(page, "Answer the questions", Why_do_you_need="To fill it in")
    follow(page.get_by_role("button", name="Open the questions"))
    page.get_by_role("group", name="Does the adult consent").get_by_label("No", exact=True).check()
    assert page.get_by_label("Name", exact=True).input_value() == "Wrenfield Kestrelson"
    assert faults(page) == []
    follow(page.get_by_role("button", name="Keep the answers"))
    follow(page.get_by_role("button", name="See the Duty to Notify"))
    assert faults(page) == []
    assert "Duty to Notify" in page.content()
    for word in ("Wrenfield", "Kestrelson", "older men"):
        assert word not in page.content()
