"""Judging whether two addresses are one place: same, different, unsure, or taken back, each a row for good."""

from collections.abc import Sequence

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.events import PlaceJudged
from throughline.matching.people.judging import marking_of
from throughline.matching.people.reasons import check_verdict
from throughline.matching.people.telling import tell_judged
from throughline.matching.people.who import DIFFERENT, SAME, TAKEN_BACK, UNSURE, in_order
from throughline.matching.places.models import PlaceJudgement
from throughline.matching.places.weighing import known_addresses, weigh_pair

SAID = {
    SAME: "judged two addresses to be one place", DIFFERENT: "judged two addresses to be different places",
    UNSURE: "judged that it cannot be said whether two addresses are one place",
    TAKEN_BACK: "took back its judgement on two addresses",
}  # fmt: skip


class PlaceNotKnown(Exception):
    """The reader may not know both addresses."""


@writes
def judge_places(*, by: Reader, one: str, other: str, verdict: str, why: str) -> str:
    """Say of two addresses, by their keys, what they are to each other. Gives the reference of the two.

    As of people: only somebody who may know both judges, what was judged stays for good, and it is told to the bodies
    whose records it rests on, unless a silence or a closed circle is among them.

    Raises:
        FieldProblem: no verdict, no reason, or two closed circles whose people would read of each other.
        PlaceNotKnown: the reader may not know both addresses, or they are one.
    """
    by.require(Permission.HIT_JUDGE)
    check_verdict(verdict, why, of="place")
    pair = in_order((one, other))
    if len(known_addresses(pair)) < len(pair):
        raise PlaceNotKnown
    weighed = weigh_pair(pair)
    marking = marking_of(by, "address", pair)
    marking.save()
    said = PlaceJudgement.objects.filter(key_a=pair[0], key_b=pair[1]).order_by("pk").first()
    judgement = PlaceJudgement.objects.create(
        marking=marking, owner=by.body, pair=said.pair if said else new_ref("PP"), key_a=pair[0], key_b=pair[1],
        verdict=verdict, why=why.strip(), by_person=by.person, by_name=by.name, at=clock.now(), model=weighed.model,
        probability=weighed.probability,
    )  # fmt: skip
    journal.note(
        Verb.ALTER if verdict == TAKEN_BACK else Verb.COMBINE,
        "addresses",
        judgement.pair,
        why=why.strip(),
        verdict=verdict,
    )
    if marking.bodies:
        announce(PlaceJudged(judgement=judgement.pk))
    return judgement.pair


def tell_of_place_judgement(facts: Sequence[Payload]) -> None:
    """Tell the bodies to which a judgement is told, each where it holds one of the two addresses."""
    tell_judged(facts, "matching_places_judged_to_tell", SAID, kind="place judged", thing="places")
