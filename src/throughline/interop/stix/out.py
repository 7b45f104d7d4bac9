"""Reports as STIX 2.1 objects. Pure: no database, and the same report gives the same objects, word for word.

Each item is a note with its grade, and each selector an object of that item alone, under its marking: an object that
two reports shared could carry the marking of neither. Whoever joins values joins them by what they say.
"""

from collections.abc import Iterator
from datetime import datetime

from throughline.intelligence.sanitising import CURRENT
from throughline.intelligence.whole_reports import WholeGrade, WholeItem, WholeReport
from throughline.interop.stix.names import (
    BEGUN,
    EXTENDED,
    EXTENSION,
    HOUSE,
    SELECTOR,
    SPEC,
    Thing,
    at,
    body_named,
    extended,
    name_of,
)
from throughline.selectors.kinds.person import person_parts
from throughline.selectors.registry import Selector

CONTEXT = frozenset({"extension-definition", "marking-definition"})
"""Types that tell how others are read."""


def report_things(report: WholeReport, modified: datetime) -> list[Thing]:
    """A report as objects, what they refer to first: who, under which markings, its parts, and the report itself."""
    return list(_Told(report, modified).things())


class _Told:
    """One report while it is told."""

    def __init__(self, report: WholeReport, modified: datetime) -> None:
        self.report = report
        self.id = name_of("report", report.ref)
        self.owner = body_named(report.owner)
        self.marking = _marking(report)
        self.created = at(report.recorded_at)
        self.modified = at(max(modified, report.recorded_at))

    def things(self) -> Iterator[Thing]:
        yield HOUSE
        yield EXTENSION
        yield _body(self.report)
        yield self.marking
        parts = [thing for item in self.report.items for thing in self._item(item)]
        parts += self._provenance()
        yield from parts
        ties = list(self._ties())
        refs = [part["id"] for part in parts if part["type"] not in CONTEXT]
        yield self._heading(refs or [self.owner])
        yield from ties

    def _heading(self, refs: list[str]) -> Thing:
        report = self.report
        own = {"external_references": [{"source_name": report.owner, "external_id": report.origin_ref}]}
        is_current = report.state in CURRENT
        return {
            **self._sdo("report", self.id), "name": report.title, "report_types": ["intelligence-report"],
            "published": self.created, "object_refs": refs, **(own if report.origin_ref else {}),
            **({} if is_current else {"revoked": True}),
            "extensions": extended(
                date_of_intelligence=report.date_of_intelligence.isoformat(), is_sanitised=report.is_sanitised,
                threats=list(report.threats), priority=report.priority, caveat=report.caveat,
                contact=report.contact, pii=report.pii, sensitive_source=report.sensitive_source,
            ),
        }  # fmt: skip

    def _item(self, item: WholeItem) -> Iterator[Thing]:
        markings = list(self._conditions(item.grade))
        yield from markings
        under = [self.marking["id"], *(marking["id"] for marking in markings)]
        values = [self._selector(item, selector, under) for selector in item.selectors]
        yield from values
        yield from self._seen(item, values, under)
        yield {
            **self._sdo("note", name_of("note", self.report.ref, item.number), under), "content": item.text,
            "object_refs": [self.id, *(value["id"] for value in values)],
            "extensions": extended(part="item", number=item.number, grade=_grade(item.grade)),
        }  # fmt: skip

    def _provenance(self) -> Iterator[Thing]:
        report = self.report
        if not report.provenance:
            return
        markings = list(self._conditions(report.provenance_grade))
        yield from markings
        under = [self.marking["id"], *(marking["id"] for marking in markings)]
        yield {
            **self._sdo("note", name_of("note", report.ref, "provenance"), under), "abstract": "Provenance",
            "content": report.provenance, "object_refs": [self.id],
            "extensions": extended(part="provenance", grade=_grade(report.provenance_grade)),
        }  # fmt: skip

    def _selector(self, item: WholeItem, selector: Selector, under: list[str]) -> Thing:
        said = {"extensions": extended(kind=selector.kind, key=selector.key)}
        name = (self.report.ref, item.number, selector.kind, selector.key)
        if selector.kind == "person":
            surname, given, _ = person_parts(selector.key)
            known = {"name": f"{given} {surname}".title(), "identity_class": "individual", **said}
            return {**self._sdo("identity", name_of("identity", *name), under), **known}
        if selector.kind in ("address", "postcode"):
            line, _, postcode = selector.key.rpartition("|")
            known = {
                "country": "GB",
                "postal_code": postcode,
                **({"street_address": line} if line else {}),
                **said,
            }
            return {**self._sdo("location", name_of("location", *name), under), **known}
        if selector.kind == "email":
            return {**_sco("email-addr", name, under), "value": selector.key, **said}
        if selector.kind == "social":
            platform, _, handle = selector.key.partition("/")
            account = {"account_login": handle, "account_type": platform, "display_name": selector.shown}
            return {**_sco("user-account", name, under), **account, **said}
        value = {"kind": selector.kind, "key": selector.key, "value": selector.shown}
        return {
            **_sco(SELECTOR, name, under),
            **value,
            "extensions": {EXTENDED: {"extension_type": "new-sco"}},
        }

    def _seen(self, item: WholeItem, values: list[Thing], under: list[str]) -> Iterator[Thing]:
        """When and by whom the values were seen: observables together, people and places each on its own."""
        day = f"{self.report.date_of_intelligence.isoformat()}T00:00:00.000Z"
        observed = [value["id"] for value in values if "created" not in value]
        if observed:
            yield {
                **self._sdo("observed-data", name_of("observed-data", self.report.ref, item.number), under),
                "first_observed": day, "last_observed": day, "number_observed": 1, "object_refs": observed,
            }  # fmt: skip
        for value in values:
            if "created" in value:
                yield {
                    **self._sdo("sighting", name_of("sighting", value["id"]), under), "first_seen": day,
                    "last_seen": day, "sighting_of_ref": value["id"], "where_sighted_refs": [self.owner],
                }  # fmt: skip

    def _conditions(self, grade: WholeGrade | None) -> Iterator[Thing]:
        if grade and grade.action:
            terms = {
                "action": grade.action,
                "sanitisation": grade.sanitisation,
                "instructions": grade.instructions,
            }
            yield {
                **_marked("conditions", *terms.values(), by=HOUSE["id"]),
                "name": f"Handling code C, {grade.action} {grade.sanitisation}",
                **_stated(f"Handling code C, {grade.action} {grade.sanitisation}: {grade.instructions}"),
                "extensions": extended(conditions=terms),
            }

    def _ties(self) -> Iterator[Thing]:
        for kind, refs in (("derived-from", self.report.derived_from), ("replaces", self.report.replaces)):
            for ref in refs:
                yield {
                    **self._sdo("relationship", name_of("relationship", self.report.ref, kind, ref)),
                    "relationship_type": kind, "source_ref": self.id, "target_ref": name_of("report", ref),
                }  # fmt: skip

    def _sdo(self, kind: str, name: str, under: list[str] | None = None) -> Thing:
        return {
            "type": kind, "spec_version": SPEC, "id": name, "created": self.created, "modified": self.modified,
            "created_by_ref": self.owner, "object_marking_refs": under or [self.marking["id"]],
        }  # fmt: skip


def _sco(kind: str, name: tuple[object, ...], under: list[str]) -> Thing:
    return {"type": kind, "spec_version": SPEC, "id": name_of(kind, *name), "object_marking_refs": under}


def _body(report: WholeReport) -> Thing:
    return {
        "type": "identity", "spec_version": SPEC, "id": body_named(report.owner), "created": BEGUN,
        "modified": BEGUN, "name": report.owner_name, "identity_class": "organization",
        "external_references": [{"source_name": "Throughline", "external_id": report.owner}],
    }  # fmt: skip


def _marking(report: WholeReport) -> Thing:
    circulation = list(report.circulation)
    whom = "every body" if report.everyone else ", ".join(circulation) or "its own body alone"
    name = f"{report.classification}, {report.owner}, circulated to {whom}"
    return {
        **_marked(report.classification, report.owner, *circulation, by=body_named(report.owner)),
        "name": name, **_stated(name),
        "extensions": extended(classification=str(report.classification), circulation=circulation),
    }  # fmt: skip


def _marked(*words: object, by: str) -> Thing:
    return {
        "type": "marking-definition", "spec_version": SPEC, "id": name_of("marking-definition", *words),
        "created": BEGUN, "created_by_ref": by,
    }  # fmt: skip


def _stated(words: str) -> Thing:
    """For whoever does not read the extension."""
    return {"definition_type": "statement", "definition": {"statement": words}}


def _grade(grade: WholeGrade | None) -> Thing:
    """The codes; what comes with handling code C stands in a marking, and what came with a 5x5x5 stands here."""
    if grade is None:
        return {}
    codes = {
        "scheme": grade.scheme,
        "source": grade.source,
        "assessment": grade.assessment,
        "handling": grade.handling,
    }
    beside = {} if grade.action or not grade.instructions else {"instructions": grade.instructions}
    return codes | beside
