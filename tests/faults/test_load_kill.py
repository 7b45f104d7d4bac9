"""SIGKILL at chance moments of a load that the worker does: it goes on where it stopped, and nothing is done twice."""

import pytest

from tests.cli.files import csv_text
from tests.faults.kills import kill_after
from tests.inside import apart, dice_of, someone
from tests.instance import Instance
from throughline.access.reader import reading
from throughline.intelligence.models import Item, Report
from throughline.kernel import outbox
from throughline.loads.models import Block, Part
from throughline.loads.queries import load_card
from throughline.loads.services import begin_load, keep_upload

__all__ = ["apart"]

REPORTS, DIFFERENT = 3_000, 3
"""Kills go on, each after a little longer, until they have found the load in so many places, or at its end."""

pytestmark = pytest.mark.timeout(600)


def test_a_load_whose_worker_is_killed_goes_on_with_the_next(apart: Instance) -> None:
    dice, aisha = dice_of(7), someone("analyst@norf")
    rows = [{"report": f"N{n}", "selectors": f"phone:07700 900{n % 1000:03}"} for n in range(REPORTS)]
    content = csv_text(*rows, {"report": "BAD", "source": "9"}).encode()
    ref = keep_upload(by=aisha, filename="many.csv", size=len(content), chunks=[content])
    begin_load(by=aisha, ref=ref, verb="load")
    landed, seen = 0, set[int]()
    while len(seen) < DIFFERENT and REPORTS + 1 not in seen:
        landed += kill_after(apart, dice.uniform(0.1, 0.5 + landed), ("worker",))
        card = load_card(aisha, ref)
        assert card is not None
        with reading(aisha):
            assert Report.objects.count() == card.reports == card.kept
        seen.add(card.read)
    assert landed
    outbox.drain()
    card = load_card(aisha, ref)
    assert card is not None
    assert (card.state, card.read, card.kept, card.rejected, card.unchanged) == (
        "loaded", REPORTS + 1, REPORTS, 1, 0,
    )  # fmt: skip
    with reading(aisha):
        assert (Report.objects.count(), Item.objects.count()) == (REPORTS, REPORTS)
        assert Part.objects.count() + Block.objects.count() == 0
