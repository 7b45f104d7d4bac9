"""The step that proposes links at once: people among new sightings, weighed against whoever shares a key with them."""

import json
from collections.abc import Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel.outbox import Payload

CROWD = 100
"""A key that more people than this share is passed over, as in a batch: it would cost its square and tell little."""
TELLINGS = 20
"""Of each person so many sources are compared, the newest first."""


AT_ONCE = 200
"""New people weighed together, to bound the memory."""


def propose_links(facts: Sequence[Payload]) -> None:
    """Propose a link wherever somebody new may be a person known already. Nothing joins without a person's yes.

    Sightings of nobody cost one look, and no machinery of linkage is loaded for them.
    """
    sightings = [i for fact in facts for i in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute("select matching_people_told(%s)", [sightings])
        seen: dict[str, list[int]] = {}
        for sighting, key in json.loads(cursor.fetchone()[0]):
            seen.setdefault(key, []).append(sighting)
    new = sorted(seen)
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        _propose(some, [sighting for key in some for sighting in seen[key]])


def _propose(keys: Sequence[str], sightings: Sequence[int]) -> None:
    from throughline.matching.people import proposing, records, weights  # noqa: PLC0415 brings DuckDB

    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_people_find(%s, %s, %s, %s)",
            [json.dumps({key: records.codes_of(key) for key in keys}), list(sightings), CROWD, TELLINGS],
        )
        found = json.loads(cursor.fetchone()[0])
    pairs = {(min(pair), max(pair)) for pair in found["pairs"]}
    told = [records.Told(key, sighting, travels) for sighting, key, travels in found["told"]]
    learnt = weights.standing_weights()
    links = proposing.propose_from(proposing.worth_proposing(learnt, pairs, told), learnt)
    if links:
        journal.note(Verb.COMBINE, "people", why="linkage", people=len(keys), links=links, model=learnt.name)
