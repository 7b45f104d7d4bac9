"""The story, told once for all the tests that look at it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from throughline.demo.story import tell_story


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The story stands in the database while the tests of one module run, and is rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell_story()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def story(told: None) -> Iterator[None]:
    """The story as it was told: what a test adds to it is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
