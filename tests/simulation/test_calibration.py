"""Published figures beside those of runs: a nation for a year, and its calls for a fortnight."""

import csv
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.real_data.tables import DATA, needs
from throughline.simulation.calibration import Comparison, Measured, compare, figures
from throughline.simulation.scales import NATIONAL, REGION, Scale
from throughline.simulation.world import World

ROOT = Path(__file__).resolve().parents[2]
COLLECTED = DATA / "county_lines_figures" / "figures.csv"
PAGE = ROOT / "docs" / "simulation.md"
SEED = 1
A_YEAR = replace(NATIONAL)
A_FORTNIGHT = replace(NATIONAL, days=14, intensive=())
OF_CALLS = {figure.metric for figure in figures() if re.match(r"calls|takings", figure.metric)}


@cache
def _measured(scale: Scale, *, calls: bool) -> dict[str, Comparison]:
    world, measured = World(scale, SEED, calls=calls, seen=False), Measured(scale)
    for day in world.days():
        measured.take(day)
    measured.learn(world.open_truth())
    return {comparison.figure.metric: comparison for comparison in compare(measured)}


@pytest.mark.parametrize("metric", [figure.metric for figure in figures() if figure.metric not in OF_CALLS])
def test_a_nation_of_a_year_is_near_what_is_published(metric: str) -> None:
    found = _measured(A_YEAR, calls=False)[metric]
    assert found.holds, (metric, found.simulated, found.figure)


@pytest.mark.parametrize("metric", sorted(OF_CALLS))
def test_the_calls_of_a_nation_are_near_what_is_published(metric: str) -> None:
    found = _measured(A_FORTNIGHT, calls=True)[metric]
    assert found.holds, (metric, found.simulated, found.figure)


def test_a_smaller_run_is_measured_by_what_does_not_depend_on_size_alone() -> None:
    found = _measured(replace(REGION, days=120), calls=False)
    assert found
    assert not any(comparison.figure.national for comparison in found.values())


def test_every_published_figure_has_its_bounds_and_its_source() -> None:
    for figure in figures():
        assert figure.low < figure.high
        assert figure.source
        assert figure.published


def test_the_page_shows_every_figure_within_its_tolerance() -> None:
    rows = re.findall(
        r"^\| (.+) \| (.+) \| ([-\d,.]+) \| ([-\d,.]+) to ([-\d,.]+) \| (.+) \|$",
        PAGE.read_text("utf-8"),
        re.MULTILINE,
    )
    shown = {row[0]: row for row in rows}
    assert shown.keys() == {figure.metric for figure in figures()}
    for figure in figures():
        _, published, simulated, low, high, source = shown[figure.metric]
        assert (published, source) == (figure.published, figure.source)
        assert (_number(low), _number(high)) == (figure.low, figure.high)
        assert figure.low <= _number(simulated) <= figure.high


@needs(COLLECTED)
def test_the_figures_are_those_that_were_collected() -> None:
    with COLLECTED.open(encoding="utf-8", newline="") as file:
        values = {row["value"] for row in csv.DictReader(file)}
    assert {"2000", "1000", "800-1100", "1900", "390", "1247", "1544", "-12", "410"} <= values
    text = " ".join(figure.published for figure in figures()).replace(",", "")
    assert [
        value for value in ("2000", "1000", "1900", "390", "1247", "1544", "410") if value not in text
    ] == []


def _number(written: str) -> float:
    return float(written.replace(",", ""))
