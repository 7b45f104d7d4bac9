"""Precision and recall of lines found, of doubles, and of where lines come from and sell, against the truth."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import combinations

from benchmarks.line_truth import Held, Seen, Truth

WIDEST = 12
"""As in the product: a value on more lines than this says nothing of any two."""
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """What stood at one share of the reports. Shares are of 1; None where there was nothing to judge."""

    seed: int
    share: int
    reports: int
    lines: int
    named: int
    proposals: int
    proposals_right: float | None
    proposals_found: float | None
    proposals_found_of_named: float | None
    register: int
    register_right: float | None
    register_found: float | None
    found: float | None
    doubles: int
    pairs: int
    pairs_right: float | None
    pairs_found: float | None
    sure_right: float | None
    sure_found: float | None
    average_precision: float | None
    exporter_said: float | None
    exporter_right: float | None
    importers_right: float | None
    importers_found: float | None


def judged(
    truth: Truth, *, seed: int, share: int, proposed: Sequence[Held], listed: Sequence[Held], seen: Seen
) -> Found:
    """Compare what is held with what is so."""
    lines = set(truth.hub)
    named = {truth.line_of[number] for number in seen.items if number in truth.line_of}
    by_flow = {one.ref: truth.line(one.numbers) for one in proposed}
    by_hand = {one.ref: truth.line(one.numbers) for one in listed if one.numbers}
    flow, hand = set(by_flow.values()) - {0}, set(by_hand.values()) - {0}
    doubles = _doubles(listed, truth)
    ranked = sorted(_pairs(listed), key=lambda pair: (-pair[0], pair[1]))
    right = [tuple(pair) in doubles for _, pair in ranked]
    sure = [tuple(pair) in doubles for score, pair in ranked if score >= SURE]
    areas = _areas(truth, flow | hand, [*proposed, *listed], seen)
    return Found(
        seed, share, seen.reports, len(lines), len(named), len(proposed),
        _part(sum(map(bool, by_flow.values())), len(by_flow)), _part(len(flow), len(lines)),
        _part(len(flow & named), len(named)), len(listed),
        _part(sum(map(bool, by_hand.values())), len(by_hand)), _part(len(hand), len(lines)),
        _part(len(flow | hand), len(lines)), len(doubles), len(ranked), _part(sum(right), len(right)),
        _part(sum(right), len(doubles)), _part(sum(sure), len(sure)), _part(sum(sure), len(doubles)),
        average_precision(right, len(doubles)), *areas,
    )  # fmt: skip


def _part(some: int, of: int) -> float | None:
    return some / of if of else None


def average_precision(right: Sequence[bool], relevant: int) -> float | None:
    """The mean of the precision at each true pair of a ranking; true pairs that it lacks count as none."""
    if not relevant:
        return None
    hits, total = 0, 0.0
    for place, is_right in enumerate(right, start=1):
        if is_right:
            hits += 1
            total += hits / place
    return total / relevant


def _doubles(lines: Iterable[Held], truth: Truth) -> set[tuple[str, str]]:
    """Pairs of records of one true line."""
    held: dict[int, list[str]] = defaultdict(list)
    for one in lines:
        if line := truth.line(one.numbers):
            held[line].append(one.ref)
    return {pair for refs in held.values() for pair in combinations(sorted(refs), 2)}


def _pairs(lines: Sequence[Held]) -> Iterable[tuple[float, tuple[str, str]]]:
    """The pairs that the product offers, by the same rule, with all evidence in view."""
    from throughline.lines.known import Held as Fact  # noqa: PLC0415 brings the selectors
    from throughline.lines.same import likeness  # noqa: PLC0415

    day = date(2000, 1, 1)
    facts = {
        one.ref: tuple(Fact(s, k, v, v, "", day, day, None, (), 1, ()) for s, k, v in sorted(one.said))
        for one in lines
    }
    sharing: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in lines:
        for said in one.said:
            if said[0] != "own reference":
                sharing[said].append(one.ref)
    near = {
        pair for refs in sharing.values() if len(refs) <= WIDEST for pair in combinations(sorted(refs), 2)
    }
    for one, other in sorted(near):
        if like := likeness(facts[one], facts[other]):
            yield like.score, (one, other)


def _areas(
    truth: Truth, found: set[int], held: Sequence[Held], seen: Seen
) -> tuple[float | None, float | None, float | None, float | None]:
    """Of the lines found: how many are given an exporter, how many of those rightly, and the same of importers."""
    from throughline.lines.attribution import attributed, seen_with  # noqa: PLC0415 brings the gazetteer

    numbers: dict[int, set[str]] = defaultdict(set)
    for one in held:
        numbers[truth.line(one.numbers)] |= one.numbers
    said = right = offered = good = wanted = 0
    for line in found:
        items = {item for number in numbers[line] for item in seen.items.get(number, ())}
        places = [(item, place) for item in items for place in seen.homes.get(item, ())]
        guess = attributed(seen_with({item: seen.areas[item] for item in sorted(items)}, places))
        markets = {one.area for one in guess.sells_in}
        offered, good = offered + len(markets), good + len(markets & truth.markets[line])
        wanted += len(truth.markets[line])
        if guess.comes_from:
            said, right = said + 1, right + (guess.comes_from.area == truth.hub[line])
    return _part(said, len(found)), _part(right, said), _part(good, offered), _part(good, wanted)


def table(rows: Sequence[Found]) -> str:
    """The figures as a table in Markdown."""
    heads = [field.name.replace("_", " ") for field in fields(Found)]
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        cells = [getattr(row, field.name) for field in fields(Found)]
        lines.append(["" if c is None else f"{c:.3f}" if isinstance(c, float) else f"{c:,}" for c in cells])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
