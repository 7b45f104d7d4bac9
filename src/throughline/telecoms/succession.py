"""Which newcomer took over from which silent number, judged by the contacts that moved with it.

A number's contacts are its signature (C. Cortes, D. Pregibon and C. Volinsky, Communities of Interest, Intelligent
Data Analysis 6, 2002; first in IDA 2001). Where they compare signatures by Dice or Hellinger, we ask how much better
the old number's contacts explain the newcomer's calls than the popularity of each contact does: a mixture of the two,
as documents are ranked by the language model of a query (J. Ponte and W. B. Croft, SIGIR 1998; F. Jelinek and
R. L. Mercer 1980 for the mixture). A contact that few have weighs much, one that everybody has next to nothing
(L. Adamic and E. Adar, Friends and neighbors on the web, 2003).

Several phones changed at once hide one another: the contacts of one are new names too. So the two sides are matched
together, round by round, as in seeded graph matching (A. Narayanan and V. Shmatikov, De-anonymizing social networks,
2009; L. Yartseva and M. Grossglauser, On the performance of percolation graph matching, 2013): contacts that kept their
number are the seeds; each round carries the signatures over by what is believed so far, with belief shared out softly
(S. Gold and A. Rangarajan, A graduated assignment algorithm for graph matching, 1996), never a hard choice that
could not be taken back. Where many changed at one moment, that moment is found first (`turning.py`).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.telecoms.arrays import Floats, Ints, log_sum
from throughline.telecoms.contest import left_by_others
from throughline.telecoms.scene import DAY, Scene, Side
from throughline.telecoms.weighing import by_contacts

Matrix = NDArray[np.float32]

BACKGROUND: Final = 0.5
"""How much of a number's contact is not explained by whom it was in touch with before."""
SILENCE: Final = 1.0
"""What a long silence costs, by its length in expected calls."""
NOBODY: Final = 2.0
"""The score of having no successor at all."""
ROUNDS: Final = 8
SHARPNESS: Final = (0.2, 2.0)
"""How firmly a score is believed, in the first round and in the last: early mistakes must not set hard."""
_SCALINGS: Final = 6
FAINTEST: Final = 1e-3
IMPOSSIBLE: Final = -1e8
"""A pair with a score below this cannot be: the newcomer lived already."""


@dataclass(frozen=True, slots=True)
class Match:
    """The score of each silent number (row) and newcomer (column).

    ``now`` is the signature of each silent number as it would stand today, by what is believed at the end; ``left`` is
    the logarithm of the chance that no other silent number has the newcomer.
    """

    score: Floats
    now: Matrix
    left: Floats


def match(scene: Scene, *, rounds: int = ROUNDS) -> Match:
    """Score every pair, carrying contacts over by what is believed so far; `rounds` of 0 looks once, without that."""
    time = _time_score(scene)
    belief = np.zeros((len(scene.silent), len(scene.born)), np.float32)
    contact = _contact_score(scene, belief)
    for sharpness in np.linspace(*SHARPNESS, rounds):
        belief = _believe(contact + time, float(sharpness))
        contact = _contact_score(scene, belief)
    score = contact + time
    return Match(score, carried(scene, _believe(score, SHARPNESS[1])), left_by_others(_odds(score)))


def _odds(score: Floats) -> Floats:
    """The logarithm of the odds of each pair against having no successor, by contacts and time alone."""
    odds = by_contacts(score) - by_contacts(np.array(NOBODY))
    return np.where(score > IMPOSSIBLE, odds, IMPOSSIBLE)


def signature(side: Side) -> Matrix:
    """The share of each number's contact that goes to each column."""
    shares: Matrix = (side.weights / np.maximum(side.total, 1e-9)[:, None]).astype(np.float32)
    return shares


def carried(scene: Scene, belief: Matrix) -> Matrix:
    """Signatures of the silent as they would stand today: contacts that changed number count under the new one."""
    return _carry(scene, signature(scene.silent), scene.silent.column, scene.born.column, belief)


def _carried_back(scene: Scene, belief: Matrix) -> Matrix:
    """Signatures of the newcomers as they would have stood before the change."""
    return _carry(scene, signature(scene.born), scene.born.column, scene.silent.column, belief.T)


def _carry(scene: Scene, shares: Matrix, here: Ints, there: Ints, belief: Matrix) -> Matrix:
    is_here, is_there = here >= 0, there >= 0
    here, there = here[is_here], there[is_there]
    placed = np.minimum(belief[is_here].sum(axis=1), 1)
    moved = shares[:, here] @ belief[np.ix_(is_here, is_there)]
    if scene.turn is None:
        shares[:, here] *= 1 - placed
    else:
        # At a turn all of these changed number: what is not placed yet is with some newcomer that nobody has claimed.
        free = scene.commonness[there] * np.maximum(1 - belief[:, is_there].sum(axis=0), 0)
        unplaced = shares[:, here] @ (1 - placed)
        shares[:, here] = 0
        moved += np.outer(unplaced, free / max(float(free.sum()), 1e-9)).astype(np.float32)
    shares[:, there] += moved
    return shares


def _contact_score(scene: Scene, belief: Matrix) -> Floats:
    """How much better each explains the other's contacts than chance does: the mean of both ways, in nats."""
    forth = _better(scene, carried(scene, belief)) @ scene.born.weights.T
    back = scene.silent.weights @ _better(scene, _carried_back(scene, belief)).T
    chance = np.log(BACKGROUND) * (scene.silent.total[:, None] + scene.born.total[None, :])
    score: Floats = ((forth + back).astype(np.float64) + chance) / 2
    return score


def _better(scene: Scene, shares: Matrix) -> Matrix:
    likelier: Matrix = np.log1p((1 - BACKGROUND) / BACKGROUND * shares / scene.commonness.astype(np.float32))
    return likelier


def _time_score(scene: Scene) -> Floats:
    gap = silence(scene)
    score: Floats = np.where(
        gap < 0, 10 * IMPOSSIBLE, -SILENCE * np.log1p(np.maximum(gap, 0) * _pace_of_both(scene))
    )
    return score


def silence(scene: Scene) -> Floats:
    """Days from the last call of each silent number to the first of each newcomer; below 0 it lived already."""
    days: Floats = (scene.born.first[None, :] - scene.silent.last[:, None]) / DAY
    # The very second of the last call is not yet silence.
    return np.where(days <= 0, -1.0, days)


def pace(side: Side) -> Floats:
    """Calls a day, over a life that counts as a day at least."""
    calls: Floats = side.calls / ((side.last - side.first) / DAY + 1)
    return calls


def _pace_of_both(scene: Scene) -> Floats:
    old, new = pace(scene.silent)[:, None], pace(scene.born)[None, :]
    both: Floats = old * new / (old + new)
    return both


def _believe(score: Floats, sharpness: float) -> Matrix:
    """Belief in each pair: what each row and each column gives adds up to 1 at most, the rest goes to nobody.

    R. Sinkhorn's scaling of rows and columns in turn (1967), in logarithms, with nobody as one more of each.
    """
    weight = sharpness * (score - NOBODY)
    rows, columns = np.zeros((len(score), 1)), np.zeros((1, score.shape[1]))
    for _ in range(_SCALINGS):
        rows = -np.logaddexp(0, log_sum(weight + columns, axis=1))
        columns = -np.logaddexp(0, log_sum(weight + rows, axis=0))
    belief: Matrix = np.exp(weight + rows + columns).astype(np.float32)
    belief[belief < FAINTEST] = 0
    return belief
