"""Phones changed in real calls and messages are found again, better than by the methods of old."""

from collections.abc import Callable, Iterable

import pytest

from benchmarks.call_sets import COPENHAGEN, IRVINE, Set, copenhagen, irvine
from benchmarks.successors import real
from tests.real_data.tables import needs

pytestmark = [needs(COPENHAGEN, IRVINE), pytest.mark.timeout(600)]

MOST = 40
"""Numbers asked about at each share: ``python -m benchmarks.successors real`` asks about all."""
WITHIN = 0.03
"""One number of forty more or less is chance."""


@pytest.mark.parametrize(("load", "share"), [(copenhagen, 0.3), (irvine, 0.3)])
def test_phones_changed_together_are_found_as_well_as_by_any_older_method(
    load: Callable[[], Set], share: float
) -> None:
    found = _found(line for line in real([load()], shares=[share], most=MOST) if line["renamed"] == share)
    ours = found.pop("ours")
    assert ours[0] >= max(top1 for top1, _ in found.values()) - WITHIN
    assert ours[1] >= max(top5 for _, top5 in found.values()) - WITHIN


@pytest.mark.parametrize("load", [copenhagen, irvine])
def test_it_beats_the_older_methods_among_everybody(load: Callable[[], Set]) -> None:
    found = _found(real([load()], shares=[], most=MOST))
    ours = found.pop("ours")
    assert ours[0] > max(top1 for top1, _ in found.values())
    assert ours[1] >= max(top5 for _, top5 in found.values()) - WITHIN


def _found(lines: Iterable[dict[str, object]]) -> dict[str, tuple[float, float]]:
    return {str(line["way"]): (float(str(line["top1"])), float(str(line["top5"]))) for line in lines}
