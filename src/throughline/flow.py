"""The throughline: each fact, and the steps that follow it."""

from collections.abc import Sequence

from throughline.intelligence.events import CirculatedBeyondAsked, CirculationWidened, ReportCirculated
from throughline.intelligence.services import tell_of_circulation, tell_of_widening, tell_owner_of_circulation
from throughline.kernel.outbox import Fact, Step
from throughline.matching.events import EnquiryMade, HitsRaised
from throughline.matching.services import forget_sightings, match_sightings, tell_of_enquiry, tell_of_hits
from throughline.selectors.events import SightingsNoted, SightingsWithdrawn
from throughline.sharing.events import AccessAnswered, AccessAsked, AccessWithdrawn, AnswerDue
from throughline.sharing.services import (
    tell_of_answer,
    tell_of_request,
    tell_of_withdrawal,
    tell_that_answer_is_overdue,
)

STEPS: dict[type[Fact], Sequence[Step]] = {
    ReportCirculated: [tell_of_circulation],
    CirculationWidened: [tell_of_widening],
    CirculatedBeyondAsked: [tell_owner_of_circulation],
    SightingsNoted: [match_sightings],
    SightingsWithdrawn: [forget_sightings],
    HitsRaised: [tell_of_hits],
    EnquiryMade: [tell_of_enquiry],
    AccessAsked: [tell_of_request],
    AccessAnswered: [tell_of_answer],
    AccessWithdrawn: [tell_of_withdrawal],
    AnswerDue: [tell_that_answer_is_overdue],
}
