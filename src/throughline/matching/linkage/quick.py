"""The conditions of a model as an engine decides them quickest: no two values are read letter by letter without need.

Counting slips (Damerau 1964) costs the square of a value's length. One slip changes its length by one at most, and puts
in or takes away two letters at most; so of most pairs two numbers say that there are too many. What a model says stays
what it says: a test holds both equal.
"""

import string
from dataclasses import replace
from functools import cache
from typing import Any

import sqlglot
from sqlglot import expressions as sql

from throughline.matching.linkage.model import Comparison, Level, addresses, persons

LETTERS = string.ascii_lowercase + string.digits
"""Each a bit of the number that says which of them stand in a value; what else stands in it is not looked at."""
_SLIPS = "damerau_levenshtein"


@cache
def quick(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """The same comparisons; each reads the letters of those values whose slips it counts."""
    return tuple(map(_quick, comparisons))


@cache
def spelt() -> tuple[str, ...]:
    """The values whose slips a model counts."""
    every = (one for model in (persons(), addresses()) for one in model.comparisons)
    return tuple(sorted({name for one in every for level in one.levels for name in _counted(level.when)}))


def letters_of(name: str) -> str:
    """Which letters stand in a value, as SQL."""
    bits = " | ".join(
        f"(contains({name}, '{letter}')::bigint << {place})" for place, letter in enumerate(LETTERS)
    )
    return f"({bits}) as {name}_letters"


def _quick(one: Comparison) -> Comparison:
    names = {name for level in one.levels for name in _counted(level.when)}
    if not names:
        return one
    reads = (*one.reads, *sorted(f"{name}_letters" for name in names))
    return replace(one, reads=reads, levels=tuple(map(_quick_level, one.levels)))


def _quick_level(level: Level) -> Level:
    if not _all_slips(level.when):
        return level
    return replace(level, when=_parsed(level.when).transform(_bounded).sql("duckdb"))


def _parsed(when: str) -> Any:
    return sqlglot.parse_one(when, read="duckdb")


def _counted(when: str) -> set[str]:
    return {column.name[:-2] for slips in _all_slips(when) for column in slips.find_all(sql.Column)}


def _all_slips(when: str) -> list[sql.Anonymous]:
    return (
        [] if _SLIPS not in when else [one for one in _parsed(when).find_all(sql.Anonymous) if _is_slips(one)]
    )


def _is_slips(node: Any) -> bool:
    return isinstance(node, sql.Anonymous) and node.name.lower() == _SLIPS


def _bounded(node: Any) -> Any:
    """Slips counted only where the bounds allow as many; else nothing, which is no number of slips."""
    if not isinstance(node, sql.EQ | sql.LTE) or not _is_slips(node.this):
        return node
    one, other = (part.sql("duckdb") for part in node.this.expressions)
    most = int(node.expression.name)
    within = f"abs(length({one}) - length({other})) <= {most}"
    letters = f"bit_count(xor({_letters(one)}, {_letters(other)})) <= {2 * most}"
    counted = f"case when {letters} and {within} then {_SLIPS}({one}, {other}) end"
    return type(node)(this=sql.Paren(this=_parsed(counted)), expression=node.expression)


def _letters(column: str) -> str:
    """``street_l`` as ``street_letters_l``."""
    return f"{column[:-2]}_letters{column[-2:]}"
