"""A calibration plot: the chance that was stated against how often it was right, as an SVG."""

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

SIDE: Final = 360
_LEFT, _TOP, _FOOT = 60, 16, 54
_LEAST, _MOST = 3.0, 12.0


class Bin(NamedTuple):
    """Searches whose best chance lies in one tenth: the mean stated, the share that was right, and how many."""

    stated: float
    right: float
    count: int


def picture(bins: Sequence[Bin]) -> str:
    """The plot; the area of a dot grows with the number of searches behind it, and the bar is twice its error."""
    parts = [
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#505a5f" stroke-dasharray="4 4"/>',
        *(_tick(tenth / 5) for tenth in range(6)),
        *(_dot(one, max(b.count for b in bins)) for one in bins),
    ]
    width, height = SIDE + _LEFT + 20, SIDE + _TOP + _FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        'font-family="sans-serif" font-size="13"><title>Chance stated for the best candidate, and how often it was '
        f'right</title><rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        + "\n".join(parts)
        + f'\n<text x="{_x(0.5)}" y="{height - 8}" text-anchor="middle">Chance stated</text>'
        f'<text x="14" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 14 {_y(0.5)})">'
        "Share that was right</text>"
        "</svg>\n"
    )


def _x(share: float) -> float:
    return round(_LEFT + share * SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * SIDE, 1)


def _tick(at: float) -> str:
    return (
        f'<line x1="{_x(0)}" y1="{_y(at)}" x2="{_x(1)}" y2="{_y(at)}" stroke="#d8d8d8"/>'
        f'<text x="{_LEFT - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>'
        f'<text x="{_x(at)}" y="{_y(0) + 20}" text-anchor="middle">{at:.1f}</text>'
    )


def _dot(one: Bin, most: int) -> str:
    error = 2 * sqrt(max(one.right * (1 - one.right), 0.25 / one.count) / one.count)
    low, high = max(0.0, one.right - error), min(1.0, one.right + error)
    size = round(max(_LEAST, _MOST * sqrt(one.count / most)), 1)
    return (
        f'<line x1="{_x(one.stated)}" y1="{_y(low)}" x2="{_x(one.stated)}" y2="{_y(high)}" stroke="#00386b"/>'
        f'<circle cx="{_x(one.stated)}" cy="{_y(one.right)}" r="{size}" fill="#00386b">'
        f"<title>{one.count} searches: {one.stated} stated, {one.right} right</title></circle>"
    )
