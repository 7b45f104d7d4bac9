"""An upgrade while people work: the services behind one socket are replaced, and nobody is refused for it."""

import pytest

from benchmarks.upgrade import upgrade

pytestmark = pytest.mark.timeout(300)


def test_nobody_is_refused_while_the_services_are_replaced() -> None:
    seen = upgrade("", people=3, settled=0.5)
    assert seen.failed == []
    assert seen.errors == 0
    assert seen.kept.acknowledged > 3
    assert (seen.kept.lost, seen.kept.doubled, seen.kept.wrong_reader) == (0, 0, 0)
