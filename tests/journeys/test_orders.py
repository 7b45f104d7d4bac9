"""An order in a browser: from the number on a line to compliance, what the watch finds, and the second order."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance
from tests.journeys.steps import faults, follow, sign_in
from tests.journeys.test_lines import _fill_day
from tests.telecoms.calling import DAY, acquaintances, load, renamed, write_calls
from throughline.kernel import clock
from throughline.kernel.working_days import at_in_london

FORCE = "sussex"
OLD, OLD_SHOWN = "07700900988", "07700 900988"
NEW, NEW_SHOWN = "07700900989", "07700 900989"


def _be(page: Page, username: str) -> None:
    """Somebody else sits down at this browser."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, username)


def _step(page: Page, name: str, *, day: str = "", on: date | None = None, **typed: str) -> None:
    """Take the next step of the order that is open, on this day and with what is typed."""
    follow(page.get_by_role("button", name=name, exact=True))
    assert faults(page) == []
    if day:
        _fill_day(page, day, on or clock.today())
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    page.get_by_label("In your own words").fill("As it should be")
    follow(page.get_by_role("button", name=name, exact=True))


def _draft(page: Page, way: str) -> None:
    assert faults(page) == []
    page.get_by_label("Drug dealing telecommunications restriction order").check()
    page.get_by_label("England", exact=True).check()
    page.get_by_label("Misuse of Drugs Act").check()
    for label in (
        "What is it about?", "Provider or person", "First limb", "Second limb", "Persons likely", "Innocent use",
        "Why is it proportionate?",
    ):  # fmt: skip
        page.get_by_label(label).fill(way)
    follow(page.get_by_role("button", name="Draft an order"))
    assert faults(page) == []


@pytest.fixture(scope="module")
def change() -> datetime:
    """The moment a week ago at which the line takes another number."""
    return at_in_london(clock.today() - timedelta(days=7), time.min)


@pytest.fixture(scope="module")
def load_days(
    told: Instance,
    change: datetime,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[float, float], None]:
    """Loads the calls of some days around the change, as Sussex receives them."""
    start, folder = change.timestamp() - 7 * DAY, tmp_path_factory.mktemp("calls")
    names = {f"p{n}": f"0770090{n:04}" for n in range(60)} | {"p0": OLD, "new-p0": NEW}

    def load_them(since: float, until: float) -> None:
        calls = renamed(acquaintances(3), {"p0"}, 7 * DAY)
        rows = [
            (int(str(at)) + start, names[str(one)], names[str(other)], *rest)
            for at, one, other, *rest in calls
            if since <= int(str(at)) / DAY < until
        ]
        with inside(told, django_db_blocker):
            load(someone(f"analyst@{FORCE}"), write_calls(folder / f"{since}.csv", rows), "CD-ORDER")

    return load_them


def _wait(page: Page, what: Locator) -> None:
    """Look again until the worker has done its part."""
    for _ in range(60):
        if what.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(what).to_be_visible()


def _take_to_compliance(page: Page, ordered: date) -> None:
    """From the draft that is open: what it names, who is asked, its authority, the court, and compliance."""
    follow(page.get_by_role("button", name="Name something"))
    page.get_by_label("Number or identifier").fill(OLD)
    page.get_by_label("How is it attributed?").fill("Bulk texts")
    follow(page.get_by_role("button", name="Name what it is to cut off"))
    follow(page.get_by_role("button", name="Ask bodies with an interest"))
    follow(page.get_by_role("button", name="Ask bodies with an interest"))
    follow(page.get_by_role("link", name="Documents"))
    assert faults(page) == []
    follow(page.get_by_role("link", name="Heron"))
    at = page.url
    _be(page, f"manager@{FORCE}")
    page.goto(at)
    follow(page.get_by_role("button", name="Authorise it"))
    assert faults(page) == []
    page.get_by_label("Superintendent", exact=True).check()
    page.get_by_label("Decision about intelligence").fill("Nobody objects")
    page.get_by_label("In your own words").fill("Necessary")
    follow(page.get_by_role("button", name="Authorise it"))
    _be(page, f"orders@{FORCE}")
    page.goto(at)
    _step(page, "Record the application", Court="Lewes")
    _step(page, "Record that it is granted", day="Day of the order", on=ordered)
    expect(page.get_by_text("End of working day 5").first).to_be_visible()
    _step(page, "Record that it is served", day="Day", on=ordered, Time="00:00")
    _step(page, "Record compliance", day="Day", on=ordered, Time="00:00")


def test_from_a_number_to_what_the_watch_finds_and_a_second_order(
    browser_page: Page, load_days: Callable[[float, float], None], change: datetime
) -> None:
    page = browser_page
    load_days(0, 7)
    sign_in(page, f"orders@{FORCE}")
    page.goto("/lines/")
    follow(page.get_by_role("link", name="Heron"))
    follow(page.get_by_role("button", name="Draft an order"))
    _draft(page, "The Heron line")
    _take_to_compliance(page, change.date())
    at = page.url
    # From compliance on the number is watched by itself; nobody asks anything of the calls that arrive after it.
    _wait(page, page.get_by_role("heading", name="Watched for a replacement"))
    load_days(7, 14)
    page.goto("/notices/")
    _wait(page, page.get_by_text("who may have taken over").first)
    assert faults(page) == []
    page.goto(at)
    expect(page.get_by_text("A number was found")).to_be_visible()
    follow(page.get_by_role("link", name=OLD_SHOWN))
    follow(page.get_by_role("button", name="See who took over"))
    follow(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_role("rowheader", name=NEW_SHOWN)).to_be_visible()
    page.goto(at)
    follow(page.get_by_role("link", name="Record the replacement"))
    page.get_by_label("Number that took over").fill(NEW_SHOWN)
    page.get_by_label("How do you know").fill("The watch found it")
    follow(page.get_by_role("button", name="Record the replacement"))
    hours = page.get_by_text(re.compile(r"\d+\.\d hours to its replacement"))
    expect(hours.first).to_be_visible()
    assert 0 < float(re.findall(r"(\d+\.\d) hours to", hours.first.inner_text())[0]) < 24
    assert faults(page) == []
    follow(page.get_by_role("link", name="Draft a second order"))
    _draft(page, "The Heron line again")
    expect(page.get_by_text(NEW_SHOWN)).to_be_visible()
    expect(page.get_by_text("Took over from what order")).to_be_visible()
    page.goto("/orders/")
    expect(page.get_by_text("1 order complied with, 1 replaced")).to_be_visible()
    assert faults(page) == []
    page.goto("/orders/law")
    assert faults(page) == []
