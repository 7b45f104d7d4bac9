"""A workbook of a force's own columns, from its choosing to its reports, in a browser without scripts."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.intelligence.workbooks import write_workbook
from tests.journeys.steps import faults, follow, sign_in

ROWS = [
    ["Return of county lines intelligence"],
    ["URN", "Date of event", "Narrative", "Grading", "Mobile", "VRM", "Surname", "Forename", "DOB", "GSC", "Shoe size"],
    ["J7", "2026-10-01", "Seen at the station at noon.", "B2", "07700 900123", "AB12 CDE", "Example", "Sam",
     "2001-05-03", "Restricted", "9"],
    ["J8", "2026-10-02", "Seen at the station again.", "1AP", "4.47701E+11", "", "", "", "", "OFFICIAL", ""],
]  # fmt: skip
PICTURES = os.environ.get("THROUGHLINE_PICTURES", "")
"""A folder for pictures of each page at both widths, for whoever looks at them."""


def _look(page: Page, name: str) -> None:
    if PICTURES:
        for width, height in ((1280, 900), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def _watch(page: Page, heading: str) -> None:
    """Ask how far it is until it is there."""
    for _ in range(200):
        if page.get_by_role("heading", level=1).inner_text() == heading:
            return
        page.reload()
    raise AssertionError(page.get_by_role("main").inner_text())


def _choose(page: Page, path: Path) -> None:
    page.goto("/reports/load")
    page.get_by_label("File of reports").set_input_files(path)
    follow(page.get_by_role("button", name="Go on"))


def test_a_workbook_is_laid_out_loaded_and_mended_without_scripts(
    scriptless_page: Page, tmp_path: Path
) -> None:
    page, path = scriptless_page, write_workbook(tmp_path / "return.xlsx", ("Return", ROWS))
    sign_in(page, "analyst@norf")
    _choose(page, path)
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")
    page.get_by_label("Title", exact=True).fill("A line in Norwich")
    page.get_by_label("Keep this as a map for your body").fill("Monthly return")
    _look(page, "columns")
    follow(page.get_by_role("button", name="Go on"))
    _look(page, "values")
    page.get_by_label("Grade in one cell, such as 2BP: B2").select_option("2BP")
    page.get_by_label("Protective marking: Restricted").select_option("OFFICIAL-SENSITIVE")
    follow(page.get_by_role("button", name="Go on"))
    _look(page, "kept")
    follow(page.get_by_role("button", name="Try it"))
    _look(page, "trying")
    _watch(page, "Tried, and not loaded yet")
    _look(page, "tried")
    follow(page.get_by_role("button", name="Load it"))
    _watch(page, "Loaded")
    _look(page, "loaded")
    follow(page.get_by_role("link", name="Mend line 4"))
    _look(page, "mend")
    page.get_by_label("Selectors, written kind:value").fill("phone:07700 900456")
    follow(page.get_by_role("button", name="Mend and keep"))
    expect(page.get_by_text("1 row is mended and kept.")).to_be_visible()


def test_each_of_its_pages_is_sound_for_everyone(browser_page: Page, tmp_path: Path) -> None:
    page, path = browser_page, write_workbook(tmp_path / "return.xlsx", ("Return", ROWS), ("Notes", [["x"]]))
    sign_in(page, "manager@mps")
    page.goto("/reports/load")
    follow(page.get_by_role("button", name="Go on"))
    found = faults(page)
    _choose(page, path)
    found += faults(page)
    follow(page.get_by_role("button", name="Go on"))
    found += faults(page)
    page.get_by_label("Title", exact=True).fill("A line")
    follow(page.get_by_role("button", name="Go on"))
    found += faults(page)
    follow(page.get_by_role("button", name="Go on"))
    found += faults(page)
    follow(page.get_by_role("button", name="Load it without a trial"))
    found += faults(page)
    _watch(page, "Loaded")
    found += faults(page)
    follow(page.get_by_role("link", name="Mend line 3"))
    found += faults(page)
    _look(page, "mend-two")
    page.goto("/reports/load")
    found += faults(page)
    _look(page, "choose")
    assert found == []


REGISTER = [
    ["Line Name", "Deal Line Number", "Exporting Force", "Importing Area", "Drugs", "Nominals", "LRO", "RAG",
     "Last Intel"],
    ["Ricky", "07700 900123", "MPS", "Norfolk", "Heroin and crack", "Example, Sam, 2001-05-03 (runner)", "DS Pike",
     "Red", "2026-10-01"],
    ["Ricky two", "07700 900123", "Metropolitan Police", "Thetford", "spice", "Ghost", "", "Amber", "2026-10-02"],
    ["Jay", "4.47701E+11", "", "", "", "", "", "", "2026-10-02"],
]  # fmt: skip


def test_a_register_of_lines_is_laid_out_tried_and_loaded_without_scripts(
    scriptless_page: Page, tmp_path: Path
) -> None:
    page, path = scriptless_page, write_workbook(tmp_path / "register.xlsx", ("Lines", REGISTER))
    sign_in(page, "analyst@norf")
    page.goto("/lines/load")
    _look(page, "register-choose")
    page.get_by_label("Register of lines").set_input_files(path)
    follow(page.get_by_role("button", name="Go on"))
    for label, choice in (("Source evaluation (1 to 3)", "2"), ("Intelligence assessment (A to E)", "B"),
                          ("Handling code (P or C)", "P"), ("Protective marking", "OFFICIAL-SENSITIVE")):  # fmt: skip
        page.get_by_role("combobox", name=label, exact=True).select_option(choice)
    page.get_by_label("Keep this as a map for your body").fill("Our register")
    _look(page, "register-columns")
    follow(page.get_by_role("button", name="Go on"))
    follow(page.get_by_role("button", name="Load it without a trial"))
    _watch(page, "Loaded")
    _look(page, "register-loaded")
    expect(page.get_by_role("main")).to_contain_text("New lines 2")
    expect(page.get_by_role("main")).to_contain_text("Both have 07700 900123")
    follow(page.get_by_role("link", name="Compare them"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
