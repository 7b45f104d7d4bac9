"""How one event becomes one report: its words, its items with their grades, and the selectors named in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from throughline.simulation import grades, wording
from throughline.simulation.errors import write_address, write_handset, write_mark, write_phone
from throughline.simulation.facts import Arrested, Event, Found, How, Observed, Seized, Violence, Visited
from throughline.simulation.numbers import telephone
from throughline.simulation.register import ALL_KNOWN, Known, Register, Written, write_person

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
_AWKWARD: Final = 1 / 60
_KNOWN_CONTACTS: Final = 0.15
_STRANGERS: Final = 3_000_000
"""From here on the numbers of bystanders are nobody's who is ever seen."""


Seen = Observed | Arrested | Found | Violence | Visited


@dataclass(slots=True)
class Item:
    """One graded statement and the selectors in it."""

    text: str
    cells: grades.Cells
    selectors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """One report of a body, before its reference is given; `happened` is the date of the intelligence."""

    body: str
    how: How
    line: int
    happened: datetime
    filed: date
    title: str
    items: list[Item]
    circulation: str
    people: list[tuple[int, Written]]
    """Each person written down, with the number of the item."""


class Composer:
    """Writes up what the bodies of a nation come to know."""

    def __init__(self, register: Register, seed: int, contacts: int) -> None:
        self.register, self.seed, self.contacts = register, seed, contacts
        self.strangers = _STRANGERS

    def draft(self, event: Event, dice: np.random.Generator) -> Draft | None:
        """The report of an event, or none where nobody writes one."""
        writer = _WRITERS.get(type(event))
        return writer(self, event, dice) if writer else None

    def observed(self, event: Observed, dice: np.random.Generator) -> Draft:
        """What a body saw: people, and the numbers, cars and homes with them."""
        known = KNOWN[event.how]
        people = [write_person(dice, self.register.people[one], known) for one in event.people]
        about = _About(event.town, event.at, people)
        first = Item(about.say(dice, self._opening(event, dice)), grades.grade(dice, event.how))
        first.selectors = [one for person in people for one in selectors_of(person)]
        items = [first]
        self._add_numbers(event, first, people, dice)
        if event.brand:
            brand = _brand(event.brand, dice)
            first.text += " " + _pick(dice, wording.BRANDS).format(brand=brand)
            first.selectors.append(f"brand:{brand}")
        if event.how == "examination":
            items.append(self._contacts(event, dice))
        items += self._things(event, dice)
        return self._whole(
            event, dice, how=event.how, title=self._title(event, dice), items=items, people=people
        )

    def arrested(self, event: Arrested, dice: np.random.Generator) -> Draft:
        """An arrest, as custody knows the person."""
        person = write_person(dice, self.register.people[event.person], ALL_KNOWN)
        text = _About(event.town, event.at, [person]).say(dice, _pick(dice, wording.ARRESTED))
        item = Item(text, grades.grade(dice, "custody"), selectors_of(person))
        title = _pick(dice, wording.TITLES["custody"]).format(town=event.town)
        return self._whole(event, dice, how="custody", title=title, items=[item], people=[person])

    def found(self, event: Found, dice: np.random.Generator) -> Draft:
        """A missing child, as the body that finds them writes it up."""
        person = write_person(dice, self.register.people[event.person], KNOWN["stop"])
        template = _pick(dice, wording.FOUND).replace("{days}", str(max(1, event.days_away)))
        item = Item(
            _About(event.town, event.at, [person]).say(dice, template),
            grades.grade(dice, "stop"), selectors_of(person),
        )  # fmt: skip
        return self._whole(
            event,
            dice,
            how="stop",
            title=f"Missing child found in {event.town}",
            items=[item],
            people=[person],
        )

    def hurt(self, event: Violence, dice: np.random.Generator) -> Draft:
        """Violence: often by hearsay."""
        how: How = "source" if dice.random() < 0.4 else "stop"
        person = write_person(dice, self.register.people[event.victim], KNOWN[how])
        text = _About(event.town, event.at, [person]).say(dice, wording.HURT[event.kind])
        if event.debt:
            text += wording.DEBT.format(money=event.debt)
        item = Item(text, grades.grade(dice, how), selectors_of(person))
        return self._whole(
            event, dice, how=how, title=f"Violence in {event.town}", items=[item], people=[person]
        )

    def visited(self, event: Visited, dice: np.random.Generator) -> Draft:
        """A visit to a home that may have been taken over."""
        person = write_person(dice, self.register.people[event.occupier], KNOWN["visit"])
        home, selector = self._home(event.premises, dice)
        template = wording.VISITED[event.truly].replace("{home}", home or f"an address in {event.town}")
        item = Item(_About(event.town, event.at, [person]).say(dice, template), grades.grade(dice, "visit"))
        item.selectors = selectors_of(person) + selector
        title = wording.TITLES["visit"][0].format(town=event.town)
        return self._whole(event, dice, how="visit", title=title, items=[item], people=[person])

    def seized(self, event: Seized, dice: np.random.Generator) -> Draft | None:
        """A handset that was taken is examined; other things go into the list of seizures alone."""
        if event.kind != "handset" or not event.number:
            return None
        seen = Observed(
            event.at, event.body, event.town, "examination", event.line, "", (event.person,), (event.number,),
            (event.imei,), (), 0,
        )  # fmt: skip
        return self.observed(seen, dice)

    def _whole(
        self, event: Seen, dice: np.random.Generator, *, how: How, title: str, items: list[Item],
        people: list[Written],
    ) -> Draft:  # fmt: skip
        if dice.random() < _AWKWARD:
            items[0].text += _pick(dice, wording.AWKWARD)
        body = event.body
        days = grades.days_until_written(dice, how)
        return Draft(
            body=body, how=how, line=event.line, happened=event.at,
            filed=date.fromordinal(event.at.date().toordinal() + days), title=title, items=items,
            circulation=grades.circulation(dice, body, how), people=[(1, person) for person in people],
        )  # fmt: skip

    def _opening(self, event: Observed, dice: np.random.Generator) -> str:
        plain = not event.line and event.how in {"stop", "public", "source", "watch"}
        return _pick(dice, wording.PLAIN if plain else wording.OPENINGS[event.how])

    def _title(self, event: Observed, dice: np.random.Generator) -> str:
        titles: Sequence[str] = wording.TITLES[event.how]
        if event.brand:
            titles = wording.LINE_TITLES
        return _pick(dice, titles).format(town=event.town, brand=event.brand)[:200]

    def _add_numbers(
        self, event: Observed, item: Item, people: list[Written], dice: np.random.Generator
    ) -> None:
        own = {self.register.people[one].phone for one in event.people}
        for number in event.numbers:
            written = write_phone(dice, number, care=KNOWN[event.how].care)
            sentences = wording.OWN_PHONES if number in own or not event.line else wording.NUMBERS
            item.text += " " + _pick(dice, sentences).format(number=written)
            item.selectors.append(f"phone:{written}")
        for imei in event.imeis:
            written = write_handset(dice, imei)
            item.text += " " + _pick(dice, wording.HANDSETS).format(handset=written)
            item.selectors.append(f"imei:{written}")

    def _contacts(self, event: Observed, dice: np.random.Generator) -> Item:
        """The address book of a handset: mostly numbers that are seen nowhere else."""
        count = 1 + int(self.contacts * dice.gamma(2.0, 0.5))
        numbers = []
        for known in dice.random(count) < _KNOWN_CONTACTS:
            if known:
                nth = int(dice.integers(1, max(2, len(self.register.people))))
            else:
                self.strangers += 1
                nth = self.strangers
            numbers.append(f"phone:+{telephone('bystander', nth, self.seed)}")
        return Item(wording.CONTACTS.format(count=count), grades.grade(dice, event.how), numbers)

    def _things(self, event: Observed, dice: np.random.Generator) -> list[Item]:
        """A car and a home, each an item of its own with its own grade."""
        items = []
        for nth in event.vehicles[:1]:
            car = self.register.vehicles[nth]
            mark = write_mark(dice, car.mark, care=KNOWN[event.how].care)
            text = _pick(dice, wording.CARS).format(car=car.looks, mark=mark)
            items.append(Item(text, grades.grade(dice, event.how), [f"vehicle:{mark}"]))
        home, selector = self._home(event.premises, dice)
        if home:
            text = _pick(dice, wording.HOMES).format(home=home)
            items.append(Item(text, grades.grade(dice, event.how), selector))
        return items

    def _home(self, nth: int, dice: np.random.Generator) -> tuple[str, list[str]]:
        if nth not in self.register.premises:
            return "", []
        place = self.register.premises[nth]
        home = f"{write_address(dice, place.address)}, {place.town}"
        return home, [f"address:{home} {place.postcode}"]


_WRITERS: Final[Mapping[type, Callable[..., Draft | None]]] = {
    Observed: Composer.observed,
    Arrested: Composer.arrested,
    Found: Composer.found,
    Violence: Composer.hurt,
    Visited: Composer.visited,
    Seized: Composer.seized,
}


@dataclass(frozen=True, slots=True)
class _About:
    """Where, when and who, to be put into a sentence."""

    town: str
    at: datetime
    people: list[Written]

    def say(self, dice: np.random.Generator, template: str) -> str:
        here = self.at.astimezone(LONDON)
        who = self.people[0].name if self.people else "Somebody not known"
        day = _days(here.date())[dice.random() < 0.7]
        text = template.format(who=who, town=self.town, day=day, time=f"{here.hour:02d}:{here.minute:02d}")
        for other in self.people[1:]:
            text += " " + _pick(dice, wording.WITH).format(other=other.name)
        return text[0].upper() + text[1:]


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


def _brand(name: str, dice: np.random.Generator) -> str:
    """The name of a line as people say it."""
    thrown = dice.random()
    if thrown < 0.5:
        return f"{name} line"
    if thrown < 0.7:
        return f"the {name} line"
    return name if thrown < 0.9 else name.upper()


def _pick(dice: np.random.Generator, choices: Sequence[str]) -> str:
    return choices[int(dice.random() * len(choices))]
