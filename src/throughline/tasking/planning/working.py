"""Lines as work: for each open line that a reader may know, who could lead, what it takes and what it would bring."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import EVERY_CONDITION, Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.flows import bodies_in
from throughline.lines.picture import Drawn, drawn_lines, fetched
from throughline.lines.queries import filtered_lines
from throughline.lines.scoring.scheme import Scheme, scheme
from throughline.lines.workflow import OPEN
from throughline.organisations.queries import BodyCard, body_cards, coordinators
from throughline.tasking.planning.capacity import Known, read_capacity
from throughline.tasking.planning.problem import Problem, Work
from throughline.tasking.planning.tactics import Tactics, tactics
from throughline.tasking.planning.ways import Case, ways_to_work


@dataclass(frozen=True, slots=True)
class Said:
    """What people have said of lines, by reference: to be worked, by whom, by whom not, from when, or not now at all.

    ``begins`` are weeks, the first of the horizon being 1.
    """

    must: Collection[str] = ()
    excluded: Collection[str] = ()
    pinned: Mapping[str, str] = field(default_factory=dict)
    cannot: Mapping[str, frozenset[str]] = field(default_factory=dict)
    begins: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


def problem_of(reader: Reader, capacity: Path, *, weeks: int, said: Said) -> Problem:
    """What a plan for so many weeks rests on: the lines that the reader may know and the days in a file.

    Raises:
        NotAllowed: the reader proposes no plans.
        CapacityProblem: the file, or a row of it, cannot be used.
    """
    reader.require(Permission.PLAN_PROPOSE)
    codes = {card.code for card in body_cards(on=clock.today()).values()}
    days = read_capacity(capacity, known=Known(codes, tactics().skills), weeks=weeks)
    return Problem(works_of(reader, said), days)


def as_every_planner(reader: Reader) -> Reader:
    """What everyone may know who reads plans in this reader's body: no closed circle, no team, nobody by name."""
    return replace(reader, person=0, compartments=(), teams=(), conditions=EVERY_CONDITION)


def works_of(reader: Reader, said: Said) -> tuple[Work, ...]:
    """The open lines as work, each from what everyone may know who reads plans in the reader's body; journalled."""
    reader.require(Permission.PLAN_PROPOSE)
    every, cards, by = body_cards(), body_cards(on=clock.today()), scheme()
    with reading(as_every_planner(reader)):
        lines, _ = fetched(filtered_lines(every, state=OPEN))
        drawn = drawn_lines(lines, every, on=clock.today(), scheme=by)
    with reading(reader):
        journal.note(Verb.CONSULT, "line list", why="proposed a plan", refs=[line.ref for line in lines])
    above = coordinators(on=clock.today())
    leads = _Leads(
        {card.code: card for card in cards.values()},
        {cards[one].code: cards[unit].code for one, unit in above.items() if one in cards and unit in cards},
    )
    return tuple(as_work(line, leads, by, tactics(), said) for line in drawn if line.ref not in said.excluded)


@dataclass(frozen=True, slots=True)
class _Leads:
    cards: Mapping[str, BodyCard]
    above: Mapping[str, str]


def as_work(line: Drawn, leads: _Leads, by: Scheme, figures: Tactics, said: Said) -> Work:
    """One line as work: the ways in which each body that could lead would, worth the score times the chance."""
    exporters = sorted(bodies_in(line.gist.comes_from) & leads.cards.keys())
    importers = sorted(bodies_in(line.gist.sells_in) & leads.cards.keys())
    level = dict(zip((part.name for part in by.parts), line.gist.levels, strict=True))
    case = Case(
        line.total, line.gist.confidence, importers, _reaches(level, figures.exploited),
        1 + figures.for_each_importer * max(0, len(importers) - 1),
    )  # fmt: skip
    harmed = (*importers, *exporters, line.lead)
    return Work(
        line.ref, next((leads.cards[code].region for code in harmed if code in leads.cards), ""),
        ways_to_work(case, _could_lead(line, exporters, importers, leads), figures),
        must=line.ref in said.must, child_at_risk=_reaches(level, figures.child_at_risk),
        pinned=said.pinned.get(line.ref, ""), begins=said.begins.get(line.ref, 0), kept=said.kept.get(line.ref, ""),
        cannot=said.cannot.get(line.ref, frozenset()),
    )  # fmt: skip


def _reaches(level: Mapping[str, int], mark: tuple[str, int]) -> bool:
    return level.get(mark[0], 0) >= mark[1]


def _could_lead(
    line: Drawn, exporters: Collection[str], importers: Collection[str], leads: _Leads
) -> dict[str, str]:
    """Each body that could lead, with its place: the better place where it has two."""
    own = [line.lead] if line.lead in leads.cards else []
    found = dict.fromkeys((*own, *importers), "importer")
    for unit in sorted({leads.above[code] for code in (*exporters, *found) if code in leads.above}):
        found[unit] = "region" if leads.cards[unit].level == "regional" else "national"
    return found | dict.fromkeys(exporters, "exporter")
