"""A link chart in a browser: opened from a line, expanded by keyboard, moved, and the same without a script."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import file_report, inside, someone
from tests.instance import Instance
from tests.journeys.steps import NARROW, faults, follow, sign_in
from throughline.network.chart.services import open_chart
from throughline.network.chart.spots import Spot
from throughline.selectors.registry import parse

NUMBER, KIM, CAR = "phone:07700 900888", "person:Sample, Kim, 2012-01-01", "vehicle:AB88 CDE"


@pytest.fixture
def chart(told: Instance, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> str:
    """A chart of Cumbria's around a number, with a child who was seen with a car."""
    with inside(told, django_db_blocker):
        cumbria = someone("analyst@cumb")
        file_report(cumbria, f"{request.node.name} 1", selectors=[NUMBER, KIM])
        file_report(cumbria, f"{request.node.name} 2", selectors=[KIM, CAR])
        return open_chart(by=cumbria, start=Spot("phone", parse(NUMBER).key))


def test_a_chart_is_worked_by_keyboard_on_any_screen(browser_page: Page, chart: str) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "analyst@cumb")
    page.goto(f"/charts/{chart}")
    spots = page.locator(".tl-spot")
    expect(spots).to_have_count(2)
    found += faults(page)
    kim = page.get_by_role("button", name=re.compile("^SAMPLE, Kim"))
    kim.focus()
    before = kim.get_attribute("transform")
    page.keyboard.press("Enter")
    expect(spots).to_have_count(3)
    expect(page.get_by_role("status").last).to_contain_text("1 thing added.")
    assert kim.get_attribute("transform") == before
    expect(page.locator("tr[data-number]")).to_have_count(3)
    with page.expect_response(re.compile("/places$")) as kept:
        page.keyboard.press("Alt+ArrowRight")
    assert kept.value.status == 204
    moved = kim.get_attribute("transform")
    assert moved != before
    page.set_viewport_size(dict(zip(("width", "height"), NARROW, strict=True)))  # type: ignore[arg-type]
    page.reload()
    expect(kim).to_have_attribute("transform", str(moved))
    found += faults(page)
    follow(page.get_by_role("link", name="Key people and communities"))
    found += faults(page)
    expect(page.get_by_role("heading", name="To protect")).to_be_visible()
    page.go_back()
    follow(page.get_by_role("link", name="AB88 CDE"))
    assert found + faults(page) == []


def test_it_is_worked_without_a_script(scriptless_page: Page, chart: str) -> None:
    page = scriptless_page
    sign_in(page, "analyst@cumb")
    page.goto(f"/charts/{chart}")
    follow(page.get_by_role("button", name="Expand SAMPLE, Kim"))
    expect(page.get_by_text("1 thing added.")).to_be_visible()
    expect(page.get_by_role("img", name="What is tied to what")).to_be_visible()
    follow(page.get_by_role("button", name="Hide AB88 CDE"))
    expect(page.get_by_role("button", name="Show 1 hidden")).to_be_visible()
