"""``python -m benchmarks.line_candidates --seeds N...``: the ranking of deal lines in simulated nations, beside peers.

With ``--learn`` it says instead which weights of the traits tell the lines of these nations best from other phones.

Over the calls of a month of each small nation, all nations together: among the numbers that are ranked or not, which
were a line's. Area under precision and recall (average precision) with points of the curve, as simulated and where
other phones weigh so much that one ranked number in a hundred, or in a thousand, is a line's; the kinds of phone that
are wrongly named, and the kinds of line that are missed, where half of the lines stand above and where nine in ten do.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import django
import numpy as np
import pyarrow

from benchmarks.call_sets import Engine, draw, fresh_engine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
django.setup()
from throughline.simulation import numbers  # noqa: E402 it needs the settings
from throughline.simulation.clock_of_day import OFFICE  # noqa: E402
from throughline.simulation.facts import Business, CallBlock, NumberHeld, Role, Truth  # noqa: E402
from throughline.simulation.habits import habit  # noqa: E402
from throughline.simulation.scales import SMALL  # noqa: E402
from throughline.simulation.world import World  # noqa: E402
from throughline.telecoms.arrays import Floats  # noqa: E402
from throughline.telecoms.candidates import Traits, levels_of, scored, traits_of  # noqa: E402

DAYS: Final = 30
BEFORE: Final = 31
"""Days that a nation lives before the month that is looked at."""
LEAST_DAYS: Final = 3
"""A number that was a line's for fewer days of the month is in neither count."""
BURNER_DAYS: Final = 8
NOBODY_ASKED: Final = "a customer or a runner"
RECALLS: Final = (0.25, 0.5, 0.75, 0.9)
NAMED_AT: Final = (0.5, 0.9)
ONE_IN: Final = (0, 100, 1000)
WAYS: Final[Mapping[str, Callable[[Traits], float]]] = {
    "ours": lambda of: scored(of).score, "bulk texts alone": lambda of: float(of.bursts),
    "calls alone": lambda of: float(of.calls), "contacts alone": lambda of: float(of.contacts),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """The numbers of a nation's month with contacts enough, and what each truly is: a line's (which), or of a kind."""

    traits: list[Traits]
    lines: dict[str, str]
    kinds: dict[str, str]

    @property
    def missed(self) -> int:
        """Lines' numbers that have too few contacts to be ranked."""
        return len(self.lines.keys() - {one.number for one in self.traits})


def month_of(seed: int) -> Month:
    """Let a small nation live, and look at its last month of calls."""
    scale = replace(SMALL, days=BEFORE + DAYS, intensive=())
    world = World(scale, seed, seen=False)
    blocks: list[CallBlock] = []
    truth: list[Truth] = []
    for day in world.days():
        truth += day.truth
        if (day.date - scale.first).days >= BEFORE:
            blocks += day.calls
    truth += world.open_truth()
    engine = _engine_of(blocks)
    end = datetime(scale.first.year, scale.first.month, scale.first.day) + timedelta(days=scale.days)  # noqa: DTZ001 as in Parquet
    lines, unclear = _lines(truth, seed, end - timedelta(days=DAYS), end)
    traits = [one for one in traits_of(engine) if one.number not in unclear]
    return Month(traits, lines, _kinds(truth, seed))


def _engine_of(blocks: Sequence[CallBlock]) -> Engine:
    def column(name: str) -> np.ndarray:  # type: ignore[type-arg]
        return np.concatenate([getattr(block, name) for block in blocks])

    engine = fresh_engine()
    engine.register(
        "given", pyarrow.table({name: column(name) for name in CallBlock.__slots__ if name != "body"})
    )
    engine.execute("""
      create table fresh as
      select make_timestamp(start * 1000000) as moment, '+' || caller as caller, '+' || called as callee,
        if(kind = 0, 'call', 'text') as kind, any_value(seconds) as seconds, any_value(cell::varchar) as cell,
        any_value(imei::varchar) as imei, any_value(imsi::varchar) as imsi
      from given group by 1, 2, 3, 4
    """)
    engine.unregister("given")
    draw(engine)
    return engine


def _lines(
    truth: Iterable[Truth], seed: int, start: datetime, end: datetime
) -> tuple[dict[str, str], set[str]]:
    """The numbers that were a line's for days enough, by the kind of line; and those that were for too few."""
    lines, unclear = {}, set()
    for one in truth:
        if isinstance(one, NumberHeld):
            since = max(start, one.since.replace(tzinfo=None))
            until = min(end, one.until.replace(tzinfo=None)) if one.until else end
            if until - since >= timedelta(days=LEAST_DAYS):
                lines[f"+{one.number}"] = _kind_of_line(seed, one.line, (until - since).days)
            elif until > since:
                unclear.add(f"+{one.number}")
    return lines, unclear


def _kind_of_line(seed: int, line: int, days: int) -> str:
    of = habit(seed, line)
    if of.is_quiet:
        return "quiet"
    if of.clock == OFFICE:
        return "keeps office hours"
    if not of.sends_offers:
        return "sends no offers"
    return "held for a week or less" if days < BURNER_DAYS else "as most are"


def _kinds(truth: Iterable[Truth], seed: int) -> dict[str, str]:
    kinds = {}
    for one in truth:
        if isinstance(one, Business):
            kinds[f"+{one.number}"] = one.kind
        elif isinstance(one, Role) and one.kind == "holder":
            kinds[f"+{numbers.telephone('person', one.person, seed)}"] = "holder's own phone"
    return kinds


def measured(months: Sequence[Month], worth: Callable[[Traits], float]) -> Iterator[dict[str, object]]:
    """The curve of one way over all months; who is named wrongly, and who missed, where half and most are found."""
    every = [(worth(one), month.lines.get(one.number, ""), month.kinds.get(one.number, NOBODY_ASKED))
             for month in months for one in month.traits]  # fmt: skip
    values = np.array([one[0] for one in every])
    right = np.array([bool(one[1]) for one in every])
    missed = sum(month.missed for month in months)
    yield {"ranked": len(every), "lines": int(right.sum()) + missed, "not ranked": missed}
    for one_in in ONE_IN:
        others = (one_in - 1) * right.sum() / (~right).sum() if one_in else 1.0
        share = (
            f"one in {one_in}" if one_in else f"as simulated, one in {len(right) / max(1, right.sum()):.1f}"
        )
        yield {"lines among the ranked": share} | curve(values, right, missed, others)
    ordered = np.sort(values[right])[::-1]
    for recall in NAMED_AT:
        yield named(
            every, months, float(ordered[min(len(ordered), int(recall * (len(ordered) + missed))) - 1])
        )


def named(
    every: Sequence[tuple[float, str, str]], months: Sequence[Month], least: float
) -> dict[str, object]:
    """How many of each kind stand at a score or above it, of how many that are ranked."""
    lines, found = Counter(kind for month in months for kind in month.lines.values()), Counter[str]()
    others, wrong = Counter[str](), Counter[str]()
    for value, line, kind in every:
        if line:
            found[line] += value >= least
        else:
            others[kind] += 1
            wrong[kind] += value >= least
    return {
        "score": round(least, 3),
        "lines named": {kind: f"{found[kind]} of {count}" for kind, count in sorted(lines.items())},
        "wrongly named": {kind: f"{wrong[kind]} of {count}" for kind, count in sorted(others.items())},
    }


def learnt(months: Sequence[Month]) -> dict[str, float]:
    """Weights that add up to 1, none below 0, of a logistic regression in which lines and others count the same."""
    from scipy.optimize import minimize  # noqa: PLC0415 takes a second

    levels = [levels_of(one) for month in months for one in month.traits]
    names = list(levels[0])
    table = np.array([[level[name] for name in names] for level in levels])
    right = np.array([one.number in month.lines for month in months for one in month.traits], float)
    counts = np.where(right, 0.5 / right.mean(), 0.5 / (1 - right.mean()))

    def surprise(tried: Floats) -> float:
        worth = tried[0] + table @ tried[1:]
        return float(counts @ (np.logaddexp(0, worth) - right * worth) + tried[1:] @ tried[1:] / 2)

    bounds = [(None, None), *((0, None) for _ in names)]
    found = minimize(surprise, np.zeros(1 + len(names)), method="L-BFGS-B", bounds=bounds).x[1:]
    return {name: round(float(weight), 2) for name, weight in zip(names, found / found.sum(), strict=True)}


def curve(
    worth: Floats, right: "np.ndarray[tuple[int], np.dtype[np.bool_]]", missed: int, others: float
) -> dict[str, object]:
    """Average precision, lines that are not ranked counting as never found, and points of the curve.

    Each phone that is no line's counts `others` times. Among equals, those that are no line's stand first.
    """
    order = np.lexsort((right, -worth))
    found = np.cumsum(right[order])
    precision = found / (found + others * np.cumsum(~right[order]))
    total = int(right.sum()) + missed
    area = float((precision * right[order]).sum() / total)
    points = {
        f"precision at recall {r}": round(float(precision[found >= r * total].max(initial=0.0)), 3)
        for r in RECALLS
    }
    return {"average precision": round(area, 3), **points}


def main(words: Sequence[str] | None = None) -> int:
    """Print one object a line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.line_candidates", description=__doc__)
    parser.add_argument("--seeds", nargs="+", type=int, required=True)
    parser.add_argument("--learn", action="store_true", help="say which weights tell lines from others best")
    chosen = parser.parse_args(words)
    months = [month_of(seed) for seed in chosen.seeds]
    if chosen.learn:
        print(json.dumps(learnt(months)))  # noqa: T201 a command answers
        return 0
    for way, worth in WAYS.items():
        for line in measured(months, worth):
            print(json.dumps({"way": way} | line), flush=True)  # noqa: T201 a command answers
    return 0


if __name__ == "__main__":
    sys.exit(main())
