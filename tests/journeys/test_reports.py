"""A report in the browser: from a blank page to a hit, and from an officer's words to circulation."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, open_hit, reach, sign_in

WORDS = "On Friday he was in Norwich with 07700 900955 and KX71 ZZB."


def _file(page: Page, *, title: str, text: str) -> None:
    page.goto("/reports/add")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What is known").fill(text)


def test_it_files_a_graded_report_that_meets_another_forces(browser_page: Page, second_page: Page) -> None:
    for page, username, title in (
        (browser_page, "analyst@norf", "Handset found"), (second_page, "analyst@mers", "Handset bought"),
    ):  # fmt: skip
        sign_in(page, username)
        _file(page, title=title, text=WORDS)
        follow(page.get_by_role("button", name="Find selectors in the text"))
        expect(page.get_by_label("What is known")).to_have_value(WORDS)
        page.get_by_label("07700 900955").check()
        page.get_by_label("KX71 ZZB").check()
        page.get_by_label("Selectors", exact=True).fill("snapchat: meeting_place_955")
        page.locator("#source-1-2").check()
        page.locator("#assessment-1-2").check()
        page.locator("#handling-1").check()
        follow(page.get_by_role("button", name="Record the report"))
        expect(page.get_by_text("Its selectors are being matched.")).to_be_visible()
        expect(page.get_by_role("heading", name="Item 1 [2BP]")).to_be_visible()
    second_page.goto("/hits/")
    while not second_page.get_by_role(
        "link", name="07700 900955"
    ).count():  # the worker matches in its own time
        second_page.reload()
    open_hit(second_page, "07700 900955")
    expect(second_page.get_by_text("both hold this.")).to_be_visible()


def test_it_takes_an_officers_report_by_keyboard_through_grading_to_another_force(
    browser_page: Page, second_page: Page
) -> None:
    sign_in(browser_page, "officer@norf")
    _file(browser_page, title="A car outside the station", text="A grey car waits in Norwich each Friday.")
    follow(browser_page.get_by_role("button", name="Record the report"))
    expect(browser_page.get_by_text("It waits on the desk to be graded.")).to_be_visible()
    where = browser_page.url

    page, keys = second_page, second_page.keyboard
    sign_in(page, "manager@norf")
    page.goto(where)
    page.get_by_role("link", name="Grade item 1").focus()
    keys.press("Enter")
    for answer in ("2: Untested", "A: Known directly to the source", "P: Lawful sharing permitted"):
        page.get_by_label(answer, exact=True).focus()
        keys.press("Space")
    reach(page, "Grade the item")
    keys.press("Enter")
    expect(page.get_by_text("Item 1 is graded [2AP]")).to_be_visible()
    reach(page, "Finish grading")
    keys.press("Enter")
    follow(page.get_by_role("button", name="Circulate"))
    page.get_by_label("The bodies chosen below").check()
    page.get_by_label("Kent Police").check()
    follow(page.get_by_role("button", name="Circulate"))
    expect(page.get_by_text("The report is circulated")).to_be_visible()

    follow(page.get_by_role("button", name="Sign out"))
    sign_in(page, "analyst@kent")
    page.goto(where)
    expect(page.get_by_role("heading", level=1)).to_have_text("A car outside the station")


def test_it_loses_nothing_typed_and_works_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    sign_in(page, "analyst@norf")
    _file(page, title="<b>Bold</b>", text="'; drop table report; --")
    page.get_by_label("Title").fill("")
    follow(page.get_by_role("button", name="Record the report"))
    expect(page.get_by_role("link", name="Enter a title")).to_be_visible()
    expect(page.get_by_label("What is known")).to_have_value("'; drop table report; --")
    page.get_by_label("Title").fill("<b>Bold</b>")
    follow(page.get_by_role("button", name="Add another item"))
    page.locator("#text-2").fill("Second item, according to a neighbour")
    follow(page.get_by_role("button", name="Record the report"))
    expect(page.get_by_role("heading", name="Before you record it")).to_be_visible()
    expect(page.locator("#text-2")).to_have_value("Second item, according to a neighbour")
    follow(page.get_by_role("button", name="Record the report as it is"))
    expect(page.get_by_role("heading", level=1)).to_have_text("<b>Bold</b>")
    expect(page.get_by_text("Second item")).to_be_visible()


def test_each_of_its_pages_is_sound_for_everyone(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@norf")
    _file(page, title="Operation Sound", text="A source told us of 07700 900123")
    follow(page.get_by_role("button", name="Record the report"))
    found = faults(page)
    follow(page.get_by_role("button", name="Record the report as it is"))
    report = page.url
    for path in ("/reports/", "/reports/?text=nothing-like-it", "/reports/add", "/reports/load", report,
                 f"{report}/items/1/grade", f"{report}/reject"):  # fmt: skip
        page.goto(path)
        found += faults(page)
    page.goto("/reports/add")
    follow(page.get_by_role("button", name="Record the report"))
    found += faults(page)
    assert found == []
