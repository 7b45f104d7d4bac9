"""Published figures of county lines beside those of a run: what each is, where it stands, how near a run must be.

The figures are facts with their sources, in our own words. A figure of the nation is compared with a national run;
one that does not depend on size (a share, a figure a line) also with a smaller one.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from statistics import mean, median

from throughline.simulation.facts import (
    Arrested,
    Day,
    Event,
    Line,
    LineClosed,
    Missing,
    NumberChanged,
    NumberHeld,
    OrderMade,
    Person,
    Role,
    Safeguarded,
    Truth,
    WeekReturn,
)
from throughline.simulation.markets import EXPORTERS
from throughline.simulation.places import bodies, towns
from throughline.simulation.scales import Scale

_YEAR, _HOUR = 365.0, 1.0
# What a call or text brings in on average: our assumption, chosen so that a line takes what is published of one. The
# takings of all lines then follow, and are what can be compared.
_POUNDS_A_CONTACT = 6.6


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `low` and `high` bound what a run may show; `national` where size matters."""

    metric: str
    published: str
    low: float
    high: float
    source: str
    national: bool = False


@cache
def figures() -> tuple[Figure, ...]:
    """The published figures, from our own table of them with their sources."""
    table = resources.files("throughline.simulation") / "published.csv"
    with table.open(encoding="utf-8") as rows:
        return tuple(
            Figure(row["metric"], row["published"], float(row["low"]), float(row["high"]), row["source"],
                   national=row["national"] == "yes")
            for row in csv.DictReader(rows)
        )  # fmt: skip


@dataclass(slots=True)
class Measured:
    """What is counted of a run, day by day; `figures` then gives what it came to."""

    scale: Scale
    events: Counter[str] = field(default_factory=Counter)
    changes: list[NumberChanged] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    numbers: int = 0
    people: dict[int, Person] = field(default_factory=dict)
    drawn: dict[int, date] = field(default_factory=dict)
    referred: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    weeks: dict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    week_days: int = 0
    calls: int = 0
    orders: Counter[str] = field(default_factory=Counter)
    weapons: Counter[str] = field(default_factory=Counter)

    def take(self, day: Day) -> None:
        """Count one day."""
        for event in day.events:
            self._count(event)
        self.learn(day.truth)
        self.calls += sum(int((block.line > 0).sum()) for block in day.calls)

    def learn(self, truth: Iterable[Truth]) -> None:
        """Count what became known to be true."""
        for one in truth:
            if isinstance(one, Line):
                self.lines[one.id] = one
            elif isinstance(one, NumberHeld):
                self.numbers += one.since.date() <= self.scale.last
            elif isinstance(one, Role) and one.kind == "child":
                self.drawn.setdefault(one.person, one.since)
            elif isinstance(one, Person):
                self.people[one.id] = one

    def _count(self, event: Event) -> None:
        self.events[type(event).__name__] += 1
        if isinstance(event, NumberChanged):
            self.changes.append(event)
        elif isinstance(event, LineClosed):
            self.events[event.closing] += 1
        elif isinstance(event, Missing):
            self.missing.add(event.person)
        elif isinstance(event, OrderMade):
            self.orders[event.body] += 1
        elif isinstance(event, Safeguarded) and event.referred:
            self.events["referred"] += 1
            if event.child:
                self.referred.add(event.person)
        elif isinstance(event, Arrested):
            self.events["charged"] += event.charged
        elif isinstance(event, WeekReturn):
            self._count_week(event)

    def _count_week(self, week: WeekReturn) -> None:
        self.weapons.update(firearms=week.firearms, all=week.firearms + week.blades + week.other_weapons)
        if week.intensive:
            self.weeks[week.at.date()].update(
                arrests=week.arrests, lines=week.lines_closed, children=week.children_safeguarded, cash=week.cash,
                adults=week.adults_safeguarded, visited=week.cuckooed_visited,
                weapons=week.firearms + week.blades + week.other_weapons,
            )  # fmt: skip

    def figures(self) -> dict[str, float]:
        """Every metric of the table as this run shows it; those a run cannot show are left out."""
        found = self._of_lines() | self._of_people() | self._of_weeks()
        if self.calls:
            a_day = self.calls / max(1, self._line_days())
            found["calls and texts of a line on a day"] = a_day
            found["takings of a line on a day, pounds"] = a_day * _POUNDS_A_CONTACT
            found["takings of all lines in a year, million pounds"] = (
                self.calls * _POUNDS_A_CONTACT * _YEAR / self.scale.days / 1e6
            )
        return found

    def _of_lines(self) -> dict[str, float]:
        years = self.scale.days / _YEAR
        closed = self.events["type 1"] + self.events["type 2"]
        external = [line for line in self.lines.values() if not _is_internal(line)]
        start, end = self._trading(self.scale.first), self._trading(self.scale.last)
        return {
            "lines trading on a day": self._line_days() / self.scale.days,
            "numbers for each line in a year": self.numbers / len(self.lines),
            "lines counted as closed in a year": closed / years,
            "share of closures that are type 1": self.events["type 1"] / max(1, closed),
            "arrests for each line closed": self.events["Arrested"] / max(1, closed),
            "safeguarded for each line closed": self.events["Safeguarded"] / max(1, closed),
            "share of external lines from the four exporting areas": mean(
                towns()[line.hub].body in EXPORTERS for line in external
            ),
            "change of external lines over the year": end["external"] / max(1, start["external"]) - 1,
            "change of internal lines over the year": end["internal"] / max(1, start["internal"]) - 1,
            "orders a year in the West Midlands region": sum(
                made for body, made in self.orders.items() if bodies()[body].region == "West Midlands"
            ) / years,
            "share of numbers replaced within the hour": mean(
                change.hours_silent <= _HOUR for change in self.changes
            ),
            "mean share of customers kept": mean(change.kept for change in self.changes),
            "median hours to a replacement": median(change.hours_silent for change in self.changes),
        }  # fmt: skip

    def _of_people(self) -> dict[str, float]:
        years = self.scale.days / _YEAR
        ages = [
            (since - self.people[nth].born).days / _YEAR
            for nth, since in self.drawn.items()
            if nth in self.people
        ]
        boys = [self.people[nth].sex == "male" for nth in self.referred if nth in self.people]
        found = {
            "children missing because of lines in a year": len(self.missing) / years,
            "referrals flagged county lines in a quarter": self.events["referred"] / years / 4,
        }
        if ages and boys:
            found |= {
                "mean age of children drawn in": mean(ages),
                "share of boys among children referred": mean(boys),
            }
        return found

    def _of_weeks(self) -> dict[str, float]:
        found = {"share of weapons that are firearms": self.weapons["firearms"] / max(1, self.weapons["all"])}
        weeks = list(self.weeks.values())
        for name, what in (
            ("arrests", "arrests"), ("lines closed", "lines"), ("children safeguarded", "children"),
            ("adults safeguarded", "adults"), ("cuckooed homes visited", "visited"), ("weapons taken", "weapons"),
        ):  # fmt: skip
            if weeks:
                found[f"{name} in a week of action"] = mean(week[what] for week in weeks)
        if weeks:
            found["cash taken in a week of action, pounds"] = mean(week["cash"] for week in weeks)
        return found

    def _line_days(self) -> int:
        first, last = self.scale.first, self.scale.last
        return sum(
            (min(line.died or last, last) - max(line.born, first)).days + 1 for line in self.lines.values()
        )

    def _trading(self, on: date) -> Counter[str]:
        """How many lines of each kind traded on a day."""
        return Counter(
            "internal" if _is_internal(line) else "external"
            for line in self.lines.values()
            if line.born <= on and (line.died is None or line.died > on)
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure beside that of a run."""

    figure: Figure
    simulated: float

    @property
    def holds(self) -> bool:
        """Whether the run lies within the tolerance."""
        return self.figure.low <= self.simulated <= self.figure.high


def compare(measured: Measured) -> list[Comparison]:
    """Each published figure that this run can show beside what it shows."""
    shown = measured.figures()
    national = not measured.scale.regions
    return [
        Comparison(figure, shown[figure.metric])
        for figure in figures()
        if figure.metric in shown and (national or not figure.national)
    ]


def _is_internal(line: Line) -> bool:
    return {towns()[town].body for town in line.towns} == {towns()[line.hub].body}
