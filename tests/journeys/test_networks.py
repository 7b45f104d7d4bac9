"""A network in a browser: from the lines to its key people, what changed, and its chart."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from tests.journeys.steps import faults, follow, sign_in
from tests.network.folders import write
from throughline.network.services import load_network

EDGES = "phase,source,target\n1,Ash,Bay\n1,Ash,Cob\n1,Ash,Dee\n2,Bay,Cob\n2,Bay,Dee\n2,Bay,Elm\n"
NODES = "id,age,role\nAsh,15,runner\nBay,30,\nCob,31,\nDee,32,\nElm,40,courier\n"


@pytest.fixture
def network(told: Instance, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> None:
    """A small network of Cumbria's with two phases."""
    folder = write(tmp_path, nodes=NODES, edges=EDGES, seizures="phase,what\n2,30 kg\n")
    with inside(told, django_db_blocker):
        load_network(by=someone("analyst@cumb"), folder=folder, name="By the lakes")


@pytest.mark.usefixtures("network")
def test_a_network_is_read_on_any_screen(browser_page: Page) -> None:
    page, found = browser_page, list[str]()
    sign_in(page, "officer@cumb")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Networks"))
    found += faults(page)
    follow(page.get_by_role("link", name="By the lakes"))
    expect(page.get_by_role("heading", name="Key people")).to_be_visible()
    found += faults(page)
    follow(page.get_by_role("link", name="Phase 1"))
    expect(page.get_by_text("Protect.").first).to_be_visible()
    network = page.url
    follow(page.get_by_role("button", name="See what changed"))
    expect(page.get_by_text("In phase 2: 30 kg")).to_be_visible()
    found += faults(page)
    page.goto(network)
    follow(page.get_by_role("button", name="See the chart"))
    expect(page.get_by_role("img", name="Who is tied to whom; the table below says the same")).to_be_visible()
    assert found + faults(page) == []
