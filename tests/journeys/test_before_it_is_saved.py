"""What a writer is shown before a report is recorded, and the files that go with it, on pages sound for everyone."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in

WORDS = "A neighbour who rang saw AB12 CDE in Norwich. He is obviously dealing from 07700 900957."


def _write(page: Page, title: str) -> None:
    page.goto("/reports/add")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What is known").fill(WORDS)
    page.locator("#selectors-1").fill("07700 900957")
    follow(page.get_by_role("button", name="Record the report"))
    expect(page.get_by_role("heading", name="Before you record it")).to_be_visible()


def test_it_advises_shows_what_may_be_the_same_and_keeps_a_file(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "manager@mers")
    _write(page, "Operation Heron")
    expect(page.get_by_text("neighbour who rang", exact=True)).to_be_visible()
    follow(page.get_by_role("button", name="Record the report as it is"))

    _write(page, "A deal line in Norwich")
    expect(page.get_by_text("Both hold 07700 900957; on the same day")).to_be_visible()
    found = faults(page)
    follow(page.get_by_role("button", name="This is not the same"))
    expect(page.get_by_text("Is it recorded already?")).to_have_count(0)
    follow(page.get_by_role("button", name="Record the report as it is"))

    follow(page.get_by_role("link", name="Attach a file"))
    found += faults(page)
    page.get_by_label("File").set_input_files(
        {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"Not a PDF"}
    )
    follow(page.get_by_role("button", name="Attach the file"))
    expect(page.get_by_role("link", name="The file is not PDF as its name says")).to_be_visible()
    found += faults(page)
    page.get_by_label("File").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Notes"}
    )
    page.get_by_label("Item 1").check()
    follow(page.get_by_role("button", name="Attach the file"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="notes.txt", exact=True).click()
    assert saved.value.path().read_bytes() == b"Notes"
    found += faults(page)
    follow(page.get_by_role("link", name="Withdraw notes.txt"))
    assert found + faults(page) == []
