"""From the features of a candidate to a probability, by weights learnt on simulated nations (``succession.json``)."""

import json
from functools import cache
from importlib.resources import files

import numpy as np

from throughline.telecoms.arrays import Floats
from throughline.telecoms.evidence import FEATURES


@cache
def _weights() -> tuple[float, Floats]:
    text = files("throughline.telecoms").joinpath("succession.json").read_text(encoding="utf-8")
    model = json.loads(text)
    return float(model["intercept"]), np.array([model["weights"][name] for name in FEATURES], np.float64)


def probabilities(rows: Floats) -> Floats:
    """The probability that each candidate of one number is its successor; together at most 1.

    Each is weighed by itself. Where they add up to more than 1 they are brought down in proportion, since a number
    has one successor at most.
    """
    if not len(rows):
        return np.zeros(0)
    intercept, weights = _weights()
    alone: Floats = 1 / (1 + np.exp(-(intercept + rows @ weights)))
    return alone / max(1.0, float(alone.sum()))
