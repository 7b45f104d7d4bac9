"""How right a linkage is: counted by hand, and by brute force."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.matching.linkage.measuring import Measure, by_pairs, by_records, by_records_of, curve


def test_the_published_example_of_b_cubed_comes_out() -> None:
    # Bagga and Baldwin's example: chains of 5, 2 and 5, and a response that joins the last two.
    truth = [1] * 5 + [2] * 2 + [3] * 5
    found = by_records([1] * 5 + [2] * 7, truth)
    assert found.precision == pytest.approx(0.762, abs=1e-3)
    assert found.recall == 1


_groups = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=15)


@given(_groups)
def test_pairs_are_counted_as_by_hand(both: list[tuple[int, int]]) -> None:
    groups, truth = zip(*both, strict=True)
    found = {pair for pair in combinations(range(len(both)), 2) if groups[pair[0]] == groups[pair[1]]}
    true = {pair for pair in combinations(range(len(both)), 2) if truth[pair[0]] == truth[pair[1]]}
    right = len(found & true)
    assert by_pairs(groups, truth) == Measure(
        right / len(found) if found else None, right / len(true) if true else None,
        2 * right / (len(found) + len(true)) if found or true else None,
    )  # fmt: skip


def test_a_pair_that_was_never_compared_counts_as_lost_at_every_threshold() -> None:
    found = curve(np.array([20.0, -20.0]), [True, False], 4)
    assert {at.measure.recall for at in found} == {0.25}


def test_it_says_who_bears_the_errors() -> None:
    groups, truth = [1, 1, 2, 3, 4, 4], ["a", "a", "b", "b", "c", "d"]
    found = by_records_of(groups, truth, ["f", "f", "m", "m", "f", "f"])
    assert list(found) == ["f", "m"]
    assert (found["f"].records, found["f"].measure.precision, found["f"].measure.recall) == (4, 0.75, 1.0)
    assert (found["m"].records, found["m"].measure.precision, found["m"].measure.recall) == (2, 1.0, 0.5)
    whole = by_records(groups, truth)
    assert whole.precision == (4 * 0.75 + 2 * 1.0) / 6
