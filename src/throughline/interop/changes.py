"""The feed of changes: what was added or changed since a place, for a machine that goes on where it ended.

A number given out by a sequence is seen out of turn when two transactions end in the other order, and a reader that
went on from the greater would miss the lesser. So changes are read in the order of transactions, and never beyond the
oldest that is still under way.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.interop.cursors import opened, sealed

KINDS = {
    "report": Permission.REPORT_READ, "hit": Permission.HIT_READ, "line": Permission.LINE_READ,
    "evidence": Permission.LINE_READ,
}  # fmt: skip
LOOKED_THROUGH = 20_000
"""Places that one page looks through at most, most of which may be of what the machine may not know."""
START = (0, 0)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that was added or changed: open it by its reference to see how it stands."""

    kind: str
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes in their order, the cursor to go on from, and whether there is more to read at once."""

    items: tuple[Changed, ...]
    next: str
    is_more: bool


_READ = """
select c.xact, c.id, case when c.kind = 'evidence' then 'line' else c.kind end, t.ref, c.at
  from interop_change c cross join lateral (
    select r.ref from intelligence_report r where c.kind = 'report' and r.id = c.thing union all
    select h.ref from matching_hit_side s join matching_hit h on h.id = s.hit_id
      where c.kind = 'hit' and s.id = c.thing union all
    select l.ref from lines_line l where c.kind = 'line' and l.id = c.thing union all
    select l.ref from lines_evidence e join lines_line l on l.id = e.line_id
      where c.kind = 'evidence' and e.id = c.thing) t
 where (c.xact, c.id) > (%s, %s) and (c.xact, c.id) <= (%s, %s) and c.kind = any(%s)
 order by c.xact, c.id limit %s
"""


def changes_since(reader: Reader, after: str, *, size: int) -> Changes:
    """What was added or changed after a cursor ('' for all), of the kinds that the reader may read. Journalled.

    Each change is given once, and none is missed, however often and wherever the reader stops and goes on.

    Raises:
        UnknownPlace: the cursor is none of ours.
        NotAllowed: the reader may read none of these kinds.
    """
    kinds = [kind for kind, needs in KINDS.items() if reader.may(needs)]
    if not kinds:
        raise NotAllowed("This token is for none of report:read, hit:read and line:read.")
    start = _place(after)
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select xact, id from interop_changes_until(%s, %s, %s)", [*start, LOOKED_THROUGH])
        until: Place | None = cursor.fetchone()
        rows = []
        if until:
            cursor.execute(_READ, [*start, *until, kinds, size + 1])
            rows = cursor.fetchall()
        shown = tuple(Changed(kind, ref, at) for _, _, kind, ref, at in rows[:size])
        journal.note(
            Verb.CONSULT, "changes", why="read the feed", refs=list(dict.fromkeys(one.ref for one in shown))
        )
    is_cut = len(rows) > size
    if until is None:
        return Changes((), after or _cursor(START), is_more=False)
    return Changes(shown, _cursor((rows[size - 1][0], rows[size - 1][1]) if is_cut else until), is_more=True)


def _cursor(place: Place) -> str:
    return sealed("changes", *place)


def _place(cursor: str) -> Place:
    if not cursor:
        return START
    xact, number = opened("changes", cursor)
    return int(xact), int(number)
