"""How a line's number is given up and the next one taken up: why, how long it is silent, whom it keeps."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np

from throughline.simulation import numbers
from throughline.simulation.facts import NumberChanged, NumberHeld, Why
from throughline.simulation.lines import LiveLine, Phone
from throughline.simulation.nation import Nation

# The share back within the hour, and the median hours of silence of the others (lognormal, spread 1.1). A number
# changed from habit is told to customers beforehand. "About an hour" is what officers say; no figure is published.
_LAGS: Final[dict[Why, tuple[float, float]]] = {
    "pressure": (0.32, 6.0), "order": (0.3, 14.0), "rhythm": (0.5, 3.0), "seized": (0.2, 20.0),
}  # fmt: skip
_SPREAD, _LONGEST = 1.1, 24.0 * 12
# Mean share of customers kept, and how certain: most keep most.
_KEPT: Final[dict[Why, float]] = {"pressure": 0.82, "order": 0.72, "rhythm": 0.93, "seized": 0.66}
_SURE = 18.0
_SAME_HANDSET: Final[dict[Why, float]] = {"pressure": 0.3, "order": 0.55, "rhythm": 0.6, "seized": 0.0}


def new_phone(nation: Nation, since: datetime, *, handset: str = "") -> Phone:
    """A number that nobody had before, on a new SIM, in this handset or a new one."""
    nth = nation.next_id("number")
    nation.outcomes.numbers += 1
    number = numbers.telephone("line", nth, nation.seed)
    return Phone(number, handset or numbers.imei(nation.next_id("handset")), numbers.imsi(nth), since)


def give_up_number(nation: Nation, line: LiveLine, why: Why, at: datetime) -> bool:
    """A line stops answering its number and gets another; False where it is between two numbers already."""
    if line.next_phone or at <= line.phone.since:
        return False
    thrown = nation.stream("succession")
    within_the_hour, median = _LAGS[why]
    quick = thrown.random() < within_the_hour
    hours = thrown.uniform(0.05, 1.0) if quick else median * float(np.exp(_SPREAD * thrown.standard_normal()))
    same = thrown.random() < _SAME_HANDSET[why]
    since = at + timedelta(seconds=int(3600 * min(hours, _LONGEST)))
    line.next_phone = new_phone(nation, since, handset=line.phone.imei if same else "")
    line.given_up = (at, why)
    return True


def count_silence(nation: Nation) -> None:
    """For each line between two numbers, how many hours of today it does not answer."""
    midnight = datetime.combine(nation.today, time(), UTC)
    for line in nation.fleet.living():
        if line.next_phone and line.given_up:
            start = max(line.given_up[0], midnight)
            end = min(line.next_phone.since, midnight + timedelta(days=1))
            nation.fleet.silent_hours[line.slot] = max(0.0, (end - start).total_seconds() / 3600)


def take_up_numbers(nation: Nation) -> list[tuple[LiveLine, float]]:
    """At the end of a day, the lines whose next number came today go on with it, with this share of customers."""
    midnight = datetime.combine(nation.today, time(), UTC) + timedelta(days=1)
    return [
        (line, _take_up(nation, line, line.next_phone, *line.given_up))
        for line in nation.fleet.living()
        if line.next_phone and line.given_up and line.next_phone.since < midnight
    ]


def _take_up(nation: Nation, line: LiveLine, following: Phone, until: datetime, why: Why) -> float:
    old, thrown = line.phone, nation.stream("succession")
    kept = round(float(thrown.beta(_KEPT[why] * _SURE, (1 - _KEPT[why]) * _SURE)), 3)
    nation.tell(_held(line, until, following.number, why))
    nation.note(
        NumberChanged(
            following.since, line.id, old.number, following.number, why,
            round((following.since - until).total_seconds() / 3600, 2), kept, old.imei == following.imei,
        )
    )  # fmt: skip
    nation.fleet.strength[line.slot] *= kept
    line.phone, line.next_phone, line.given_up = following, None, None
    return kept


def last_number(line: LiveLine, at: datetime, why: Why) -> NumberHeld:
    """The number of a line that ends, with no other after it."""
    if line.given_up:
        at, why = line.given_up
    return _held(line, at, 0, why)


def open_number(line: LiveLine) -> NumberHeld:
    """The number of a line that trades after the last day."""
    return _held(line, None, 0, None)


def _held(line: LiveLine, until: datetime | None, following: int, why: Why | None) -> NumberHeld:
    phone = line.phone
    return NumberHeld(line.id, phone.number, phone.imei, phone.imsi, phone.since, until, following, why)
