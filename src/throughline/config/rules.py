"""What the database itself enforces: who owns what, which rows open to whom, and which moves are legal."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from django.apps import apps

from throughline.access.models import Marked
from throughline.access.rule import (
    OWN,
    RULE,
    explain_sql,
    fill,
    in_policy,
    policy,
    propagate_sql,
    protect_marked,
    who_can_see_sql,
)
from throughline.clashes.workflow import PLANNED_EVENT
from throughline.custody.workflow import ARREST
from throughline.intelligence.workflow import REPORT
from throughline.kernel.workflow import Workflow
from throughline.lines.workflow import LINE
from throughline.loads.workflow import LOAD
from throughline.matching.who import hit_policy, who_can_see_hit_sql
from throughline.matching.workflow import BULK, HIT, SECOND_LOOK
from throughline.operations.workflow import DISRUPTION, OPERATION
from throughline.orders.workflow import ORDER
from throughline.retention.workflow import REVIEW
from throughline.rights.workflow import RIGHTS_REQUEST
from throughline.safeguarding.workflow import CONCERN, EPISODE, REFERRAL
from throughline.search.workflow import SAVED_SEARCH
from throughline.selectors.workflow import INTEREST
from throughline.sharing.workflow import REQUEST
from throughline.tasking.workflow import BID, PLAN
from throughline.telecoms.watch_workflow import WATCH
from throughline.telecoms.workflow import AUTHORITY

FLOORS = (
    "kernel",
    "organisations",
    "access",
    "selectors",
    "notices",
    "clocks",
    "intelligence",
    "matching",
    "clashes",
    "telecoms",
    "lines",
    "network",
    "tasking",
    "operations",
    "orders",
    "safeguarding",
    "custody",
    "loads",
    "sharing",
    "search",
    "retention",
    "oversight",
    "rights",
    "interop",
)
WORKFLOWS: tuple[Workflow, ...] = (
    INTEREST, REPORT, HIT, BULK, SECOND_LOOK, PLANNED_EVENT, LINE, BID, PLAN, OPERATION, DISRUPTION, ORDER,
    CONCERN, REFERRAL, EPISODE, ARREST, LOAD, REQUEST, REVIEW,
    RIGHTS_REQUEST,
    SAVED_SEARCH, AUTHORITY, WATCH,
)  # fmt: skip

NOBODY = "false"
_KNOWS = "(select tl_clearance()) >= 0"
_COMPARTMENT = "({t}.compartment = 0 or {t}.compartment = any((select tl_compartments())::smallint[]))"
_MINE = "person = (select tl_person())"
_WRITER = f"{_MINE} and body = (select tl_body())"
_OTHER = "({s} = 0 or {s} = any((select tl_compartments())::smallint[]))"

_FOR_ROLE = "(needs = '' or tl_may(needs))"
"""A notice may be for those of the body alone who hold a permission."""
_NOTE_IS_TRUE = """exists (select from matching_hit_side s
 where s.hit_id = matching_hit_note.hit_id and s.body = matching_hit_note.body
 and s.other = matching_hit_note.other and s.compartment = matching_hit_note.compartment
 and s.other_compartment = matching_hit_note.other_compartment and s.other_told = matching_hit_note.shared)"""
"""A note says of itself what its side of the hit says: nobody can write one that opens further."""

_ADDRESSED = f"(person is null or {_MINE})"
# Asked through the reports' own policy: a link opens to whoever may know both of its ends, and to nobody else.
_KNOWN_END = "exists (select from intelligence_report r where r.id = {end}_id)"
_OWN_LATER = "(select tl_body()) = (select r.owner from intelligence_report r where r.id = later_id)"
_OWNS = "(select tl_body()) = (select r.owner from intelligence_report r where r.id = report_id)"
_OF_OWN_REPORT = f"{_KNOWS} and {_OWNS}"
_BOTH_ENDS = " and ".join((_KNOWS, *(_KNOWN_END.format(end=end) for end in ("earlier", "later"))))
_LOADER = f"{_MINE} and {_KNOWS} and (select tl_may('report:load'))"
"""A load opens to the person whose it is, for as long as they read intelligence and may load."""
_LOADS = {
    table: {"see": _LOADER, "add": _LOADER, "change": _LOADER, "remove": _LOADER}
    for table in ("loads_part", "loads_block", "loads_refusal")
}
_PARTY = (
    f"{_KNOWS} and ((asker = (select tl_body()) and {_OTHER.format(s='asker_compartment')}) "
    f"or (holder = (select tl_body()) and sent and {_OTHER.format(s='holder_compartment')}))"
)
"""Either side of a request for access; the holder's, once it was sent."""

_SESSIONS = f"{_MINE} or (body = (select tl_body()) and (select tl_may('person:manage')))"
"""A person's own, and for an administrator those of the body."""
_OF_LINE = (
    "(exists (select from lines_evidence e where e.line_id = lines_line.id) or exists (select from lines_merge m "
    "join lines_evidence e on e.line_id = m.line_id where m.head_id = lines_line.id and m.undone_at is null))"
)
"""Asked through the evidence's own policy: a line opens to whoever may know a piece of what is said of it."""
_LINE = f"{_KNOWS} and {_COMPARTMENT.format(t='lines_line')}"
_LEADS = "lead = (select tl_body())"
_KNOWN_LINE = f"{_KNOWS} and exists (select from lines_line l where l.id = line_id)"
_LED_LINE = (
    f"{_KNOWS} and exists (select from lines_line l where l.id = line_id "
    "and (l.lead is null or l.lead = (select tl_body())))"
)
_LINES: dict[str, dict[str, str]] = {
    "lines_line": {
        "see": f"{_LINE} and ({_LEADS} or {_OF_LINE})",
        "add": f"{_LINE} and {_LEADS} and (select tl_may('line:keep'))",
        "change": f"{_LINE} and (lead is null or {_LEADS}) and (select tl_may('line:keep'))",
    },
    # What rests on an item that another body shared is written under that body's marking, by whoever may know it.
    "lines_evidence": {
        "see": in_policy(RULE, "lines_evidence"),
        "add": f"{in_policy(RULE, 'lines_evidence')} and by_body = (select tl_body()) "
        f"and by_person = (select tl_person()) and (select tl_may('line:keep')) and lines_known(line_id)",
    },
    "lines_standing": {"see": _KNOWN_LINE, "add": f"{_LED_LINE} and (select tl_may('line:keep'))"},
    "lines_merge": {"see": f"{_KNOWS} and lines_known(line_id)"},
    "lines_apart": {
        "see": f"{_KNOWN_LINE} and exists (select from lines_line l where l.id = other_id)",
        "add": f"{_KNOWN_LINE} and exists (select from lines_line l where l.id = other_id) "
        "and by_body = (select tl_body()) and (select tl_may('line:merge'))",
    },
    "lines_check_back": {
        "see": _KNOWN_LINE,
        "add": f"{_LED_LINE} and (select tl_may('line:decide'))",
        "change": f"{_LED_LINE} and (select tl_may('line:decide'))",
    },
}
"""The register: what is said of a line opens by its own marking, and the line by what is said of it."""

_TASKS = " or ".join(
    f"(select tl_may('task:{verb}'))" for verb in ("bid", "assess", "decide", "answer", "work")
)
_OF_BID = "by_body = (select tl_body())"
_BIDS: dict[str, dict[str, str]] = {
    "tasking_bid": {
        "see": in_policy(RULE, "tasking_bid"),
        "add": f"{in_policy(OWN, 'tasking_bid')} and (select tl_may('task:bid'))",
        "change": f"{in_policy(RULE, 'tasking_bid')} and ({_TASKS})",
    },
    **{
        table: {
            "see": in_policy(RULE, table),
            "add": f"{in_policy(RULE, table)} and {_OF_BID} and ({may})",
        }
        for table, may in (
            ("tasking_decline", "(select tl_may('task:decide')) or (select tl_may('task:answer'))"),
            ("tasking_result", "(select tl_may('task:work'))"),
        )
    },
}
"""A bid is moved by each of its sides in turn, under the bidder's marking: whose move it is says its workflow."""
_PLANS = "(select tl_may('operation:plan'))"
_OF_OPERATION = "exists (select from operations_operation o where o.id = operation_id{more})"
_SENDS = (
    "body = (select tl_body()) and (select tl_may('return:send')) and "
    f"{_OF_OPERATION.format(more=' and (select tl_body()) = any(o.taking_part)')}"
)
_OF_DISRUPTION = "exists (select from operations_disruption d where d.id = disruption_id)"
_OPERATIONS: dict[str, dict[str, str]] = {
    "operations_operation": {
        "see": in_policy(RULE, "operations_operation"),
        "add": f"{in_policy(OWN, 'operations_operation')} and {_PLANS}",
        "change": f"{in_policy(OWN, 'operations_operation')} and ({_PLANS} or (select tl_may('task:decide')))",
    },
    "operations_pack": {
        "see": in_policy(RULE, "operations_pack"),
        "add": f"{in_policy(OWN, 'operations_pack')} and {_PLANS} and {_OF_OPERATION.format(more='')}",
    },
    "operations_duty": {
        "see": in_policy(RULE, "operations_duty"),
        "add": f"{in_policy(RULE, 'operations_duty')} and {_PLANS} and by_body = (select tl_body()) "
        f"and {_OF_OPERATION.format(more='')}",
    },
    "operations_return": {
        "see": in_policy(RULE, "operations_return"),
        "add": f"{in_policy(RULE, 'operations_return')} and {_SENDS}",
    },
    "operations_return_draft": dict.fromkeys(
        ("see", "add", "change", "remove"), f"{in_policy(RULE, 'operations_return_draft')} and {_SENDS}"
    ),
    "operations_disruption": {
        "see": in_policy(RULE, "operations_disruption"),
        "add": f"{in_policy(OWN, 'operations_disruption')} and (select tl_may('task:work'))",
        "change": f"{in_policy(RULE, 'operations_disruption')} and (select tl_may('task:assess'))",
    },
    "operations_disruption_claim": {
        "see": in_policy(RULE, "operations_disruption_claim"),
        "add": f"{in_policy(RULE, 'operations_disruption_claim')} and body = (select tl_body()) "
        f"and (select tl_may('task:work')) and {_OF_DISRUPTION}",
    },
    "operations_publication": {
        "see": in_policy(RULE, "operations_publication"),
        "add": f"{in_policy(OWN, 'operations_publication')} and (select tl_may('task:decide'))",
    },
}
"""A return is written under the marking of its operation by the body that sends it, and is never changed."""
_READS_PLANS = f"{_KNOWS} and (select tl_may('plan:read'))"
_PLANS = f"{_READS_PLANS} and body = (select tl_body())"
_OF_KNOWN_PLAN = "exists (select from tasking_plan p where p.id = plan_id)"
_KNOWN_PLAN_LINE = (
    f"{_READS_PLANS} and {_OF_KNOWN_PLAN} and exists (select from lines_line l where l.id = line_id)"
)
"""Asked through the plan's policy and the line's: what a plan says of a line opens to whoever may know both."""
_CO_ORDINATES = (
    "exists (select from organisations_body me where me.id = (select tl_body()) and (me.kind = 'coordination' "
    "or me.code = (select o.rocu from organisations_body o where o.id = tasking_capacity.body)))"
)
_OWN_DAYS = f"{_KNOWS} and body = (select tl_body()) and (select tl_may('capacity:keep'))"
_SETS_ASIDE = f"{_KNOWN_LINE} and body = (select tl_body()) and (select tl_may('task:bid'))"
_PLANNING: dict[str, dict[str, str]] = {
    "tasking_set_aside": {"see": _SETS_ASIDE, "add": _SETS_ASIDE},
    "tasking_capacity": {
        "see": f"{_READS_PLANS} and (body = (select tl_body()) or {_CO_ORDINATES})",
        "add": _OWN_DAYS,
        "change": _OWN_DAYS,
    },
    "tasking_plan": {
        "see": _PLANS,
        "add": f"{_PLANS} and (select tl_may('plan:propose'))",
        "change": f"{_PLANS} and (select tl_may('plan:propose'))",
    },
    "tasking_plan_line": {
        "see": _KNOWN_PLAN_LINE,
        "add": f"{_KNOWN_PLAN_LINE} and (select tl_may('plan:propose'))",
        "change": f"{_KNOWN_PLAN_LINE} and (select tl_may('task:decide'))",
    },
    "tasking_plan_said": {
        "see": _KNOWN_PLAN_LINE,
        "add": f"{_KNOWN_PLAN_LINE} and (select tl_may('plan:propose'))",
    },
}
"""A plan is its body's own, and each of its lines opens by the line; days are for their body and those above it."""
_DRAFTS = "(select tl_may('order:draft'))"
_OF_ORDER = "exists (select from orders_order o where o.id = order_id and o.owner = (select tl_body()))"
_OF_DRAFT = f"{_OF_ORDER[:-1]} and o.state = 'drafted')"
_READS_ORDERS = "(select tl_may('order:read'))"
_ORDERS: dict[str, dict[str, str]] = {
    "orders_order": {
        "see": f"{in_policy(RULE, 'orders_order')} and {_READS_ORDERS}",
        "add": f"{in_policy(OWN, 'orders_order')} and {_DRAFTS}",
        "change": f"{in_policy(OWN, 'orders_order')} and ({_DRAFTS} or (select tl_may('order:authorise')))",
    },
    **{
        table: {
            "see": f"{in_policy(RULE, table)} and {_OF_ORDER} and {_READS_ORDERS}",
            **dict.fromkeys(("add", "remove"), f"{in_policy(RULE, table)} and {_OF_DRAFT} and {_DRAFTS}"),
        }
        for table in ("orders_item", "orders_evidence")
    },
    "orders_provider": {
        "see": f"{in_policy(RULE, 'orders_provider')} and {_OF_ORDER} and {_READS_ORDERS}",
        **dict.fromkeys(
            ("add", "change"), f"{in_policy(OWN, 'orders_provider')} and {_OF_ORDER} and {_DRAFTS}"
        ),
    },
    "orders_question": {
        "see": f"{in_policy(RULE, 'orders_question')} and ({_READS_ORDERS} or (select tl_may('hit:judge')))",
        "add": f"{in_policy(OWN, 'orders_question')} and {_OF_ORDER} and {_DRAFTS}",
        "change": f"{in_policy(RULE, 'orders_question')} and body = (select tl_body()) "
        "and (select tl_may('hit:judge'))",
    },
}
"""What an order takes from a line stands under the marking of its piece: to be seen it needs both, piece and order."""
_OF_CONCERN = f"(thing = 'concern' and {in_policy(RULE, 'clocks_clock')})"
_KEEPS_CUSTODY, _READS_CUSTODY = "(select tl_may('custody:keep'))", "(select tl_may('custody:read'))"
_EXTENDS = f"({_KEEPS_CUSTODY} or (select tl_may('custody:authorise')))"
_OF_ARREST = "exists (select from custody_arrest a where a.id = arrest_id)"
_CUSTODY: dict[str, dict[str, str]] = {
    "custody_arrest": {
        "see": f"{in_policy(RULE, 'custody_arrest')} and {_READS_CUSTODY}",
        "add": f"{in_policy(OWN, 'custody_arrest')} and {_KEEPS_CUSTODY}",
        "change": f"{in_policy(OWN, 'custody_arrest')} and {_EXTENDS}",
    },
    **{
        table: {
            "see": f"{in_policy(RULE, table)} and {_OF_ARREST} and {_READS_CUSTODY}",
            **dict.fromkeys(("add", "change"), f"{in_policy(OWN, table)} and {_OF_ARREST} and {_EXTENDS}"),
        }
        for table in ("custody_stage", "custody_condition", "custody_breach")
    },
}
"""An arrest is written by its own body; it opens to the lead of its line as well, where it says so."""
_CLOCKS: dict[str, dict[str, str]] = {
    "clocks_clock": {
        "see": f"{in_policy(RULE, 'clocks_clock')} and {_FOR_ROLE}",
        **dict.fromkeys(
            ("add", "change"), f"({in_policy(OWN, 'clocks_clock')} or {_OF_CONCERN}) and {_FOR_ROLE}"
        ),
    }
}
"""A clock stands under the marking of its thing, and opens to whoever may read such things.

A concern is worked on by every body to which it is open, and so are its clocks.
"""
_CONCERNS = "(select tl_may('concern:read'))"
_WORKS = "(select tl_may('concern:work'))"
_RAISES = "(select tl_may('concern:raise')) and raised_person = (select tl_person()) and state = 'raised'"
_KNOWN_CONCERN = "exists (select from safeguarding_concern c where c.id = concern_id)"
_SAFEGUARDING: dict[str, dict[str, str]] = {
    "safeguarding_concern": {
        "see": f"{in_policy(RULE, 'safeguarding_concern')} and {_CONCERNS}",
        "add": f"{in_policy(OWN, 'safeguarding_concern')} and {_RAISES}",
        "change": f"{in_policy(RULE, 'safeguarding_concern')} and {_WORKS}",
    },
    "safeguarding_particulars": {
        "see": f"{in_policy(RULE, 'safeguarding_particulars')} and {_CONCERNS}",
        "add": f"{in_policy(RULE, 'safeguarding_particulars')} and {_KNOWN_CONCERN}",
        "change": f"{in_policy(RULE, 'safeguarding_particulars')} and {_WORKS}",
    },
    **{
        table: {
            "see": f"{in_policy(RULE, table)} and {_CONCERNS}",
            "add": f"{in_policy(RULE, table)} and {_WORKS} and {_KNOWN_CONCERN}",
        }
        for table in ("safeguarding_assessment", "safeguarding_step")
    },
    **{
        table: {
            "see": f"{in_policy(RULE, table)} and {_CONCERNS}",
            **dict.fromkeys(("add", "change"), f"{in_policy(RULE, table)} and {_WORKS}"),
        }
        for table in ("safeguarding_referral", "safeguarding_episode")
    },
    "safeguarding_status": {
        "see": in_policy(RULE, "safeguarding_status"),
        "add": f"{in_policy(RULE, 'safeguarding_status')} and by_body = (select tl_body()) "
        "and (select tl_may('line:keep'))",
    },
}
"""Safeguarding detail is for safeguarding roles alone, of the bodies to which a concern is open."""
_HERE = "body = (select tl_body())"
_PARTNER = "(select tl_may('partner:use'))"
_IN_AGENCY = (
    "exists (select from safeguarding_agency_person p where p.agency_id = {agency} "
    "and p.person = (select tl_person()))"
)
_OWN_AGENCY = f"{_HERE} and {_PARTNER} and {_IN_AGENCY}"
_LOOKS_AFTER = f"{_KNOWS} and {_HERE} and {_CONCERNS}"
_PARTNERS: dict[str, dict[str, str]] = {
    "safeguarding_agency": {
        "see": f"({_LOOKS_AFTER}) or ({_OWN_AGENCY.format(agency='safeguarding_agency.id')})",
        "add": f"{_LOOKS_AFTER} and {_WORKS}",
    },
    "safeguarding_agency_person": {
        "see": f"({_LOOKS_AFTER}) or ({_MINE} and {_PARTNER})",
        "add": f"{_LOOKS_AFTER} and {_WORKS}",
    },
    "safeguarding_disclosure": {
        "see": f"({_KNOWS} and {_CONCERNS} and {_KNOWN_CONCERN}) or "
        f"({_OWN_AGENCY.format(agency='safeguarding_disclosure.agency_id')})",
        "add": f"{_LOOKS_AFTER} and {_WORKS} and {_KNOWN_CONCERN} and by_person = (select tl_person())",
    },
    "safeguarding_partner_message": {
        "see": f"({_LOOKS_AFTER}) or ({_OWN_AGENCY.format(agency='safeguarding_partner_message.agency_id')})",
        "add": f"{_OWN_AGENCY.format(agency='safeguarding_partner_message.agency_id')} and {_MINE}",
        "change": f"{_LOOKS_AFTER} and {_WORKS}",
    },
}
"""A partner's log-in knows no marked row. It sees what was disclosed to its own agency, and what that agency sent."""
_OWN_CHART = "exists (select from network_chart c where c.id = chart_id and c.person = (select tl_person()))"
_KNOWN_SPOT = (
    "case kind when 'line' then exists (select from lines_line l where l.ref = network_chart_spot.key) "
    "else exists (select from selectors_sighting s where s.key = network_chart_spot.key "
    "and s.kind = network_chart_spot.kind) or exists (select from lines_evidence e "
    "where e.value = network_chart_spot.key and e.kind = network_chart_spot.kind) end"
)
"""Asked through the policies of sightings, evidence and lines: what stands on a chart opens to whoever may know it."""
_CHARTS: dict[str, dict[str, str]] = {
    "network_chart": {
        "see": f"{in_policy(RULE, 'network_chart')} and ({_MINE} or is_shared)",
        "add": f"{in_policy(OWN, 'network_chart')} and {_MINE} and (select tl_may('line:read'))",
        "change": f"{in_policy(OWN, 'network_chart')} and {_MINE}",
    },
    "network_chart_spot": {
        "see": f"{_KNOWS} and exists (select from network_chart c where c.id = chart_id) and {_KNOWN_SPOT}",
        "add": f"{_KNOWS} and {_OWN_CHART} and {_KNOWN_SPOT}",
        "change": f"{_KNOWS} and {_OWN_CHART} and {_KNOWN_SPOT}",
    },
}

_REVIEWS = (
    f"{_KNOWS} and body = (select tl_body()) and {{compartment}} "
    "and ((select tl_may('retention:review')) or (select tl_may('retention:confirm')))"
)
_OF_KNOWN_REPORT = "exists (select from intelligence_report r where r.id = report_id)"
_RETENTION: dict[str, dict[str, str]] = {
    "retention_review": dict.fromkeys(
        ("see", "add", "change"),
        f"{_REVIEWS.format(compartment=_COMPARTMENT.format(t='retention_review'))} and {_OF_KNOWN_REPORT}",
    ),
    "retention_hold": dict.fromkeys(
        ("see", "add", "change"),
        f"{_REVIEWS.format(compartment=_COMPARTMENT.format(t='retention_hold'))} "
        f"and (report_id is null or {_OF_KNOWN_REPORT})",
    ),
    # A certificate holds no content, so whoever oversees the body reads it too.
    "retention_disposal": {
        "see": "body = (select tl_body()) and (select tl_may('retention:read')) and "
        + _COMPARTMENT.format(t="retention_disposal")
    },
}
"""What a body decided about keeping a report opens to its own people who may know the report."""

_RIGHTS_WORK, _RIGHTS_APPROVE = "(select tl_may('rights:work'))", "(select tl_may('rights:approve'))"
_ON_A_PERSON = f"({_RIGHTS_WORK} or {_RIGHTS_APPROVE})"
_OF_RIGHTS = "exists (select from rights_request q where q.id = request_id{more})"
_FOUND_THING = (
    "case thing when 'report' then exists (select from intelligence_report r where r.id = thing_id) "
    "when 'arrest' then exists (select from custody_arrest a where a.id = thing_id) "
    "when 'concern' then exists (select from safeguarding_concern c where c.id = thing_id) else false end"
)
_RIGHTS: dict[str, dict[str, str]] = {
    "rights_request": {
        "see": f"{in_policy(OWN, 'rights_request')} and {_ON_A_PERSON}",
        "add": f"{in_policy(OWN, 'rights_request')} and {_RIGHTS_WORK}",
        "change": f"{in_policy(OWN, 'rights_request')} and {_ON_A_PERSON}",
    },
    "rights_record": {
        "see": f"{_KNOWS} and {_OF_RIGHTS.format(more='')} and {_FOUND_THING}",
        **dict.fromkeys(
            ("add", "change"),
            f"{_KNOWS} and {_RIGHTS_WORK} and {_FOUND_THING} and "
            + _OF_RIGHTS.format(more=" and q.state = 'deciding'"),
        ),
    },
    "rights_other": {
        "see": f"{_KNOWS} and {_OF_RIGHTS.format(more='')}",
        "add": f"{_KNOWS} and {_RIGHTS_WORK} and {_OF_RIGHTS.format(more='')}",
    },
}
"""A request on a person is its own body's; a record on it opens to whoever may know it, and is fixed once proposed."""

_ENGINES_OWN = (
    "matching_person", "matching_person_code", "matching_link", "matching_link_weight", "matching_link_side",
    "matching_link_model", "matching_blind_record", "matching_blind_link", "telecoms_finding",
)  # fmt: skip
"""People found again, encodings, links between them, and what rests on which calls: for the engine alone."""

_ALERT = (
    f"{_KNOWS} and {_MINE} and case thing "  # noqa: S608 our names
    "when 'report' then exists (select from intelligence_report r where r.id = thing_id) "
    "else exists (select from selectors_sighting s where s.id = thing_id) end"
)

_STANDS = "exists (select from telecoms_authority a where a.id = authority_id and a.ended_at is null)"
_WATCH = f"{_KNOWS} and body = (select tl_body()) and (select tl_may('calls:read')) and {_STANDS}"
"""A watch opens to its body through the authority's own policy, and no longer than it stands."""

_SUBJECTS = (
    "(select tl_may('person:manage')) and exists (select from access_person p "
    "where p.id = person_id and p.body_id = (select tl_body()))"
)
"""Whom the single sign-on knows as whom, which roles wait, and machines: for administrators of the body."""

_TOKENS = (
    f"{_MINE} or ((select tl_may('person:manage')) and exists (select from access_person p "  # noqa: S608 our names
    "where p.id = access_token.person and p.body_id = (select tl_body())))"
)
"""Machines are for administrators of their body; a token is its machine's own, and theirs to end."""

_CHANGED = (
    f"{_KNOWS} and case kind "  # noqa: S608 our names
    "when 'report' then exists (select from intelligence_report r where r.id = thing) "
    "when 'hit' then exists (select from matching_hit_side s where s.id = thing) "
    "when 'line' then exists (select from lines_line l where l.id = thing) "
    "else exists (select from lines_evidence e where e.id = thing) end"
)
"""Asked through the policy of what changed: that it did is known to whoever may know the thing, and to nobody else."""

_OF_A_REPORT = f"{_KNOWS} and exists (select from intelligence_report r where r.id = report)"

LOCKED: dict[str, dict[str, str]] = {
    "access_second_factor": dict.fromkeys(("see", "add", "change"), "person_id = (select tl_person())"),
    "access_role_wish": {
        "see": _SUBJECTS,
        "add": f"{_SUBJECTS} and asked_person = (select tl_person())",
        # Whoever asked cannot answer, and nobody answers for themselves.
        "change": f"{_SUBJECTS} and (select tl_person()) not in (asked_person, person_id)",
    },
    "access_sign_on": dict.fromkeys(("see", "add", "remove"), _SUBJECTS),
    "access_machine": dict.fromkeys(("see", "add", "change"), _SUBJECTS),
    "access_token": {
        "see": _TOKENS,
        "add": _MINE,
        "remove": _TOKENS,
    },
    "interop_change": {"see": _CHANGED},
    "interop_answer": dict.fromkeys(("see", "add", "change", "remove"), _MINE),
    "interop_stix_name": dict.fromkeys(("see", "add"), _OF_A_REPORT),
    "access_session": {
        "see": _SESSIONS,
        "add": _WRITER,
        "change": _SESSIONS,
    },
    "intelligence_sensitive_source": {"see": _OF_OWN_REPORT, "add": _OF_OWN_REPORT},
    "intelligence_report_link": {
        "see": _BOTH_ENDS,
        "add": f"{_BOTH_ENDS} and {_OWN_LATER}",
    },
    "access_journal_entry": {
        "see": "(select tl_may('journal:read')) and (body = (select tl_body()) or owner = (select tl_body()))",
    },
    "notices_notice": dict.fromkeys(
        ("see", "change"),
        f"body = (select tl_body()) and {_KNOWS} and {_COMPARTMENT.format(t='notices_notice')} "
        f"and {_ADDRESSED} and {_FOR_ROLE}",
    ),
    "notices_preference": dict.fromkeys(("see", "add", "change"), _MINE),
    "kernel_history": {
        "see": f"(select tl_body()) = any(bodies) and {_KNOWS} and {_COMPARTMENT.format(t='kernel_history')}",
        "add": "(select tl_body()) = any(bodies) and by_person = (select tl_person())",
    },
    "intelligence_saved_draft": {
        "see": f"{_WRITER} and {_KNOWS}",
        "add": _WRITER,
        "change": f"{_WRITER} and {_KNOWS}",
        "remove": _WRITER,
    },
    "access_pace": {"see": NOBODY},
    "matching_holding": {"see": NOBODY},
    "matching_hit": {"see": hit_policy()},
    "matching_hit_side": {
        "see": f"{_KNOWS} and {_COMPARTMENT.format(t='matching_hit_side')} and ((body = (select tl_body()) and told) "
        f"or (other = (select tl_body()) and other_told and {_OTHER.format(s='other_compartment')}))",
        "change": f"{_KNOWS} and body = (select tl_body()) and told and "
        f"{_COMPARTMENT.format(t='matching_hit_side')}",
    },
    "matching_hit_note": {
        "see": f"{_KNOWS} and {_COMPARTMENT.format(t='matching_hit_note')} and (body = (select tl_body()) "
        f"or (other = (select tl_body()) and shared and {_OTHER.format(s='other_compartment')}))",
        "add": "body = (select tl_body()) and person = (select tl_person()) and (select tl_may('hit:judge')) "
        f"and {_NOTE_IS_TRUE}",
    },
    "matching_second_look": {
        "see": f"body = (select tl_body()) and {_KNOWS} and {_COMPARTMENT.format(t='matching_second_look')}",
        "add": "body = (select tl_body()) and asked_person = (select tl_person()) and exists (select "
        "from matching_hit_side s where s.id = side_id and s.body = matching_second_look.body "
        "and s.compartment = matching_second_look.compartment)",
        "change": f"body = (select tl_body()) and {_KNOWS} and {_COMPARTMENT.format(t='matching_second_look')} "
        "and asked_person <> (select tl_person())",
    },
    "matching_hit_escalation": {
        "see": f"region = (select tl_body()) and {_KNOWS} and (select tl_may('hit:oversee'))",
    },
    **{table: {"see": NOBODY} for table in _ENGINES_OWN},
    "matching_blind_answer": {
        "see": f"{_KNOWS} and (body = (select tl_body()) or other = (select tl_body()))",
        "add": "body = (select tl_body()) and by_person = (select tl_person()) and (select tl_may('hit:judge'))",
    },
    # Which bodies let an identifier join two records is for every body to read, and for its administrators to state.
    "matching_identifier_rule": {
        "see": f"(select tl_body()) is not null and ({_KNOWS} or (select tl_may('person:read')))",
        **dict.fromkeys(("add", "change"), "body = (select tl_body()) and (select tl_may('person:manage'))"),
    },
    "matching_enquiry": {
        "see": f"{_KNOWS} and body = (select tl_body())",
        "add": "body = (select tl_body()) and person = (select tl_person())",
    },
    "matching_bulk_check": dict.fromkeys(("see", "add", "change"), f"{_KNOWS} and {_WRITER}"),
    "matching_bulk_line": dict.fromkeys(("see", "add"), f"{_KNOWS} and {_MINE}"),
    "loads_load": dict.fromkeys(("see", "add", "change"), f"{_LOADER} and owner = (select tl_body())"),
    "loads_column_map": dict.fromkeys(
        ("see", "add", "change"), f"body = (select tl_body()) and {_KNOWS} and (select tl_may('report:load'))"
    ),
    **_LOADS,
    **_LINES,
    **_BIDS,
    **_OPERATIONS,
    **_PLANNING,
    **_ORDERS,
    **_CLOCKS,
    **_CUSTODY,
    **_SAFEGUARDING,
    **_PARTNERS,
    **_CHARTS,
    **_RETENTION,
    **_RIGHTS,
    "telecoms_watch": {"see": _WATCH, "add": f"{_WATCH} and {_MINE}", "change": _WATCH},
    "sharing_request": {"see": _PARTY, "change": _PARTY},
    "search_value": {"see": NOBODY},
    "search_saved": {
        "see": f"{_KNOWS} and {_MINE}",
        "add": f"{_KNOWS} and {_WRITER}",
        "change": f"{_KNOWS} and {_MINE}",
    },
    # What an alert points at passes its own policy first: one that the person may not know any more is gone.
    "search_alert": {"see": _ALERT, "add": _ALERT, "change": _ALERT},
}
"""Tables that carry no marking of their own, and the condition under which each verb is open."""

OPEN: dict[str, str] = {
    "access_person": "the directory of colleagues: names, bodies and log-in names, no intelligence",
    "access_credential": "read before anyone has signed in; holds argon2 hashes and counters",
    "access_role_grant": "who holds which role is for everyone to see",
    "access_team": "names of teams",
    "access_team_person": "who is in which team",
    "access_compartment": "names of compartments, never what is in them",
    "access_compartment_person": "who is on which list; read to know the reader before anyone reads",
    "access_journal_lane": "heads of the hash chains: counts and digests",
    "organisations_body": "public",
    "organisations_succession": "public",
    "organisations_outline": "outlines of areas for the map, from a public file",
    "matching_answer_time": "how many working days a body has to answer a hit",
    "matching_linkage_check": "how right linkage was on labelled data: counts and shares",
    "matching_answer_deadline": "the moments at which answers fall due, no content",
    "kernel_fact": "ids of records for the flow, no content",
    "kernel_step": "the queue of the flow, no content",
    "django_migrations": "which migrations ran",
    "django_session": "signed-in sessions, by random key: the id of the person and what was typed into forms",
}
"""Tables without a policy, each with the reason; a test holds this list against the database."""

_APP_GRANTS = {
    "access_journal_lane": "", "access_pace": "", "access_journal_entry": "select", "matching_holding": "",
    "matching_hit": "select", "matching_hit_side": "select, update (state, reason, decided_by, decided_at)",
    "matching_hit_note": "select, insert", "matching_hit_escalation": "select",
    "matching_second_look": "select, insert, update (state, decided_by, decided_at)",
    "notices_notice": "select, update (read_at, read_by)", "django_migrations": "select",
    "django_session": "select, insert, update, delete", "kernel_history": "select, insert",
    "access_session": "select, insert, update (seen_at, ended_at, ended_how)",
    "access_sign_on": "select, insert, delete",
    "access_machine": "select, insert, update (ended_at)", "access_token": "select, insert, delete",
    "interop_stix_name": "select, insert",
    "interop_change": "select", "interop_answer": "select, insert, update (status, content), delete",
    "access_role_wish": "select, insert, update (answered_at, answered_by, answer_why, agreed)",
    "access_team_person": "select, insert, delete", "access_compartment_person": "select, insert, delete",
    "organisations_outline": "select, insert, delete",
    "organisations_body": "select, insert, update", "matching_enquiry": "select, insert",
    "intelligence_report_link": "select, insert", "intelligence_sensitive_source": "select, insert",
    "matching_bulk_check": "select, insert, update (state, answered)", "matching_bulk_line": "select, insert",
    "intelligence_saved_draft": "select, insert, update, delete",
    "clashes_look": "select, insert", "clashes_clash": "select",
    "lines_line": "select, insert, update (state, lead, officer, closed_on)", "lines_evidence": "select, insert",
    "lines_merge": "select", "lines_apart": "select, insert",
    "lines_standing": "select, insert", "lines_check_back": "select, insert, update (done_at, done_by, found)",
    **dict.fromkeys(_LOADS, "select, insert, update, delete"),
    "tasking_bid": "select, insert, update (state, level, desk, offered, officer, due_at, score, confidence, "
    "tractability, assessment, assessed_by, assessed_at)",
    "tasking_deconfliction": "select, insert", "tasking_decline": "select, insert", "tasking_result": "select, insert",
    "operations_operation": "select, insert, update (state)", "operations_pack": "select, insert",
    "operations_duty": "select, insert", "operations_return": "select, insert",
    "operations_return_draft": "select, insert, update, delete", "operations_publication": "select, insert",
    "operations_disruption": "select, insert, update (state, level, words, moderated_by, moderated_at, into_id)",
    "operations_disruption_claim": "select, insert",
    "tasking_set_aside": "select, insert",
    "tasking_capacity": "select, insert, update (days, reserved, reserved_for, said_at, said_by)",
    "tasking_plan": "select, insert, update (state, worked_out_at, objective, bound, gap, took, prices, floors, lines, "
    "trouble)", "tasking_plan_line": "select, insert, update (bid)", "tasking_plan_said": "select, insert",
    "orders_order": "select, insert, update (title, nation, provider, provider_contact, offences, used, prevents, "
    "plan, affected, innocent, proportionate, without_notice, duration, asked_at, none_to_ask, state, rank, "
    "loss_decision, authorised_by, court, ordered_on, ends_on, "
    "comply_by, comply_why, served_at, complied_at, replaced_key, replaced_at, replaced_by)",
    "orders_item": "select, insert, delete", "orders_evidence": "select, insert, delete",
    "orders_provider": "select, insert, update (name, contact, comply_by, comply_why, served_at, complied_at)",
    "orders_question": "select, insert, update (answer, words, answered_at, answered_by)",
    "custody_arrest": "select, insert, update (state, starts_on, stage, ends_at, necessity, victims, victims_said, "
    "decided_by, decided_at)", "custody_stage": "select, insert", "custody_breach": "select, insert",
    "custody_condition": "select, insert, update (lifted_at, lifted_why)",
    "clocks_clock": "select, insert, update (due_at, paused_at, paused_why, pauses, ended_at, ended_how, ended_why, "
    "ended_by)",
    "safeguarding_concern": "select, insert, update (state, age, harms, authority, authority_told_at, outcome, "
    "closed_at)",
    "safeguarding_particulars": "select, insert, update (name, born_on, kind, key, address, contact, family, "
    "written_by)",
    "safeguarding_assessment": "select, insert", "safeguarding_status": "select, insert",
    "safeguarding_step": "select, insert", "safeguarding_referral": "select, insert, update (state, answers, decider, "
    "submitted_ref, submitted_on, reasonable_on, conclusive_on)",
    "safeguarding_episode": "select, insert, update (state, found_at, host, found_place)",
    **dict.fromkeys(
        ("safeguarding_agency", "safeguarding_agency_person", "safeguarding_disclosure"), "select, insert"
    ),
    "safeguarding_partner_message": "select, insert, update (concern_ref, answer, answered_at, answered_by)",
    "sharing_request": "select, update (state, reason, words, report_ref, answered_by, answered_at)",
    "telecoms_authority": "select, insert, update (grounds, necessity, proportionality, starts_on, ends_on, "
    "keep_until, state, calls, ended_at, ended_why)", "telecoms_load": "select, insert",
    "telecoms_watch": "select, insert, update (state, told, looked_at)",
    "retention_review": "select, insert, update (group_key, state, review_on, reason, proposed_person, proposed_by, "
    "proposed_at)", "retention_hold": "select, insert, update (lifted_at, lifted_by, lifted_why)",
    "retention_disposal": "select",
    "rights_request": "select, insert, update (state, is_cut, found, tells_withheld, proposed_person, proposed_by, "
    "approved_by, approved_at, digest)",
    "rights_record": "select, insert, update (decision, ground, words, decided_person, decided_by, decided_at)",
    "rights_other": "select, insert",
    "search_value": "", **dict.fromkeys(_ENGINES_OWN, ""), "matching_link_judgement": "select, insert",
    "matching_place_judgement": "select, insert",
    "matching_blind_answer": "select, insert",
    "matching_identifier_rule": "select, insert, update (ends_on, ended_by, ended_why)",
}  # fmt: skip
_DEFAULT_GRANT = "select, insert, update"


def marked_tables() -> list[str]:
    """The tables whose rows carry a marking's labels."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, Marked))


def all_tables() -> list[str]:
    """Every table of the house."""
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models} | {"django_migrations"})


def rules(*, engine: str, app: str, beside: bool = False) -> Iterator[str]:
    """Every statement, in order. Running them twice changes nothing.

    With ``beside`` the doors and the grants of the version before stay, for its pages that still run. What may be
    known is the new version's at once, for both.
    """
    marked = marked_tables()
    yield "set client_min_messages = warning"
    for text in _sql_of_the_floors():
        yield fill(text)
    yield propagate_sql(marked)
    yield explain_sql()
    yield who_can_see_sql()
    yield who_can_see_hit_sql()
    for table in marked:
        yield from protect_marked(table)
    own = in_policy(OWN, "access_marking")
    yield from policy("access_marking", see=in_policy(RULE, "access_marking"), add=own, change=own)
    for table, verbs in LOCKED.items():
        yield from policy(table, **verbs)
    for workflow in WORKFLOWS:
        yield workflow.trigger_sql()
    if not beside:
        yield _DROP_STALE
        yield f"revoke all on all tables in schema public from {app}, public"
    yield from _ownership(engine, app)


def _sql_of_the_floors() -> Iterator[str]:
    """Each floor's own SQL, from the ground up, its files in order of name."""
    for floor in FLOORS:
        folder = files(f"throughline.{floor}").joinpath("sql")
        if folder.is_dir():
            named = sorted(
                (f for f in folder.iterdir() if Path(f.name).suffix == ".sql"), key=lambda f: f.name
            )
            yield from (f.read_text(encoding="utf-8") for f in named)


_DROP_STALE = """
do $$ declare f record; begin
  for f in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.xmin <> pg_current_xact_id()::xid and not exists (
      select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
    execute format('drop function %s', f.name);
  end loop;
end $$"""
"""A door of an earlier version must not stay open: every function that this transaction did not write goes."""


def _ownership(engine: str, app: str) -> Iterator[str]:
    yield f"grant usage on schema public to {engine}, {app}"
    yield f"grant create on schema public to {engine}"
    yield f"grant all on all tables in schema public to {engine}"
    yield f"grant usage, select on all sequences in schema public to {engine}, {app}"
    for table in all_tables():
        grant = _APP_GRANTS.get(table, _DEFAULT_GRANT)
        if grant:
            yield f"grant {grant} on {table} to {app}"
    yield f"""
    do $$ declare f record; begin
      for f in select p.oid::regprocedure as name, p.prosecdef from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and not exists (
          select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
        execute format('revoke all on function %s from public', f.name);
        execute format('grant execute on function %s to {engine}, {app}', f.name);
        if f.prosecdef then execute format('alter function %s owner to {engine}', f.name); end if;
      end loop;
    end $$"""  # noqa: S608 the roles are named by us
    yield f"revoke create on schema public from {engine}"
