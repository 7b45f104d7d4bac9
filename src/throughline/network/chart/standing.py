"""What stands on a chart and where, as its reader may know it, in plain values."""

from dataclasses import dataclass

from throughline.network.chart.models import ChartSpot, LinkChart
from throughline.network.chart.spots import Spot


@dataclass(frozen=True, slots=True)
class Stood:
    """One thing with its thrown number, its place, whether it is hidden, and what was noted beside it."""

    number: int
    spot: Spot
    x: int
    y: int
    is_hidden: bool = False
    note: str = ""


def standing_on(chart: LinkChart) -> list[Stood]:
    """Everything on it, hidden or not. Must run inside ``reading(reader)``."""
    names = ("number", "kind", "key", "x", "y", "is_hidden", "note")
    return [
        Stood(number, Spot(kind, key), x, y, is_hidden, note)
        for number, kind, key, x, y, is_hidden, note in ChartSpot.objects.filter(chart=chart).values_list(
            *names
        )
    ]
