"""What is wrong with a return, and what is unusual in it: against the definitions, and against the last weeks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from throughline.operations.figures import Figure, FigureProblem, added, read_figure
from throughline.operations.measures import Measure

Figures = Mapping[str, Figure]
WEEKS: Final = 2
"""Figures of past returns from which on one can be called unusual."""
TIMES: Final = 3
LEAST: Final = 10
"""A figure is unusual past so many times the highest, or under that share of the lowest, and by at least so many."""


def read_figures(
    typed: Mapping[str, str], measures: Mapping[str, Measure]
) -> tuple[dict[str, Figure], dict[str, str]]:
    """What was typed for each measure as figures, and for each that is none the sentence that says so."""
    figures, faults = {}, {}
    for key, measure in measures.items():
        try:
            if (figure := read_figure(typed.get(key, ""), whole=measure.is_whole)) is not None:
                figures[key] = figure
        except FigureProblem as problem:
            faults[key] = str(problem)
    return figures, faults


def known(figures: Figures, key: str, measures: Mapping[str, Measure]) -> Figure | None:
    """A figure as it was given, or as its parts add up where it was not; None where nothing was said: never zero."""
    if key in figures or key not in measures:
        return figures.get(key)
    parts = [part for name in measures[key].parts if (part := known(figures, name, measures)) is not None]
    return added(parts) if parts else None


def faults_of(figures: Figures, measures: Mapping[str, Measure]) -> dict[str, str]:
    """For each total that its parts do not add up to, the sentence that says so and what can be done."""
    return {
        key: sentence
        for key, measure in measures.items()
        if measure.parts and key in figures and (sentence := _part_fault(figures, measure, measures))
    }


def _part_fault(figures: Figures, measure: Measure, measures: Mapping[str, Measure]) -> str:
    parts = [part for name in measure.parts if (part := known(figures, name, measures)) is not None]
    if not parts:
        return ""
    total, together = figures[measure.key], added(parts)
    if total.agrees_with(together):
        return ""
    left = total.number - together.number
    rest = next((measures[name].name for name in reversed(measure.parts) if "other" in name), "")
    advice = (
        f": put the {Figure(left)} that are left under “{rest}”"
        if left > 0 and rest
        else ": mend one of them"
    )
    return f"{measure.name}: the parts come to {together}, and the total says {total}{advice}"


def unusual(
    figures: Figures, past: Sequence[Figures], measures: Mapping[str, Measure]
) -> dict[str, str]:  # fmt: skip
    """Figures far from those of the body's last returns, each with a sentence: a reason is asked for, and no more."""
    said = {}
    for key, figure in figures.items():
        before = [one[key].number for one in past if key in one]
        if len(before) >= WEEKS and _is_far(figure.number, before):
            low, high = Figure(min(before)), Figure(max(before))
            said[key] = f"{measures[key].name}: {figure}, where your last returns said {low} to {high}"
    return said


def _is_far(number: Decimal, before: Sequence[Decimal]) -> bool:
    high, low = max(before), min(before)
    return (number > high * TIMES and number - high >= LEAST) or (
        number * TIMES < low and low - number >= LEAST
    )


def unsupported(sentence: Sequence[Figure], totals: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence that no total bears out."""
    return [figure for figure in sentence if not any(figure.agrees_with(total) for total in totals)]
