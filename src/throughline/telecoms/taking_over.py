"""What call data says for one number having taken over from another, put together for a person to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.organisations.queries import body_cards
from throughline.telecoms.models import Authority
from throughline.telecoms.numbers import keys_asked, shown
from throughline.telecoms.queries import known_calls
from throughline.telecoms.store import NUMBERS, database, parts
from throughline.telecoms.successors import Candidate, successors


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Two numbers by their keys, what speaks for it, when, and the authorities on whose calls it rests."""

    old: str
    new: str
    candidate: Candidate
    silent_on: date
    first_on: date
    last_on: date
    authorities: tuple[str, ...]
    rests_on: tuple[int, ...]
    compartments: tuple[int, ...]

    @property
    def words(self) -> str:
        """The finding in sentences, as an item of intelligence says it: without the numbers of contacts, since it
        outlives the calls.
        """
        why = "; ".join(self.candidate.on_record)
        return (
            f"Call data shows that {shown(self.new)} took over from {shown(self.old)}, by a stated chance of "
            f"{self.candidate.probability:.0%}: {why}. The old number was last seen on {self.silent_on:%-d %B %Y}, the "
            f"new one first on {self.first_on:%-d %B %Y}. It rests on calls held under {', '.join(self.authorities)}; "
            "whose those are is to be asked before it goes further. A person judged it."
        )


def take_over(reader: Reader, *, old: str, new: str, why: str) -> TakeOver | None:
    """Search anew whether one number took over from another; None where the calls give no sign of it.

    Raises:
        NoCalls: the reader may know no call data.
    """
    found = successors(reader, [old], why=why)[0]
    keys = keys_asked(new)
    candidate = next((one for one in found.candidates if one.number in keys), None)
    if candidate is None:
        return None
    with known_calls(reader, why=why, numbers=2, asked=[*keys_asked(old), candidate.number]) as engine:
        rows = engine.execute(
            "select number, min(first), max(last) from numbers where number in (select unnest($keys)) group by 1",
            {"keys": [*keys_asked(old), candidate.number]},
        ).fetchall()
    lives = {number: (_day(first), _day(last)) for number, first, last in rows}
    key = next(one for one in keys_asked(old) if one in lives and one != candidate.number)
    names, ids, circles = _resting_on(reader, [key, candidate.number])
    return TakeOver(
        key, candidate.number, candidate, lives[key][1], *lives[candidate.number], names, ids, circles
    )


def _day(moment: datetime) -> date:
    return clock.day_of(moment.replace(tzinfo=UTC))


def _resting_on(
    reader: Reader, keys: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """The authorities that hold calls of these numbers, with their bodies; their ids; their closed circles."""
    cards = body_cards()
    with reading(reader), database() as engine:
        standing = list(Authority.objects.filter(ended_at__isnull=True).order_by("pk"))
        held = _holders(engine, standing, keys, opaque=False) or _holders(engine, standing, keys, opaque=True)
    names = tuple(f"{row.ref} of {cards[row.owner].name}" for row in held)
    circles = tuple(sorted({row.compartment for row in held if row.compartment}))
    return names, tuple(row.pk for row in held), circles


def _holders(
    engine: duckdb.DuckDBPyConnection, standing: Sequence[Authority], keys: Sequence[str], *, opaque: bool
) -> list[Authority]:
    return [
        row for row in standing
        if (files := parts([row.folder], NUMBERS, opaque=opaque)) and engine.execute(
            "select 1 from read_parquet($files) where number in (select unnest($keys)) limit 1",
            {"files": files, "keys": list(keys)},
        ).fetchall()
    ]  # fmt: skip
