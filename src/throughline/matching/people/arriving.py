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


def propose_links(facts: Sequence[Payload]) -> None:
    """Propose a link wherever somebody new may be a person known already. Nothing joins without a person's yes.

    Sightings of nobody cost one look, and no machinery of linkage is loaded for them.
    """
    sightings = [i for fact in facts for i in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute("select matching_people_told(%s)", [sightings])
        new = [key for _, key, _ in json.loads(cursor.fetchone()[0])]
    if new:
        _propose(sorted(set(new)), sightings)


def _propose(keys: list[str], sightings: list[int]) -> None:
    from throughline.matching.people import proposing, records, weights  # noqa: PLC0415 brings DuckDB

    codes = [
        (key, code)
        for key in keys
        for one in records.records_of(records.Told(key))
        for code in records.codes_of(one)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_people_find(%s, %s, %s, %s, %s, %s)",
            [keys, [key for key, _ in codes], [code for _, code in codes], sightings, CROWD, TELLINGS],
        )
        found = json.loads(cursor.fetchone()[0])
    told = [records.Told(key, sighting, travels) for sighting, key, travels in found["told"]]
    pairs = {(min(pair), max(pair)) for pair in found["pairs"]}
    learnt = weights.standing_weights()
    links = proposing.propose_from(
        proposing.worth_proposing(proposing.weigh_people(learnt, pairs, told)), learnt
    )
    if links:
        journal.note(Verb.COMBINE, "people", why="linkage", people=len(keys), links=links, model=learnt.name)
