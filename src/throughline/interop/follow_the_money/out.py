"""Reports as entities of FollowTheMoney. Pure: no database, and the same report gives the same entities.

A report is an article and each item a note about the entities that its values are, each of that item alone. A value for
which the model has no schema stands among the note's keywords, and so do grade, codes and marking.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid5

from throughline.intelligence.sanitising import CURRENT
from throughline.intelligence.whole_reports import WholeGrade, WholeReport
from throughline.interop.stix.names import NAMESPACE
from throughline.selectors.kinds.person import person_parts
from throughline.selectors.registry import KINDS, Selector

Entity = dict[str, Any]
Properties = dict[str, list[str]]


def entities(report: WholeReport, modified: datetime) -> list[Entity]:
    """The entities of a report; none where it no longer stands."""
    if report.state not in CURRENT:
        return []
    return list(_entities(report, modified))


def _entities(report: WholeReport, modified: datetime) -> Iterator[Entity]:
    body, article = public_body_named(report.owner), _name(report.ref)
    whom = ";".join(report.circulation) or report.owner
    marking = [f"marking {report.classification}", f"circulation {whom}"]
    day, changed = [report.date_of_intelligence.isoformat()], [modified.date().isoformat()]
    yield _entity(body, "PublicBody", {"name": [report.owner_name], "country": ["gb"]})
    yield _entity(
        article, "Article",
        {"title": [report.title], "date": day, "publisher": [report.owner_name], "keywords": marking,
         "modifiedAt": changed},
    )  # fmt: skip
    for item in report.items:
        values = [(selector, _value(selector)) for selector in item.selectors]
        about = [article]
        for selector, (schema, properties) in values:
            if schema:
                about.append(_name(report.ref, item.number, selector.kind, selector.key))
                yield _entity(about[-1], schema, properties | {"keywords": marking})
        left = [
            f"{KINDS[selector.kind].label} {selector.shown}" for selector, (schema, _) in values if not schema
        ]
        yield _note(
            _name(report.ref, "item", item.number), f"{report.title}, item {item.number}", item.text, item.grade,
            {"entity": about, "keywords": [*marking, *left], "publisher": [report.owner_name]},
        )  # fmt: skip
    if report.provenance:
        yield _note(
            _name(report.ref, "provenance"), f"{report.title}, provenance", report.provenance, report.provenance_grade,
            {"entity": [article], "keywords": marking, "publisher": [report.owner_name]},
        )  # fmt: skip


def _note(name: str, title: str, text: str, grade: WholeGrade | None, more: Properties) -> Entity:
    said = {"name": [title], "description": [text], **more}
    if grade:
        codes = f"{grade.scheme} {grade.source}{grade.assessment}{grade.handling} {grade.action} {grade.sanitisation}"
        said["keywords"] = [*more["keywords"], codes.strip()]
        said |= {"notes": [grade.instructions]} if grade.instructions else {}
    return _entity(name, "Note", said)


def _value(selector: Selector) -> tuple[str, Properties]:
    """The schema of a value with its properties; no schema where the model has none."""
    key, shown = selector.key, selector.shown
    if selector.kind == "person":
        surname, given, born = person_parts(key)
        name = {"firstName": [given.title()], "lastName": [surname.title()]}
        return "Person", {"name": [f"{given} {surname}".title()], **name, "birthDate": [born]}
    if selector.kind in ("address", "postcode"):
        line, _, postcode = key.rpartition("|")
        street = {"street": [line.title()]} if line else {}
        return "Address", {"full": [shown], **street, "postalCode": [postcode], "country": ["gb"]}
    if selector.kind == "social":
        service, _, username = key.partition("/")
        return "UserAccount", {"service": [service], "username": [username]}
    if selector.kind == "account":
        return "BankAccount", {"accountNumber" if "/" in key else "iban": [key.replace("/", "")]}
    simple = {
        "brand": ("Organization", {"name": [shown]}),
        "email": ("UserAccount", {"username": [key], "email": [key]}),
        "phone": ("UserAccount", {"username": [key], "phone": [key]}),
        "vehicle": ("Vehicle", {"name": [shown], "registrationNumber": [key]}),
    }
    # A handset and a SIM card are things that somebody has; the model knows them no closer.
    handset = ("Asset", {"name": [shown], "summary": [KINDS[selector.kind].label]})
    return simple.get(selector.kind) or (handset if selector.kind in ("imei", "imsi", "iccid") else ("", {}))


def _entity(name: str, schema: str, properties: Properties) -> Entity:
    return {"id": name, "schema": schema, "properties": properties}


def public_body_named(code: str) -> str:
    """The id under which a body stands."""
    return _name("body", code)


def _name(*words: object) -> str:
    return uuid5(NAMESPACE, " ".join(map(str, ("entity", *words)))).hex
