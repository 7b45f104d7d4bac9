"""Stopping the work of bids for somebody's sake, and letting it go on: done by the flow, told to every side."""

import json
from collections.abc import Mapping

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel.outbox import announce
from throughline.tasking.events import BidStopped


def stop_bids(why: Mapping[int, str]) -> None:
    """Say of each bid why its work may not go on, in words that its sides may read; '' where it may."""
    with connection.cursor() as cursor:
        cursor.execute("select id, ref, stopped from tasking_stop(%s::jsonb)", [json.dumps(why)])
        changed = cursor.fetchall()
    for _, ref, stopped in changed:
        journal.note(Verb.ALTER, "bid", ref, why=stopped or "the work may go on again")
    announce(*(BidStopped(bid=number) for number, _, stopped in changed if stopped))
