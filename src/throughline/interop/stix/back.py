"""STIX 2.1 objects as rows of a file of reports. Pure: no database.

A report of ours comes back as it was. One of anybody else is taken with what has a place here: its words, and the
values that are selectors; it waits for a person to grade it. What has no place is named, with the reason.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from throughline.interop.incoming import (
    LONGEST_CAVEAT,
    LONGEST_CONTACT,
    LONGEST_TITLE,
    STRICTEST,
    Refused,
    RefusedThing,
    Taken,
    TakenReport,
    admitted,
    selector_of,
    text_in,
    written,
)
from throughline.interop.stix.names import SELECTOR, Thing, body_named, said_beyond
from throughline.selectors.registry import Selector

_CONTEXT = frozenset({"extension-definition", "language-content", "marking-definition"})
_TLP = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""The markings of the Traffic Light Protocol, 1.0 as in STIX 2.1 section 7.2.1.4 and 2.0 as in its OASIS extension."""
_ID = re.compile(r"[a-z0-9-]{3,250}--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def objects_in(text: str) -> list[object]:
    """The objects of a bundle, or the one that a file is. Raises ValueError where it is neither."""
    content = json.loads(text)
    if isinstance(content, dict) and content.get("type") == "bundle":
        objects = content.get("objects", [])
        if isinstance(objects, list):
            return objects
    elif isinstance(content, dict) and "type" in content and "id" in content:
        return [content]
    raise ValueError(text[:80])


def take(things: Sequence[object], *, own: str, bodies: Iterable[str]) -> Taken:
    """Read objects for the body ``own``, of whose code no other may file. ``bodies`` are the codes of all bodies."""
    return _Reading(things, own, bodies).taken()


class _Reading:
    """The objects of one bundle while they are read."""

    def __init__(self, things: Sequence[object], own: str, bodies: Iterable[str]) -> None:
        self.own = own
        self.bodies = {body_named(code): code for code in bodies}
        self.out = Taken()
        self.things: dict[str, Thing] = {}
        self.places: dict[str, int] = {}
        self.reasons: dict[str, str] = {}
        self.used: set[str] = set()
        for place, thing in enumerate(things, 1):
            self._index(place, thing)
        self.about: dict[str, list[str]] = {}
        for name, thing in self.things.items():
            for ref in _refs(thing) if _type(thing) == "note" else ():
                self.about.setdefault(ref, []).append(name)

    def _index(self, place: int, thing: object) -> None:
        name = thing.get("id") if isinstance(thing, dict) else None
        if not isinstance(thing, dict) or not isinstance(name, str) or not _ID.fullmatch(name):
            self.out.refused.append(
                RefusedThing(place, str(name or "")[:80], "It has no id as STIX 2.1 asks.")
            )
            return
        held = self.things.get(name)
        older, newer = sorted((place, self.places.get(name, place)))
        if held is not None:
            if str(held.get("modified", "")) > str(thing.get("modified", "")):
                thing, older, newer = held, newer, older
            self.out.refused.append(
                RefusedThing(older, name, "A later version, or the same again, was sent.")
            )
        self.things[name], self.places[name] = thing, newer

    def taken(self) -> Taken:
        for name, thing in self.things.items():
            if _type(thing) == "report":
                self._try_report(name, thing)
        for name, thing in self.things.items():
            if name in self.used:
                continue
            if name in self.reasons:
                self._refuse(name, self.reasons[name])
            elif self._is_context(thing):
                self.out.context += 1
            else:
                self._refuse(name, self._why_not(thing))
        self.out.refused.sort(key=lambda one: one.place)
        return self.out

    def _refuse(self, name: str, reason: str) -> None:
        self.out.refused.append(RefusedThing(self.places[name], name, reason))

    def _is_context(self, thing: Thing) -> bool:
        is_body = thing["id"] in self.bodies or thing.get("identity_class") == "system"
        return _type(thing) in _CONTEXT or (_type(thing) == "identity" and is_body)

    def _why_not(self, thing: Thing) -> str:
        if _type(thing) == "relationship":
            return (
                "Ties between objects are not taken in: what is said of one stands in the words of a report."
            )
        try:
            self._selector(thing)
        except Refused as refusal:
            return str(refusal)
        return "No report that was taken names it, and nothing is held without its source."

    def _try_report(self, name: str, thing: Thing) -> None:
        before = set(self.used)
        try:
            self.out.reports.append(self._report(name, thing))
        except Refused as refusal:
            self.used = before
            self.reasons[name] = str(refusal)
            for ref in self._members(name, thing):
                self.reasons.setdefault(ref, f"Its report {name} was not taken.")

    def _report(self, name: str, thing: Thing) -> TakenReport:
        owner = self.bodies.get(str(thing.get("created_by_ref", "")))
        if owner and owner != self.own:
            raise Refused(f"It is a report of {owner}: only {owner} files it.")
        if thing.get("revoked") is True:
            raise Refused("Its originator has withdrawn it.")
        said, members = said_beyond(thing), self._members(name, thing)
        for ref in _refs(thing):
            if ref not in self.things:
                self.out.missing.append(
                    RefusedThing(self.places[name], ref, f"{name} names it, but it was not sent.")
                )
        marking, circulation, caveat = self._terms(thing)
        notes = sorted(
            (note for ref in members if _type(note := self.things[ref]) == "note" and self._stands(ref, marking)),
            key=lambda note: _number(said_beyond(note).get("number")),
        )  # fmt: skip
        ids = {name, *(note["id"] for note in notes)}
        items, statement = [], dict[str, str]()
        for note in notes:
            if said_beyond(note).get("part") == "provenance":
                statement = {
                    "provenance": text_in(note, "content"),
                    **self._grade(note, "provenance_"),
                }
            else:
                items.append((note, _refs(note)))
        if not said and thing.get("description"):
            items.insert(0, (thing, []))
        if not items:
            raise Refused("It holds no words: neither a description, nor a note about it that was sent.")
        mine = {ref for _, refs in items for ref in refs}
        items[0] = (items[0][0], [*items[0][1], *(ref for ref in members if ref not in mine)])
        rows = []
        for item, refs in items:
            selectors = self._selectors(refs, ids)
            rows.append(
                (
                    self.places[item["id"]],
                    {
                        "report": self._reference(name, thing, owner),
                        "date_of_intelligence": _day(said, thing),
                        "title": text_in(thing, "name")[: None if said else LONGEST_TITLE],
                        "item": str(said_beyond(item).get("number", "")),
                        "text": text_in(item, "content") or text_in(item, "description"),
                        "marking": marking, "circulation": circulation, "selectors": ";".join(selectors),
                        **(self._grade(item) if item is not thing else {}),
                    },
                )
            )  # fmt: skip
        rows[0][1].update(statement | self._about(thing, said, caveat, ids))
        self.used |= ids
        return TakenReport(tuple(rows), {self.places[one]: one for one in ids})

    def _reference(self, name: str, thing: Thing, owner: str | None) -> str:
        references = thing.get("external_references")
        for one in references if isinstance(references, list) else ():
            if owner and isinstance(one, dict) and one.get("source_name") == owner:
                return text_in(one, "external_id")
        return name

    def _about(self, thing: Thing, said: Thing, caveat: str, ids: set[str]) -> dict[str, str]:
        maker = self.things.get(str(thing.get("created_by_ref", "")))
        contact = text_in(said, "contact")
        if maker is not None and maker["id"] not in self.bodies:
            ids.add(maker["id"])
            contact = text_in(maker, "name")[:LONGEST_CONTACT]
        return {
            "threats": ";".join(_list(said, "threats")),
            "priority": text_in(said, "priority"), "caveat": text_in(said, "caveat") or caveat, "contact": contact,
            "pii": text_in(said, "pii"), "sensitive_source": text_in(said, "sensitive_source"),
        }  # fmt: skip

    def _members(self, name: str, thing: Thing) -> list[str]:
        """What a report names, and the notes about it, of those that were sent, each once."""
        named = dict.fromkeys([*_refs(thing), *self.about.get(name, ())])
        return [ref for ref in named if ref in self.things and ref != name]

    def _terms(self, thing: Thing) -> tuple[str, str, str]:
        """The marking, the circulation and the caveat of an object. Raises `Refused` where they cannot be kept."""
        if thing.get("granular_markings"):
            raise Refused("It marks parts of itself, and such terms cannot be kept. Send the parts apart.")
        if not isinstance(thing.get("object_marking_refs", []), list):
            raise Refused("Its markings are no list, so its terms cannot be kept.")
        words = []
        for ref in _list(thing, "object_marking_refs"):
            if colour := _TLP.get(ref):
                words.append(f"Received under {admitted(colour)}.")
                continue
            marking = self.things.get(ref)
            if marking is None:
                raise Refused(f"Its marking {ref} was not sent, so its terms cannot be kept.")
            said = said_beyond(marking)
            if said.get("classification"):
                return str(said["classification"]), ";".join(_list(said, "circulation")), ""
            if not said.get("conditions"):
                words.append(f"Received under: {admitted(_marked(marking))}")
        return STRICTEST, "", " ".join(words)[:LONGEST_CAVEAT]

    def _stands(self, name: str, marking: str) -> bool:
        """Whether a note can be kept under the marking of its report; it is named otherwise."""
        note = self.things[name]
        try:
            if note.get("revoked") is True:
                raise Refused("Its originator has withdrawn it.")
            if self._terms(note)[0] not in (marking, "OFFICIAL"):
                raise Refused("It is marked higher than its report: send it in a report of its own.")
        except Refused as refusal:
            self.reasons[name] = str(refusal)
            return False
        return True

    def _grade(self, note: Thing, prefix: str = "") -> dict[str, str]:
        """The columns of a grade, with the terms of handling code C from the note's marking."""
        grade = said_beyond(note).get("grade")
        if not isinstance(grade, dict):
            return {}
        known = {part: text_in(grade, part) for part in ("source", "assessment", "handling", "instructions")}
        for ref in _list(note, "object_marking_refs"):
            terms = said_beyond(self.things.get(ref, {})).get("conditions")
            if isinstance(terms, dict):
                known |= {part: text_in(terms, part) for part in ("action", "sanitisation", "instructions")}
        scheme = {} if prefix else {"scheme": text_in(grade, "scheme")}
        return {f"{prefix}{part}": value for part, value in known.items()} | scheme

    def _selectors(self, refs: Iterable[str], ids: set[str]) -> Iterator[str]:
        """Each object that is a selector, as a file of reports writes it; one that is none keeps its reason."""
        for ref in dict.fromkeys(self._within(refs, ids)):
            try:
                self._terms(self.things[ref])
                selector = self._selector(self.things[ref])
            except Refused as refusal:
                self.reasons.setdefault(ref, str(refusal))
                continue
            ids.add(ref)
            yield written(selector)

    def _within(self, refs: Iterable[str], ids: set[str]) -> Iterator[str]:
        """These objects, and for what was observed or sighted what it was."""
        for ref in refs:
            thing = self.things.get(ref, {})
            inner = _refs(thing) if _type(thing) == "observed-data" else ()
            if _type(thing) == "sighting":
                inner = [str(thing.get("sighting_of_ref", ""))]
            if inner and all(one in self.things for one in inner):
                ids.add(ref)
                yield from inner
            elif thing and _type(thing) not in ("note", "report", "relationship"):
                yield ref

    def _selector(self, thing: Thing) -> Selector:
        kind, value = _kind_and_value(thing)
        if not kind:
            raise Refused(f"Nothing of the type {_type(thing)[:40]} is held here.")
        return selector_of(kind, value)


def _kind_and_value(thing: Thing) -> tuple[str, str]:
    """The kind of selector that an object is, '' for none, and what is read as its value."""
    said = thing if _type(thing) == SELECTOR else said_beyond(thing)
    if said.get("kind"):
        return text_in(said, "kind"), text_in(said, "key")
    line, postcode = text_in(thing, "street_address"), text_in(thing, "postal_code")
    found = {
        "email-addr": ("email", text_in(thing, "value")),
        "user-account": ("social", f"{text_in(thing, 'account_type') or 'other'}:{text_in(thing, 'account_login')}"),
        "location": ("address", f"{line}, {postcode}") if line else ("postcode" if postcode else "", postcode),
        "identity": ("person" if thing.get("identity_class") == "individual" else "", text_in(thing, "name")),
    }  # fmt: skip
    return found.get(_type(thing), ("", ""))


def _marked(marking: Thing) -> str:
    """What a marking says, in words."""
    definition = marking.get("definition")
    stated = definition if isinstance(definition, dict) else {}
    colour = f"TLP:{text_in(stated, 'tlp').upper()}" if stated.get("tlp") else ""
    return colour or text_in(stated, "statement") or text_in(marking, "name") or str(marking["id"])


def _type(thing: Thing) -> str:
    return str(thing.get("type", ""))


def _refs(thing: Thing) -> list[str]:
    return _list(thing, "object_refs")


def _list(thing: Thing, name: str) -> list[str]:
    values = thing.get(name)
    return [str(value) for value in values] if isinstance(values, list) else []


def _day(said: Thing, thing: Thing) -> str:
    """The date of the intelligence; of a report that has none, the day on which it was published."""
    return (text_in(said, "date_of_intelligence") or text_in(thing, "published"))[:10]


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
