"""How many days after a closure somebody looks whether the line has come back: dated, since the rule will change."""

import csv
import functools
from datetime import date
from importlib.resources import files


def days_after(closure: str, *, on: date) -> tuple[int, ...]:
    """The days of the check-backs of a closure of this type made on a day: those in force then.

    They are a default of this product: the published definition asks for check-backs and gives no figure
    (see docs/unverified.md). Before the first row, the first one holds.
    """
    rows = [(start, days) for start, of, days in _table() if of == closure]
    in_force = [days for start, days in rows if start <= on]
    return in_force[-1] if in_force else rows[0][1]


@functools.cache
def _table() -> tuple[tuple[date, str, tuple[int, ...]], ...]:
    with files("throughline.lines").joinpath("check_backs.csv").open(encoding="utf-8") as file:
        return tuple(
            sorted(
                (date.fromisoformat(row["from"]), row["closure"], tuple(map(int, row["days"].split())))
                for row in csv.DictReader(file)
            )
        )
