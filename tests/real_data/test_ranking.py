"""Names with variants are found more often, and further up, than by plain exact and by trigram search."""

import pytest

from tests.inside import house, shared_house
from tests.instance import Instance
from tests.real_data.names import PAIRS
from tests.real_data.ranking import SETS, scores
from tests.real_data.tables import POLE, needs

__all__ = ["house", "shared_house"]

pytestmark = [needs(PAIRS, POLE), pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("data", "recall", "mrr"),
    [("name pairs", 0.92, 0.88), ("Manchester", 0.99, 0.98), ("short forms", 0.98, 0.9)],
)
def test_it_finds_names_by_their_variants(house: Instance, data: str, recall: float, mrr: float) -> None:
    exact, trigram, every_name, ours = scores(house, data, *SETS[data]())
    print(exact, trigram, every_name, ours, sep="\n")  # noqa: T201 for docs/results.md
    assert ours.queries == exact.queries == trigram.queries > 30
    assert ours.recall >= max(exact.recall, trigram.recall)
    assert ours.mrr >= max(exact.mrr, trigram.mrr)
    assert ours.recall >= recall
    assert ours.mrr >= mrr
