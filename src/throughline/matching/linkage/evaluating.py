"""A linkage beside the truth, which it never sees before it has ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from throughline.matching.linkage.blocking import Key
from throughline.matching.linkage.linking import Linked, Prepare, link
from throughline.matching.linkage.measuring import (
    AtThreshold,
    Measure,
    Share,
    by_pairs,
    by_records,
    by_records_of,
    curve,
    true_pairs,
)
from throughline.matching.linkage.model import Model, persons
from throughline.matching.linkage.preparing import prepare

UNSAID = "not said"
THRESHOLD = 0.5
"""Two groups are one person where that is likelier than not: the least errors to expect, whatever the data."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right a linkage is. Recalls count every true pair, those that no key brought together included."""

    pairs: Measure
    bcubed: Measure
    threshold: float
    curve: tuple[AtThreshold, ...]
    records: int
    unlabelled: int
    people: int
    people_found: int
    true_pairs: int
    compared: int
    blocking_recall: float | None
    keys: tuple[Key, ...]
    folded: int
    named_apart: tuple[int, int]
    """As ``Linked`` has it."""
    prior: float
    model: str
    by: Mapping[str, Mapping[str, Share]]
    """Who bears the errors: B-cubed for the records of each gender, and of each origin of name where it is told."""


def evaluate(
    records: Sequence[Mapping[str, str]],
    truth: Sequence[str | None],
    *,
    kinds: Mapping[str, Sequence[str]] | None = None,
    model: Model | None = None,
    prepared: Prepare = prepare,
    progress: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Link the records, then measure over those whose truth is known, and for each of the ``kinds`` told of them."""
    model = model or persons()
    return beside(
        link(records, model=model, prepared=prepared, progress=progress), truth, kinds or {}, model=model
    )


def beside(
    found: Linked,
    truth: Sequence[str | None],
    kinds: Mapping[str, Sequence[str]] | None = None,
    *,
    model: Model | None = None,
) -> Evaluation:
    """What a linkage is worth beside the truth."""
    told = [place for place, person in enumerate(truth) if person is not None]
    groups, people = [found.group_of[place] for place in told], [truth[place] for place in told]
    numbers: dict[str, int] = {}
    number_of = np.array([
        -1 if person is None else numbers.setdefault(person, len(numbers)) for person in truth
    ], dtype=np.int64)  # fmt: skip
    left, right = number_of[found.compared.left], number_of[found.compared.right]
    known = (left >= 0) & (right >= 0)
    is_true, true, model = (left == right)[known], true_pairs(people), model or persons()
    return Evaluation(
        pairs=by_pairs(groups, people), bcubed=by_records(groups, people), threshold=THRESHOLD,
        curve=tuple(curve(found.bits[known], is_true, true)),
        records=len(truth), unlabelled=len(truth) - len(told), people=len(numbers), people_found=len(set(groups)),
        true_pairs=true, compared=len(found.compared.left),
        blocking_recall=int(is_true.sum()) / true if true else None,
        keys=found.keys, folded=found.folded, named_apart=found.named_apart, prior=found.prior,
        model=f"{model.name} {model.version}",
        by={name: by_records_of(groups, people, [each[place] or UNSAID for place in told])
            for name, each in (kinds or {}).items()},
    )  # fmt: skip
