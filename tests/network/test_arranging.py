"""Places for what is added to a chart: near, free, and always the same."""

from itertools import combinations
from math import dist

from hypothesis import given
from hypothesis import strategies as st

from throughline.network.chart.arranging import CLEAR, beside

PLACE = st.tuples(st.integers(-400, 400), st.integers(-400, 400))


@given(PLACE, st.integers(0, 30), st.lists(PLACE, max_size=60))
def test_what_is_added_stands_clear_of_everything_and_always_in_the_same_place(
    anchor: tuple[int, int], count: int, taken: list[tuple[int, int]]
) -> None:
    found = beside(anchor, count, taken)
    assert len(found) == count
    assert found == beside(anchor, count, list(reversed(taken)))
    assert all(dist(one, other) >= CLEAR for one, other in combinations(found, 2))
    assert all(dist(one, other) >= CLEAR for one in found for other in (*taken, anchor))


def test_the_nearest_free_places_are_taken_first() -> None:
    alone = beside((0, 0), 6, [])
    assert beside((0, 0), 3, [alone[0]])[:2] == alone[1:3]
