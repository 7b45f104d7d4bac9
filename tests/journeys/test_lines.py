"""A county line in a browser: put on the register from a report and a hit, accepted, closed, and looked back on."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, open_hit, reach, sign_in
from tests.journeys.story import EMERGING, LINE
from throughline.kernel import clock


def _fill_day(page: Page, name: str, day: date) -> None:
    group = page.get_by_role("group", name=name)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(number))


def _add_from_report(page: Page) -> str:
    """Cumbria puts its report on a new line; gives the address of the report's item."""
    page.goto("/reports/")
    follow(page.get_by_role("link", name="A line by the lakes"))
    follow(page.get_by_role("link", name="Put item 1 on a county line"))
    asked = page.url
    follow(page.get_by_role("button", name="Add to the line"))
    page.get_by_role("link", name="Say why: it is kept in the journal").click()
    expect(page.get_by_label("Why do you add it?")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("A new line").check()
    page.get_by_label("07700 900821").uncheck()
    page.get_by_label("Role of the people chosen").select_option("Runner")
    page.get_by_label("Area that it comes from").select_option("Merseyside Police")
    page.get_by_label("Area that it sells in").select_option("Cumbria Constabulary")
    page.get_by_label("Town that it sells in").fill("Kendal")
    page.get_by_label("Heroin").check()
    page.get_by_label("Child exploited").check()
    _fill_day(page, "In use since", date(2026, 3, 1))
    page.get_by_label("Why do you add it?").fill("Two sources")
    follow(page.get_by_role("button", name="Add to the line"))
    expect(page.get_by_text("The line is on the register, as a proposal.")).to_be_visible()
    return asked


def test_a_line_from_its_first_report_to_its_closure(browser_page: Page, second_page: Page) -> None:
    page = browser_page
    sign_in(page, "analyst@cumb")
    asked = _add_from_report(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ricky line")
    expect(page.get_by_role("heading", name="Runner")).to_be_visible()
    assert faults(page) == []
    line = page.url
    for address in ("/lines/", "/lines/map", "/lines/map?sells_in=CUMB", "/lines/scores"):
        page.goto(address)
        assert faults(page) == []

    page.goto(asked)
    page.get_by_role("radio", name="Ricky line").check()
    for value in (LINE, "Ricky line", "EXAMPLE"):
        page.get_by_role("checkbox", name=re.compile(value)).uncheck()
    page.get_by_label("07700 900821").check()
    _fill_day(page, "In use since", date(2026, 8, 1))
    page.get_by_label("Why do you add it?").fill("Their second number")
    follow(page.get_by_role("button", name="Add to the line"))
    expect(page.get_by_text("The evidence stands on the line.")).to_be_visible()
    expect(page.get_by_role("row", name="07700 900821").first).to_be_visible()

    open_hit(page, LINE, state="all")
    expect(page.get_by_text("On the county line Ricky line")).to_be_visible()

    manager = second_page
    sign_in(manager, "manager@cumb")
    reach(manager, "Ricky line")
    manager.keyboard.press("Enter")
    expect(manager).to_have_url(re.compile(line.rpartition("/")[2]))
    follow(manager.get_by_role("button", name="Accept it as a line"))
    assert faults(manager) == []
    manager.get_by_label("Why?").fill("Two bodies hold its number")
    follow(manager.get_by_role("button", name="Accept it as a line"))
    expect(manager.get_by_text("The line is live.")).to_be_visible()
    _close(manager, item=asked.rpartition("from/")[2])
    _look_back(manager)


def _close(page: Page, *, item: str) -> None:
    follow(page.get_by_role("button", name="Close the line"))
    assert faults(page) == []
    page.get_by_label("Type 2").check()
    _fill_day(page, "Closed on", clock.today())
    page.get_by_label("Item that says that the number is out of use").fill(item)
    page.get_by_label("What was done?").fill("The SIM was stopped")
    follow(page.get_by_role("button", name="Close the line"))
    expect(page.get_by_text("The line is closed, and its check-backs are set.")).to_be_visible()
    expect(page.get_by_text("Closed, Type 2").first).to_be_visible()
    assert faults(page) == []


def _look_back(page: Page) -> None:
    _fill_day(page, "As we knew it on", clock.today())
    follow(page.get_by_role("button", name="Show the line as of that day"))
    expect(page.get_by_text("This is the line as we knew it on")).to_be_visible()
    assert faults(page) == []
    page.goto("/lines/?brand=ricky")
    expect(page.get_by_text("1 line that you may know")).to_be_visible()
    assert faults(page) == []


def test_a_proposed_line_is_merged_with_one_that_a_person_added(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "manager@beds")
    expect(page.get_by_text("1 proposed line")).to_be_visible()
    page.goto("/reports/")
    follow(page.get_by_role("link", name="Seen at the fair", exact=True))
    follow(page.get_by_role("link", name="Put item 1 on a county line"))
    page.get_by_label("A new line").check()
    page.get_by_label("Name that the line trades under").fill("Zebra")
    page.get_by_label("Why do you add it?").fill("They call it that")
    follow(page.get_by_role("button", name="Add to the line"))
    expect(page.get_by_text("It may be the same line as")).to_be_visible()
    page.goto("/desk")
    follow(page.get_by_role("link", name="pair of lines that may be one"))
    expect(page.get_by_text(f"Both have {EMERGING}.")).to_be_visible()
    assert faults(page) == []
    follow(page.get_by_role("link", name="Zebra line"))
    expect(page.get_by_text("Merged, they would be 1.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("radio", name="Yes: Zebra line").check()
    page.get_by_label("Why?").fill("One number")
    follow(page.get_by_role("button", name="Decide"))
    expect(page.get_by_text("The two are one line now.")).to_be_visible()
    assert faults(page) == []
    follow(page.get_by_role("link", name="Undo the merge of"))
    page.get_by_label("Why?").fill("Another line's")
    follow(page.get_by_role("button", name="Undo the merge"))
    expect(page.get_by_text("The merge is undone.")).to_be_visible()
