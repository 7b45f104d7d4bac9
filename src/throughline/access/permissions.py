"""What each role may do. What a person may know is another question, answered by markings in the database."""

from enum import StrEnum


class Permission(StrEnum):
    """``thing:verb``, in alphabetical order."""

    CALLS_LOAD = "calls:load"
    CALLS_READ = "calls:read"
    CAPACITY_KEEP = "capacity:keep"
    CHECK_RUN = "check:run"
    CONCERN_RAISE = "concern:raise"
    CONCERN_READ = "concern:read"
    CONCERN_WORK = "concern:work"
    CUSTODY_AUTHORISE = "custody:authorise"
    CUSTODY_KEEP = "custody:keep"
    CUSTODY_READ = "custody:read"
    EVENT_PLAN = "event:plan"
    EVENT_READ = "event:read"
    EVENT_SILENCE = "event:silence"
    FLOW_MEND = "flow:mend"
    HIT_JUDGE = "hit:judge"
    HIT_OVERSEE = "hit:oversee"
    HIT_READ = "hit:read"
    INTEREST_KEEP = "interest:keep"
    JOURNAL_READ = "journal:read"
    LINE_DECIDE = "line:decide"
    LINE_KEEP = "line:keep"
    LINE_MERGE = "line:merge"
    LINE_READ = "line:read"
    NOTICE_READ = "notice:read"
    OPERATION_PLAN = "operation:plan"
    ORDER_AUTHORISE = "order:authorise"
    ORDER_DRAFT = "order:draft"
    ORDER_READ = "order:read"
    OVERSIGHT_READ = "oversight:read"
    PARTNER_USE = "partner:use"
    PERSON_MANAGE = "person:manage"
    PERSON_READ = "person:read"
    PLAN_PROPOSE = "plan:propose"
    PLAN_READ = "plan:read"
    REPORT_ADD = "report:add"
    REPORT_CIRCULATE = "report:circulate"
    REPORT_CORRECT = "report:correct"
    REPORT_GRADE = "report:grade"
    REPORT_LOAD = "report:load"
    REPORT_READ = "report:read"
    REPORT_REJECT = "report:reject"
    REPORT_SANITISE = "report:sanitise"
    REPORT_WITHDRAW = "report:withdraw"
    REQUEST_ANSWER = "request:answer"
    REQUEST_MAKE = "request:make"
    RETENTION_CONFIRM = "retention:confirm"
    RETENTION_READ = "retention:read"
    RETENTION_REVIEW = "retention:review"
    RETURN_SEND = "return:send"
    RIGHTS_APPROVE = "rights:approve"
    RIGHTS_WORK = "rights:work"
    SEARCH_RUN = "search:run"
    TASK_ANSWER = "task:answer"
    TASK_ASSESS = "task:assess"
    TASK_BID = "task:bid"
    TASK_DECIDE = "task:decide"
    TASK_READ = "task:read"
    TASK_WORK = "task:work"


class Role(StrEnum):
    """The hats a person can wear in a body."""

    OFFICER = "officer"
    ANALYST = "analyst"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    SAFEGUARDING = "safeguarding"
    ORDERS = "orders"
    AUDITOR = "auditor"
    ADMIN = "admin"
    PARTNER = "partner"


P = Permission
_DESK = {
    P.CHECK_RUN, P.CONCERN_RAISE, P.EVENT_READ, P.HIT_READ, P.LINE_READ, P.NOTICE_READ, P.REPORT_READ, P.REQUEST_MAKE,
    P.SEARCH_RUN, P.TASK_READ,
}  # fmt: skip
_INTELLIGENCE = _DESK | {
    P.CALLS_LOAD,
    P.CALLS_READ,
    P.CUSTODY_READ,
    P.EVENT_PLAN,
    P.HIT_JUDGE,
    P.INTEREST_KEEP,
    P.LINE_KEEP,
    P.ORDER_READ,
    P.REPORT_ADD,
    P.REPORT_GRADE,
    P.REPORT_LOAD,
    P.RETURN_SEND,
    P.TASK_BID,
    P.TASK_WORK,
}
_RELEASE = {
    P.REPORT_CIRCULATE, P.REPORT_CORRECT, P.REPORT_REJECT, P.REPORT_SANITISE, P.REPORT_WITHDRAW, P.REQUEST_ANSWER,
}  # fmt: skip

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(
        _DESK | {P.CUSTODY_KEEP, P.CUSTODY_READ, P.EVENT_PLAN, P.REPORT_ADD, P.TASK_WORK}
    ),
    Role.ANALYST: frozenset(_INTELLIGENCE | _RELEASE | {P.RETENTION_READ, P.RETENTION_REVIEW, P.RIGHTS_WORK}),
    Role.MANAGER: frozenset(
        _INTELLIGENCE
        | _RELEASE
        | {P.CAPACITY_KEEP, P.EVENT_SILENCE, P.LINE_DECIDE, P.LINE_MERGE, P.OPERATION_PLAN, P.PERSON_READ}
        | {P.CUSTODY_AUTHORISE, P.CUSTODY_KEEP}
        | {P.ORDER_AUTHORISE, P.OVERSIGHT_READ, P.PLAN_READ, P.TASK_ANSWER}
        | {P.RETENTION_CONFIRM, P.RETENTION_READ, P.RETENTION_REVIEW, P.RIGHTS_APPROVE, P.RIGHTS_WORK}
    ),
    Role.COORDINATOR: frozenset(
        _INTELLIGENCE
        | _RELEASE
        | {P.CUSTODY_AUTHORISE, P.CUSTODY_KEEP}
        | {P.CAPACITY_KEEP, P.EVENT_SILENCE, P.HIT_OVERSEE, P.LINE_DECIDE, P.LINE_MERGE, P.OPERATION_PLAN}
        | {P.ORDER_AUTHORISE, P.OVERSIGHT_READ, P.PLAN_PROPOSE, P.PLAN_READ, P.TASK_ANSWER, P.TASK_ASSESS}
        | {P.RETENTION_CONFIRM, P.RETENTION_READ, P.RETENTION_REVIEW, P.RIGHTS_APPROVE, P.RIGHTS_WORK}
    ),
    Role.CHAIR: frozenset(
        _DESK
        | {
            P.ORDER_AUTHORISE,
            P.ORDER_READ,
            P.OVERSIGHT_READ,
            P.PLAN_PROPOSE,
            P.PLAN_READ,
            P.TASK_BID,
            P.TASK_DECIDE,
        }
    ),
    Role.SAFEGUARDING: frozenset(_DESK | {P.CONCERN_READ, P.CONCERN_WORK, P.REPORT_ADD}),
    Role.ORDERS: frozenset(_DESK | {P.CALLS_READ, P.ORDER_DRAFT, P.ORDER_READ}),
    Role.AUDITOR: frozenset({P.JOURNAL_READ, P.OVERSIGHT_READ, P.PERSON_READ, P.RETENTION_READ}),
    Role.ADMIN: frozenset({P.PERSON_MANAGE, P.PERSON_READ, P.FLOW_MEND}),
    Role.PARTNER: frozenset({P.PARTNER_USE}),
}
"""The one table of role to permissions; nothing else grants anything."""

ROLE_SUMMARY: dict[Role, str] = {
    Role.OFFICER: "Checks before acting, files reports, reads what is circulated.",
    Role.ANALYST: "Grades, loads and circulates reports, works hits, keeps interests.",
    Role.MANAGER: "Runs the intelligence desk: all that an analyst does, and sees who holds which role.",
    Role.COORDINATOR: "Works across the bodies of a region or the nation.",
    Role.CHAIR: "Chairs tasking and decides.",
    Role.SAFEGUARDING: "Looks after concerns about children and adults, from the first word to the outcome.",
    Role.ORDERS: "Prepares court orders.",
    Role.AUDITOR: "Reads the journal of the body, not its intelligence.",
    Role.ADMIN: "Manages people, roles and work that got stuck, and sees no intelligence.",
    Role.PARTNER: "Works for a partner agency: sees what was disclosed to it and what it sent, and nothing else.",
}
OUTSIDE = frozenset({Role.PARTNER})
"""Roles of people outside policing: held alone, so that no other opens intelligence to them."""

NO_CLEARANCE = -1
"""Below every classification: the database shows such a reader no protected row at all."""
OFFICIAL = 0
OFFICIAL_SENSITIVE = 1

A1, A2, A3 = 1, 2, 4
"""Bits for the action codes of the 3x5x2; a marking carries the bit of its code."""
EVERY_CONDITION = A1 | A2 | A3

ROLE_CONDITIONS: dict[Role, int] = {
    Role.OFFICER: A3,
    Role.ANALYST: EVERY_CONDITION,
    Role.MANAGER: EVERY_CONDITION,
    Role.COORDINATOR: EVERY_CONDITION,
    Role.CHAIR: EVERY_CONDITION,
    Role.SAFEGUARDING: A3,
    Role.ORDERS: A3,
    Role.AUDITOR: 0,
    Role.ADMIN: 0,
    Role.PARTNER: 0,
}
"""Which conditioned material (handling code C) of *other* bodies a role is trained to open.

A1 and A2 limit action to covert development or use, so they open to intelligence and tasking roles alone;
A3 allows overt action as the owner specifies, so it opens to everyone with a desk.
"""


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that the roles together may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


def conditions_of(roles: frozenset[Role]) -> int:
    """The union of the condition bits that the roles open."""
    bits = 0
    for role in roles:
        bits |= ROLE_CONDITIONS[role]
    return bits


def clearance_of(roles: frozenset[Role]) -> int:
    """The highest classification that the roles may know: none at all for roles that read no intelligence."""
    reads = Permission.REPORT_READ in permissions_of(roles)
    return OFFICIAL_SENSITIVE if reads else NO_CLEARANCE
