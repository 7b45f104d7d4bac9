"""Fitting the chance that anybody took over, and how well a stated chance agrees with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.telecoms.arrays import Floats
from throughline.telecoms.weighing import TRAITS, traits_of_best

_RIDGE, _BINS = 0.1, 5


@dataclass(frozen=True, slots=True)
class Example:
    """One search: the features and names of its candidates, and the true successor (blank where there is none)."""

    features: Floats
    names: tuple[str, ...]
    truth: str


def fit(*kinds: Sequence[Example]) -> dict[str, float]:
    """The weights of the best candidate's traits that make what happened likeliest: logistic, with a small ridge.

    Each kind of examples counts as much as each other, however many of it there are.

    What happened is whether the true successor was among the candidates, first or not. Whatever the examples are, no
    trait may speak against it; a SIM, which no example carries over, counts as a handset does.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 takes a second

    seen = [one for examples in kinds for one in examples if one.names]
    most = max(len(examples) for examples in kinds)
    counts = np.array([most / len(examples) for examples in kinds for one in examples if one.names])
    traits = np.array([traits_of_best(one.features) for one in seen])
    there = np.array([one.truth in one.names for one in seen], float)
    spread = np.where(traits.std(axis=0) > 0, traits.std(axis=0), 1.0)

    def surprise(tried: Floats) -> float:
        worth = tried[0] + traits / spread @ tried[1:]
        ridge = _RIDGE * float(tried[1:] @ tried[1:]) / 2
        return float(counts @ (np.logaddexp(0, worth) - there * worth)) + ridge

    bounds = [(None, None), *((0, None) for _ in TRAITS)]
    best: Floats = minimize(surprise, np.zeros(1 + len(TRAITS)), method="L-BFGS-B", bounds=bounds).x
    weights = {name: float(value) for name, value in zip(TRAITS, best[1:] / spread, strict=True)}
    return {"constant": float(best[0])} | weights | {"sim": weights["handset"]}


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
