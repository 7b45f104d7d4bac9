"""A chart as a table: the same things as the picture, each with what it is tied to."""

from dataclasses import dataclass
from datetime import date

from throughline.network.chart.queries import ChartPage, ChartPart, HeldBy, OnChart, Strand
from throughline.web.charts.icons import WORDS
from throughline.web.charts.picture import month_of, sign_of

NEAR = 6
"""Of what a thing is tied to, so many are named in its row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of the chart."""

    number: int
    sign: str
    line: str
    label: str
    kind: str
    under: str
    note: str
    near: str
    first: date | None
    last: date | None
    more: int
    members: int
    is_protected: bool
    held_by: tuple[HeldBy, ...]


def rows_of(chart: ChartPage | ChartPart, *, since: int = 0, until: int = 0) -> tuple[Row, ...]:
    """What is drawn, by kind and name; links outside the months are left out, as in the picture."""
    names = {one.number: one.label for one in chart.spots}
    near: dict[int, list[tuple[int, str]]] = {one.number: [] for one in chart.spots}
    for strand in chart.strands:
        if month_of(strand.first) <= (until or month_of(strand.first)) and month_of(strand.last) >= since:
            ends = (strand.one, strand.other)
            for here, there, label in zip(ends, ends[::-1], strand.labels[::-1], strict=True):
                if here in near:
                    near[here].append((strand.times, names.get(there, label)))
    return tuple(_row(one, near[one.number]) for one in chart.spots)


def _row(one: OnChart, near: list[tuple[int, str]]) -> Row:
    ordered = sorted(near, key=lambda pair: (-pair[0], pair[1]))
    named = ", ".join(name if times == 1 else f"{name} ({times} times)" for times, name in ordered[:NEAR])
    beyond = f" and {len(ordered) - NEAR} more" if len(ordered) > NEAR else ""
    line = one.under if one.group == "line" else ""
    return Row(
        one.number, sign_of(one), line, one.label, WORDS[sign_of(one)] if one.group == "cluster" else one.kind_label,
        one.under, one.note, named + beyond, one.first, one.last, one.more, one.members, one.is_protected, one.held_by,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TieRow:
    """One thing to which another is tied, and the items that say so."""

    number: int
    label: str
    what: str
    times: int
    first: date
    last: date
    items: tuple[str, ...]


def ties_of(chart: ChartPage | ChartPart, number: int) -> tuple[TieRow, ...]:
    """What one thing is tied to on the chart, the most often seen first."""
    found = [
        TieRow(other, label, s.what, s.times, s.first, s.last, s.refs)
        for s in chart.strands
        for other, label in _other(s, number)
    ]
    return tuple(sorted(found, key=lambda row: (-row.times, row.label, row.number)))


def _other(strand: Strand, number: int) -> list[tuple[int, str]]:
    ends = list(zip((strand.one, strand.other), strand.labels, strict=True))
    return [end for end in ends if end[0] != number] if number in (strand.one, strand.other) else []
