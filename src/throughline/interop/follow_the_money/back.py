"""Entities of FollowTheMoney as rows of a file of reports. Pure: no database.

What says something of a day about other entities (a note, an article, a payment) is a report of one item, in its own
words, with the values of those that it names; it waits for a person to grade it. An entity that nothing of the kind
names has no source, and is refused. So are entities that Throughline wrote: STIX carries all terms of a report.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from throughline.interop.follow_the_money.out import public_body_named
from throughline.interop.incoming import (
    Refused,
    RefusedThing,
    Taken,
    TakenReport,
    one_item,
    selector_of,
    written,
)
from throughline.selectors.registry import Selector

Entity = dict[str, Any]
_DAYS = ("date", "startDate", "publishedAt", "authoredAt")
"""The properties that say of what day an entity tells, the first that it has."""
_SAID = ("description", "summary", "bodyText", "notes")
_ID = re.compile(r"\S{1,200}")


def objects_in(text: str) -> list[object]:
    """One entity a line; a line that is no JSON stays as its text. Raises ValueError where no line is an entity."""
    out: list[object] = []
    for line in text.splitlines():
        if line.strip():
            try:
                out.append(json.loads(line))
            except ValueError:
                out.append(line)
    if not any(map(_is_entity, out)):
        raise ValueError(text[:80])
    return out


def _is_entity(thing: object) -> bool:
    return (
        isinstance(thing, dict)
        and isinstance(thing.get("id"), str)
        and bool(_ID.fullmatch(thing["id"]))
        and isinstance(thing.get("schema"), str)
        and isinstance(thing.get("properties"), dict)
    )


def take(things: Sequence[object], *, own: str, bodies: Iterable[str]) -> Taken:
    """What becomes of each entity; see `incoming.Take`. The report is the reader's own, whoever wrote the entities."""
    reading = _Reading(things)
    if reading.entities.keys() & {public_body_named(code) for code in bodies}:
        reading.refuse_all("Throughline wrote it: carry it as STIX, which keeps grades and conditions.")
    else:
        reading.read()
    reading.out.refused.sort(key=lambda one: one.place)
    return reading.out


class _Reading:
    """The entities of one file while they are read."""

    def __init__(self, things: Sequence[object]) -> None:
        self.out = Taken()
        self.entities: dict[str, Entity] = {}
        self.places: dict[str, int] = {}
        for place, thing in enumerate(things, 1):
            if not isinstance(thing, dict) or not _is_entity(thing):
                name = str(thing.get("id", "")) if isinstance(thing, dict) else ""
                self._refuse_at(place, name[:80], "It is no entity: it needs an id, a schema and properties.")
            elif thing["id"] in self.entities:
                self._refuse_at(
                    place, thing["id"], "An entity of this id stands before it. Merge the two first."
                )
            else:
                self.entities[thing["id"]], self.places[thing["id"]] = thing, place
        self.reasons: dict[str, str] = {}

    def _refuse_at(self, place: int, name: str, reason: str) -> None:
        self.out.refused.append(RefusedThing(place, name, reason))

    def refuse_all(self, reason: str) -> None:
        """Refuse every entity."""
        for name, place in self.places.items():
            self._refuse_at(place, name, reason)

    def read(self) -> None:
        """Take what tells of a day, and name the rest."""
        kept: set[str] = set()
        for name, entity in self.entities.items():
            if _day(entity) and (_said(entity) or any(self._named(entity))):
                report = self._report(name, entity)
                kept.update(report.places.values())
                self.out.reports.append(report)
        for name, entity in self.entities.items():
            if name not in kept:
                alone = f"Nothing that tells of a day names this {_spoken(entity['schema'])[:40]}, so it has no source."
                self._refuse_at(self.places[name], name, self.reasons.get(name, alone))

    def _report(self, name: str, entity: Entity) -> TakenReport:
        named = dict.fromkeys(self._named(entity))
        beyond = [further for one in named for further in self._named(self.entities[one])]
        places, selectors = {self.places[name]: name}, []
        for one in dict.fromkeys([name, *named, *beyond]):
            found, reason = _selectors(self.entities[one])
            selectors += [written(selector) for selector in found]
            if found:
                places[self.places[one]] = one
            elif one != name:
                self.reasons.setdefault(one, reason)
        schema, day = _spoken(entity["schema"]), _day(entity)
        row = one_item(
            name, day=day, title=_caption(entity) or f"{schema} of {day}", text=self._text(entity),
            selectors=selectors, contact=_first(entity, "publisher"),
        )  # fmt: skip
        return TakenReport(((self.places[name], row),), places)

    def _named(self, entity: Entity) -> Iterator[str]:
        """The other entities that it names, of those that were sent."""
        for name in entity["properties"]:
            yield from (
                value for value in _values(entity, name) if value in self.entities and value != entity["id"]
            )

    def _text(self, entity: Entity) -> str:
        """What it says, a line for each property; entities by what they are called."""
        lines = [*_said(entity), f"{_spoken(entity['schema'])}."]
        for name in entity["properties"]:
            if name not in (*_SAID, "name", "title"):
                values = [self._shown(value) for value in _values(entity, name)]
                lines += [f"{_spoken(name)}: {'; '.join(values)}"] if values else []
        return "\n".join(lines)

    def _shown(self, value: str) -> str:
        other = self.entities.get(value)
        return (_caption(other) or _spoken(other["schema"])) if other else value


def _selectors(entity: Entity) -> tuple[list[Selector], str]:
    """The selectors that an entity is or has, and why it has none."""
    found, reason = [], f"Nothing of the schema {entity['schema'][:40]} is held here but its name, in words."
    for kind, value in _candidates(entity):
        try:
            found.append(selector_of(kind, value))
        except Refused as refusal:
            reason = str(refusal)
    return found, reason


def _candidates(entity: Entity) -> Iterator[tuple[str, str]]:
    """Kind and value of whatever may be a selector."""
    schema = entity["schema"]
    first, last = (_first(entity, name) for name in ("firstName", "lastName"))
    names = [f"{last}, {first},"] if first and last else _values(entity, "name")
    if schema == "Person":
        born = _first(entity, "birthDate")
        yield from (("person", f"{name} {born}") for name in names[:1])
    if schema == "Address":
        line, postcode = (_first(entity, name) for name in ("street", "postalCode"))
        whole = f"{line}, {postcode}" if line and postcode else _first(entity, "full")
        yield ("postcode", postcode) if postcode and not line else ("address", whole)
    if schema == "Vehicle":
        yield from (("vehicle", value) for value in _values(entity, "registrationNumber"))
    if schema == "BankAccount":
        yield from (
            ("account", value) for value in (*_values(entity, "iban"), *_values(entity, "accountNumber"))
        )
    if schema == "UserAccount":
        for service in _values(entity, "service"):
            yield from (("social", f"{service}:{value}") for value in _values(entity, "username"))
    for kind in ("phone", "email"):
        yield from ((kind, value) for value in _values(entity, kind))


def _caption(entity: Entity) -> str:
    return next(
        (value for name in ("name", "title", "full", "username") for value in _values(entity, name)), ""
    )


def _said(entity: Entity) -> list[str]:
    return [value for name in _SAID for value in _values(entity, name)]


def _day(entity: Entity) -> str:
    return next((value[:10] for name in _DAYS for value in _values(entity, name)), "")


def _spoken(name: str) -> str:
    """A name as words: ``amountEur`` is Amount eur."""
    words = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f" {found[0].lower()}", name)
    return words[:1].upper() + words[1:]


def _first(entity: Entity, name: str) -> str:
    return next(iter(_values(entity, name)), "")


def _values(entity: Entity, name: str) -> list[str]:
    values = entity["properties"].get(name)
    return (
        [value for value in values if isinstance(value, str) and value.strip()]
        if isinstance(values, list)
        else []
    )
