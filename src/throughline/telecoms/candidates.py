"""Numbers that are used as deal lines are, ranked, each with what speaks for it; never a bare yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from throughline.access.reader import Reader
from throughline.telecoms.profile import BURST_CONTACTS, SHORT_SECONDS
from throughline.telecoms.queries import Asks, Opens, here, known_calls

FEWEST_CONTACTS: Final = 15
"""A line lives by its customers: a number with fewer contacts is not ranked."""
SHOWN: Final = 50

WEIGHTS: Final[Mapping[str, float]] = {
    "bursts": 0.30, "short": 0.20, "brisk": 0.15, "answers": 0.10, "both_ways": 0.15, "returning": 0.10,
}  # fmt: skip
"""How much each trait counts; they add up to 1, and a score is their sum. Chosen from what is published on lines
(bulk texts, hundreds of short calls a day on an old handset), and tried on simulated nations: docs/call-data.md."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the calls of a number show, as the query gives it; shares are of 1."""

    number: str
    contacts: int
    calls: int
    days: float
    bursts: int
    short: float
    received: float
    mutual: float
    returning: float


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


def scored(of: Traits) -> LineCandidate:
    """The score of a number from its traits, each brought to 0 to 1 at the level where more says nothing more."""
    pace = of.calls / max(of.days, 1.0)
    levels = {
        "bursts": of.bursts / 3, "short": (of.short - 0.3) / 0.5, "brisk": pace / 40,
        "answers": (of.received - 0.3) / 0.4, "both_ways": of.mutual / 0.3, "returning": of.returning / 0.6,
    }  # fmt: skip
    parts = {name: round(WEIGHTS[name] * min(1.0, max(0.0, level)), 3) for name, level in levels.items()}
    said = {
        "bursts": f"sent bulk texts {of.bursts} times to {BURST_CONTACTS} contacts or more in a quarter of an hour",
        "short": f"{of.short:.0%} of its calls were under {SHORT_SECONDS} seconds",
        "brisk": f"{pace:.0f} calls and texts a day", "answers": f"{of.received:.0%} of its calls came to it",
        "both_ways": f"{of.mutual:.0%} of its {of.contacts} contacts both ring it and are rung",
        "returning": f"{of.returning:.0%} of its contacts came back on another day",
    }  # fmt: skip
    best = sorted((name for name in parts if parts[name] > 0), key=lambda name: -parts[name])
    return LineCandidate(of.number, round(sum(parts.values()), 3), parts, tuple(said[name] for name in best))


_TRAITS: Final = f"""
with busy as (
  select number, sum(contacts) as contacts, sum(calls) as calls,
    (epoch(max(last)) - epoch(min(first))) / 86400 as days
  from numbers group by number having sum(contacts) >= {FEWEST_CONTACTS}
), pairs as (
  select number, avg((sent > 0 and received > 0)::int) as mutual,
    avg((last::date > first::date)::int) as came_back from edges
  where number in (select number from busy) group by number
), own as (
  select * from sides where number in (select number from busy)
), traits as (
  select number, avg((seconds < {SHORT_SECONDS})::int) filter (where kind = 'call' and seconds > 0) as short,
    coalesce(avg((not outgoing)::int) filter (where kind = 'call'), 0) as received from own group by number
), bursts as (
  select number, count(*) as bursts from (
    select number from own where outgoing and kind = 'text'
    group by number, floor(epoch(moment) / 900) having count(distinct other) >= {BURST_CONTACTS})
  group by number
)
select number, contacts, calls, days, coalesce(bursts, 0), coalesce(short, 0), received, mutual, came_back
from busy join pairs using (number) join traits using (number) left join bursts using (number)
"""  # noqa: S608 our numbers
