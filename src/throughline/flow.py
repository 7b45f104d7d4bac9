"""The throughline: each fact, and the steps that follow it."""

from collections.abc import Sequence

from throughline.intelligence.events import ReportCirculated, ReportsGraded
from throughline.intelligence.services import tell_of_circulation
from throughline.kernel.outbox import Fact, Step
from throughline.matching.events import EnquiryMade, HitsRaised
from throughline.matching.services import forget_sightings, match_sightings, tell_of_enquiry, tell_of_hits
from throughline.search.alerting import run_saved_searches
from throughline.selectors.events import SightingsNoted, SightingsWithdrawn

STEPS: dict[type[Fact], Sequence[Step]] = {
    ReportCirculated: [tell_of_circulation, run_saved_searches],
    ReportsGraded: [run_saved_searches],
    SightingsNoted: [match_sightings, run_saved_searches],
    SightingsWithdrawn: [forget_sightings],
    HitsRaised: [tell_of_hits],
    EnquiryMade: [tell_of_enquiry],
}
