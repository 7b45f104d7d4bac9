"""What waits for a person, by what their role lets them do: how much of each kind, and what has waited longest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clashes.queries import overdue_events
from throughline.custody.queries import bail_waiting
from throughline.intelligence.drafts import draft_count, my_drafts
from throughline.intelligence.queries import own_reports, reports_waiting
from throughline.kernel import clock, outbox
from throughline.lines.pairs import pairs_of
from throughline.lines.queries import check_back_count, check_backs_due, proposed_count, proposed_lines
from throughline.loads.queries import loads_waiting
from throughline.matching.blind.asking import waiting_blind
from throughline.matching.overdue import overdue_count, overdue_in_region
from throughline.matching.people.links import link_list, waiting_links
from throughline.matching.queries import hit_list, waiting_hits
from throughline.matching.telling import within_a_sentence
from throughline.matching.together import looks_waiting
from throughline.notices.queries import oldest_unread, unread_count
from throughline.operations.queries import returns_owed
from throughline.orders.queries import orders_with_clocks, questions_waiting
from throughline.retention.queries import due_count, due_list
from throughline.rights.queries import rights_list, rights_waiting
from throughline.safeguarding.queries import concerns_waiting
from throughline.search.saved import waiting_alerts
from throughline.sharing.queries import request_list, requests_to_answer
from throughline.tasking.asking import count_asking
from throughline.tasking.plan_queries import plans_waiting
from throughline.tasking.queries import bids_waiting
from throughline.telecoms.held import authorities_near_their_end
from throughline.telecoms.watch_queries import found_watches
from throughline.web.loads.shown import load_waits_for
from throughline.web.notices.words import href_of, kind_of
from throughline.web.rights.words import SHORT, STATES
from throughline.web.words import day, moment, plural

SHOWN = 15
"""How much of what waits stands on the desk; each pile leads to all of it."""
CAP = 1000
"""Piles are counted up to here: past it the number helps nobody and costs time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: of which kind, what it is, where it is opened, and since when."""

    kind: str
    text: str
    href: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Pile:
    """All of one kind that waits: how many, in words, and the page that lists them ('' if there is none)."""

    count: int
    one: str
    many: str
    href: str
    is_more: bool = False


def piles_of(reader: Reader) -> list[Pile]:
    """The kinds of which something waits for this person."""
    counted = [count(reader) for permission, count, _ in DESK if reader.may(permission)]
    return [pile for pile in counted if pile.count]


def oldest_of(reader: Reader) -> list[Waiting]:
    """What has waited longest, of every kind together, oldest first."""
    found = [row for permission, _, oldest in DESK if reader.may(permission) for row in oldest(reader)]
    return sorted(found, key=lambda row: row.since)[:SHOWN]


def _hits(reader: Reader) -> Pile:
    count = waiting_hits(reader, cap=CAP)
    return Pile(count, "hit to judge", "hits to judge", reverse("hits"), count == CAP)


def _oldest_hits(reader: Reader) -> list[Waiting]:
    rows = hit_list(reader, state="raised", size=SHOWN, oldest_first=True).rows
    return [
        Waiting(
            "Hit",
            f"{row.shown}, also held by {row.other_name}",
            reverse("hit", args=[row.ref]),
            row.raised_at,
        )
        for row in rows
    ]


def _looks(reader: Reader) -> Pile:
    count = len(looks_waiting(reader, size=CAP))
    return Pile(count, "second look to give", "second looks to give", reverse("second-looks"), count == CAP)


def _oldest_looks(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Second look", f"{look.asked_by} would dismiss {plural(look.hits, 'rare hit')}",
            f"{reverse('second-looks')}#{look.batch}", look.asked_at,
        )
        for look in looks_waiting(reader, size=SHOWN)
    ]  # fmt: skip


def _overdue(reader: Reader) -> Pile:
    count = overdue_count(reader, cap=CAP)
    return Pile(
        count,
        "hit overdue in your region",
        "hits overdue in your region",
        reverse("hits-overdue"),
        count == CAP,
    )


def _oldest_overdue(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Overdue in your region", f"Hit {row.hit}: {row.body_name} has not answered", reverse("hits-overdue"),
            row.answer_by,
        )
        for row in overdue_in_region(reader, size=SHOWN).rows
    ]  # fmt: skip


def _reports(reader: Reader) -> Pile:
    count = own_reports(reader, state="received", cap=CAP)
    href = f"{reverse('reports')}?state=received&owner={reader.body_code}"
    return Pile(count, "report to grade", "reports to grade", href, count == CAP)


def _oldest_reports(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Report", row.title, reverse("report", args=[row.ref]), row.recorded_at)
        for row in reports_waiting(reader, size=SHOWN)
    ]


def _drafts(reader: Reader) -> Pile:
    return Pile(draft_count(reader), "draft to finish", "drafts to finish", reverse("report-drafts"))


def _oldest_drafts(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Draft", row.title or "A report without a title yet", reverse("report-draft", args=[row.ref]),
                row.saved_at)
        for row in my_drafts(reader)
    ]  # fmt: skip


def _loads(reader: Reader) -> Pile:
    return Pile(len(loads_waiting(reader)), "unfinished load", "unfinished loads", reverse("report-load"))


def _oldest_loads(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Load, {load_waits_for(load)}", load.filename, reverse("load", args=[load.ref]), load.touched_at
        )
        for load in loads_waiting(reader)
    ]


def _requests(reader: Reader) -> Pile:
    count = requests_to_answer(reader, cap=CAP)
    return Pile(
        count, "request for access", "requests for access", f"{reverse('requests')}?ours=received&state=asked",
        count == CAP,
    )  # fmt: skip


def _oldest_requests(reader: Reader) -> list[Waiting]:
    rows = request_list(reader, ours="received", state="asked", size=SHOWN).rows
    return [
        Waiting(
            "Request for access, overdue" if row.is_overdue else f"Request for access, answer by {moment(row.due_at)}",
            f"{row.other_name} asks for {row.shown}", reverse("request", args=[row.ref]), row.asked_at,
        )
        for row in rows
    ]  # fmt: skip


def _bids(reader: Reader) -> Pile:
    count = len(bids_waiting(reader, size=CAP))
    return Pile(count, "bid for tasking", "bids for tasking", f"{reverse('bids')}?pile=ours", count == CAP)


def _oldest_bids(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Bid, overdue: {row.what}" if row.is_overdue else f"Bid: {row.what} by {moment(row.due_at)}", row.title,
            reverse("bid", args=[row.ref]), row.made_at,
        )
        for row in bids_waiting(reader, size=SHOWN) if row.due_at
    ]  # fmt: skip


def _asking(reader: Reader) -> Pile:
    return Pile(count_asking(reader), "line asks for a bid", "lines ask for a bid", reverse("asking"))


def _returns(reader: Reader) -> Pile:
    count = len(returns_owed(reader, size=CAP))
    return Pile(count, "return to send", "returns to send", reverse("operations"), count == CAP)


def _oldest_returns(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Return, late" if row.is_late else f"Return, due by {moment(row.due_at)}",
            f"{row.name}, {day(row.day)}" if row.every == "day" else row.name,
            reverse("return-send", args=[row.ref, row.day]), row.due_at,
        )
        for row in returns_owed(reader, size=SHOWN)
    ]  # fmt: skip


def _plans(reader: Reader) -> Pile:
    return Pile(len(plans_waiting(reader)), "plan to decide on", "plans to decide on", reverse("plans"))


def _oldest_plans(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Plan to decide on", f"{plural(row.weeks, 'week')} from {day(row.starts_on)}",
                reverse("plan", args=[row.ref]), row.asked_at)
        for row in plans_waiting(reader)
    ]  # fmt: skip


def _orders(reader: Reader) -> Pile:
    count = len(orders_with_clocks(reader, size=CAP))
    return Pile(count, "order with a clock", "orders with a clock", reverse("orders"), count == CAP)


def _oldest_orders(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Order, past its {row.due_what}" if row.is_overdue else f"Order: {row.due_what} by {moment(row.due_at)}",
            row.title, reverse("order", args=[row.ref]), row.made_at,
        )
        for row in orders_with_clocks(reader, size=SHOWN) if row.due_at
    ]  # fmt: skip


def _concerns(reader: Reader) -> Pile:
    count = len(concerns_waiting(reader, size=CAP))
    return Pile(count, "concern to look at", "concerns to look at", reverse("concerns"), count == CAP)


def _oldest_concerns(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Concern, proposed by screening" if row.state == "proposed" else "Concern to assess", row.ref,
            reverse("concern", args=[row.ref]), row.raised_at,
        )
        for row in concerns_waiting(reader, size=SHOWN)
    ]  # fmt: skip


def _bail(reader: Reader) -> Pile:
    count = len(bail_waiting(reader, size=CAP))
    return Pile(count, "suspect in custody or released", "suspects in custody or released", reverse("custody"),
                count == CAP)  # fmt: skip


def _oldest_bail(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Bail ends {moment(row.ends_at)}" if row.ends_at else row.state.capitalize(),
            f"{row.suspect}: {row.offence}",
            reverse("arrest", args=[row.ref]), row.arrested_at,
        )
        for row in bail_waiting(reader, size=SHOWN)
    ]  # fmt: skip


def _questions(reader: Reader) -> Pile:
    found = questions_waiting(reader, size=CAP)
    href = reverse("order-question", args=[found[0].ref]) if found else ""
    return Pile(len(found), "order to answer", "orders to answer", href, len(found) == CAP)


def _oldest_questions(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Would an order lose intelligence? Answer by {moment(one.answer_by)}", one.shown,
            reverse("order-question", args=[one.ref]), one.asked_at,
        )
        for one in questions_waiting(reader, size=SHOWN)
    ]  # fmt: skip


def _notices(reader: Reader) -> Pile:
    count = unread_count(reader, cap=CAP)
    return Pile(count, "notice to read", "notices to read", reverse("notices"), count == CAP)


def _oldest_notices(reader: Reader) -> list[Waiting]:
    cards = oldest_unread(reader, size=SHOWN * 4)
    if reader.may(Permission.HIT_JUDGE):
        # Who judges hits has them on this desk already: a notice of one says nothing new.
        cards = [card for card in cards if card.kind not in ("hit", "hits", "overdue", "second look")]
    if reader.may(Permission.REQUEST_ANSWER):
        cards = [card for card in cards if card.kind != "request"]
    if reader.may(Permission.CONCERN_READ):
        cards = [card for card in cards if card.kind != "concern" or not card.thing_ref]
    if reader.may(Permission.CALLS_READ):
        cards = [card for card in cards if card.kind != "call watch" or not card.thing_ref]
    if reader.may(Permission.LINE_DECIDE):
        cards = [card for card in cards if card.kind not in ("check-back", "sign of life")]
    return [
        Waiting(kind_of(card), card.text, href_of(card) or reverse("notices"), card.at)
        for card in cards[:SHOWN]
    ]


def _events(reader: Reader) -> Pile:
    count = len(overdue_events(reader, size=CAP))
    return Pile(count, "event to close", "events to close", reverse("events"), count == CAP)


def _oldest_events(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Event past its end", event.what, reverse("event", args=[event.ref]), event.ends_at)
        for event in overdue_events(reader, size=SHOWN)
    ]


def _check_backs(reader: Reader) -> Pile:
    count = check_back_count(reader, cap=CAP)
    return Pile(count, "check-back due", "check-backs due", reverse("check-backs"), count == CAP)


def _oldest_check_backs(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "A number of a closed line seen again" if one.is_sign_of_life else "Check-back on a closed line", one.name,
            reverse("check-back", args=[one.check_back]), one.since,
        )
        for one in check_backs_due(reader, size=SHOWN)
    ]  # fmt: skip


def _proposed(reader: Reader) -> Pile:
    count = proposed_count(reader, cap=CAP)
    href = f"{reverse('lines')}?state=proposed"
    return Pile(count, "proposed line", "proposed lines", href, count == CAP)


def _oldest_proposed(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Proposed line", one.name, reverse("line", args=[one.ref]), one.since)
        for one in proposed_lines(reader, size=SHOWN)
    ]


def _same_lines(reader: Reader) -> Pile:
    count = len(pairs_of(reader, size=CAP))
    return Pile(
        count,
        "pair of lines that may be one",
        "pairs of lines that may be one",
        reverse("same-lines"),
        count == CAP,
    )


def _links(reader: Reader) -> Pile:
    count = waiting_links(reader, cap=CAP)
    return Pile(
        count,
        "pair of people who may be one",
        "pairs of people who may be one",
        reverse("links"),
        count == CAP,
    )


def _oldest_links(reader: Reader) -> list[Waiting]:
    return [
        Waiting("People who may be one", f"{row.one} and {row.other}", reverse("link", args=[row.ref]), row.made_at)
        for row in link_list(reader, size=SHOWN).rows if row.other
    ]  # fmt: skip


def _blind(reader: Reader) -> Pile:
    count = waiting_blind(reader, cap=CAP)
    return Pile(
        count, "blind match to ask about", "blind matches to ask about", reverse("blind-links"), count == CAP
    )


def _alerts(reader: Reader) -> Pile:
    count = sum(one.count for one in waiting_alerts(reader))
    return Pile(
        count, "new result of your saved searches", "new results of your saved searches", reverse("searches")
    )


def _oldest_alerts(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Saved search", f"{one.name}: {one.count} new", reverse("saved-search", args=[one.ref]), one.since
        )
        for one in waiting_alerts(reader)[:SHOWN]
    ]


def _authorities(reader: Reader) -> Pile:
    count = len(authorities_near_their_end(reader, size=CAP))
    return Pile(
        count, "authority to look after", "authorities to look after", reverse("authorities"), count == CAP
    )


def _oldest_authorities(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"Authority, {'particulars awaited' if one.state == 'awaited' else f'kept until {day(one.keep_until)}'}",
            one.ref, reverse("authority", args=[one.code]), one.since,
        )
        for one in authorities_near_their_end(reader, size=SHOWN)
    ]  # fmt: skip


def _watches(reader: Reader) -> Pile:
    count = len(found_watches(reader))
    return Pile(
        count, "watched number with a successor", "watched numbers with a successor", reverse("watches")
    )


def _oldest_watches(reader: Reader) -> list[Waiting]:
    return [
        Waiting("Watched number", f"{row.number} may have been replaced", reverse("watch", args=[row.ref]),
                row.looked_at or row.made_at)
        for row in found_watches(reader)[:SHOWN]
    ]  # fmt: skip


def _failed_steps(_: Reader) -> Pile:
    return Pile(outbox.failed(), "step of the flow has failed", "steps of the flow have failed", "")


Counting = Callable[[Reader], Pile]
Oldest = Callable[[Reader], list[Waiting]]


def _reviews(reader: Reader) -> Pile:
    count = due_count(reader, cap=CAP)
    return Pile(count, "report to review", "reports to review", reverse("reviews"), count == CAP)


def _oldest_reviews(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            "Disposal to confirm" if due.state == "proposed" else "Review", due.title,
            reverse("review", args=[due.ref]),
            due.proposed_at or datetime.combine(due.due_on, time(), clock.LONDON),
        )
        for due in due_list(reader, size=SHOWN)
    ]  # fmt: skip


def _rights(reader: Reader) -> Pile:
    count = rights_waiting(reader, cap=CAP)
    return Pile(count, "request on a person", "requests on people", reverse("rights-requests"), count == CAP)


def _oldest_rights(reader: Reader) -> list[Waiting]:
    return [
        Waiting(
            f"{SHORT[row.kind]}: {within_a_sentence(STATES[row.state])}", row.reference,
            reverse("rights-request", args=[row.ref]), row.made_at,
        )
        for row in rights_list(reader, size=SHOWN)
    ]  # fmt: skip


DESK: Sequence[tuple[Permission, Counting, Oldest]] = (
    (Permission.HIT_JUDGE, _hits, _oldest_hits),
    (Permission.HIT_JUDGE, _looks, _oldest_looks),
    (Permission.HIT_JUDGE, _links, _oldest_links),
    (Permission.HIT_JUDGE, _blind, lambda _: []),
    (Permission.HIT_OVERSEE, _overdue, _oldest_overdue),
    (Permission.REPORT_GRADE, _reports, _oldest_reports),
    (Permission.EVENT_PLAN, _events, _oldest_events),
    (Permission.LINE_DECIDE, _check_backs, _oldest_check_backs),
    (Permission.CALLS_READ, _watches, _oldest_watches),
    (Permission.LINE_MERGE, _same_lines, lambda _: []),
    (Permission.LINE_KEEP, _proposed, _oldest_proposed),
    (Permission.REPORT_ADD, _drafts, _oldest_drafts),
    (Permission.REPORT_LOAD, _loads, _oldest_loads),
    (Permission.CALLS_LOAD, _authorities, _oldest_authorities),
    (Permission.REQUEST_ANSWER, _requests, _oldest_requests),
    (Permission.TASK_READ, _bids, _oldest_bids),
    (Permission.TASK_BID, _asking, lambda _: []),
    (Permission.RETURN_SEND, _returns, _oldest_returns),
    (Permission.PLAN_PROPOSE, _plans, _oldest_plans),
    (Permission.ORDER_DRAFT, _orders, _oldest_orders),
    (Permission.CONCERN_READ, _concerns, _oldest_concerns),
    (Permission.CUSTODY_KEEP, _bail, _oldest_bail),
    (Permission.HIT_JUDGE, _questions, _oldest_questions),
    (Permission.RETENTION_REVIEW, _reviews, _oldest_reviews),
    (Permission.RIGHTS_WORK, _rights, _oldest_rights),
    (Permission.NOTICE_READ, _notices, _oldest_notices),
    (Permission.SEARCH_RUN, _alerts, _oldest_alerts),
    (Permission.FLOW_MEND, _failed_steps, lambda _: []),
)
"""What each permission puts on a desk, in the order of its piles."""
