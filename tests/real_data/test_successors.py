"""Phones changed in real calls and messages are found again, better than by the methods of old."""

from collections.abc import Callable

import pytest

from benchmarks.call_sets import COPENHAGEN, IRVINE, Set, copenhagen, irvine
from benchmarks.successors import ALONE, real
from tests.real_data.tables import needs

pytestmark = [needs(COPENHAGEN, IRVINE), pytest.mark.timeout(600)]

MOST = 40
"""Numbers asked about at each share: ``python -m benchmarks.successors real`` asks about all."""


@pytest.mark.parametrize(
    ("load", "share", "top1", "top5"),
    [
        (copenhagen, ALONE, 0.95, 0.99), (copenhagen, 0.1, 0.85, 0.95), (copenhagen, 0.3, 0.75, 0.9),
        (copenhagen, 0.5, 0.72, 0.9), (irvine, 0.1, 0.4, 0.6),
    ],
)  # fmt: skip
def test_it_finds_changed_phones_again(
    load: Callable[[], Set], share: float, top1: float, top5: float
) -> None:
    lines = [
        line for line in real([load()], shares=[share], most=MOST) if line["renamed"] != "among everybody"
    ]
    found = {str(line["way"]): (float(str(line["top1"])), float(str(line["top5"]))) for line in lines}
    ours = found.pop("ours")
    assert ours[0] >= max(one for one, _ in found.values()) - 0.02
    assert ours >= (top1, top5)


def test_it_beats_the_rarity_cosine_among_everybody() -> None:
    lines = list(real([copenhagen()], shares=[], most=MOST))
    found = {str(line["way"]): (float(str(line["top1"])), float(str(line["top5"]))) for line in lines}
    assert found["ours"][0] > max(found[way][0] for way in found if way != "ours")
    assert found["ours"][0] > 0.71
    assert found["ours"][1] > 0.9
