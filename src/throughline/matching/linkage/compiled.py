"""The conditions of the model file as a function of Python, for a few pairs at once without an engine.

An engine takes 10 ms to set up a statement that compares ten pairs; this takes 10 us a pair. Nothing is written twice:
the very SQL of the file is parsed and said in Python, and a test holds both equal. NULL needs care in two places only,
since the file has no NOT: nothing equals it, and it is not true. Strings are compared byte by byte, as DuckDB does.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import nan
from operator import itemgetter
from typing import Any

import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from sqlglot import expressions as sql

from throughline.matching.linkage.model import Comparison

_likeness, _distance = JaroWinkler.similarity, DamerauLevenshtein.distance
Row = tuple[Any, ...]
"""The values of one record that the comparisons read, in their order."""


class Compiled:
    """The comparisons as a function: ``reads`` names what a row holds, ``levels`` compares two rows."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        self.reads = tuple(sorted({value for one in comparisons for value in one.reads}))
        self.row: Callable[[Mapping[str, Any]], Row] = itemgetter(*self.reads)
        """What is compared of a prepared record."""
        self.levels: Callable[[Row, Row], tuple[int, ...]] = _function(comparisons, self.reads)


@lru_cache(8)
def compiled(comparisons: tuple[Comparison, ...]) -> Compiled:
    """The comparisons as a function, made once."""
    return Compiled(comparisons)


def _function(
    comparisons: Sequence[Comparison], reads: Sequence[str]
) -> Callable[[Row, Row], tuple[int, ...]]:
    sides = [", ".join(f"{name}_{side}" for name in reads) for side in "lr"]
    text = (
        f"def levels(l, r):\n ({sides[0]},), ({sides[1]},) = l, r\n"
        f" return ({', '.join(map(_level, comparisons))},)"
    )
    known: dict[str, Any] = dict(_FUNCTIONS)
    exec(compile(text, "<the model file>", "exec"), known)  # noqa: S102 said from the reviewed file, by _said below
    found: Callable[[Row, Row], tuple[int, ...]] = known["levels"]
    return found


def _level(one: Comparison) -> str:
    found = "".join(
        f"{place} if {_condition(level.when)} else " for place, level in enumerate(one.levels[:-1])
    )
    return f"(-1 if {_condition(one.nothing_said)} else {found}{len(one.levels) - 1})"


def _condition(text: str) -> str:
    return _said(sqlglot.parse_one(text, read="duckdb"))


def _said(node: Any) -> str:
    """A condition in Python. ``KeyError``: the file uses something that stands in no table below."""
    named = node.name.lower() if isinstance(node, sql.Anonymous) else type(node).__name__
    return _SAYINGS[named](node)


def _called(name: str, *parts: str) -> Callable[[Any], str]:
    return lambda node: f"{name}({', '.join(_said(node.args[part]) for part in parts)})"


def _between(sign: str) -> Callable[[Any], str]:
    return lambda node: f"({_said(node.this)} {sign} {_said(node.expression)})"


def _of_all(name: str) -> Callable[[Any], str]:
    return lambda node: f"{name}({', '.join(_said(each) for each in (node.this, *node.expressions))})"


def _equal(node: sql.EQ) -> str:
    if not isinstance(node.this, sql.Column):
        return _called("equal", "this", "expression")(node)
    one, other = _said(node.this), _said(node.expression)
    return f"({one} is not None and {one} == {other})"


def _case(node: sql.Case) -> str:
    found = "".join(f"{_said(one.args['true'])} if {_said(one.this)} else " for one in node.args["ifs"])
    return f"({found}{_said(node.args['default'])})"


_SAYINGS: Mapping[str, Callable[[Any], str]] = {
    "Column": lambda node: node.name,
    "Literal": lambda node: repr(node.this) if node.is_string else node.this,
    "Boolean": lambda node: str(node.this),
    "Paren": lambda node: f"({_said(node.this)})",
    "Case": _case,
    "Is": lambda node: f"({_said(node.this)} is None)",
    "EQ": _equal,
    "NEQ": _called("unequal", "this", "expression"),
    "And": _between("and"), "Or": _between("or"), "GTE": _between(">="), "LTE": _between("<="),
    "Add": _between("+"), "Mul": _between("*"),
    "Sub": _called("minus", "this", "expression"),
    "Abs": _called("abs", "this"),
    "Least": _of_all("min"), "Coalesce": _of_all("first"),
    "Length": _called("length", "this"),
    "Left": _called("left", "this", "expression"),
    "DPipe": _called("joined", "this", "expression"),
    "Contains": _called("contains", "this", "expression"),
    "ArrayContains": _called("contains", "this", "expression"),
    "ArrayOverlaps": _called("common", "this", "expression"),
    "ArrayDistinct": _called("set", "this"),
    "Split": _called("split", "this", "expression"),
    "SplitPart": _called("part", "this", "delimiter", "part_index"),
    "JarowinklerSimilarity": _called("alike", "this", "expression"),
    "damerau_levenshtein": lambda node: f"slips({', '.join(map(_said, node.expressions))})",
    "list_intersect": lambda node: f"common({', '.join(map(_said, node.expressions))})",
}  # fmt: skip


def _alike(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return nan
    if one.isascii() and other.isascii():
        return _likeness(one, other)
    return _likeness(one.encode(), other.encode())


def _slips(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return nan
    if one.isascii() and other.isascii():
        return _distance(one, other)
    return _distance(one.encode(), other.encode())


_FUNCTIONS: Mapping[str, Any] = {
    "abs": abs, "min": min, "set": set,
    "equal": lambda one, other: one is not None and one == other,
    "unequal": lambda one, other: one is not None and other is not None and one != other,
    "minus": lambda one, other: nan if one is None or other is None else one - other,
    "first": lambda one, other: other if one is None else one,
    "length": lambda text: nan if text is None else len(text),
    "left": lambda text, many: None if text is None else text[:many],
    "joined": lambda one, other: None if one is None or other is None else one + other,
    "contains": lambda whole, part: whole is not None and part is not None and part in whole,
    "common": lambda one, other: set(one) & set(other) if one and other else (),
    "split": lambda text, by: text.split(by),
    "part": lambda text, by, place: (text.split(by) + [""] * place)[place - 1],
    "alike": _alike, "slips": _slips,
}  # fmt: skip
"""Numbers of nothing are NaN, which is neither more nor less than anything."""
