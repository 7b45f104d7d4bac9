"""What is found on people who are arrested."""

from datetime import datetime
from typing import Final

import numpy as np

from throughline.simulation.facts import Seized, Thing
from throughline.simulation.lines import LiveLine
from throughline.simulation.nation import Nation
from throughline.simulation.places import Town

_WEAPON, _GRAMS = 0.25, 12.0
_WEAPONS: Final[tuple[tuple[Thing, str], ...]] = (
    ("firearm", "firearms"), ("blade", "blades"), ("other weapon", "other_weapons"),
)  # fmt: skip
_WEAPON_SHARES = np.cumsum((0.145, 0.706, 0.149))
_CASH, _CASH_SPREAD = 700.0, 1.0


def search(
    nation: Nation, person: int, of_line: int, line: LiveLine, where: tuple[str, Town, datetime]
) -> None:
    """What is found on somebody: cash mostly, drugs often, a weapon in one case of four."""
    thrown = nation.stream("searches")
    body, town, at = where
    weapon, kind_of_weapon, drug_found, which, grams = thrown.random(5)

    def seize(kind: Thing, amount: int) -> None:
        nation.note(Seized(at, body, town.key, of_line, person, kind, amount, 0, "", ""))

    if weapon < _WEAPON:
        kind, counted = _WEAPONS[int(np.searchsorted(_WEAPON_SHARES, kind_of_weapon))]
        seize(kind, 1)
        nation.count(body, counted)
    cash = int(_CASH * np.exp(_CASH_SPREAD * thrown.standard_normal()))
    seize("cash", cash)
    nation.count(body, "cash", cash)
    if drug_found < 1 / 2:
        seize(line.drugs[int(which * len(line.drugs))], 1 + int(-_GRAMS * np.log(1 - grams)))


def take_phone(nation: Nation, line: LiveLine, person: int, where: tuple[str, Town, datetime]) -> None:
    """The handset of a line is taken, with the number it traded on."""
    body, town, at = where
    phone = line.phone
    nation.note(
        Seized(at, body, town.key, line.id, person, "handset", 1, phone.number, phone.imei, phone.imsi)
    )
