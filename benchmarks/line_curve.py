"""What is known of the lines of a nation as its reports arrive, drawn as curves: an SVG of our own."""

from collections.abc import Sequence
from html import escape

from benchmarks.line_judging import Found

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 60, 40, 250, 50
CURVES = (
    ("found", "lines found, register and flow", "#00386b", ""),
    ("proposals_found", "lines found by the flow alone", "#00386b", "6 4"),
    ("proposals_right", "proposals that are lines", "#b10e1e", "6 4"),
    ("pairs_found", "doubles found", "#00613c", ""),
    ("pairs_right", "pairs offered that are doubles", "#00613c", "6 4"),
    ("exporter_said", "lines given an exporter", "#4c2c92", ""),
    ("exporter_right", "exporters given that are right", "#4c2c92", "6 4"),
)
"""The figure, what it is called, and how it is drawn: whole for what is found, dashed for how much of it is right."""
_GRID = (0, 25, 50, 75, 100)


def curves(rows: Sequence[Found]) -> str:
    """The curves of one seed; the table beside them says the same."""
    title = f"What is known of the lines of seed {rows[0].seed}, as its reports arrive"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t" '
        'font-family="sans-serif" font-size="13">',
        f'<title id="t">{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_axes(),
    ]
    ends = sorted((_y(_last(rows, name)), name) for name, *_ in CURVES)
    labels = _apart([y for y, _ in ends])
    where = {name: label for (_, name), label in zip(ends, labels, strict=True)}
    for name, words, colour, dashes in CURVES:
        points = [(row.share, getattr(row, name)) for row in rows if getattr(row, name) is not None]
        path = " ".join(f"{_x(share):.1f},{_y(value):.1f}" for share, value in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>',
            f'<text x="{WIDTH - RIGHT + 12}" y="{where[name] + 4:.1f}" fill="{colour}">{escape(words)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _axes() -> list[str]:
    out = []
    for step in _GRID:
        x, y = _x(step), _y(step / 100)
        out += [
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#d8dbde"/>',
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#505a5f">{step / 100:g}</text>',
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#505a5f">{step}</text>',
        ]
    out.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{HEIGHT - 10}" text-anchor="middle" fill="#0b0c0c">'
        "reports loaded, in a hundred</text>"
    )
    return out


def _last(rows: Sequence[Found], name: str) -> float:
    return next((getattr(row, name) for row in reversed(rows) if getattr(row, name) is not None), 0.0)


def _apart(places: Sequence[float], *, least: float = 18) -> list[float]:
    """Places for labels, from the top down, each below the one before."""
    out: list[float] = []
    for place in places:
        out.append(max(place, out[-1] + least) if out else place)
    return out


def _x(share: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * share / 100


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value
