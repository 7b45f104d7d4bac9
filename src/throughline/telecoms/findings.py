"""What a person wrote from calls: on which authorities it rests, and that its sightings go when one of them ends."""

from collections.abc import Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel.outbox import Payload, announce
from throughline.selectors.events import SightingsWithdrawn


def rest_finding_on(authorities: Sequence[int], *, item: str) -> None:
    """Write down on which authorities an item of the reader's body rests. Inside a writing."""
    with connection.cursor() as cursor:
        cursor.execute("select telecoms_rest_on(%s, %s)", [list(authorities), item])


def withdraw_findings(facts: Sequence[Payload]) -> None:
    """Withdraw the sightings that rest on authorities which have ended.

    The number is found no more by them. The report, its reason, and what was decided on it elsewhere stay.
    """
    with connection.cursor() as cursor:
        cursor.execute("select telecoms_forget_findings(%s)", [[fact["authority"] for fact in facts]])
        sightings = [row[0] for row in cursor.fetchall()]
    if sightings:
        why = "the authority on whose calls they rest has ended"
        journal.note(Verb.ERASE, "sightings of findings", why=why, sightings=len(sightings))
        announce(SightingsWithdrawn(sightings=sightings))
