"""Words to the planner hold for their block alone, and a condition on many ids is one value."""

import pytest
from django.db import connection, transaction

from throughline.kernel.planner import any_of, without
from throughline.organisations.models import Body


def _shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"show {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_what_is_left_out_comes_back_after_the_block() -> None:
    with transaction.atomic():
        with without("sort", "seqscan"):
            assert (_shown("enable_sort"), _shown("enable_seqscan"), _shown("enable_bitmapscan")) == (
                "off",
                "off",
                "on",
            )
        assert (_shown("enable_sort"), _shown("enable_seqscan")) == ("on", "on")


@pytest.mark.django_db
def test_what_is_left_out_comes_back_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), without("sort"):
        _ = 1 / 0
    assert _shown("enable_sort") == "on"


@pytest.mark.django_db
def test_any_of_chooses_as_a_list_of_ids_does() -> None:
    some = list(Body.objects.order_by("pk").values_list("pk", flat=True)[:3])
    column = '"organisations_body"."id"'
    assert set(Body.objects.filter(any_of(column, some)).values_list("pk", flat=True)) == set(some)
    assert not Body.objects.filter(any_of(column, [])).exists()
