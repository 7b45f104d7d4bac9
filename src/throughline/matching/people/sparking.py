"""A linkage of everyone on many machines, by the same model.

Spark finds who shares a key, and hands each part of the pairs to the function that weighs people as they arrive: so
what it finds is what one machine finds, to the bit. Weights are learnt from samples, where this starts.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from throughline.kernel.spark import spark_session
from throughline.matching.linkage.blocking import CROWD, allowed, narrowest_first, whole
from throughline.matching.linkage.engine import opened
from throughline.matching.linkage.weighing import Pairs, Weights
from throughline.matching.people.model import Learnt, learnt_of, people_model
from throughline.matching.people.nation import BESIDE, Nation
from throughline.matching.people.scoring import Scored, compared, reads, score


@contextmanager
def on_spark() -> Iterator[Nation]:
    """Nobody yet, on Spark."""
    with spark_session() as spark, opened() as engine, tempfile.TemporaryDirectory() as folder:
        yield SparkNation(engine, spark=spark, folder=folder)


@dataclass(slots=True)
class SparkNation(Nation):
    """Everyone, paired and weighed by Spark; ``folder`` is where all its machines read."""

    spark: Any = None
    folder: str = ""

    def pair(self) -> int:
        """As in ``Nation``; the pairs stand in the view ``pairs`` of Spark."""
        if not self.keys:
            return 0
        self.engine.execute(f"copy rows to '{self.folder}/rows.parquet' (format parquet)")
        self.spark.read.parquet(f"{self.folder}/rows.parquet").cache().createOrReplaceTempView("rows")
        near = self._near("alone", people_model().names, "not is_told", len(self.keys))
        near += self._near("told", BESIDE, "is_told", len(self.person) - len(self.keys))
        self._view("near", " union ".join(near) or "select 0 as a, 0 as b where false", is_kept=True)
        self._view(
            "pairs",
            "select one.n as l, other.n as r from near join rows one on one.person = a "
            "join rows other on other.person = b where one.is_told = other.is_told "
            "and (not one.is_told or one.beyond & other.beyond <> 0)",
        )
        return int(self.spark.table("near").count())

    def _near(self, kind: str, keys: Sequence[tuple[str, ...]], those: str, records: int) -> list[str]:
        """The statements of who shares a key: those whose pairs are still allowed, one key after another."""
        found, left, widths = list[str](), allowed(records), list[int | None]()
        for place, key in enumerate(keys):
            values = ", ".join(key)
            self._view(
                f"{kind}_{place}",
                f"select n, person, {values}, count(*) over (partition by {values}) as many from rows "  # noqa: S608
                f"where {those} and {whole(key)}",
            )
            said, pairs = self.spark.sql(
                f"select count(*), coalesce(sum((many - 1) / 2) filter (where many <= {CROWD}), 0) "  # noqa: S608
                f"from {kind}_{place}"
            ).first()
            widths.append(round(pairs) if said else None)
        for place in narrowest_first(widths):
            name, values = f"{kind}_{place}", ", ".join(keys[place])
            if (width := widths[place] or 0) <= left:
                left -= width
                found.append(
                    "select least(one.person, other.person) as a, greatest(one.person, other.person) as b "  # noqa: S608
                    f"from {name} one join {name} other using ({values}) "
                    f"where one.n < other.n and one.person <> other.person and one.many <= {CROWD}"
                )
        return found

    def weighed(self, learnt: Learnt) -> Iterator[Scored]:
        """Those pairs that are worth proposing, weighed where Spark holds them."""
        names = [one.name for one in people_model().comparisons]
        both = ", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in reads())
        self._view(
            "beside_each_other",
            f"select l, r, {both} from pairs join rows one on one.n = l join rows other on other.n = r",  # noqa: S608
        )
        shape = ", ".join(["l bigint, r bigint, bits double", *(f"{name} tinyint" for name in names)])
        found = self.spark.table("beside_each_other").mapInArrow(weigher(learnt), shape).toArrow()
        column = {name: found.column(name).to_numpy() for name in found.column_names}
        weights = Weights(people_model().comparisons, learnt.m, learnt.u, self.frequencies(learnt))
        pairs = Pairs(column["l"], column["r"], {name: column[name] for name in names})
        yield Scored(weights, pairs, column["bits"])

    def _view(self, name: str, statement: str, *, is_kept: bool = False) -> None:
        frame = self.spark.sql(statement)
        (frame.cache() if is_kept else frame).createOrReplaceTempView(name)


def weigher(learnt: Learnt) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What each machine does with its part of the pairs: it gives those worth proposing, with their levels."""
    name, kept = learnt.name, learnt.as_json()

    def weigh_part(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        ours = learnt_of(name, kept)
        for batch in batches:
            sides = [
                [dict(zip(reads(), row, strict=True)) for row in zip(*(
                    batch.column(f"{name}_{side}").to_pylist() for name in reads()), strict=True)]
                for side in "lr"
            ]  # fmt: skip
            many = batch.num_rows
            ends = np.column_stack([np.arange(many), np.arange(many, 2 * many)])
            records = [*sides[0], *sides[1]]
            found = score(ours, records, compared(records, ends)).of_at_least(people_model().least)
            left, right = (batch.column(side).to_numpy()[found.pairs.left] for side in "lr")
            columns = {"l": left, "r": right, "bits": found.bits, **found.pairs.levels}
            yield pa.RecordBatch.from_pydict(columns)

    return weigh_part
