"""How soon a number that was cut off is replaced: over the orders of a body, and over the nation's."""

from dataclasses import dataclass
from statistics import median

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.orders.models import CourtOrder
from throughline.orders.timing import hours_to_replacement


@dataclass(frozen=True, slots=True)
class ReplacementTimes:
    """Of so many orders complied with, so many were replaced; half of those within ``median_hours``, None for none.

    An order whose replacement is not found yet is in ``complied`` alone: the hours are of what was found.
    """

    complied: int
    replaced: int
    median_hours: float | None


def times_of_body(reader: Reader) -> ReplacementTimes:
    """Over the orders of the reader's body that the reader may know."""
    reader.require(Permission.ORDER_READ)
    with reading(reader):
        rows = list(
            CourtOrder.objects.filter(owner=reader.body, complied_at__isnull=False).values_list(
                "complied_at", "replaced_at"
            )
        )
    hours = [hours_to_replacement(complied, replaced) for complied, replaced in rows if complied and replaced]
    return ReplacementTimes(len(rows), len(hours), median(hours) if hours else None)


def times_of_nation(reader: Reader) -> ReplacementTimes | None:
    """Over the orders of every body; None while they are of fewer than three bodies, or five replacements."""
    reader.require(Permission.ORDER_READ)
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select complied, replaced, median_hours from orders_hours_to_replacement()")
        row = cursor.fetchone()
    if row is None or row[2] is None:
        return None
    return ReplacementTimes(row[0], row[1], float(row[2]))
