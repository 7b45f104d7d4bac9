"""What our STIX objects are called: ids that are made again alike, and the extension that declares what STIX lacks."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("730b6462-8e93-504a-b797-2aff0b1c5da9")
"""Of ours alone: an id is UUIDv5 of what it names, so whoever exports the same thing again gives it the same id."""
BEGUN: Final = "2026-01-01T00:00:00.000Z"
"""When what never changes, such as a marking, was made."""
SELECTOR: Final = "intelligence-selector"
"""The type of a value for which STIX has none, such as a telephone number or a vehicle mark."""
SPEC: Final = "2.1"
Thing = dict[str, Any]
"""One STIX object."""


def name_of(kind: str, *words: object) -> str:
    """The id of a thing of a STIX type, by words that name it and no other."""
    return f"{kind}--{uuid5(NAMESPACE, ' '.join(map(str, (kind, *words))))}"


def at(moment: datetime) -> str:
    """A moment as STIX writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def body_named(code: str) -> str:
    """The id of a body."""
    return name_of("identity", "body", code)


HOUSE: Final[Thing] = {
    "type": "identity", "spec_version": SPEC, "id": name_of("identity", "Throughline"), "created": BEGUN,
    "modified": BEGUN, "name": "Throughline", "identity_class": "system",
}  # fmt: skip
EXTENSION: Final[Thing] = {
    "type": "extension-definition", "spec_version": SPEC, "id": name_of("extension-definition", "grading", 1),
    "created": BEGUN, "modified": BEGUN, "created_by_ref": HOUSE["id"], "version": "1.0.0",
    "name": "3x5x2 grading, handling conditions, markings and selectors",
    "description": "What an intelligence report carries that STIX has no place for.",
    "extension_types": ["property-extension", "new-sco"],
    "schema": (
        "On a report: date_of_intelligence (a date), is_sanitised, threats (a list), priority, caveat, contact, pii, "
        "sensitive_source. On a note: part (item or provenance), number, and grade with scheme (3x5x2 or 5x5x5), "
        "source, assessment, handling and, under 5x5x5, instructions. On a marking-definition: classification "
        "(OFFICIAL or OFFICIAL-SENSITIVE) with circulation (codes of bodies, or all), or conditions with action, "
        "sanitisation and instructions, the terms of handling code C. On an identity, a location or an observable: "
        f"kind and key of the selector that it is. A new observable, {SELECTOR}: kind, key and value, as a person "
        "reads it. A blank or absent property says nothing."
    ),
}  # fmt: skip
EXTENDED: Final[str] = EXTENSION["id"]


def extended(**said: object) -> dict[str, Thing]:
    """The extension as one object carries it; what is blank is left out."""
    return {EXTENDED: {"extension_type": "property-extension"} | {k: v for k, v in said.items() if v}}


def said_beyond(thing: Thing) -> Thing:
    """What an object says in our extension; nothing where it has none."""
    extensions = thing.get("extensions")
    said = extensions.get(EXTENDED) if isinstance(extensions, dict) else None
    return said if isinstance(said, dict) else {}
