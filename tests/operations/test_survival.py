"""The product-limit estimate: against a published example, and against plain counting where nothing is cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.operations.survival import Spell, median_of, product_limit, share_at, with_width

# Weeks in remission under 6-mercaptopurine: Freireich EJ et al. Blood 1963;21:699-716, and in many textbooks since.
FREIREICH = [
    *(Spell(n, True) for n in (6, 6, 6, 7, 10, 13, 16, 22, 23)),  # noqa: FBT003
    *(Spell(n, False) for n in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),  # noqa: FBT003
]
PUBLISHED = {
    6: (0.857, 0.0764), 7: (0.807, 0.0869), 10: (0.753, 0.0963), 13: (0.690, 0.1068), 16: (0.627, 0.1141),
    22: (0.538, 0.1282), 23: (0.448, 0.1346),
}  # fmt: skip


def test_it_gives_the_published_shares_and_errors() -> None:
    steps = {step.day: step for step in product_limit(FREIREICH)}
    assert {day: (round(s.share, 3), round(s.error, 4)) for day, s in steps.items()} == PUBLISHED
    assert median_of(tuple(steps.values())) == 23
    assert [steps[day].at_risk for day in PUBLISHED] == [21, 17, 15, 12, 11, 7, 6]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40))
def test_where_all_have_ended_it_is_the_plain_share(days: list[int]) -> None:
    steps = product_limit([Spell(day, True) for day in days])  # noqa: FBT003
    for step in steps:
        assert step.share == pytest.approx(sum(day > step.day for day in days) / len(days))
        assert 0 <= step.low <= step.share <= step.high <= 1
    assert share_at(steps, 0).share == 1


def test_where_all_or_none_are_going_the_interval_is_that_of_so_few() -> None:
    step = share_at((), 7)
    # Of ten, all: 69.2 to 100 in 100, the exact interval of Clopper and Pearson.
    assert (round(with_width(step, 10).low, 3), with_width(step, 10).high) == (0.692, 1.0)
    none = product_limit([Spell(3, True)] * 10)[-1]  # noqa: FBT003
    assert (with_width(none, 10).low, round(with_width(none, 10).high, 3)) == (0.0, 0.308)


def test_nothing_followed_is_nothing_said() -> None:
    assert product_limit([]) == ()
    assert median_of(product_limit([Spell(5, False)])) is None  # noqa: FBT003
