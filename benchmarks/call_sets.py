"""Calls in which phones are changed and the truth is known: real sets renamed by us, circles invented, a nation's."""

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow

from throughline.telecoms.shapes import EDGES_OF, NUMBERS_OF, SIDES_OF, SUBJECT

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
COPENHAGEN, IRVINE = DATA / "phone_copenhagen", DATA / "messages_uci"
DAY: Final = 86_400
FEWEST: Final = 3
"""Events that a number must have on each side of the cut, for its successor to be asked for."""

Event = tuple[float, str, str]
Engine = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Set:
    """Events in order of time, (seconds, caller, callee), and the moment at which phones are changed."""

    name: str
    events: list[Event]
    cut: float

    def people(self) -> list[str]:
        """Everybody in it."""
        return sorted({one for _, *both in self.events for one in both})

    def askable(self) -> list[str]:
        """Those with events enough on both sides."""
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        for at, *both in self.events:
            (before if at < self.cut else after).update(both)
        return sorted(one for one in before if min(before[one], after[one]) >= FEWEST)

    def renamed(self, who: set[str]) -> list[Event]:
        """The events where these go by another number from the cut on."""

        def of(at: float, number: str) -> str:
            return new_name(number) if at >= self.cut and number in who else number

        return [(at, of(at, caller), of(at, callee)) for at, caller, callee in self.events]


def new_name(number: str) -> str:
    """The number that somebody has after the change."""
    return f"new-{number}"


def copenhagen() -> Set:
    """Calls and texts of students over fourteen days, cut at day 7 (Sapiezynski and others 2019)."""
    rows = [(float(r["timestamp"]), r["caller"], r["callee"]) for r in _rows(COPENHAGEN / "calls.csv")]
    rows += [(float(r["timestamp"]), r["sender"], r["recipient"]) for r in _rows(COPENHAGEN / "sms.csv")]
    return Set("Copenhagen", sorted(rows), 7 * DAY)


def irvine() -> Set:
    """Messages of students over six months, cut at the median message (Opsahl and Panzarasa 2009)."""
    rows = sorted(
        (float(r["timestamp"]), r["sender"], r["recipient"]) for r in _rows(IRVINE / "messages.csv")
    )
    return Set("Irvine", rows, rows[len(rows) // 2][0])


def circles(seed: int, people: int = 300, days: int = 28) -> Set:
    """Invented people in overlapping circles, who ring a few others often and some once; cut at a random day."""
    dice = random.Random(seed)  # noqa: S311 repeatable, not secret
    where = [(dice.random(), dice.random()) for _ in range(people)]
    near = []
    for n in range(people):
        far = [_apart(where[n], there) * dice.lognormvariate(0, 0.8) for there in where]
        near.append(sorted(range(people), key=far.__getitem__)[1:40])
    friends = [
        [(other, dice.lognormvariate(0, 1.2)) for other in near[n][: 1 + int(dice.expovariate(1 / 6))]]
        for n in range(people)
    ]
    busy = [dice.lognormvariate(-0.9, 1.0) for _ in range(people)]
    events: list[Event] = []
    for n in range(people):
        for _ in range(int(busy[n] * days)):
            other = dice.choices(friends[n], weights=[weight for _, weight in friends[n]])[0][0]
            at = dice.random() * days * DAY
            for reply in range(1 + dice.randrange(4)):
                pair = (f"c{n}", f"c{other}") if reply % 2 == 0 else (f"c{other}", f"c{n}")
                events.append((at + reply * 60 * dice.random() * 10, *pair))
    return Set(f"circles {seed}", sorted(events), days * DAY * dice.uniform(0.35, 0.65))


def drifting(seed: int, people: int = 600, days: int = 60) -> Set:
    """Invented people who come, stay for a while and go, and whose acquaintance changes: few contacts last for long."""
    dice = random.Random(seed)  # noqa: S311 repeatable, not secret
    lasts = dice.choice((3.0, 7.0, 20.0))
    where = [(dice.random(), dice.random()) for _ in range(people)]
    comes = [dice.uniform(-20, days) for _ in range(people)]
    goes = [come + dice.lognormvariate(3.2, 0.8) for come in comes]
    events: list[Event] = []
    for n in range(people):
        day, friends = max(comes[n], 0.0), list[int]()
        busy = dice.lognormvariate(-0.3, 1.0)
        while day < min(goes[n], days):
            day += dice.expovariate(busy)
            there = [m for m in range(people) if m != n and comes[m] <= day < goes[m]]
            if not there or day >= days:
                break
            friends = [
                m for m in friends if comes[m] <= day < goes[m] and dice.random() > 1 / (lasts * busy + 1)
            ]
            if not friends or dice.random() < 0.3:  # noqa: PLR2004 the share of talk with somebody new
                met = dice.sample(there, min(12, len(there)))
                friends.append(min(met, key=lambda m: _apart(where[n], where[m]) * dice.lognormvariate(0, 1)))
            other = dice.choice(friends)
            for reply in range(1 + dice.randrange(4)):
                pair = (f"d{n}", f"d{other}") if reply % 2 == 0 else (f"d{other}", f"d{n}")
                events.append(((day + reply * dice.random() / 24) * DAY, *pair))
    return Set(f"drifting {seed}", sorted(events), days * DAY * dice.uniform(0.35, 0.65))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def engine_of(events: Sequence[Event]) -> Engine:
    """An engine with the same tables as a question of the product has, over events without kind or cell."""
    at, caller, callee = zip(*events, strict=True)
    engine = fresh_engine()
    engine.register("given", pyarrow.table({"t": at, "caller": caller, "callee": callee}))
    engine.execute(
        "create table fresh as select distinct make_timestamp((t * 1000000)::bigint) as moment, caller, callee, "
        "'call' as kind, 0 as seconds, null::varchar as cell, null::varchar as imei, null::varchar as imsi from given"
    )
    draw(engine)
    return engine


def fresh_engine() -> Engine:
    """An engine in memory."""
    engine = duckdb.connect(config={"memory_limit": "3GB", "threads": 2})
    engine.execute("set timezone = 'UTC'")
    return engine


def draw(engine: Engine) -> None:
    """Draw sides, edges and numbers from ``fresh``."""
    engine.execute(SUBJECT)
    for name, query in (("sides", SIDES_OF), ("edges", EDGES_OF), ("numbers", NUMBERS_OF)):
        engine.execute(f"create or replace table {name} as {query}")


@dataclass(frozen=True, slots=True)
class Change:
    """A number given up at a moment (seconds), and the number that followed; blank where none did."""

    at: float
    old: str
    new: str


def changes_of(nation: Path) -> list[Change]:
    """What a simulated nation says of its numbers: those replaced, and those given up for good."""
    out = []
    for row in _rows(nation / "truth" / "numbers.csv"):
        if row["until"]:
            following = f"+{row['replaced_by']}" if row["replaced_by"] not in ("", "0") else ""
            out.append(Change(_seconds(row["until"]), f"+{row['number']}", following))
    return sorted(out, key=lambda change: (change.at, change.old))


_ALL_CALLS: Final = """
create table all_calls as
select "time" as moment, if(caller = 'withheld', '', caller) as caller, callee, kind, any_value(duration) as seconds,
  any_value(cell) as cell, any_value(substr(imei, 1, 14)) as imei, any_value(imsi) as imsi
from read_parquet($files) group by 1, 2, 3, 4
"""


def nation_calls(nation: Path) -> Engine:
    """An engine with the table ``all_calls`` of a simulated nation, in the columns of ``fresh``."""
    engine = fresh_engine()
    pattern = str(nation / "*" / "calls" / "*.parquet")
    engine.execute(_ALL_CALLS, {"files": pattern})
    return engine


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
