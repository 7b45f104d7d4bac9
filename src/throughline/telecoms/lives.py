"""From when to when numbers were seen in the calls that a reader may know, and whether they fell silent since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from throughline.access.reader import Reader
from throughline.telecoms.queries import known_calls

QUIETER: Final = 1.5
"""A number is silent when it was quiet so many times longer than it should have been at the pace of its calls."""
LEAST_QUIET: Final = 86_400
"""Seconds: less is never silence, however busy it was."""


@dataclass(frozen=True, slots=True)
class Life:
    """One number: its first and last call or text, and whether it is silent by the end of the data."""

    first: datetime
    last: datetime
    is_silent: bool


def lives_of(reader: Reader, keys: Sequence[str], *, why: str) -> dict[str, Life]:
    """The lives of these numbers, by their keys; those without a call are left out.

    Raises:
        NoCalls: the reader may know no call data.
    """
    with known_calls(reader, why=why, numbers=len(keys), asked=keys) as engine:
        rows = engine.execute(_LIVES, {"keys": list(keys)}).fetchall()
    return {
        key: Life(first.replace(tzinfo=UTC), last.replace(tzinfo=UTC), silent)
        for key, first, last, silent in rows
    }


_LIVES: Final = f"""
with life as (
  select number, min(first) as first, max(last) as last, sum(calls) as calls from numbers
  where number in (select unnest($keys)) group by number),
over as (select max(last) as at from numbers)
select number, first, last, epoch(over.at - last) >
    greatest({LEAST_QUIET}, {QUIETER} * (epoch(last - first) + 86400.0) / calls) from life, over
"""  # noqa: S608 our numbers
