"""The ways to work one line: each body that could lead it, with what other areas could add and without."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from throughline.tasking.planning.problem import Need, Option
from throughline.tasking.planning.tactics import Tactics


@dataclass(frozen=True, slots=True)
class Case:
    """What the ways rest on.

    ``harm`` in points; ``confidence`` in it (high, medium, low); ``importers``, the bodies in whose areas the line
    sells; ``is_exploiting``, whether people are exploited there; ``size``, by which all days are multiplied.
    """

    harm: float
    confidence: str
    importers: Collection[str]
    is_exploiting: bool = False
    size: float = 1.0


def ways_to_work(case: Case, leads: Mapping[str, str], figures: Tactics) -> tuple[Option, ...]:
    """An option for each lead with its place (exporter, region, national, importer), and one that spares others."""
    return tuple(
        option for lead, place in leads.items() for option in _ways_to_lead(case, lead, place, figures)
    )


def _ways_to_lead(case: Case, lead: str, place: str, figures: Tactics) -> Iterator[Option]:
    chance = figures.chance[place] * figures.confidence[case.confidence]
    yield _option(case, lead, chance, figures, helping=case.importers)
    own = [code for code in case.importers if code == lead]
    if len(own) < len(case.importers):
        yield _option(case, lead, chance * figures.without_support, figures, helping=own)


def _option(case: Case, lead: str, chance: float, figures: Tactics, *, helping: Collection[str]) -> Option:
    """Its gain is the harm times the chance; its spread is that of one throw with this chance."""
    needs = tuple(
        Need(body, takes.skill, round(takes.days * case.size, 2), takes.stage)
        for takes in figures.takes
        if case.is_exploiting or not takes.only_if_exploited
        for body in ((helping if takes.may_be_spared else case.importers) if takes.by_importer else (lead,))
    )
    return Option(lead, case.harm * chance, needs, case.harm * (chance * (1 - chance)) ** 0.5)
