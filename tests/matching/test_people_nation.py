"""Everyone at once: what Spark's machines would do with their part of the pairs is what this machine does with all."""

import random
import sys
from importlib.util import find_spec

import pytest

from tests.inside import dice_of
from throughline.kernel.spark import NoSpark
from throughline.matching.people.model import unlearnt
from throughline.matching.people.nation import Nation, here
from throughline.matching.people.records import Told
from throughline.matching.people.scoring import reads
from throughline.matching.people.sparking import on_spark, weigher


def _told(dice: random.Random) -> list[tuple[str, list[Told]]]:
    found: dict[str, list[Told]] = {}
    for place in range(1, 120):
        names = (
            dice.choice(["EXAMPLE", "EXAMPEL", "SAMPLE", "O BRIEN"]),
            dice.choice(["SAM", "SAMUEL", "KATE", "CATHERINE"]),
        )
        key = "|".join((*names, f"200{dice.randint(0, 1)}-0{dice.randint(1, 3)}-0{dice.randint(1, 3)}"))
        travels = {"phone": [f"+44770090012{dice.randint(0, 9)}"]} if dice.random() < 0.5 else {}
        found.setdefault(key, []).append(Told(key, place, travels))
    return sorted(found.items())  # fmt: skip


def test_each_part_is_weighed_by_spark_as_all_of_it_is_here() -> None:
    with here() as nation:
        nation.read(_told(dice_of(11)))
        assert nation.pair() > 10
        ours = {
            (int(left), int(right)): bits
            for part in nation.weighed(unlearnt())
            for left, right, bits in zip(part.pairs.left, part.pairs.right, part.bits, strict=True)
        }
        both = ", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in reads())
        parts = nation.engine.sql(
            f"select l, r, {both} from pairs join rows one on one.n = l join rows other on other.n = r"
        ).to_arrow_table()
    theirs = {
        (row["l"], row["r"]): row["bits"]
        for batch in weigher(unlearnt())(iter(parts.to_batches(max_chunksize=50)))
        for row in batch.to_pylist()
    }
    assert len(ours) > 10
    assert theirs == pytest.approx(ours, abs=1e-9)


@pytest.mark.skipif(find_spec("pyspark") is None, reason="the extra 'spark' is not installed")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_finds_the_links_that_this_machine_finds() -> None:
    found = []
    for on in (here, on_spark):
        with on() as nation:
            nation.read(_told(dice_of(11)))
            nation.pair()
            found.append({
                (int(left), int(right)): bits
                for part in nation.weighed(unlearnt())
                for left, right, bits in zip(part.pairs.left, part.pairs.right, part.bits, strict=True)
            })  # fmt: skip
    ours, theirs = found
    assert ours
    assert theirs == pytest.approx(ours, abs=1e-9)


def test_a_nation_of_nobody_has_no_links() -> None:
    with here() as nation:
        nation.read([])
        assert (nation.pair(), list(nation.proposals(unlearnt()))) == (0, [])


def test_it_says_what_is_missing_where_there_is_no_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(NoSpark, match="extra 'spark'"), on_spark() as nation:
        assert isinstance(nation, Nation)
