"""From signing in to a judged hit: by mouse, by keyboard alone, and without scripts."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import check, follow, open_hit, reach, sign_in
from tests.journeys.story import BY_KEYBOARD, EITHER, HOSTEL, POINTED, SHARED, SILENT, WITHOUT_SCRIPT

UNASKED = "07700 900993"
"""A number that nobody holds and that no other journey checks: who else asked would stand on its page."""


def test_it_leads_from_the_desk_by_a_check_to_a_confirmed_hit(browser_page: Page, second_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@norf")
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()
    page.get_by_label("What do you want to check?").fill("+44 7700 900416")
    page.get_by_label("Why do you ask?").fill("On a note in a car")
    follow(page.get_by_role("button", name="Check"))
    expect(page.get_by_role("heading", level=1)).to_have_text(SHARED)
    expect(page.get_by_role("heading", name="Metropolitan Police Service")).to_be_visible()
    assert SHARED.replace(" ", "") not in page.url

    follow(page.get_by_role("link", name="My desk", exact=True))
    expect(page.get_by_text("On a note in a car")).to_be_visible()
    follow(page.get_by_role("link", name=f"{SHARED}, also held by Metropolitan Police Service"))
    page.get_by_label("Note, if you want to add one").fill("Same handset")
    follow(page.get_by_role("button", name="Confirm the hit"))
    expect(page.get_by_text("You confirmed the hit.")).to_be_visible()
    expect(page.locator(".moj-timeline")).to_contain_text("Same handset")

    sign_in(second_page, "analyst@mps")
    follow(second_page.get_by_role("link", name="Notices", exact=True))
    follow(second_page.get_by_role("link", name="Norfolk Constabulary holds the same phone number"))
    expect(second_page.locator(".moj-timeline")).to_contain_text("Same handset")


def test_it_asks_for_a_reason_before_a_hit_is_dismissed(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@norf")
    open_hit(page, POINTED)
    expect(page.get_by_text("You may know that they hold it, and no more.")).to_be_visible()
    follow(page.get_by_role("button", name="Dismiss the hit"))
    page.get_by_role("link", name="Choose a reason for dismissing the hit").click()
    page.get_by_label("Another reason").check()
    follow(page.get_by_role("button", name="Dismiss the hit"))
    expect(page.get_by_role("link", name="Say what the other reason is")).to_be_visible()
    page.get_by_label("In your own words").fill("A cloned plate")
    follow(page.get_by_role("button", name="Dismiss the hit"))
    expect(page.locator(".moj-timeline")).to_contain_text("Another reason. A cloned plate")
    follow(page.get_by_role("button", name="Reconsider"))
    expect(page.get_by_text("The hit is open again, as unsure.")).to_be_visible()


def test_it_points_to_the_desk_to_ring_and_shows_no_more(browser_page: Page) -> None:
    sign_in(browser_page, "officer@mps")
    check(browser_page, POINTED)
    expect(browser_page.get_by_role("heading", name="Ring before you act")).to_be_visible()
    expect(browser_page.get_by_text("Kent Police", exact=True)).to_be_visible()
    assert "IR-" not in browser_page.content()


def test_it_shows_a_silent_interest_to_nobody_and_tells_its_keeper(
    browser_page: Page, second_page: Page
) -> None:
    sign_in(browser_page, "officer@kent")
    check(browser_page, SILENT)
    silent = browser_page.locator("main").inner_text()
    check(browser_page, UNASKED)
    unknown = browser_page.locator("main").inner_text()
    assert "Nothing is known that you may be told." in silent
    # The same page in every word, but for the number itself and the minute.
    assert _without(silent, SILENT) == _without(unknown, UNASKED)

    sign_in(second_page, "coordinator@ersou")
    second_page.goto("/notices/")
    told = second_page.get_by_text(f"checked {SILENT}, which you hold")
    while (
        not told.count()
    ):  # the worker tells the holder in its own time; the test's time limit is the end of it
        second_page.reload()
    expect(told.first).to_contain_text("Your interest is silent")


def _without(text: str, number: str) -> list[str]:
    return [line for line in text.replace(number, "#").splitlines() if " at " not in line]


def test_it_asks_what_a_value_is_when_it_may_be_several_things(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "officer@norf")
    check(page, EITHER)
    expect(page.get_by_role("heading", name="What is it?")).to_be_visible()
    follow(page.get_by_role("button", name="Check"))
    expect(page.get_by_role("link", name="Choose what it is")).to_be_visible()
    page.get_by_label("Bank account").check()
    follow(page.get_by_role("button", name="Check"))
    expect(page.get_by_role("heading", level=1)).to_have_text("14-14-14 14141414")


def test_it_says_beside_the_box_what_is_wrong_with_a_value(browser_page: Page) -> None:
    sign_in(browser_page, "officer@norf")
    check(browser_page, "4.47701E+11", why="")
    expect(browser_page.locator("#why-error")).to_contain_text("Say why you ask")
    check(browser_page, "4.47701E+11")
    expect(browser_page.locator("#selector-error")).to_be_visible()
    expect(browser_page.get_by_label("What do you want to check?")).to_have_value("4.47701E+11")


def test_it_ranks_a_common_value_last_and_says_so(browser_page: Page) -> None:
    sign_in(browser_page, "analyst@mers")
    browser_page.goto("/hits/")
    row = browser_page.get_by_role("row", name=HOSTEL).first
    expect(row).to_contain_text("Common: 6 bodies")


def test_it_works_by_keyboard_alone(browser_page: Page) -> None:
    page, press = browser_page, browser_page.keyboard
    page.goto("/hits/")
    reach(page, "Username")
    press.type("analyst@mps")
    reach(page, "Password")
    press.type("county-lines-trial")
    press.press("Enter")
    expect(page.get_by_role("heading", name="Hits")).to_be_visible()
    reach(page, "Skip to main content")
    press.press("Enter")
    reach(page, BY_KEYBOARD)
    press.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(BY_KEYBOARD)
    reach(page, "A common place or value, not a link")
    press.press("Space")
    press.press("ArrowDown")
    reach(page, "Dismiss the hit")
    press.press("Enter")
    expect(page.get_by_text("You dismissed the hit.")).to_be_visible()
    expect(page.locator(".moj-timeline")).to_contain_text("Recorded in error")
    reach(page, "Sign out")
    press.press("Enter")
    expect(page.get_by_text("You have signed out.")).to_be_visible()


def test_it_works_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "analyst@norf")
    check(page, WITHOUT_SCRIPT)
    follow(page.get_by_role("link", name="Intelligence", exact=True))
    follow(page.get_by_role("link", name="Hits", exact=True))
    page.get_by_label("Kind").select_option("E-mail address")
    follow(page.get_by_role("button", name="Apply filters"))
    expect(page.get_by_role("link", name="Clear filters")).to_be_visible()
    follow(page.get_by_role("link", name=WITHOUT_SCRIPT).first)
    follow(page.get_by_role("button", name="I am unsure"))
    expect(page.get_by_text("You marked the hit as unsure.")).to_be_visible()
    follow(page.get_by_role("link", name="My desk", exact=True))
    follow(page.get_by_role("link", name="Notices", exact=True))
    follow(page.get_by_role("button", name="Mark as read").first)
    expect(page.get_by_text("The notice is marked as read.")).to_be_visible()
    follow(page.get_by_role("button", name="Mark all as read"))
    expect(page.get_by_text("You have read every notice.")).to_be_visible()
    follow(page.get_by_role("link", name="All", exact=True))
    expect(page.get_by_text("Read by Analyst at NORF").first).to_be_visible()
