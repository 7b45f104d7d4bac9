"""Main job on real input: what is loaded is exactly what a second calculation on the raw files gives."""

import pytest

from tests.instance import Instance
from tests.real_data import cases
from tests.real_data.found import assert_as_calculated, keys_of
from tests.real_data.loading import Loaded, load_forces, row_counts
from tests.real_data.tables import POLE, ST_LOUIS, needs

pytestmark = [
    needs(ST_LOUIS, POLE),
    pytest.mark.timeout(900),
]


@pytest.mark.parametrize("case", cases.CASES[:2], ids=lambda case: case.name)
def test_reports_sightings_and_hits_are_those_of_the_calculation(
    instance: Instance, case: cases.Case
) -> None:
    reports, answer = case.reports(), case.answer()
    keys = keys_of(answer, case.named)

    first = load_forces(instance, reports)

    assert_as_calculated(instance, answer, case.forces, keys)
    assert first.total("reports") == answer.reports.total()
    assert first.total("rejected") == first.total("unchanged") == 0
    # A hit is raised by the load of the later of its two bodies, which is told of it.
    assert first.total("hits_raised") == len(answer.hits)

    counts = row_counts(instance)
    again = load_forces(instance, reports)

    assert_nothing_is_new(again)
    assert_as_calculated(instance, answer, case.forces, keys)
    after = row_counts(instance)
    changed = {name for name in counts if counts[name] != after[name]}
    assert changed <= {"access_journal_entry"}


def assert_nothing_is_new(again: Loaded) -> None:
    """Every row of the second load is said to be held already."""
    assert again.total("unchanged") == again.total("read") > 0
    assert again.total("kept") == again.total("reports") == again.total("hits_raised") == 0
