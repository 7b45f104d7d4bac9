"""The one place that starts Spark, where one machine is not enough; without the extra 'spark' it says so."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MASTER = "THROUGHLINE_SPARK"
"""The environment's name for where Spark runs; two cores of this machine where it says nothing."""
PARTS = 16
"""Into how many parts work is split for each machine to take its share."""


class NoSpark(Exception):
    """Spark cannot run here; the sentence says why."""


@contextmanager
def spark_session() -> Iterator[Any]:
    """Spark, ended with this."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 not a part of every installation
    except ImportError as problem:
        raise NoSpark("This installation has no Spark: see the extra 'spark'.") from problem
    if not shutil.which("java"):
        raise NoSpark("Spark needs Java 17 or later, which is not installed.")
    wanted = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": str(PARTS), "spark.driver.memory": "2g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "20000", "spark.ui.showConsoleProgress": "false",
        # Moments in files are UTC and name no zone.
        "spark.sql.session.timeZone": "UTC", "spark.sql.parquet.inferTimestampNTZ.enabled": "false",
    }  # fmt: skip
    # In local mode the workers are to be this very Python: another has none of our parts.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("throughline").master(os.environ.get(MASTER, "local[2]"))
    spark = builder.config(map=wanted).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()
