"""The same in Chromium, on two sites: the cookie of a session is kept back when another site leads here."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside, someone
from tests.instance import Instance, fresh_instance
from tests.journeys.conftest import open_page
from tests.journeys.steps import faults, follow, sign_in
from tests.single_sign_on.conftest import AtProvider, run_provider


@pytest.fixture(scope="module")
def port() -> int:
    """A port that is free, and named to the provider before anything listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def at_provider(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[AtProvider]:
    answer = f"http://127.0.0.1:{port}/sign-in/organisation/answer"
    yield from run_provider(tmp_path_factory.mktemp("provider"), answer)


@pytest.fixture(scope="module")
def served(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory,
    at_provider: AtProvider, port: int,
) -> Iterator[str]:  # fmt: skip
    """A Throughline with single sign-on, and one account that is joined."""
    told = {
        "THROUGHLINE_SIGN_ON_ISSUER": at_provider.issuer,
        "THROUGHLINE_SIGN_ON_SECRET_FILE": str(at_provider.secret_file),
        "THROUGHLINE_SIGN_ON_NAME": "Norfolk Constabulary",
        "THROUGHLINE_FOUR_EYES": "required",
    }
    with fresh_instance(tmp_path_factory.mktemp("signing")) as made:
        yield from _serve(replace(made, told=told), django_db_blocker, at_provider.issuer, port)


def _serve(made: Instance, blocker: DjangoDbBlocker, issuer: str, port: int) -> Iterator[str]:
    from django.test import override_settings  # noqa: PLC0415 needs the settings

    from throughline.access.sign_on import join_subject  # noqa: PLC0415

    with inside(made, blocker), override_settings(SIGN_ON_ISSUER=issuer):
        join_subject(by=someone("admin@norf"), username="analyst@norf", subject="s-4711", why="In person")
    with made.served(port) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def there(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from open_page(browser, served, java_script_enabled=request.param)


def _sign_in_at_provider(page: Page, name: str, wanted: str) -> None:
    page.goto(wanted)
    page.get_by_role("button", name="Sign in with Norfolk Constabulary").click()
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("any")
    page.locator("[type=submit]").click()


def test_a_person_signs_in_at_their_own_organisation_and_is_where_they_wanted_to_be(there: Page) -> None:
    _sign_in_at_provider(there, "s-4711", "/hits/?kind=phone")
    expect(there).to_have_url("/hits/?kind=phone")
    expect(there.get_by_role("link", name="Analyst at NORF")).to_be_visible()


def test_whoever_is_not_joined_reads_what_to_do(browser: Browser, served: str, tmp_path: Path) -> None:
    for page in open_page(browser, served):
        page.goto("/sign-in")
        found = faults(page)
        _sign_in_at_provider(page, "s-unknown", "/sign-in")
        expect(page.get_by_role("heading", name="You have no account here yet")).to_be_visible()
        expect(page.get_by_text("s-unknown")).to_be_visible()
        assert found + faults(page) == []


def test_an_administrator_joins_an_account_and_asks_for_a_second_pair_of_eyes(
    browser: Browser, served: str
) -> None:
    for page in open_page(browser, served):
        sign_in(page, "admin@kent")
        page.goto("/people/officer@kent/roles")
        follow(page.get_by_role("link", name="How the single sign-on knows them"))
        found = faults(page)
        page.get_by_label("Subject at the single sign-on").fill("s-kent")
        page.get_by_label("Why?").fill("Read to me in person")
        follow(page.get_by_role("button", name="Keep it"))
        expect(page.get_by_text("now signs in through the single sign-on as well")).to_be_visible()

        page.goto("/people/officer@kent/roles")
        page.locator("[value=analyst]").check()
        page.get_by_label("Why do the roles change?").fill("Joins the desk")
        follow(page.get_by_role("button", name="Change the roles"))
        expect(page.get_by_text("Their new roles wait until another administrator agrees.")).to_be_visible()
        page.goto("/people/officer@kent/roles")
        found += faults(page)
        page.goto("/people/officer@kent/roles/waiting")
        expect(page.get_by_text("another administrator of Kent Police has to answer")).to_be_visible()
        assert found + faults(page) == []
