"""The documents of an order: draft order, statement, schedule, and the version that may be disclosed."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.orders.drafting import OrderProblem
from throughline.orders.papers import FullPapers, Papers, disclosure_papers, full_papers
from throughline.orders.queries import OrderEvidenceRow
from throughline.web.documents import Document, Part, file_answer
from throughline.web.orders.drafting import opened
from throughline.web.orders.words import PARTS
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import day, moment

NAMES = {
    "order": "Draft order",
    "statement": "Statement in support of the application",
    "schedule": "Schedule of items and of sensitive material",
    "disclosure": "Disclosure version",
}
FOLLOWS = {
    "order": "What the court is asked to order.",
    "statement": "Both limbs of the test and the evidence for them. What is sensitive stands in the schedule alone.",
    "schedule": "For the court alone: how each item is attributed, and what it is asked to withhold.",
    "disclosure": "For whoever the order is against: only evidence that may be disclosed.",
}
KINDS = ("pdf", "docx")
_TO_FILL = "................................................"


@require_safe
@needs(Permission.ORDER_READ)
def order_papers(request: Request, ref: str) -> HttpResponse:
    """The documents that can be made of an order."""
    found = opened(request, ref, "to make its documents")
    return page(
        request, "orders/papers.html", title="Documents", active="orders", row=found.row,
        papers=[(key, NAMES[key], FOLLOWS[key]) for key in NAMES], kinds=KINDS,
    )  # fmt: skip


@require_safe
@needs(Permission.ORDER_READ)
def order_paper(request: Request, ref: str, paper: str, kind: str) -> HttpResponse:
    """One document as a PDF or a DOCX, as far as the reader may know the order."""
    if paper not in NAMES or kind not in KINDS:
        raise Http404
    try:
        document = _disclosed(request, ref) if paper == "disclosure" else _whole(request, ref, paper)
    except OrderProblem as problem:
        return page(
            request, "orders/no_paper.html", title="It cannot be made yet", active="orders", ref=ref,
            problem=str(problem), status=409,
        )  # fmt: skip
    if document is None:
        raise Http404
    return file_answer(document, name=f"{ref}-{paper}", kind=kind)


def _disclosed(request: Request, ref: str) -> Document | None:
    papers = disclosure_papers(request.reader, ref)
    return disclosure_version(papers) if papers else None


def _whole(request: Request, ref: str, paper: str) -> Document | None:
    papers = full_papers(request.reader, ref)
    return WHOLE[paper](papers) if papers else None


def _court(papers: Papers) -> str:
    return papers.court or f"a court in {papers.nation} {_TO_FILL}"


def _between(papers: Papers) -> Part:
    who = f"{papers.applicant}, by {papers.authorised_by}, {papers.rank}" if papers.rank else papers.applicant
    return Part("Parties", (f"In {_court(papers)}.", f"Applicant: {who}.", f"Respondent: {papers.provider}."))


def _items(papers: Papers) -> Part:
    return Part("What the order names", (), ("Kind", "Number or identifier"), papers.items)


def _sources(papers: Papers, *about: str) -> str:
    return "; ".join(dict.fromkeys(fact.source for fact in papers.law.about(*about)))


def draft_order_of(full: FullPapers) -> Document:
    """What the court is asked to order, in numbered paragraphs; what it decides is left to be filled in."""
    papers = full.open
    days = papers.law.working_days
    due = moment(papers.comply_by) if papers.comply_by else _TO_FILL
    lasts = f"until {day(papers.ends_on)}" if papers.ends_on else papers.duration or "until further order"
    orders = [
        f"The Respondent shall take the action needed so that nothing named below can be used: {_TO_FILL}"
    ]
    if days:
        orders.append(
            f"The Respondent shall do so by {due}, being the end of working day {days} after this order "
            f"unless another time is stated ({_sources(papers, 'compliance')})."
        )
        orders.append(f"The parties may agree an earlier date and time ({_sources(papers, 'earlier')}).")
        orders.append(
            "This order need not be applied to an item that the Applicant finds is not being used for drug dealing "
            f"({_sources(papers, 'carve-out')})."
        )
    orders.append(f"Duration of this order: {lasts}.")
    numbered = tuple(f"{number}. {words}" for number, words in enumerate(orders, 1))
    upon = f"Upon the application of {papers.applicant} under {_sources(papers, 'power') or _sources(papers, 'used')}"
    made = f"Order of {day(papers.ordered_on)}" if papers.ordered_on else f"Dated {_TO_FILL}"
    return Document(
        f"{papers.law.name}: draft", f"{upon}, and the court being satisfied of both limbs of the test. {made}.",
        (_between(papers), Part("It is ordered that", numbered), _items(papers)),
    )  # fmt: skip


def _said(papers: Papers) -> Iterable[Part]:
    for name, words in papers.said.items():
        test = _sources(papers, name)
        yield Part(PARTS[name], (words, f"({test})") if test else (words,))


def _evidence(heading: str, rows: Iterable[OrderEvidenceRow]) -> Part:
    cells = tuple((row.source_ref, row.grade, row.says) for row in rows)
    return Part(heading, () if cells else ("None.",), ("Reference#", "Grade#", "What it shows"), cells)


def statement_of(full: FullPapers) -> Document:
    """The application with both limbs of its test. Of what is sensitive it says nothing."""
    papers = full.open
    parts = [_between(papers)]
    if papers.offences:
        parts.append(Part("Offences in issue", papers.offences))
    parts += [*_said(papers), _items(papers), _evidence("Evidence that may be disclosed", papers.evidence)]
    parts.append(_evidence("Evidence that may not be disclosed", full.closed))
    if full.plan:
        parts.append(Part(PARTS["plan"], (full.plan,)))
    return Document(
        f"{papers.law.name}: statement in support",
        f"Application {papers.ref} of {papers.applicant}.",
        tuple(parts),
    )


def schedule_of(full: FullPapers) -> Document:
    """For the court alone: how items are attributed, what is sensitive, and what was decided about intelligence."""
    rows = tuple(
        (
            one.shown,
            one.attribution,
            " to ".join(day(on) or "not known" for on in (one.first_seen, one.last_seen)),
        )
        for one in full.attributed
    )
    return Document(
        f"{full.open.law.name}: schedule",
        f"Application {full.open.ref}. The court is asked to withhold this schedule.",
        (
            Part("Items", (), ("Number or identifier#", "How it is attributed", "Seen"), rows),
            _evidence("Sensitive material", full.sensitive),
            Part("Intelligence that would be lost", (full.loss_decision or "Not decided yet.",)),
        ),
    )  # fmt: skip


def disclosure_version(papers: Papers) -> Document:
    """What whoever the order is against may read, made of values that hold nothing else."""
    parts = [_between(papers)]
    if papers.offences:
        parts.append(Part("Offences in issue", papers.offences))
    parts += [*_said(papers), _items(papers), _evidence("Evidence", papers.evidence)]
    return Document(
        f"{papers.law.name}: disclosure version",
        f"Application {papers.ref} of {papers.applicant}.",
        tuple(parts),
    )


WHOLE: dict[str, Callable[[FullPapers], Document]] = {
    "order": draft_order_of, "statement": statement_of, "schedule": schedule_of,
}  # fmt: skip
