"""How many there are, as far as anybody needs to know it."""

from typing import Any

from django.db.models import QuerySet


def count_up_to(rows: "QuerySet[Any]", cap: int) -> int:
    """How many rows there are, and ``cap`` where there are as many or more: past it none is read."""
    return len(rows.values_list("pk", flat=True)[:cap])
