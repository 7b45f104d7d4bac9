"""The throughline: each fact, and the steps that follow it."""

from collections.abc import Sequence

from throughline.clashes.events import NearbyLooked
from throughline.clashes.services import tell_of_clashes
from throughline.clocks.events import ClockPoint
from throughline.clocks.telling import tell_of_clocks
from throughline.intelligence.drafts import look_after_drafts
from throughline.intelligence.events import (
    CirculatedBeyondAsked,
    CirculationWidened,
    DraftBegun,
    ReportCirculated,
    ReportCorrected,
    ReportSanitised,
    ReportsGraded,
    ReportWithdrawn,
)
from throughline.intelligence.services import tell_of_circulation, tell_of_widening, tell_owner_of_circulation
from throughline.intelligence.versions import tell_of_correction, tell_of_sanitising, tell_of_withdrawal
from throughline.kernel.outbox import Fact, Step
from throughline.lines.events import CheckBacksDue, LineClosed, LinesMerged
from throughline.lines.falling import withdraw_fallen_evidence
from throughline.lines.merging import tell_of_merges
from throughline.lines.proposing import look_for_lines
from throughline.lines.telling import tell_of_check_backs
from throughline.lines.watching import look_at_lines, watch_closed_lines
from throughline.loads.events import LoadGoesOn, LoadTouched
from throughline.loads.services import forget_idle_loads, forget_kept_calls, go_on_with_loads
from throughline.matching.blind.loading import match_blind
from throughline.matching.bulk import look_up_bulk, tell_of_bulk
from throughline.matching.clocks import escalate_unanswered
from throughline.matching.events import (
    AnswersDue,
    BlindLoaded,
    BulkAnswered,
    BulkAsked,
    EnquiryMade,
    HitsRaised,
    LinkJudged,
    LinksProposed,
    NoteWritten,
    PlaceJudged,
    SecondLookAsked,
)
from throughline.matching.people.arriving import propose_links
from throughline.matching.people.telling import tell_of_judgement, tell_of_links
from throughline.matching.places.judging import tell_of_place_judgement
from throughline.matching.services import forget_sightings, match_sightings, tell_of_enquiry, tell_of_hits
from throughline.matching.standing import end_due_interests
from throughline.matching.thread import tell_of_note
from throughline.matching.together import tell_of_second_look
from throughline.operations.events import DisruptionMoved, OperationMoved, ReturnsDue, ReturnSent
from throughline.operations.telling import (
    chase_returns,
    tell_of_disruption,
    tell_of_operation,
    tell_of_return,
)
from throughline.orders.events import InterestsAsked, OrderMoved
from throughline.orders.telling import tell_of_questions, watch_for_replacements
from throughline.retention.events import ReportDisposed
from throughline.retention.services import tell_of_disposal
from throughline.safeguarding.events import ConcernMoved, ConcernShared, PartnerWrote
from throughline.safeguarding.flags import stop_work_against
from throughline.safeguarding.partners import tell_of_messages
from throughline.safeguarding.screening import screen_hits, screen_reports
from throughline.safeguarding.telling import tell_of_concerns, tell_of_sharing
from throughline.search.alerting import run_saved_searches
from throughline.selectors.events import InterestsDue, SightingsNoted, SightingsWithdrawn
from throughline.sharing.events import AccessAnswered, AccessAsked, AccessWithdrawn, AnswerDue
from throughline.sharing.services import (
    tell_of_answer,
    tell_of_request,
    tell_of_request_withdrawn,
    tell_that_answer_is_overdue,
)
from throughline.tasking.adopting import place_bids
from throughline.tasking.events import (
    BidMoved,
    BidStopped,
    HandOffDue,
    PlanAdopted,
    PlanAsked,
    PlanBegun,
    PlanMoved,
)
from throughline.tasking.proposing import begin_plans, work_out_plans
from throughline.tasking.telling import tell_of_bid, tell_of_overdue_bid, tell_of_plan, tell_of_stopped_bid
from throughline.telecoms.ending import end_lapsed_authorities
from throughline.telecoms.events import AuthorityEnded, AuthorityLapses, CallsArrived, WatchKept
from throughline.telecoms.findings import withdraw_findings
from throughline.telecoms.watching import forget_watches, run_watches

STEPS: dict[type[Fact], Sequence[Step]] = {
    ReportCirculated: [tell_of_circulation, run_saved_searches],
    ReportsGraded: [run_saved_searches, screen_reports],
    ReportSanitised: [tell_of_sanitising],
    ReportCorrected: [tell_of_correction, withdraw_fallen_evidence],
    ReportDisposed: [tell_of_disposal],
    ReportWithdrawn: [tell_of_withdrawal, withdraw_fallen_evidence],
    CirculationWidened: [tell_of_widening, run_saved_searches],
    CirculatedBeyondAsked: [tell_owner_of_circulation],
    DraftBegun: [look_after_drafts],
    SightingsNoted: [match_sightings, propose_links, run_saved_searches, look_for_lines, screen_reports],
    SightingsWithdrawn: [forget_sightings],
    InterestsDue: [end_due_interests],
    HitsRaised: [tell_of_hits, screen_hits],
    LinksProposed: [tell_of_links],
    LinkJudged: [tell_of_judgement],
    PlaceJudged: [tell_of_place_judgement],
    BlindLoaded: [match_blind],
    AnswersDue: [escalate_unanswered],
    SecondLookAsked: [tell_of_second_look],
    NoteWritten: [tell_of_note],
    EnquiryMade: [tell_of_enquiry],
    BulkAsked: [look_up_bulk],
    BulkAnswered: [tell_of_bulk],
    CheckBacksDue: [tell_of_check_backs],
    LinesMerged: [tell_of_merges],
    LineClosed: [watch_closed_lines],
    NearbyLooked: [tell_of_clashes],
    BidMoved: [tell_of_bid],
    BidStopped: [tell_of_stopped_bid],
    HandOffDue: [tell_of_overdue_bid],
    OperationMoved: [tell_of_operation],
    ReturnsDue: [chase_returns],
    ReturnSent: [tell_of_return],
    DisruptionMoved: [tell_of_disruption],
    PlanAsked: [begin_plans],
    PlanBegun: [work_out_plans],
    PlanAdopted: [place_bids],
    PlanMoved: [tell_of_plan],
    OrderMoved: [watch_for_replacements],
    ClockPoint: [tell_of_clocks],
    InterestsAsked: [tell_of_questions],
    ConcernMoved: [tell_of_concerns, stop_work_against],
    ConcernShared: [tell_of_sharing],
    PartnerWrote: [tell_of_messages],
    AuthorityLapses: [end_lapsed_authorities],
    AuthorityEnded: [forget_kept_calls, forget_watches, withdraw_findings],
    # First what falls silent is watched, then all watches are looked after.
    CallsArrived: [look_at_lines, run_watches],
    WatchKept: [run_watches],
    LoadGoesOn: [go_on_with_loads],
    LoadTouched: [forget_idle_loads],
    AccessAsked: [tell_of_request],
    AccessAnswered: [tell_of_answer],
    AccessWithdrawn: [tell_of_request_withdrawn],
    AnswerDue: [tell_that_answer_is_overdue],
}
