"""Weights of addresses, learnt without labels from all that sightings know, and kept for good under a name."""

from django.db import connection

from throughline.kernel import clock
from throughline.matching.linkage.addressing import prepare_address
from throughline.matching.linkage.linking import NothingToLinkOn, link
from throughline.matching.linkage.model import addresses
from throughline.matching.places.model import Learnt, place_model, unlearnt

MOST = 200_000
"""So many addresses teach at most: more of them would say the same."""


def learn_places() -> str:
    """Learn from each address once, and keep what was learnt; gives its name, or that of the files for too few."""
    model = place_model()
    with connection.cursor() as cursor:
        cursor.execute("select matching_places_known(%s)", [MOST])
        known = [key for (key,) in cursor.fetchall()]
    if len(known) < model.fewest_to_learn:
        return model.name
    try:
        found = link([said_of(key) for key in known], model=addresses(), prepared=prepare_address)
    except NothingToLinkOn:
        return model.name
    before = unlearnt()
    learnt = Learnt(
        model.name, before.m | found.weights.m, before.u | found.weights.u, max(found.prior, model.prior)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_link_learn(%s, %s, %s, %s)",
            [model.name, learnt.as_json(), len(known), clock.now()],
        )
        (name,) = cursor.fetchone()
    return str(name)


def said_of(key: str, uprn: str = "") -> dict[str, str]:
    """An address of a sighting as a record."""
    line, _, postcode = key.rpartition("|")
    return {"address": line, "postcode": postcode, "identifier": uprn}
