"""Handset downloads: calls, messages and contacts, from Cellebrite's report.xml (UFDR) and Android's backups in XML.

Fields of report.xml as github SEilers/UFEDLib reads them; of the Android files as their own description gives them.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from throughline.telecoms.columns import CallsProblem, Source, source_under
from throughline.telecoms.handset_xml import Node, records
from throughline.telecoms.layout import UTC, CallLayout

SUFFIXES: Final = frozenset({".xml", ".ufdr", ".zip"})
_HEADINGS: Final = ("time", "number", "other", "direction", "duration", "kind")
_WANTED: Final = frozenset({"model", "call", "sms", "mms"})
_MESSAGES: Final = {"SMS": "text", "MMS": "text", "InstantMessage": "text", "Call": "call"}
_ANDROID_WAYS: Final = {"1": "in", "2": "out", "3": "in", "4": "in", "5": "in", "6": "in"}

Row = tuple[int, Sequence[str | None]]


def handset_source(path: Path, *, own: str) -> Source:
    """A download as a file of calls; ``own`` is the number of the handset where the download does not say.

    A message to several people is a row for each of them. Raises `CallsProblem`.
    """
    first = next(records(path, _WANTED), None)
    if first is None:
        raise CallsProblem(f"{path.name} holds no call and no message that is read as a handset's.")
    if first.name != "model" and not own.strip():
        raise CallsProblem(f"{path.name} does not say whose handset it is: give its number with --own.")
    layout = CallLayout(own=own, zone=UTC)
    return source_under(path, _HEADINGS, layout, rows=lambda: _rows(path))


def contacts_of(path: Path) -> Iterator[tuple[int, str, str]]:
    """Each contact of a download: the line on which it stands, a name and a number."""
    for record in records(path, _WANTED):
        if record.given.get("type") == "Contact":
            for entry in _models(record, "Entries"):
                yield record.line, _field(record, "Name"), _field(entry, "Value")
        elif record.given.get("contact_name", "(Unknown)") != "(Unknown)":
            number = record.given.get("number") or record.given.get("address", "")
            yield record.line, record.given["contact_name"], number


def _rows(path: Path) -> Iterator[Row]:
    for record in records(path, _WANTED):
        if record.name == "model":
            yield from _of_report(record)
        elif record.name == "call" or record.name in ("sms", "mms"):
            yield _of_android(record)


def _of_android(record: Node) -> Row:
    said = record.given
    kind = "call" if record.name == "call" else "text"
    way = _ANDROID_WAYS.get(said.get("type") or said.get("msg_box", ""), "")
    other = said.get("number") if kind == "call" else said.get("address")
    return record.line, (said.get("date"), None, other, way, said.get("duration"), kind)


def _of_report(record: Node) -> Iterator[Row]:
    kind = _MESSAGES.get(record.given.get("type", ""))
    if kind is None:
        return
    parties = [*_models(record, "Parties"), *_models(record, "To")]
    sender = list(_models(record, "From"))
    owner = next((one for one in (*sender, *parties) if _is_owner(one)), None)
    others = [one for one in (*sender, *parties) if one is not owner] or [Node("model", {}, record.line)]
    own = _field(owner, "Identifier") or None if owner else None
    for other in others:
        way = _way(record, other, is_sender=other in sender, has_sender=bool(sender))
        yield record.line, (_field(record, "TimeStamp"), own, _field(other, "Identifier"), way,
                            _field(record, "Duration"), kind)  # fmt: skip


def _way(record: Node, other: Node, *, is_sender: bool, has_sender: bool) -> str:
    """In or out, as the record says, else as the other party's part in it."""
    said = _field(record, "Direction") or _field(record, "Type") or _field(record, "Folder")
    words = {"inbox": "in", "sent": "out", "unknown": ""}
    if said := words.get(said.casefold(), said):
        return said
    if has_sender:
        return "in" if is_sender else "out"
    return {"from": "in", "to": "out"}.get(_field(other, "Role").casefold(), "")


def _models(record: Node, name: str) -> Iterator[Node]:
    for tag in ("multiModelField", "modelField"):
        for group in record.all(tag, name=name):
            yield from group.all("model")


def _is_owner(party: Node) -> bool:
    return _field(party, "IsPhoneOwner").casefold() == "true"


def _field(record: Node | None, name: str) -> str:
    found = next(record.all("field", name=name), None) if record else None
    value = next(found.all("value"), None) if found else None
    return value.text.strip() if value else ""
