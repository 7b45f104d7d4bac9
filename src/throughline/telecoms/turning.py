"""The moment at which many changed their phones at once, where there was one.

Just before such a moment more numbers than usual are seen for the last time, just after it more than usual for the
first. Both are compared with the other side of the moment, by their Poisson errors; the weaker counts. Nobody
knows the width beforehand, so several are tried (as scan statistics do: J. Naus, 1965).
"""

from typing import Final

import numpy as np

from throughline.telecoms.arrays import Floats

WIDTHS: Final = (1 / 14, 1 / 28, 1 / 60)
"""Of the whole span of the data."""
SURE: Final = 2.5
"""Standard errors. A single line that changes its phone is far below."""


def turn_of(first: Floats, last: Floats) -> float | None:
    """The moment of the turn, from the first and last moments of all numbers; None where there was none."""
    first, last = np.sort(first), np.sort(last)
    if not len(first):
        return None
    best, moment = SURE, None
    for width in (last[-1] - first[0]) * np.array(WIDTHS):
        # Just after a last moment, and at a first one: between those nothing changes.
        times = np.unique(np.concatenate((first, last + 0.5)))
        times = times[(times > first[0] + width) & (times < last[-1] - width)]
        if not len(times):
            continue
        ended = _surplus(_within(last, times - width, times), _within(last, times, times + width))
        began = _surplus(_within(first, times, times + width), _within(first, times - width, times))
        sure = np.minimum(ended, began)
        place = int(np.argmax(sure))
        if sure[place] > best:
            best, moment = float(sure[place]), float(times[place])
    return moment


def _within(moments: Floats, start: Floats, end: Floats) -> Floats:
    counts: Floats = (np.searchsorted(moments, end) - np.searchsorted(moments, start)).astype(np.float64)
    return counts


def _surplus(many: Floats, few: Floats) -> Floats:
    surplus: Floats = (many - few) / np.sqrt(many + few + 1)
    return surplus
