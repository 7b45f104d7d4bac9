"""Event clash in a browser: two bodies plan at the same place, and each is told the other's desk and nothing else."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, reach, sign_in
from throughline.kernel import clock

DAY = clock.today() + timedelta(days=30)
QUAYSIDE, ACROSS_THE_ROAD, PIER, BESIDE_IT = (
    "TG 23700 08900",
    "TG 23850 08950",
    "TG 53000 07000",
    "52.60390, 1.73940",
)


def _fill(page: Page, what: str, spot: str, *, kind: str = "Warrant", contact: str = "Sgt Lantern") -> None:
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("What is planned?").fill(what)
    page.get_by_label("Place on the map").fill(spot)
    for end, at in (("Starts", "05:30"), ("Ends", "08:00")):
        group = page.get_by_role("group", name=f"{end} on")
        for part, number in (("Day", DAY.day), ("Month", DAY.month), ("Year", DAY.year)):
            group.get_by_label(part).fill(str(number))
        page.get_by_label(f"{end} at").fill(at)
    page.get_by_label("Whom should your desk ring about it?").fill(contact)
    page.get_by_label("Why is it planned?").fill("Intelligence of October")


def _plan(page: Page, what: str, spot: str, **said: str) -> str:
    """Plan an event from the desk; gives what its page says."""
    page.goto("/desk")
    follow(page.get_by_role("link", name="Planned events"))
    follow(page.get_by_role("button", name="Plan an event"))
    _fill(page, what, spot, **said)
    follow(page.get_by_role("button", name="Plan the event"))
    expect(page.get_by_text("The event is planned.")).to_be_visible()
    return page.locator("main").inner_text()


def test_two_bodies_plan_and_each_is_told_the_desk_of_the_other_and_nothing_else(
    browser_page: Page, second_page: Page
) -> None:
    norfolk, london = browser_page, second_page
    sign_in(norfolk, "officer@norf")
    sign_in(london, "officer@mps")
    assert "You may be told of no other body near it." in _plan(norfolk, "Flat above the chandler", QUAYSIDE)
    heard = _plan(
        london, "Handover by the bridge", ACROSS_THE_ROAD, kind="Test purchase", contact="Sgt Heron"
    )
    assert "Norfolk Constabulary" in heard
    assert "NORF intelligence desk" in heard
    ours = norfolk.url.rpartition("/")[2]
    for secret in ("chandler", "Lantern", "Warrant", "23700", ours):
        assert secret not in heard

    norfolk.reload()
    told = norfolk.locator("main").inner_text()
    assert "Metropolitan Police Service" in told
    for secret in ("Handover", "Heron", "Test purchase", "23850", london.url.rpartition("/")[2]):
        assert secret not in told
    for page, other in ((norfolk, "Metropolitan Police Service"), (london, "Norfolk Constabulary")):
        expect(page.get_by_role("heading", name=other)).to_be_visible()
        address = page.url
        _wait_for_notice(page, f"{other} plans something near your event")
        follow(page.get_by_role("link", name=f"{other} plans something near your event").first)
        expect(page).to_have_url(address)


def _wait_for_notice(page: Page, text: str) -> None:
    """The worker tells both sides a moment later."""
    page.goto("/notices/")
    while not page.get_by_role("link", name=text).count():  # the test's time limit is the end of it
        page.reload()


def test_it_plans_begins_and_ends_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "manager@kent")
    page.goto("/events/plan")
    follow(page.get_by_role("button", name="Plan the event"))
    follow(page.get_by_role("link", name="Enter the time it starts"))
    expect(page.get_by_label("Starts at")).to_be_focused()
    _fill(page, "Visit by the pier", PIER, kind="Visit")
    page.get_by_label("Keep it silent").check()
    follow(page.get_by_role("button", name="Plan the event"))
    expect(page.get_by_text("you are not told of what stands there already")).to_be_visible()
    follow(page.get_by_role("button", name="Break the silence"))
    page.get_by_label("Why?").fill("We must know")
    follow(page.get_by_role("button", name="Break the silence"))
    expect(page.get_by_text("The event is silent no longer.")).to_be_visible()
    follow(page.get_by_role("button", name="Change it"))
    page.get_by_label("Place on the map").fill(BESIDE_IT)
    page.get_by_label("Why is it planned?").fill("A better place")
    follow(page.get_by_role("button", name="Change the event"))
    expect(page.get_by_text("The event is changed.")).to_be_visible()
    follow(page.get_by_role("button", name="It is under way"))
    follow(page.get_by_role("button", name="It is over"))
    expect(page.get_by_text("The event is over.")).to_be_visible()


def test_it_plans_by_keyboard(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "officer@cumb")
    reach(page, "Planned events")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Planned events")
    reach(page, "Plan an event")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan an event")
    reach(page, "Plan the event")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose what kind of event it is")


def test_it_finds_no_fault_on_the_pages_of_events(browser_page: Page) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "manager@mers")
    for address in ("/events/", "/events/?show=done", "/events/plan"):
        page.goto(address)
        found += faults(page)
    follow(page.get_by_role("button", name="Plan the event"))
    found += faults(page)
    for what, spot in (("Flat above the bakery", "SJ 34500 90200"), ("Handover", "SJ 41000 87000")):
        _plan(page, what, spot)
        found += faults(page)
    event = page.url
    for way in ("change", "cancel"):
        page.goto(f"{event}/{way}")
        found += faults(page)
    follow(page.get_by_role("button", name="Cancel the event"))
    found += faults(page)
    sign_out_and_in(page, "officer@gmp")
    _plan(page, "Visit", "SJ 34600 90300", kind="Visit")
    found += faults(page)
    sign_out_and_in(page, "officer@mers")
    page.goto("/events/")
    expect(page.get_by_role("img", name="Sketch map")).to_be_visible()
    assert found + faults(page) == []


def sign_out_and_in(page: Page, username: str) -> None:
    """Another person at the same desk."""
    follow(page.get_by_role("button", name="Sign out"))
    sign_in(page, username)
