"""Fixtures that every test may use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, assemble
from tests.instance import Instance, fresh_instance, make_template
from tests.pdf_ua import pdf_ua
from throughline.access.services import load_cast
from throughline.config.database import prepare
from throughline.kernel.collecting import collect_seldom
from throughline.organisations.services import load_reference_bodies

__all__ = ["pdf_ua"]

collect_seldom()
# A busy machine draws slowly and answers late; neither is a fault of what is tested.
settings.register_profile("throughline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("throughline")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> None:
    """Make the test database with our own code: the application's role could not, and should not."""
    with django_db_blocker.unblock():
        prepare()
        load_reference_bodies()
        load_cast()
        connections.close_all()
    make_template()


@pytest.fixture
def cast(db: Any) -> Cast:
    """The cast, in a transaction that is rolled back."""
    return assemble()


@pytest.fixture
def instance(django_db_setup: None, tmp_path: Path) -> Iterator[Instance]:
    """A Throughline of this test's own, for commands, several processes and the browser."""
    with fresh_instance(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared_instance(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A Throughline that the tests of one module share."""
    with fresh_instance(tmp_path_factory.mktemp("instance")) as made:
        yield made
