"""What each kind of notice is called, and where it leads."""

from django.urls import reverse

from throughline.notices.queries import NoticeCard

KINDS = {
    "hit": "New hit", "hits": "New hits", "note": "New note on a hit",
    "link": "People who may be one", "links": "People who may be one", "link judged": "Link judged",
    "place judged": "Two addresses judged",
    "blind": "Blind match", "blind answered": "Blind match answered",
    "second look": "Second look asked for", "late": "Hit overdue", "overdue": "Overdue in your region",
    "enquiry": "Check by another body", "circulation": "Circulated to you", "draft": "Draft left alone",
    "correction": "Corrected or withdrawn", "disposed": "Disposed of", "version": "Sanitised version",
    "asked": "Another body asked too", "standing": "Standing enquiry",
    "clash": "Another body near your event",
    "call watch": "Watched number",
    "check-back": "Check-back due", "sign of life": "Number of a closed line seen",
    "merge": "Lines merged or parted",
    "operation": "Operation", "return": "Return late or corrected", "return-missing": "Your return is missing",
    "returns-missing": "Returns missing",
    "disruption": "Disruption",
    "bid": "Bid for tasking", "bid-overdue": "Bid overdue", "bid-stopped": "Stop", "plan": "Plan",
    "clock": "Clock", "clock past": "Clock past its end",
    "order": "Court order", "order question": "Would an order lose intelligence?",
    "concern": "Safeguarding", "partner message": "A partner wrote",
    "widening": "Circulation widened", "request": "Request for access", "answer": "Answer to your request",
    "request-withdrawn": "Request withdrawn", "request-overdue": "Request overdue",
}  # fmt: skip
LISTS = (
    "hits",
    "links",
    "blind-links",
    "hits-overdue",
    "second-looks",
    "interests",
    "reports",
    "report-drafts",
    "watches",
)
RECORDS = {
    "hit": "hit",
    "link": "link",
    "places": "places",
    "blind-link": "blind-link",
    "report": "report",
    "asked": "check-asked",
    "request": "request",
    "bid": "bid",
    "plan": "plan",
    "event": "event",
    "operation": "operation",
    "disruption": "disruption",
    "line": "line",
    "order": "order",
    "arrest": "arrest",
    "order-question": "order-question",
    "concern": "concern",
    "partner-message": "partner-message",
    "watch": "watch",
    "rights": "rights-request",
}
"""A notice leads to a record by its reference, to a list, or nowhere: a check of one value is told in full."""


def kind_of(card: NoticeCard) -> str:
    """The kind of a notice in words."""
    return KINDS.get(card.kind, card.kind.capitalize())


def href_of(card: NoticeCard) -> str:
    """The page that a notice is about, or '' if there is none to open."""
    if card.thing in RECORDS and card.thing_ref:
        return reverse(RECORDS[card.thing], args=[card.thing_ref])
    return reverse(card.thing) if card.thing in LISTS else ""
