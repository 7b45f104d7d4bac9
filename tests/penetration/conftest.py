"""An instance full of things to attack, and no limit on how often: what is held up is not tried."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.inside import inside
from tests.instance import fresh_instance
from tests.journeys.canaries import Planted, plant
from throughline.web import pace


@pytest.fixture(scope="module", autouse=True)
def at_any_pace() -> Iterator[None]:
    """The limits are tested on their own."""
    with pytest.MonkeyPatch.context() as patch:
        for table in ("ASKED", "REFUSED"):
            patch.setattr(pace, table, {})
        patch.setattr(pace, "FILES", set())
        yield


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """Something of every kind, with this process inside."""
    with fresh_instance(tmp_path_factory.mktemp("attacked")) as made, inside(made, django_db_blocker):
        yield plant()
