"""The throughline: each fact, and the steps that follow it."""

from collections.abc import Sequence

from throughline.intelligence.events import ReportCirculated
from throughline.intelligence.services import tell_of_circulation
from throughline.kernel.outbox import Fact, Step
from throughline.matching.clocks import escalate_unanswered
from throughline.matching.events import AnswersDue, EnquiryMade, HitsRaised, NoteWritten, SecondLookAsked
from throughline.matching.services import forget_sightings, match_sightings, tell_of_enquiry, tell_of_hits
from throughline.matching.thread import tell_of_note
from throughline.matching.together import tell_of_second_look
from throughline.selectors.events import SightingsNoted, SightingsWithdrawn

STEPS: dict[type[Fact], Sequence[Step]] = {
    ReportCirculated: [tell_of_circulation],
    SightingsNoted: [match_sightings],
    SightingsWithdrawn: [forget_sightings],
    HitsRaised: [tell_of_hits],
    AnswersDue: [escalate_unanswered],
    SecondLookAsked: [tell_of_second_look],
    NoteWritten: [tell_of_note],
    EnquiryMade: [tell_of_enquiry],
}
