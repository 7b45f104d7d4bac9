"""Officer-days and a plan in a browser: loaded, proposed, read in three ways, said of, worked out anew, adopted."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.test_loads import _look
from tests.journeys.test_tasking import _be
from throughline.tasking.planning.tactics import tactics

LOOKS = 300


def _until(page: Page, text: str) -> None:
    """Ask how far it is until it is there."""
    for _ in range(LOOKS):
        if page.get_by_text(text).count():
            return
        page.reload()
    expect(page.get_by_text(text).first).to_be_visible()


def _move(page: Page) -> None:
    """Move a line to the third week on the calendar, and find it there when the plan is worked out anew."""
    follow(page.get_by_role("link", name="Calendar"))
    follow(page.get_by_role("link", name=re.compile("^Move .* to another week$")).first)
    expect(page.get_by_label("It must be worked")).to_be_checked()
    assert faults(page) == []
    _look(page, "plan-move")
    page.get_by_label("Week", exact=True).select_option(index=3)
    week = page.get_by_label("Week", exact=True).locator("option").nth(3).inner_text().partition("from ")[2]
    page.get_by_label("Why?").fill("The holder is away until then")
    follow(page.get_by_role("button", name="Keep it"))
    follow(page.get_by_role("button", name="Work it out anew"))
    _until(page, "Lines to work")
    expect(page.get_by_role("cell", name=re.compile(f"^{week} to ")).first).to_be_visible()
    follow(page.get_by_role("link", name="Calendar"))
    assert faults(page) == []
    _look(page, "plan-moved")


def test_a_force_states_its_days_and_its_chair_adopts_a_plan(browser_page: Page, tmp_path: Path) -> None:
    page, file = browser_page, tmp_path / "days.csv"
    file.write_text(
        "skill,days_a_week,reserved,reserved_for\n"
        + "".join(f"{one},12,3,Homicide\n" for one in tactics().skills)
    )
    sign_in(page, "manager@surrey")
    page.goto("/plans/days/file")
    page.get_by_label("File of officer-days").set_input_files(file)
    page.get_by_label("Load it").check()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Go on"))
    expect(page.get_by_label("Surveillance, week from").first).to_have_value("12")
    _look(page, "days")
    assert faults(page) == []
    page.get_by_label("Surveillance, week from").first.fill("many")
    follow(page.get_by_role("button", name="Save officer-days"))
    expect(page.get_by_text("Enter officer-days in figures").first).to_be_visible()
    assert faults(page) == []
    _be(page, "chair@surrey")
    page.goto("/plans/")
    assert faults(page) == []
    follow(page.get_by_role("button", name="Propose a plan"))
    _until(page, "Lines to work")
    for view in ("Board of bodies", "Calendar", "Table"):
        follow(page.get_by_role("link", name=view))
        assert faults(page) == []
        _look(page, f"plan-{view.split()[0].lower()}")
    follow(page.get_by_role("link", name="Say what is so").first)
    assert faults(page) == []
    page.get_by_label("It must be worked").check()
    page.get_by_label("Why?").fill("Two children are at risk")
    follow(page.get_by_role("button", name="Keep it"))
    follow(page.get_by_role("button", name="Work it out anew"))
    _until(page, "Lines to work")
    _move(page)
    follow(page.get_by_role("button", name="Adopt the plan"))
    assert faults(page) == []
    page.get_by_label("Why?").fill("The harm is high")
    follow(page.get_by_role("button", name="Adopt the plan"))
    expect(page.get_by_text("Adopted").first).to_be_visible()
    assert faults(page) == []
