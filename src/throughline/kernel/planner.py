"""A word to PostgreSQL's planner where it cannot know better.

It multiplies the clauses of a policy as if they had nothing to do with each other, and expects one row where there are
fifty thousand: so it fetches and sorts them all for a page of twenty-five that an index holds in order.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

Way = Literal["bitmapscan", "seqscan", "sort"]


@contextmanager
def without(*ways: Way) -> Iterator[None]:
    """Let queries be planned without these ways of reading wherever there is another. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"set local enable_{way} = off" for way in ways))
        yield
        cursor.execute("; ".join(f"set local enable_{way} = on" for way in ways))


def any_of(column: str, ids: Iterable[int]) -> RawSQL:
    """The condition that a column (``"table"."column"``) is one of these, however many: as one value, not thousands."""
    return RawSQL(f"{column} = any(%s)", [list(ids)], output_field=BooleanField())  # noqa: S611 our names
