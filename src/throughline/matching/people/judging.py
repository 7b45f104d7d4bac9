"""Judging a proposed link: same, different, unsure, or taken back, each a row for good."""

import json
from typing import Any

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.matching.events import LinkJudged
from throughline.matching.people.known import known_links
from throughline.matching.people.models import LinkJudgement
from throughline.matching.people.reasons import check_verdict
from throughline.matching.people.who import TAKEN_BACK, Ends
from throughline.selectors.models import Sighting


class LinkNotKnown(Exception):
    """The reader may not know such a link, or not both of its people."""


@writes
def judge_link(*, by: Reader, ref: str, verdict: str, why: str) -> None:
    """Say of two people that they are the same, different, or that it cannot be said; or take back what was said.

    Only somebody who may know both judges. What was judged, by which weights, stays for good: a change of mind is
    another row. It is told to the bodies whose records it rests on, unless a silence or a closed circle is among them.

    Raises:
        FieldProblem: no verdict, no reason, or two closed circles whose people would read of each other.
        LinkNotKnown: the reader may not know both people.
    """
    by.require(Permission.HIT_JUDGE)
    check_verdict(verdict, why)
    link = next((one for one in known_links([ref]) if one.is_content), None)
    if link is None:
        raise LinkNotKnown
    marking = marking_of(by, "person", (link.key_a, link.key_b))
    marking.save()
    judgement = LinkJudgement.objects.create(
        marking=marking, owner=by.body, link=link.ref, key_a=link.key_a, key_b=link.key_b, verdict=verdict,
        why=why.strip(), by_person=by.person, by_name=by.name, at=clock.now(), model=link.model, bits=link.bits,
        parts=json.loads(link.parts),
    )  # fmt: skip
    journal.note(
        Verb.ALTER if verdict == TAKEN_BACK else Verb.COMBINE,
        "link",
        link.ref,
        why=why.strip(),
        verdict=verdict,
    )
    if marking.bodies:
        announce(LinkJudged(judgement=judgement.pk))


def marking_of(by: Reader, kind: str, pair: Ends) -> Any:
    """The marking of a judgement on two values: as open as the records that it rests on, and no more.

    Raises:
        FieldProblem: they stand in two closed circles whose people would read of each other.
    """
    rows = Sighting.objects.filter(kind=kind, key__in=pair)
    ends: dict[str, set[int]] = {key: set() for key in pair}
    holders, is_silent = set(), False
    for key, owner, compartment, silent in rows.values_list("key", "owner", "compartment", "silent"):
        ends[key].add(compartment)
        holders.add(owner)
        is_silent |= silent
    circles = {min(found) for found in ends.values()} - {0}
    if len(circles) > 1:
        raise FieldProblem(
            "", "They stand in two closed circles, and one judgement cannot be kept for the people of both."
        )
    told = () if is_silent or circles else tuple(sorted(holders - {by.body}))
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(bodies=told),
        compartment=min(circles, default=0),
    )  # fmt: skip
    marking.released = True
    return marking
