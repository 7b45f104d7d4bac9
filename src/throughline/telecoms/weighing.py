"""From what speaks for each candidate to a probability, by weights under review (``succession.json``)."""

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
    return float(model["nobody"]), np.array([model["weights"][name] for name in FEATURES], np.float64)


def probabilities(rows: Floats) -> Floats:
    """The probability that each candidate of one number is its successor; what is left of 1 is that nobody is.

    Conditional logit (D. McFadden 1974): candidates and nobody compete, each by the exponential of what speaks for it.
    """
    nobody, weights = _weights()
    return shares(rows @ weights, nobody)


def shares(worth: Floats, nobody: float) -> Floats:
    """What each of these is chosen with, beside nobody with this worth."""
    top = max(nobody, float(worth.max(initial=nobody)))
    each: Floats = np.exp(worth - top)
    out: Floats = each / (np.exp(nobody - top) + each.sum())
    return out
