"""An authority for call data in a browser: recorded, looked at with what it holds, and ended."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from tests.journeys.steps import faults, follow, sign_in
from tests.telecoms.calling import load, write_calls

OWN = b"Wann,Wer,Wen\n27/07/2026 14:30,07700900123,07700900456\n"


@pytest.fixture
def loaded(told: Instance, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> None:
    """Calls of Cumbria's under an authority that nobody has recorded yet."""
    path = write_calls(tmp_path / "provider a, october.csv", [(1, "07700900123", "07700900456", 3)])
    with inside(told, django_db_blocker):
        load(someone("analyst@cumb"), path, "CUMB-CD-1")


@pytest.mark.usefixtures("loaded")
def test_an_authority_is_recorded_and_ended_on_any_screen(browser_page: Page) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "analyst@cumb")
    follow(page.get_by_role("link", name="Authorities for call data"))
    found += faults(page)
    follow(page.get_by_role("link", name="CUMB-CD-1"))
    found += faults(page)
    there = page.url
    follow(page.get_by_role("button", name="Record its particulars"))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    found += faults(page)
    page.get_by_label("Grounds").fill("Prevention of crime: a line into Kendal")
    for number, group in enumerate(
        ("First day of the period", "Last day of the period", "Last day of keeping")
    ):
        boxes = page.get_by_role("group", name=group)
        for box, text in (("Day", "1"), ("Month", "10"), ("Year", str(2026 + 10 * (number == 2)))):
            boxes.get_by_label(box).fill(text)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("1 October 2026 to 1 October 2026")).to_be_visible()
    found += faults(page)
    follow(page.get_by_role("button", name="Load calls under it"))
    found += faults(page)
    own = {"name": "october.csv", "mimeType": "text/csv", "buffer": OWN}
    page.get_by_label("File of calls").set_input_files(own)  # type: ignore[arg-type]
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Such as: 27/07/2026 14:30")).to_be_visible()
    found += faults(page)
    for heading, use in (("Wann", "time"), ("Wer", "caller"), ("Wen", "callee")):
        page.get_by_label(heading, exact=True).select_option(use)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Try it")).to_be_visible()
    found += faults(page)
    page.goto(there)
    follow(page.get_by_role("button", name="Change its last day"))
    found += faults(page)
    page.goto(there)
    follow(page.get_by_role("button", name="End it"))
    expect(page.get_by_text("1 call in 3 files")).to_be_visible()
    found += faults(page)
    page.get_by_label("Why does it end?").fill("The case is closed")
    page.get_by_role("button", name="End it and delete").click()
    expect(page.get_by_text("CUMB-CD-1 has ended.")).to_be_visible()
    assert found + faults(page) == []
