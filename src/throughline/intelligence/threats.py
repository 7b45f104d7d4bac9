"""The families of threat that a report can be about: a table of data, kept in ``threats.csv``."""

import csv
import functools
from importlib.resources import files


@functools.cache
def threat_families() -> dict[str, str]:
    """Every family by its code, in the order of the table. The list is ours and unverified."""
    text = files("throughline.intelligence").joinpath("threats.csv").read_text(encoding="utf-8")
    return {row["code"]: row["family"] for row in csv.DictReader(text.splitlines())}
