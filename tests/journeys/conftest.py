"""Fixtures for journeys: Chromium, a Throughline served with a story in it, and a page to start from."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside
from tests.instance import Instance, fresh_instance
from tests.journeys import story
from tests.journeys.steps import DESKTOP

# The browser's own loop runs in this thread, where Django would otherwise refuse to speak to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which speaks to nobody but us."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(SWITCHES)}


@pytest.fixture(scope="session")
def told(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    """An instance in which the story has been told, for all journeys."""
    with fresh_instance(tmp_path_factory.mktemp("journeys")) as made:
        with inside(made, django_db_blocker):
            story.tell()
        yield made


@pytest.fixture(scope="session")
def address(told: Instance) -> Iterator[str]:
    """Where that instance is served."""
    with told.served() as served:
        yield served


def open_page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page in a browser of its own, watched for broken scripts and for faults against its security policy."""
    width, height = DESKTOP
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, **options)
    page, trouble = context.new_page(), list[str]()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if "Security Policy" in said.text else None)
    yield page
    context.close()
    assert trouble == []


@pytest.fixture
def browser_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page with nobody signed in."""
    yield from open_page(browser, address)


@pytest.fixture
def second_page(browser: Browser, address: str) -> Iterator[Page]:
    """Another person's browser."""
    yield from open_page(browser, address)


@pytest.fixture
def scriptless_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    yield from open_page(browser, address, java_script_enabled=False)
