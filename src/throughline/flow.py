"""The throughline: each fact, and the steps that follow it."""

from collections.abc import Sequence

from throughline.intelligence.events import ReportCirculated
from throughline.intelligence.services import tell_of_circulation
from throughline.kernel.outbox import Fact, Step
from throughline.loads.events import LoadGoesOn, LoadTouched
from throughline.loads.services import forget_idle_loads, go_on_with_loads
from throughline.matching.events import EnquiryMade, HitsRaised
from throughline.matching.services import forget_sightings, match_sightings, tell_of_enquiry, tell_of_hits
from throughline.selectors.events import SightingsNoted, SightingsWithdrawn

STEPS: dict[type[Fact], Sequence[Step]] = {
    ReportCirculated: [tell_of_circulation],
    SightingsNoted: [match_sightings],
    SightingsWithdrawn: [forget_sightings],
    HitsRaised: [tell_of_hits],
    EnquiryMade: [tell_of_enquiry],
    LoadGoesOn: [go_on_with_loads],
    LoadTouched: [forget_idle_loads],
}
