"""Versions in the browser: a sanitised one goes where the full report may not; a correction reaches its readers."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in


def _file(
    page: Page, *, title: str, text: str, selectors: str, to: str, button: str = "Record the report"
) -> str:
    """Record a graded report for one body, after the advice if it ends so, and give its address."""
    page.goto("/reports/add")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What is known").fill(text)
    page.get_by_label("Selectors", exact=True).fill(selectors)
    page.locator("#source-1").check()
    page.locator("#assessment-1").check()
    page.locator("#handling-1").check()
    _send_to(page, to)
    follow(page.get_by_role("button", name="Record the report"))
    if button != "Record the report":
        follow(page.get_by_role("button", name=button))
    return page.url


def _send_to(page: Page, body: str) -> None:
    page.get_by_label("The bodies chosen below").check()
    page.get_by_text("Choose bodies").click()
    page.get_by_label(body).check()


def test_it_sanitises_a_report_and_circulates_the_version(browser_page: Page, second_page: Page) -> None:
    page, kent = browser_page, second_page
    sign_in(page, "analyst@norf")
    full = _file(
        page,
        title="What the cousin says",
        text="The cousin says that he drives AB12 CDG in Norwich.",
        selectors="07700 900488\nAB12 CDG",
        to="Metropolitan Police Service",
        button="Record the report as it is",
    )
    follow(page.get_by_role("button", name="Make a sanitised version"))
    expect(page.get_by_label("Title")).to_have_value("What the cousin says")
    expect(page.get_by_label("What is known")).to_have_value(
        "The cousin says that he drives AB12 CDG in Norwich."
    )
    page.get_by_label("Title").fill("A car in use")
    page.get_by_label("What is known").fill("A car is in use in Norwich.")
    page.get_by_label("Selectors", exact=True).fill("AB12 CDG")
    follow(page.get_by_role("button", name="Record the sanitised version"))
    expect(
        page.get_by_role("link", name="Choose who may know it").or_(page.get_by_role("alert"))
    ).to_be_visible()
    expect(page.get_by_label("What is known")).to_have_value("A car is in use in Norwich.")
    page.locator("#handling-1").check()
    _send_to(page, "Kent Police")
    follow(page.get_by_role("button", name="Record the sanitised version"))
    expect(page.get_by_text("The full report is as it was.")).to_be_visible()
    expect(page.get_by_role("link", name="What the cousin says")).to_be_visible()
    version, found = page.url, faults(page)
    page.goto(full)
    expect(page.get_by_role("link", name="A car in use")).to_be_visible()
    found += faults(page)
    page.goto(f"{full}/sanitise")
    found += faults(page)

    sign_in(kent, "analyst@kent")
    kent.goto(version)
    expect(kent.get_by_text("This is a sanitised version of a report")).to_be_visible()
    assert "cousin" not in kent.content()
    assert full.rsplit("/", 1)[1] not in kent.content()
    kent.goto(full)
    expect(kent.get_by_role("heading", level=1)).to_have_text(
        re.compile("not found|cannot be found", re.IGNORECASE)
    )
    assert found == []


def test_it_corrects_a_report_and_tells_those_who_had_it(browser_page: Page, second_page: Page) -> None:
    page, met = browser_page, second_page
    sign_in(page, "analyst@norf")
    earlier = _file(
        page,
        title="A meeting on Friday",
        text="They meet in Norwich on Friday.",
        selectors="07700 900489",
        to="Metropolitan Police Service",
    )
    sign_in(met, "analyst@mps")
    met.goto(earlier)
    follow(page.get_by_role("button", name="Correct"))
    page.get_by_label("Title").fill("A meeting on Saturday")
    page.get_by_label("What is known").fill("They meet in Norwich on Saturday.")
    follow(page.get_by_role("button", name="Record the correction"))
    expect(page.get_by_role("link", name="Say why the report is corrected")).to_be_visible()
    found = faults(page)
    page.get_by_label("Why is it corrected?").fill("The day was misheard.")
    follow(page.get_by_role("button", name="Record the correction"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A meeting on Saturday")

    notice = "Norfolk Constabulary has corrected a report"
    met.goto("/notices/")
    while not met.get_by_text(notice).count():  # the worker tells in its own time
        met.reload()
    met.goto(earlier)
    expect(met.get_by_text("Do not rely on it.")).to_be_visible()
    expect(met.get_by_text("The day was misheard.")).to_be_visible()
    found += faults(met)
    met.get_by_role("link", name="Read the version that replaces it").click()
    expect(met.get_by_role("heading", level=1)).to_have_text("A meeting on Saturday")

    follow(page.get_by_role("button", name="Withdraw"))
    found += faults(page)
    page.get_by_label("Why is it withdrawn?").fill("It was another matter.")
    follow(page.get_by_role("button", name="Withdraw the report"))
    expect(page.get_by_text("This report was withdrawn")).to_be_visible()
    assert found == []
