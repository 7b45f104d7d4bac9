"""Several hits judged at once, and the second person who looks before rare ones are dismissed."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, reach, sign_in
from tests.journeys.story import JUDGED

ASKED = "Analyst at GLOS would dismiss 2 rare hits"


def _tick(page: Page, *values: str) -> None:
    page.goto("/hits/")
    for value in values:
        page.get_by_label(f"Choose {value} with Wiltshire Police").check()


def test_it_judges_by_keyboard_and_a_second_person_agrees(browser_page: Page, second_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@glos")
    page.goto("/hits/")
    for value in JUDGED[:2]:
        reach(page, f"Choose {value} with Wiltshire Police")
        page.keyboard.press("Space")
    reach(page, "Judge the chosen hits together")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Judge hits together")).to_be_visible()
    assert faults(page) == []
    _say_by_keyboard(page)
    expect(page.get_by_role("row", name=JUDGED[0])).to_contain_text("Waits for a second look")
    assert faults(page) == []
    reach(page, "Judge these hits")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 hits held for a second look.")).to_be_visible()
    page.goto("/desk")
    assert ASKED not in page.content()

    second = second_page
    sign_in(second, "manager@glos")
    expect(second.get_by_text("1 second look to give")).to_be_visible()
    assert faults(second) == []
    reach(second, ASKED)
    second.keyboard.press("Enter")
    expect(second.get_by_text("Reason: Known already and dealt with")).to_be_visible()
    assert faults(second) == []
    reach(second, "A word on it, if you want")
    second.keyboard.type("Seen the file")
    reach(second, "Agree: dismiss them")
    second.keyboard.press("Enter")
    expect(second.get_by_text("2 hits dismissed.")).to_be_visible()
    second.goto("/hits/?state=dismissed")
    expect(second.get_by_role("link", name=JUDGED[0])).to_be_visible()


def _say_by_keyboard(page: Page) -> None:
    """Continue without an answer, then dismiss as known, with a second look."""
    reach(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Choose what you make of them")).to_be_visible()
    for first, steps in (
        ("Confirm them: they are links", 2), ("A common place or value, not a link", 3), ("Yes, hold the rare ones", 0),
    ):  # fmt: skip
        reach(page, first)
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
    reach(page, "Continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check before it is done")).to_be_visible()


def test_it_judges_without_scripts_and_a_second_person_keeps_them_open(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "analyst@wilts")
    page.goto("/hits/")
    for value in JUDGED[2:]:
        page.get_by_label(f"Choose {value} with Gloucestershire Constabulary").check()
    follow(page.get_by_role("button", name="Judge the chosen hits together"))
    page.get_by_label("Dismiss them: they are no links").check()
    page.get_by_label("Recorded in error").check()
    page.get_by_label("Yes, hold the rare ones").check()
    follow(page.get_by_role("button", name="Continue"))
    follow(page.get_by_role("button", name="Judge these hits"))
    expect(page.get_by_text("2 hits held for a second look.")).to_be_visible()
    page.goto("/hits/second-looks")
    expect(page.get_by_text("You asked for this one")).to_be_visible()
    expect(page.get_by_role("button", name="Agree: dismiss them")).to_have_count(0)

    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, "manager@wilts")
    follow(page.get_by_role("link", name="Analyst at WILTS would dismiss 2 rare hits"))
    follow(page.get_by_role("button", name="Keep them open"))
    expect(page.get_by_text("The hits stay open.")).to_be_visible()
    page.goto("/hits/")
    expect(page.get_by_role("link", name=JUDGED[2])).to_be_visible()
