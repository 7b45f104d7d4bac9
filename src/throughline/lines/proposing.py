"""Emerging lines: a number beside which reports name a line is proposed before anybody has put it on the register."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.kernel.outbox import Payload
from throughline.lines.telling import tell_of_life

OF_LATE = timedelta(days=365)
LEAST_FORCES, LEAST_TIMES = 2, 3
MOST_FORCES = 8
"""A number that more forces hold is a help line or a taxi, and says nothing of a line. All this is our judgement."""
NAMED, SHARE = 2, 3
"""Two items name a line beside the number, or one where forces share it; and at least one in three of all its items.

Without a name beside it hardly any number that forces share is a deal line: most are people's own (docs/results.md).
"""
REASON = (
    f"Proposed because {NAMED} items within a year name a line beside this number, or one where {LEAST_FORCES} forces "
    f"have seen it {LEAST_TIMES} times, and it stands on no line. Which force it comes from is for a person to say."
)

_LOOK = """
select (select coalesce(jsonb_agg(jsonb_build_array(ref, lead, compartment, owner)), '[]')
          from lines_look_for_life(%(ids)s, %(today)s, %(now)s)),
       lines_propose(%(ids)s, %(since)s, %(forces)s, %(times)s, %(most)s, %(named)s, %(share)s, %(reason)s,
                     %(now)s)
"""
"""One statement, since every report asks for it."""


def look_for_lines(facts: Sequence[Payload]) -> None:
    """Look whether new sightings are life in a closed line, or make an emerging one; a person decides on either.

    A closed line goes to its lead's desk when one of its numbers is seen after the closure. A line is proposed for a
    number beside which items name a line; nobody is asked twice of one number.
    """
    asked: dict[str, Any] = {
        "ids": [n for fact in facts for n in fact["sightings"]], "today": clock.today(), "now": clock.now(),
        "since": clock.today() - OF_LATE, "forces": LEAST_FORCES, "times": LEAST_TIMES, "most": MOST_FORCES,
        "named": NAMED, "share": SHARE, "reason": REASON,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, asked)
        life, proposed = cursor.fetchone()
    tell_of_life(json.loads(life))
    if proposed:
        journal.note(Verb.COMBINE, "county lines", why="proposed from sightings", lines=proposed)
