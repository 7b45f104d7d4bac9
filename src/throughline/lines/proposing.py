"""Emerging lines: a number that several forces see again and again is proposed before anyone has named its line."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.kernel.outbox import Payload

OF_LATE = timedelta(days=365)
LEAST_FORCES, LEAST_TIMES = 2, 3
MOST_FORCES = 8
"""A number that more forces hold is a help line or a taxi, and says nothing of a line. All four are our judgement."""
REASON = (
    f"Proposed because {LEAST_FORCES} forces or more have seen this number, {LEAST_TIMES} times or more within a year, "
    "and it stands on no line. Which of them it comes from is for a person to say."
)


def propose_lines(facts: Sequence[Payload]) -> None:
    """Propose a line for each of these numbers that is seen by several forces; nobody is asked twice of one number."""
    ids = [n for fact in facts for n in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute(
            "select lines_propose(%s, %s, %s, %s, %s, %s, %s)",
            [ids, clock.today() - OF_LATE, LEAST_FORCES, LEAST_TIMES, MOST_FORCES, REASON, clock.now()],
        )
        proposed = cursor.fetchone()[0]
    if proposed:
        journal.note(Verb.COMBINE, "county lines", why="proposed from sightings", lines=proposed)
