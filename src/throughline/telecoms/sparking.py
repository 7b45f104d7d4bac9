"""The same steps over call data on Spark: each step's SQL stands once, and both engines run it.

A step that is to run on Spark keeps to what both dialects share. Where DuckDB has a function that Spark has not, Spark
is taught it here (`_TAUGHT`), so that no step is written twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow

from throughline.kernel.spark import spark_session
from throughline.telecoms.queries import Files, once

_TAUGHT: Final = (
    "create or replace temporary function epoch(moment timestamp) returns double "
    "return unix_micros(moment) / 1000000.0d",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Spark answers, in the words of DuckDB."""

    frame: Any

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows; moments are UTC and name no zone, as in the files."""
        columns = (
            column.cast(pyarrow.timestamp("us")) if pyarrow.types.is_timestamp(column.type) else column
            for column in self.frame.toArrow().columns
        )
        return list(zip(*(column.to_pylist() for column in columns), strict=True))


@dataclass(frozen=True, slots=True)
class SparkCalls:
    """Answers the statements of steps over the views ``sides``, ``edges`` and ``numbers``."""

    spark: Any

    def execute(self, query: str, /) -> Answer:
        """Run one statement of a step."""
        return Answer(self.spark.sql(query))


@contextmanager
def on_spark(engine: duckdb.DuckDBPyConnection, files: Files) -> Iterator[SparkCalls]:
    """The views on Spark, over those files alone that the reader may know. ``engine`` keeps the question's own room.

    Raises:
        NoSpark: there is no Spark here.
    """
    with spark_session() as spark:
        for statement in _TAUGHT:
            spark.sql(statement)
        for name, paths in files.items():
            view = name.removesuffix(".parquet")
            spark.read.parquet(*paths).createOrReplaceTempView(f"every_{view}")
            spark.sql(once(name, f"every_{view}", files=len(paths))).createOrReplaceTempView(view)
        yield SparkCalls(spark)
