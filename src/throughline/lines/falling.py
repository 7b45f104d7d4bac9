"""Evidence falls with the report on which it rests."""

from collections.abc import Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.kernel.outbox import Payload

WORDS = "The report on which it rests was corrected or withdrawn."


def withdraw_fallen_evidence(facts: Sequence[Payload]) -> None:
    """Withdraw what rests on these reports, which were corrected or withdrawn; a person adds what still holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select lines_withdraw_fallen(%s, %s, %s)",
            [[fact["report"] for fact in facts], WORDS, clock.now()],
        )
        fallen = cursor.fetchone()[0]
    if fallen:
        journal.note(Verb.ALTER, "county lines", why=WORDS, evidence=fallen)
