"""Patterns in the journal, for the auditor of a body."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import JournalEntry
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.oversight.patterns import Found, Seen, patterns_in

DAYS: Final = 28
MOST: Final = 200_000
"""Entries that are looked through, the newest: past it the page would be slow, and says so."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The patterns found, since when, in how many entries; ``is_cut`` where there were more than are looked through."""

    found: tuple[Found, ...]
    since: datetime
    entries: int
    is_cut: bool


def journal_patterns(reader: Reader) -> Looked:
    """What stands out in the looks of people of the auditor's own body in the last four weeks. Journalled."""
    reader.require(Permission.JOURNAL_READ)
    since = clock.now() - timedelta(days=DAYS)
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select entry, is_self from oversight_named(%s)", [since])
        named = dict(cursor.fetchall())
        rows = list(
            JournalEntry.objects.filter(body=reader.body, person__isnull=False, at__gte=since)
            .exclude(verb__in=[Verb.SIGN_IN, Verb.REFUSE])
            .order_by("-id")
            .values_list("id", "lane", "seq", "at", "person", "person_name", "verb", "ref")[: MOST + 1]
        )
        journal.note(Verb.CONSULT, "journal", why="looked for patterns")
    seen = [
        Seen(
            f"{lane}/{seq}", at, person or 0, name, verb == Verb.CONSULT, ref, names_them=named.get(number, False),
            a_namesake=number in named,
        )
        for number, lane, seq, at, person, name, verb, ref in rows[:MOST]
    ]  # fmt: skip
    return Looked(tuple(patterns_in(seen)), since, len(seen), len(rows) > MOST)
