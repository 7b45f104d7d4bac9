"""Fitting the weights of successors, and how well a stated chance agrees with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.telecoms.arrays import Floats
from throughline.telecoms.weighing import shares

_RIDGE, _LEAST, _BINS = 0.1, 1e-12, 5


@dataclass(frozen=True, slots=True)
class Example:
    """One search: the features and names of its candidates, and the true successor (blank where there is none)."""

    features: Floats
    names: tuple[str, ...]
    truth: str


def fit(examples: Sequence[Example]) -> tuple[float, Floats]:
    """The worth of nobody and the weights that make what happened likeliest (conditional logit), with a small ridge."""
    from scipy.optimize import minimize  # noqa: PLC0415 takes a second

    def surprise(tried: Floats) -> float:
        nobody, weights = float(tried[0]), tried[1:]
        found = _RIDGE * float(weights @ weights) / 2
        for one in examples:
            chances = shares(one.features @ weights, nobody)
            true = (
                float(chances[one.names.index(one.truth)])
                if one.truth in one.names
                else 1 - float(chances.sum())
            )
            found -= float(np.log(max(true, _LEAST)))
        return found

    start = np.array([1.0] * (1 + examples[0].features.shape[1]))
    best: Floats = minimize(surprise, start, method="L-BFGS-B").x
    return float(best[0]), best[1:]


def calibration(chances: Sequence[tuple[float, bool]]) -> dict[str, object]:
    """Brier score; for each fifth of the stated chance how many, the mean stated, and the share that were right."""
    stated = np.array([chance for chance, _ in chances])
    right = np.array([was for _, was in chances], float)
    fifth = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    bins = [
        [
            int((fifth == n).sum()),
            round(float(stated[fifth == n].mean()), 3),
            round(float(right[fifth == n].mean()), 3),
        ]
        for n in range(_BINS)
        if (fifth == n).any()
    ]
    return {"brier": round(float(((stated - right) ** 2).mean()), 4), "bins": bins}
