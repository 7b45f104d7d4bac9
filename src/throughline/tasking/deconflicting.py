"""Deconfliction: who else works on the line of a bid, or holds its numbers and people, before anything is decided."""

from django.db import connection

from throughline.access.permissions import OFFICIAL_SENSITIVE
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.lines.queries import known_lines
from throughline.matching.services import run_check
from throughline.selectors.registry import KINDS, Selector
from throughline.tasking.models import Bid, Deconfliction
from throughline.tasking.moving import chosen, held, move, said
from throughline.tasking.words import OUTCOMES
from throughline.tasking.workflow import ENDED

MOST_LOOKED_FOR = 40
"""Numbers and people of one bid that are looked for, numbers first: a check of each is told to its holders."""


@writes
def deconflict_bid(*, by: Reader, ref: str, outcome: str, words: str) -> None:
    """Look who else works on it, keep what was found, and let the bid go on.

    Each number and person is checked like any other: journalled, told to its holders, and a silent interest shows
    itself to its keeper alone. What is found is for the body that looked; ``words`` are read by every side.

    Raises:
        BidProblem: no outcome or no words, or the step is another body's.
        MoveRefused: the bid is past that.
    """
    chosen("outcome", outcome, OUTCOMES, "Choose what deconfliction came to")
    words = said("words", words, "Say what you did about it: every side of the bid reads this")
    bid = held(by, ref, "deconflict")
    selectors = _selectors(by, bid)
    found = [
        {"kind": s.kind, "key": s.key, "body": holding.body, "degree": holding.degree}
        for s in selectors
        for holding in run_check(by=by, selector=s, why=f"Deconfliction of bid {ref}")
    ]
    marking = marking_for(
        owner=by.body,
        classification=OFFICIAL_SENSITIVE,
        circulation=Circulation(),
        compartment=bid.compartment,
    )
    marking.save()
    Deconfliction.objects.create(
        marking=marking, owner=by.body, bid=bid, at=clock.now(), by_name=by.name, looked_for=len(selectors),
        held=found, others=_others(bid), outcome=outcome, words=words,
    )  # fmt: skip
    move(bid, "deconflict", by=by, why=f"{OUTCOMES[outcome]}. {words}")


def _selectors(by: Reader, bid: Bid) -> list[Selector]:
    """What goes with the bid, and what the reader knows of the line: numbers first, then people."""
    carried = [Selector(*number.split(":", 1)) for number in bid.numbers]
    line = CountyLine.objects.filter(pk=bid.line_id).first()
    known = known_lines(by, [line])[line.pk].facts if line else ()
    wanted = [
        Selector(fact.kind, fact.value)
        for statement in ("number", "role")
        for fact in known
        if fact.statement == statement and fact.kind in KINDS
    ]
    return list(dict.fromkeys([*carried, *wanted]))[:MOST_LOOKED_FOR]


def _others(bid: Bid) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select tasking_others(%s, %s)", [bid.pk, list(ENDED)])
        return [row[0] for row in cursor.fetchall()]
