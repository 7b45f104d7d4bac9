"""An intensification week in a browser: planned, returns of two bodies, a correction, the board, published, printed."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in


def _be(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, username)


def _plan(page: Page) -> str:
    sign_in(page, "coordinator@nclcc")
    page.goto("/operations/")
    follow(page.get_by_role("button", name="Plan an operation"))
    page.get_by_label("What is it called?").fill("Autumn week")
    page.get_by_label("Intensification week").check()
    page.get_by_label("First day").fill("Monday 2 November 2026")
    page.get_by_label("Last day").fill("Sunday November 9th 2026")
    page.get_by_label("One return for each day").check()
    page.get_by_label("Briefing").fill("Every line that is known, in seven days")
    page.get_by_label("Every body takes part").check()
    follow(page.get_by_role("button", name="Plan it"))
    expect(page.get_by_text("9 November 2026 was a Monday, and not a Sunday").first).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Last day").fill("Sunday 8 November 2026")
    follow(page.get_by_role("button", name="Plan it"))
    assert faults(page) == []
    week = page.url
    _move(page, "Begin", "It is Monday")
    return week


def _move(page: Page, name: str, words: str, *, lead: str = "") -> None:
    follow(page.get_by_role("button", name=name, exact=True))
    page.get_by_label(re.compile("Why|Who agreed")).fill(words)
    if lead:
        page.get_by_label("Lead").fill(lead)
    follow(page.get_by_role("button", name=name, exact=True))


def _send(page: Page, username: str, **figures: str) -> None:
    """Send the oldest return that is owed, from the desk."""
    _be(page, username)
    follow(page.get_by_role("link", name=re.compile("Autumn week, 2 November 2026")).first)
    for folded in page.get_by_text("Parts of: ").all():
        folded.click()
    for label, figure in figures.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(figure)
    page.get_by_label("Source", exact=True).fill("Custody records")
    page.get_by_label("Because of this operation", exact=True).check()
    follow(page.get_by_role("button", name="Send the return"))


def _disrupted(page: Page) -> None:
    """A disruption is claimed by a force and counted by the national centre."""
    _be(page, "analyst@kent")
    page.goto("/disruptions/")
    follow(page.get_by_role("button", name="Claim a disruption"))
    page.get_by_label("Day", exact=True).fill("3 November 2026")
    page.get_by_label("What happened?").fill("Holder charged")
    page.get_by_label("What was done, and").fill("Charged and remanded")
    page.get_by_role("checkbox", name="Pursue").check()
    page.get_by_role("checkbox", name="Protect").check()
    page.get_by_label("Moderate: ").check()
    page.get_by_label("What does the level rest on?").fill("Silent since")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Claim it"))
    address = page.url
    _be(page, "coordinator@nclcc")
    page.goto(address)
    follow(page.get_by_role("button", name="Count it"))
    page.get_by_label("Moderate: ").check()
    page.get_by_label("Why?").fill("Agreed")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Count it"))
    page.goto("/disruptions/")
    expect(page.get_by_text("1 event counts")).to_be_visible()
    assert faults(page) == []
    page.goto("/operations/tactics")
    assert faults(page) == []


def test_a_week_from_its_plan_to_its_published_summary(browser_page: Page) -> None:
    page = browser_page
    week = _plan(page)
    _send(page, "analyst@kent", Weapons="9", Firearms="2", Bladed_weapons="3")
    expect(page.get_by_text(re.compile("the parts come to 5, and the total says 9")).first).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Other weapons", exact=True).fill("4")
    page.get_by_label("Arrests", exact=True).fill("14")
    follow(page.get_by_role("button", name="Send the return"))
    assert faults(page) == []
    _send(page, "manager@gmp", Arrests="30", Cash="over 20,000")
    follow(page.get_by_role("button", name="Correct it"))
    page.get_by_label("Arrests", exact=True).fill("29")
    page.get_by_label("Why the return is corrected").fill("One was counted twice")
    follow(page.get_by_role("button", name="Send the correction"))
    expect(page.get_by_text("One was counted twice")).to_be_visible()
    assert faults(page) == []
    page.goto(f"{week}/board")
    expect(page.get_by_text("Provisional totals").first).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Arrests 43"))).to_be_visible()
    assert faults(page) == []
    _be(page, "coordinator@nclcc")
    page.goto(week)
    _move(page, "Conclude it", "Sunday is over")
    _be(page, "chair@nclcc")
    page.goto(week)
    _move(page, "Publish the totals", "Agreed with every body", lead="More than 40 arrests")
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Summary (PDF)").click()
    assert download.value.suggested_filename.endswith("-summary.pdf")
    page.goto(f"{week}/board")
    expect(page.get_by_text("Published totals").first).to_be_visible()
    _disrupted(page)
