"""Numbers that are used as deal lines are, ranked, each with what speaks for it; never a bare yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from throughline.access.reader import Reader
from throughline.telecoms.profile import BURST_CONTACTS, SHORT_SECONDS
from throughline.telecoms.queries import Asks, Opens, here, known_calls

FEWEST_CONTACTS: Final = 15
"""A line lives by its customers: a number with fewer contacts is not ranked."""
SHOWN: Final = 50

WEIGHTS: Final[Mapping[str, float]] = {
    "brisk": 0.22, "custom": 0.21, "answers": 0.17, "reach": 0.13, "start": 0.13, "short": 0.08, "returning": 0.06,
}  # fmt: skip
"""How much each trait counts; they add up to 1, and a score is their sum. The traits are of what is published on lines
(bulk texts, hundreds of short calls a day); their weights are learnt on simulated nations, none of them one that it is
measured on: `python -m benchmarks.line_candidates --learn`, docs/results.md."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the calls of a number show, as the query gives it; shares are of 1.

    `told` is the most contacts that one bulk text went to, `bulk` the share of all calls and texts that are bulk texts,
    `early` the share of contacts that it had within its first three days.
    """

    number: str
    contacts: int
    calls: int
    days: float
    bursts: int
    told: int
    bulk: float
    short: float
    received: float
    returning: float
    early: float

    @property
    def pace(self) -> float:
        """Calls and texts a day."""
        return self.calls / max(self.days, 1.0)


@dataclass(frozen=True, slots=True)
class LineCandidate:
    """A number, its score from 0 to 1, each trait's part of it, and the reasons in words."""

    number: str
    score: float
    parts: Mapping[str, float]
    reasons: tuple[str, ...]


def line_candidates(
    reader: Reader, *, size: int = SHOWN, why: str = "candidates for deal lines", on: Opens = here
) -> tuple[LineCandidate, ...]:
    """The numbers likeliest to be deal lines among the calls that the reader may know, best first.

    Raises:
        NoCalls: the reader may know no call data.
        NoSpark: it was to be asked on Spark, and there is none.
    """
    with known_calls(reader, why=why, numbers=0, on=on) as engine:
        found = traits_of(engine)
    ranked = sorted(map(scored, found), key=lambda one: (-one.score, one.number))
    return tuple(ranked[:size])


def traits_of(engine: Asks) -> list[Traits]:
    """The traits of every number with contacts enough, from the tables ``sides``, ``edges`` and ``numbers``."""
    return [Traits(*row) for row in engine.execute(_TRAITS).fetchall()]


def levels_of(of: Traits) -> dict[str, float]:
    """Each trait brought to 0 to 1: from the level at which it says anything to that where more says nothing more."""
    levels = {
        "brisk": log(max(of.pace, 1.0) / 5) / log(80), "answers": (of.received - 0.3) / 0.6,
        "custom": 1 - of.bulk / 0.4, "reach": of.told / of.contacts / 0.6, "short": (of.short - 0.3) / 0.6,
        "returning": of.returning / 0.8, "start": (of.early - 0.1) / 0.7,
    }  # fmt: skip
    return {name: min(1.0, max(0.0, level)) for name, level in levels.items()}


def scored(of: Traits) -> LineCandidate:
    """The score of a number from its traits."""
    parts = {name: round(WEIGHTS[name] * level, 3) for name, level in levels_of(of).items()}
    said = {
        "brisk": f"{of.pace:.0f} calls and texts a day", "answers": f"{of.received:.0%} of its calls came to it",
        "custom": f"{1 - of.bulk:.0%} of its calls and texts were no bulk texts",
        "reach": f"told {of.told} of its {of.contacts} contacts something in a quarter of an hour, and sent bulk texts "
                 f"to {BURST_CONTACTS} or more {of.bursts} {'time' if of.bursts == 1 else 'times'}",
        "short": f"{of.short:.0%} of its calls were under {SHORT_SECONDS} seconds",
        "returning": f"{of.returning:.0%} of its contacts came back on another day",
        "start": f"{of.early:.0%} of its contacts were in touch within its first {_FIRST_DAYS} days",
    }  # fmt: skip
    best = sorted((name for name in parts if parts[name] > 0), key=lambda name: -parts[name])
    return LineCandidate(of.number, round(sum(parts.values()), 3), parts, tuple(said[name] for name in best))


_FIRST_DAYS: Final = 3
_TRAITS: Final = f"""
with busy as (
  select number, sum(contacts) as contacts, sum(calls) as calls, min(first) as born,
    (epoch(max(last)) - epoch(min(first))) / 86400 as days
  from numbers group by number having sum(contacts) >= {FEWEST_CONTACTS}
), pairs as (
  select e.number, avg((e.last::date > e.first::date)::int) as came_back,
    avg((epoch(e.first) < epoch(b.born) + {_FIRST_DAYS} * 86400)::int) as early
  from edges e join busy b on e.number = b.number group by e.number
), own as (
  select * from sides where number in (select number from busy)
), traits as (
  select number, avg((seconds < {SHORT_SECONDS})::int) filter (where kind = 'call' and seconds > 0) as short,
    coalesce(avg((not outgoing)::int) filter (where kind = 'call'), 0) as received from own group by number
), bursts as (
  select number, count(*) as bursts, max(told) as told, sum(texts) as texts from (
    select number, count(distinct other) as told, count(*) as texts from own where outgoing and kind = 'text'
    group by number, floor(epoch(moment) / 900) having count(distinct other) >= {BURST_CONTACTS})
  group by number
)
select number, contacts, calls, days, coalesce(bursts, 0), coalesce(told, 0), coalesce(texts, 0) / calls,
  coalesce(short, 0), received, came_back, early
from busy join pairs using (number) join traits using (number) left join bursts using (number)
"""  # noqa: S608 our numbers
