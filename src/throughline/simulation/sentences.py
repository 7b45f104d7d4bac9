"""What each way of knowing brings of a person, and how who, where and when are put into a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from throughline.simulation import wording
from throughline.simulation.facts import How
from throughline.simulation.register import ALL_KNOWN, Known, Written

LONDON: Final = ZoneInfo("Europe/London")
KNOWN: Final[Mapping[How, Known]] = {
    "stop": Known(care=0.35, name=0.98, born=0.95, address=0.80, phone=0.45, street_name=0.1),
    "watch": Known(care=0.60, name=0.70, born=0.35, address=0.20, phone=0.05, street_name=0.4),
    "source": Known(care=0.80, name=0.72, born=0.22, address=0.25, phone=0.25, street_name=0.7),
    "examination": Known(care=0.30, name=0.85, born=0.80, address=0.40, phone=0.90, street_name=0.3),
    "public": Known(care=1.00, name=0.50, born=0.08, address=0.35, phone=0.05, street_name=0.3),
    "visit": Known(care=0.40, name=0.97, born=0.90, address=0.95, phone=0.40, street_name=0.1),
    "camera": Known(care=0.50, name=0.55, born=0.45, address=0.15, phone=0.02, street_name=0.1),
    "custody": ALL_KNOWN,
    "partner": Known(care=0.45, name=0.99, born=0.90, address=0.80, phone=0.35, street_name=0.2),
}
"""What each way of knowing brings of a person. The shares are our judgement; the kinds of error are measured."""


@dataclass(frozen=True, slots=True)
class About:
    """Where, when and who, to be put into a sentence."""

    town: str
    at: datetime
    people: list[Written]

    def say(self, dice: np.random.Generator, template: str) -> str:
        """The sentence with its blanks filled, and one for each further person."""
        here = self.at.astimezone(LONDON)
        who = self.people[0].in_full if self.people else "Somebody not known"
        day = _days(here.date())[dice.random() < 0.7]
        text = template.format(who=who, town=self.town, day=day, time=f"{here.hour:02d}:{here.minute:02d}")
        for other in self.people[1:]:
            text += " " + _begun(pick(dice, wording.WITH).format(other=other.in_full))
        return _begun(text)


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


@lru_cache(maxsize=1_000)
def _days(day: date) -> tuple[str, str]:
    """A day in figures and in words."""
    return f"{day:%d/%m/%Y}", f"{day:%A} {day.day} {day:%B %Y}"


def selectors_of(person: Written) -> list[str]:
    """A person, a home and a phone, as far as they are known well enough to be listed."""
    found = []
    if person.given and person.family and person.born:
        found.append(f"person:{person.family}, {person.given}, {person.born}")
    if person.address and person.postcode:
        found.append(f"address:{person.address}, {person.town} {person.postcode}")
    if person.phone:
        found.append(f"phone:{person.phone}")
    return found


def brand_said(name: str, dice: np.random.Generator) -> str:
    """The name of a line as people say it."""
    thrown = dice.random()
    if thrown < 0.5:
        return f"{name} line"
    if thrown < 0.7:
        return f"the {name} line"
    return name if thrown < 0.9 else name.upper()


def pick(dice: np.random.Generator, choices: Sequence[str]) -> str:
    """One of these."""
    return choices[int(dice.random() * len(choices))]
