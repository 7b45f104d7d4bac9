"""The journal: every consultation, disclosure, change, combination and erasure, with who, when and why.

Data Protection Act 2018, section 62. The database appends each entry to a hash chain; nothing can change one
without ``throughline journal verify`` saying so.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import connection

from throughline.access.models import JournalEntry
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading

LONGEST_PLACE = 24


class Verb(StrEnum):
    """The kinds of entry: section 62(1) names the first six; the last two are for the security of the system."""

    COLLECT = "collect"
    ALTER = "alter"
    CONSULT = "consult"
    DISCLOSE = "disclose"
    COMBINE = "combine"
    ERASE = "erase"
    SIGN_IN = "sign in"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be noted. ``detail`` holds counts and references, no content."""

    verb: Verb
    thing: str
    ref: str
    why: str
    detail: Mapping[str, object] = field(default_factory=dict)


def note(
    verb: Verb, thing: str, ref: str = "", /, *, why: str = "", owner: int | None = None, **detail: object
) -> None:
    """Append one entry, as the reader of this transaction. ``detail`` holds counts and references, no content.

    ``owner`` is the body whose record was opened: its auditor sees who looked, as well as the looker's own.
    """
    note_all([Entry(verb, thing, ref, why, detail)], owner=owner)


def note_all(entries: Sequence[Entry], /, *, owner: int | None = None) -> None:
    """Append these entries in their order, all in one call. Each record is found by its own reference."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select access_journal_all(%s, %s, %s, %s, %s::jsonb[], %s::smallint)",
            [
                [str(entry.verb) for entry in entries], [entry.thing for entry in entries],
                [entry.ref for entry in entries], [entry.why for entry in entries],
                [json.dumps(entry.detail, default=str) for entry in entries], owner,
            ],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the chain does not hold."""

    lane: int | None
    seq: int | None
    fault: str


def journal_faults() -> list[Fault]:
    """Walk every chain and report each fault; an empty list means that nothing was changed."""
    with connection.cursor() as cursor:
        cursor.execute("select lane, seq, fault from access_journal_faults()")
        return [Fault(*row) for row in cursor.fetchall()]


def journal_size() -> int:
    """How many entries the journal should hold, by the heads of its chains."""
    with connection.cursor() as cursor:
        cursor.execute("select access_journal_size()")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Look:
    """One entry as an auditor reads it."""

    place: str
    at: datetime
    who: str
    verb: str
    thing: str
    ref: str
    why: str
    detail: dict[str, object]


def journal_page(
    reader: Reader, *, who: str = "", verb: str = "", ref: str = "", before: str = "", size: int = 50
) -> tuple[list[Look], str]:
    """The newest entries of the auditor's own body, filtered, and the place after which the next page starts."""
    reader.require(Permission.JOURNAL_READ)
    with reading(reader):
        rows = JournalEntry.objects.order_by("-id")
        if before:
            rows = rows.filter(id__lt=_entry_at(before))
        if who:
            rows = rows.filter(person_name__icontains=who)
        if verb:
            rows = rows.filter(verb=verb)
        if ref:
            rows = rows.filter(ref=ref)
        found = list(rows[: size + 1])
        note(Verb.CONSULT, "journal", why="audit", who=who, verb=verb, ref=ref)
    looks = [
        Look(f"{r.lane}/{r.seq}", r.at, r.person_name, r.verb, r.thing, r.ref, r.why, r.detail)
        for r in found[:size]
    ]
    return looks, (f"{found[size - 1].lane}/{found[size - 1].seq}" if len(found) > size else "")


def _entry_at(place: str) -> int:
    """The id of the entry at ``lane/seq``; 0, before every entry, when there is none."""
    lane, _, seq = place.partition("/")
    if not (lane.isdecimal() and seq.isdecimal() and len(place) < LONGEST_PLACE):
        return 0
    found = JournalEntry.objects.filter(lane=int(lane), seq=int(seq)).values_list("id", flat=True).first()
    return found or 0
