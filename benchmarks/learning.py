"""Fitting the weights of successors, and how well a stated chance agrees with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.telecoms.arrays import Floats

_RIDGE, _STEPS, _BINS = 1.0, 50, 5


@dataclass(frozen=True, slots=True)
class Example:
    """One search: the features and names of its candidates, and the true successor (blank where there is none)."""

    features: Floats
    names: tuple[str, ...]
    truth: str


def fit(examples: Sequence[Example]) -> tuple[float, Floats]:
    """Logistic regression with a small ridge, by Newton's method; features are brought to one scale while fitting."""
    rows = np.concatenate([one.features for one in examples if len(one.names)])
    is_true = np.array([name == one.truth for one in examples for name in one.names], float)
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    x = np.column_stack([np.ones(len(rows)), (rows - centre) / scale])
    beta = np.zeros(x.shape[1])
    ridge = np.diag([0.0] + [_RIDGE] * rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (is_true - chance) - ridge @ beta
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004 it stands still
            break
    weights: Floats = beta[1:] / scale
    return float(beta[0] - weights @ centre), weights


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
