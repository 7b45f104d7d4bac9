"""Keeping and ending an interest in a selector."""

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.refs import new_ref
from throughline.selectors.events import SightingsNoted, SightingsWithdrawn
from throughline.selectors.models import Interest, Sighting
from throughline.selectors.registry import Selector
from throughline.selectors.workflow import INTEREST


class InterestProblem(ValueError):
    """What is wrong with an interest, in a sentence."""


@writes
def keep_interest(*, by: Reader, selector: Selector, why: str, silent: bool) -> str:
    """Register the body's interest in a selector and return its reference.

    An interest is a sighting like any other, so check and matching need no second rule for it.
    """
    by.require(Permission.INTEREST_KEEP)
    if not why.strip():
        raise InterestProblem("Say why the body keeps this interest.")
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(), silent=silent
    )
    marking.save()
    ref, now = new_ref("IN"), clock.now()
    Interest.objects.create(
        marking=marking, owner=by.body, ref=ref, kind=selector.kind, key=selector.key, why=why.strip(),
        kept_by=by.name, at=now,
    )  # fmt: skip
    sighting = Sighting.objects.create(
        marking=marking, owner=by.body, kind=selector.kind, key=selector.key, source="interest", source_ref=ref,
        seen_on=clock.today(), noted_at=now,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "interest", ref, why=why, silent=silent)
    announce(SightingsNoted(sightings=[sighting.pk]))
    return ref


@writes
def end_interest(*, by: Reader, ref: str, why: str) -> None:
    """End an interest: its sighting is withdrawn and hits it kept quiet are told."""
    interest = Interest.objects.select_for_update().get(ref=ref)
    sightings = list(Sighting.objects.filter(source_ref=ref).values_list("id", flat=True))
    INTEREST.make("end", interest, by=by, why=why, fact=SightingsWithdrawn(sightings=sightings))
    journal.note(Verb.ALTER, "interest", ref, why=why)
