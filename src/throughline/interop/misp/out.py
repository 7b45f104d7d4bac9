"""Reports as events of MISP. Pure: no database, and the same report gives the same event.

MISP has no handling conditions and no need-to-know of ours. Grade, conditions and marking go as tags, and every event
may be seen by the receiving organisation alone. What no longer stands is left out: MISP has no word for withdrawn.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid5

from throughline.intelligence.sanitising import CURRENT, STANDS
from throughline.intelligence.whole_reports import WholeGrade, WholeReport
from throughline.interop.stix.names import NAMESPACE
from throughline.selectors.kinds.person import person_parts
from throughline.selectors.registry import KINDS, Selector

Event = dict[str, Any]
OWN_ORGANISATION = "0"
"""The distribution under which MISP passes nothing on."""
UNDEFINED = "4"
"""The threat level of an event of which nobody has said it."""
COLOUR = "#1d70b8"
_TYPES = {"phone": ("phone-number", "Person"), "email": ("email", "Social network")}
_ELSE = ("other", "Other")


def misp_events(report: WholeReport, modified: datetime) -> list[Event]:
    """The event of a report; none where it no longer stands."""
    if report.state not in CURRENT:
        return []
    moment = str(int(max(modified, report.recorded_at).timestamp()))
    event = {
        "uuid": _name("event", report.ref), "info": report.title, "date": report.date_of_intelligence.isoformat(),
        "timestamp": moment, "published": False, "analysis": "2" if report.state in STANDS else "0",
        "threat_level_id": UNDEFINED, "distribution": OWN_ORGANISATION,
        "Orgc": {"name": report.owner_name, "uuid": organisation_named(report.owner)},
        "Tag": _tags(_marking(report)), "Attribute": [{**one, "timestamp": moment} for one in _attributes(report)],
    }  # fmt: skip
    return [{"Event": event}]


def _attributes(report: WholeReport) -> Iterator[Event]:
    for item in report.items:
        said = f"Item {item.number}"
        yield _attribute((report.ref, item.number), said, item.grade, ("text", "Other", item.text))
        for selector in item.selectors:
            kind = f"{KINDS[selector.kind].label}, item {item.number}"
            for value in _values(selector):
                yield _attribute((report.ref, item.number), kind, item.grade, value)
    if report.provenance:
        value = ("text", "Other", report.provenance)
        yield _attribute((report.ref, "provenance"), "Provenance", report.provenance_grade, value)


def _attribute(
    part: tuple[object, ...], said: str, grade: WholeGrade | None, value: tuple[str, str, str]
) -> Event:
    """One value of a part of a report, for reading and never for a machine to block."""
    return {
        "uuid": _name(*part, *value), "type": value[0], "category": value[1], "value": value[2], "to_ids": False,
        "comment": _comment(said, grade), "distribution": OWN_ORGANISATION, "Tag": _tags(_codes(grade)),
    }  # fmt: skip


def _values(selector: Selector) -> Iterator[tuple[str, str, str]]:
    """Type, category and value of each attribute that a selector is."""
    if selector.kind == "person":
        surname, given, born = person_parts(selector.key)
        yield "full-name", "Person", f"{given} {surname}".title()
        yield "date-of-birth", "Person", born
    elif selector.kind == "account":
        yield "bank-account-nr" if "/" in selector.key else "iban", "Financial fraud", selector.key
    else:
        kind, category = _TYPES.get(selector.kind, _ELSE)
        yield kind, category, selector.key if (kind, category) != _ELSE else selector.shown


def _comment(said: str, grade: WholeGrade | None) -> str:
    if grade is None:
        return f"{said}. Not graded."
    trio = f"{said} [{grade.source}{grade.assessment}{grade.handling}], {grade.scheme}."
    return f"{trio} {grade.instructions}".strip()


def _marking(report: WholeReport) -> dict[str, str]:
    whom = ";".join(report.circulation) or report.owner
    return {"marking": str(report.classification), "circulation": whom}


def _codes(grade: WholeGrade | None) -> dict[str, str]:
    if grade is None:
        return {}
    codes = {"source": grade.source, "assessment": grade.assessment, "handling": grade.handling}
    return {
        f"{grade.scheme}-{name}": code
        for name, code in (codes | {"action": grade.action, "sanitisation": grade.sanitisation}).items()
        if code
    }


def _tags(said: dict[str, str]) -> list[Event]:
    """Machine tags, as taxonomies of MISP write them."""
    return [
        {"name": f'throughline:{name}="{value}"', "colour": COLOUR, "exportable": True}
        for name, value in said.items()
    ]


def organisation_named(code: str) -> str:
    """The uuid under which a body stands."""
    return _name("organisation", code)


def _name(*words: object) -> str:
    return str(uuid5(NAMESPACE, " ".join(map(str, ("misp", *words)))))
