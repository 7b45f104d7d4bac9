"""Events of MISP as rows of a file of reports. Pure: no database.

An event is a report of one item, in the words of its title and of its texts, with those of its values that are
selectors; it waits for a person to grade it. What has no place is named, with the reason. An event that Throughline
wrote is refused: MISP does not carry all terms of a report, and STIX does.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from throughline.interop.incoming import (
    Refused,
    RefusedThing,
    Taken,
    TakenReport,
    admitted,
    one_item,
    selector_of,
    text_in,
    written,
)
from throughline.interop.misp.out import OWN_ORGANISATION, organisation_named

Said = dict[str, Any]
_KINDS = {
    "phone-number": "phone", "msisdn": "phone", "email": "email", "email-src": "email", "email-dst": "email",
    "email-reply-to": "email", "iban": "account", "bank-account-nr": "account", "imei": "imei", "imsi": "imsi",
    "iccid": "iccid", "license-plate-number": "vehicle",
}  # fmt: skip
"""What an attribute is here, by its relation to its object, or else by its type."""
_WORDS = frozenset({"comment", "text"})
_SAID = frozenset({"comment", "description", "summary", "text"})
"""Types of attributes that are words, and the relations under which an object has them; others only qualify a file."""
_NAMED = ("first-name", "full-name", "last-name", "date-of-birth")
_KEPT_TO = {
    OWN_ORGANISATION: "MISP distribution: your organisation only.",
    "1": "MISP distribution: this community only.",
    "4": "MISP distribution: a sharing group.",
}
_DELETED = "Its originator has deleted it."


def objects_in(text: str) -> list[object]:
    """Events with their attributes and objects after them, each as a thing of its own under the name of what it is.

    Raises ValueError where the text holds no event.
    """
    content = json.loads(text)
    response = content.get("response", [content]) if isinstance(content, dict) else content
    if not isinstance(response, list):
        raise ValueError(text[:80])
    out: list[object] = []
    for one in response:
        event = one.get("Event", one) if isinstance(one, dict) else None
        if not isinstance(event, dict) or "info" not in event:
            raise ValueError(text[:80])
        out.append(
            {"Event": {name: said for name, said in event.items() if name not in ("Attribute", "Object")}}
        )
        out += [{"Attribute": attribute} for attribute in _list(event, "Attribute")]
        for group in _list(event, "Object"):
            held = group if isinstance(group, dict) else {}
            out.append({"Object": {name: said for name, said in held.items() if name != "Attribute"}})
            out += [{"Attribute of it": attribute} for attribute in _list(held, "Attribute")]
    return out


@dataclass(slots=True)
class _Part:
    """An attribute, or an object with the attributes in it, by its place."""

    place: int
    said: Said
    inner: list["_Part"] = field(default_factory=list)

    @property
    def id(self) -> str:
        return text_in(self.said, "uuid")


def take(things: Sequence[object], *, own: str, bodies: Iterable[str]) -> Taken:
    """What becomes of each thing; see `incoming.Take`. The report is the reader's own, whoever wrote the event."""
    ours = {organisation_named(code): code for code in bodies}
    out = Taken()
    for event, parts in _events(things):
        reading = _Reading(event, parts, ours)
        try:
            out.reports.append(reading.report())
        except Refused as refusal:
            out.refused.append(RefusedThing(event.place, event.id, str(refusal)))
            reading.refuse_all(f"Its event {event.id} was not taken.")
        out.refused += reading.refused
    out.refused.sort(key=lambda one: one.place)
    return out


def _events(things: Sequence[object]) -> Iterator[tuple[_Part, list[_Part]]]:
    event, parts = _Part(0, {}), list[_Part]()
    for place, thing in enumerate(things, 1):
        name, said = next(iter(thing.items())) if isinstance(thing, dict) and thing else ("", {})
        part = _Part(place, said if isinstance(said, dict) else {})
        if name == "Event":
            if event.place:
                yield event, parts
            event, parts = part, []
        elif name == "Attribute of it" and parts:
            parts[-1].inner.append(part)
        else:
            parts.append(part)
    if event.place:
        yield event, parts


class _Reading:
    """One event while it is read."""

    def __init__(self, event: _Part, parts: Sequence[_Part], ours: dict[str, str]) -> None:
        self.event, self.parts, self.ours = event, parts, ours
        self.places = {event.place: event.id}
        self.refused: list[RefusedThing] = []
        self.words: list[str] = []
        self.selectors: list[str] = []
        self.caveat: dict[str, None] = {}

    def report(self) -> TakenReport:
        """The report that the event is. Raises `Refused`."""
        said = self.event.said
        if not self.event.id:
            raise Refused("It has no uuid, by which it would be known again.")
        maker = _within(said, "Orgc")
        if code := self.ours.get(text_in(maker, "uuid")):
            raise Refused(f"It is a report of {code}: carry it as STIX, which keeps grades and conditions.")
        self._terms(said)
        for part in self.parts:
            self._take(part)
        title = text_in(said, "info")
        row = one_item(
            self.event.id, day=text_in(said, "date"), title=title, text="\n".join([title, *self.words]),
            selectors=self.selectors, caveat=" ".join(self.caveat), contact=text_in(maker, "name"),
        )  # fmt: skip
        return TakenReport(((self.event.place, row),), self.places)

    def refuse_all(self, reason: str) -> None:
        """Refuse whatever the event holds."""
        every = [one for part in self.parts for one in (part, *part.inner)]
        self.refused = [RefusedThing(one.place, one.id, reason) for one in every]

    def _take(self, part: _Part) -> None:
        """Keep what has a place here of one attribute, or of one object with its attributes."""
        if not part.inner:
            self._try([part], partial(self._value, part))
            return
        kept = len(self.places)
        named = {text_in(one.said, "object_relation"): one for one in part.inner}
        person = [named[name] for name in _NAMED if name in named]
        if "date-of-birth" not in named or len(person) == 1:
            person = []
        else:
            self._try(person, partial(self._person, named))
        for one in part.inner:
            if one not in person:
                self._try([one], partial(self._value, one))
        if len(self.places) > kept:
            self.places[part.place] = part.id
        else:
            self.refused.append(RefusedThing(part.place, part.id, "Nothing that is in it was kept."))

    def _try(self, parts: Sequence[_Part], keep: Callable[[], None]) -> None:
        """Keep parts that stand or fall together: the terms of one are those of all."""
        before = dict(self.caveat)
        try:
            for part in parts:
                if part.said.get("deleted") is True:
                    raise Refused(_DELETED)
                self._terms(part.said)
            keep()
        except Refused as refusal:
            self.caveat = before
            self.refused += [RefusedThing(part.place, part.id, str(refusal)) for part in parts]
        else:
            self.places |= {part.place: part.id for part in parts}

    def _value(self, part: _Part) -> None:
        said = part.said
        kind, relation, value = (
            text_in(said, "type"),
            text_in(said, "object_relation"),
            text_in(said, "value"),
        )
        found = _KINDS.get(relation) or _KINDS.get(kind)
        comment = text_in(said, "comment")
        if found:
            selector = selector_of(found, value)
            self.selectors.append(written(selector))
            self.words += [f"{selector.shown}: {comment}"] if comment else []
        elif kind in _WORDS and (not relation or relation in _SAID) and value.strip():
            self.words.append(f"{comment}: {value}" if comment else value)
        else:
            raise Refused(f"Nothing of the type {kind[:40] or 'that it has'} is held here.")

    def _person(self, named: dict[str, _Part]) -> None:
        first, whole, last, born = (
            text_in(named[name].said, "value") if name in named else "" for name in _NAMED
        )
        name = f"{last}, {first}, {born}" if first and last else f"{whole or first or last} {born}"
        self.selectors.append(written(selector_of("person", name)))

    def _terms(self, said: Said) -> None:
        """Put the terms of an event or a value into the caveat. Raises `Refused` where they cannot be kept."""
        for tag in _list(said, "Tag"):
            name = admitted(text_in(tag, "name").upper()) if isinstance(tag, dict) else ""
            if name.startswith("TLP:"):
                self.caveat[f"Received under {name}."] = None
        if whom := _KEPT_TO.get(str(said.get("distribution", ""))):
            self.caveat[whom] = None


def _within(said: Said, name: str) -> Said:
    value = said.get(name)
    return value if isinstance(value, dict) else {}


def _list(said: Said, name: str) -> list[Any]:
    value = said.get(name)
    return value if isinstance(value, list) else []
