"""How large a nation is run, for how long, and how much of it is written down."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_HALF_YEAR, _YEAR, _QUARTER = 182, 365, 91


@dataclass(frozen=True, slots=True)
class Scale:
    """`lines` trade on a day on average; no region means all. `noise` is reports a day that no line is behind;
    `intensive` are the first days of national weeks of action, each a Monday. `busy_a_line` is how many honest busy
    phones there are call data of, for each line that trades."""

    name: str
    regions: tuple[str, ...]
    first: date
    days: int
    lines: int
    noise: float
    intensive: tuple[date, ...]
    busy_a_line: float = 8.0

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)


SMALL: Final = Scale(
    "small", ("London", "Eastern"), date(2025, 4, 7), _QUARTER, 45, 12.0, (date(2025, 6, 23),)
)
REGION: Final = Scale(
    "region", ("London", "Eastern", "South East", "East Midlands"), date(2025, 1, 6), _HALF_YEAR, 260, 250.0,
    (date(2025, 6, 23),),
)  # fmt: skip
NATIONAL: Final = Scale(
    "national",
    (),
    date(2024, 7, 1),
    _YEAR,
    900,
    1500.0,
    (date(2024, 11, 25), date(2025, 6, 23)),
    busy_a_line=3.0,
)
SCALES: Final = {scale.name: scale for scale in (SMALL, REGION, NATIONAL)}
