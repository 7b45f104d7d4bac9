"""From what speaks for each candidate to a probability, by weights under review (``succession.json``).

Two questions, one after the other, as in the nested logit (D. McFadden, Modelling the choice of residential location,
1978): who of the candidates would it be, and did anybody take over at all. What ranks candidates well (contacts and
time, against popularity) does not tell a successor from a rival who gathers the customers of a line that ended; what
tells those two apart ranks badly where people keep few of their contacts.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from throughline.telecoms.arrays import Floats

FEATURES: Final = ("score", "handset", "sim", "cells", "told", "kept", "sure", "left")
"""In the order of the columns of `features`; the weights are kept by these names.

``kept`` is the share of the old number's contact, by weight, that the newcomer has: a rival that gathers some of the
customers of a line that ended has less of it. ``sure`` is the score again, up to where more of it says nothing more:
where acquaintance changes from week to week nobody keeps much. ``left`` is the logarithm of the chance that no other
silent number has it (`contest.py`), and so has a weight of 1.
"""
SURE_ENOUGH: Final = 4.0
TRAITS: Final = ("kept", "sure", "handset", "sim", "cells", "told")
"""Of the best candidate, those that say whether anybody took over."""
_COLUMNS: Final = [FEATURES.index(name) for name in TRAITS]


@cache
def _model() -> Mapping[str, Any]:
    text = files("throughline.telecoms").joinpath("succession.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def rooted(score: Floats) -> Floats:
    """The score of contacts and time by its root: calls are not as many witnesses as the score takes them for."""
    root: Floats = np.sign(score) * np.sqrt(np.abs(score))
    return root


def by_contacts(score: Floats) -> Floats:
    """What scores of contacts and time are worth: differences are the logarithms of odds."""
    worth: Floats = _model()["ranking"]["score"] * rooted(score)
    return worth


def probabilities(rows: Floats) -> Floats:
    """The probability that each candidate of one number is its successor; what is left of 1 is that nobody is."""
    if not len(rows):
        return np.zeros(0)
    among = shares(rows)
    return among * anybody(traits_of_best(rows))


def shares(rows: Floats) -> Floats:
    """The chance of each candidate, should one of them have taken over: they add up to 1."""
    weights = _model()["ranking"]
    worth = rows @ np.array([weights.get(name, 0.0) for name in FEATURES])
    each = np.exp(worth - worth.max())
    among: Floats = each / each.sum()
    return among


def anybody(traits: Floats) -> float:
    """The chance that somebody took over, by the traits of the best candidate."""
    model = _model()["anybody"]
    worth = model["constant"] + traits @ np.array([model[name] for name in TRAITS])
    return float(1 / (1 + np.exp(-worth)))


def traits_of_best(rows: Floats) -> Floats:
    """The traits of the best of these candidates, in the order of `TRAITS`."""
    best: Floats = rows[int(np.argmax(shares(rows))), _COLUMNS]
    return best
