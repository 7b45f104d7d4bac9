"""Reading requests on people: the list, one request with what was found and decided, and its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.clocks.queries import ClockRow, clocks_of
from throughline.custody.models import Arrest
from throughline.intelligence.models import Report, ReportLink
from throughline.kernel.counting import count_up_to
from throughline.kernel.history import Moved, moves_of
from throughline.organisations.queries import body_cards
from throughline.rights.answering import Answer, answer_of
from throughline.rights.models import AskedBody, FoundRecord, RightsRequest
from throughline.rights.services import THING, values_of
from throughline.rights.workflow import RIGHTS_REQUEST

OPEN = ("received", "deciding", "proposed", "approved")
"""States in which somebody has something to do."""


@dataclass(frozen=True, slots=True)
class RightsRow:
    """A request in a list. Whom it is on stands on its page alone."""

    ref: str
    kind: str
    reference: str
    officer: str
    received_on: date
    made_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Found:
    """One record on a request, and what was decided. ``follows`` is what was done with it since, in words."""

    id: int
    thing: str
    ref: str
    title: str
    on: date
    found_by: str
    decision: str
    ground: str
    words: str
    decided_by: str
    follows: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another body that holds something, with its desk; ``access`` is the request that was made of it, if any."""

    body: str
    desk: str
    access: str


@dataclass(frozen=True, slots=True)
class RightsPage:
    """A request as its page shows it; ``had_a_part``: the reader proposed the answer or decided on a record."""

    row: RightsRow
    name: str
    born: date | None
    values: tuple[str, ...]
    asked: str
    is_cut: bool
    found: int
    undecided: int
    closed: int
    records: tuple[Found, ...]
    is_more: bool
    others: tuple[Elsewhere, ...]
    proposed_by: str
    approved_by: str
    approved_at: datetime | None
    tells_withheld: bool
    has_changed: bool
    had_a_part: bool
    undone: str
    moves: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    history: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answer with what stands around it."""

    row: RightsRow
    name: str
    answer: Answer


def rights_list(
    reader: Reader, *, only_open: bool = True, offset: int = 0, size: int = 25
) -> list[RightsRow]:
    """Requests to the reader's body, those received first first; with ``only_open`` those that wait for somebody."""
    reader.require(Permission.RIGHTS_WORK)
    with reading(reader):
        rows = RightsRequest.objects.order_by("received_on", "id")
        rows = rows.filter(state__in=OPEN) if only_open else rows.order_by("-id")
        found = [_row(row) for row in rows[offset : offset + size]]
        journal.note(Verb.CONSULT, "rights list", why="looked at a list", refs=[row.ref for row in found])
    return found


def rights_waiting(reader: Reader, *, cap: int) -> int:
    """How many requests wait, up to a bound."""
    with reading(reader):
        return count_up_to(RightsRequest.objects.filter(state__in=OPEN), cap)


def rights_page(reader: Reader, ref: str, *, offset: int = 0, size: int = 25) -> RightsPage | None:
    """One request with a page of its records, journalled; None where the reader may not know of it."""
    reader.require(Permission.RIGHTS_WORK)
    with reading(reader):
        one = RightsRequest.objects.filter(ref=ref).first()
        if one is None:
            return None
        journal.note(Verb.CONSULT, THING, ref, why="opened the request")
        records = FoundRecord.objects.filter(request=one)
        seen, shown = records.count(), list(records.order_by("on", "id")[offset : offset + size + 1])
        return RightsPage(
            row=_row(one), name=one.name, born=one.born, values=tuple(value.shown for value in values_of(one)),
            asked=one.asked, is_cut=one.is_cut, found=one.found, undecided=records.filter(decision="").count(),
            closed=one.found - seen, records=_found(shown[:size]), is_more=len(shown) > size, others=_others(one),
            proposed_by=one.proposed_by, approved_by=one.approved_by, approved_at=one.approved_at,
            tells_withheld=one.tells_withheld, has_changed=one.state == "approved" and _has_changed(one),
            had_a_part=one.proposed_person == reader.person
            or records.filter(decided_person=reader.person).exists(),
            undone=(one.undone() or "") if one.state == "approved" else "",
            moves=tuple(dict.fromkeys(RIGHTS_REQUEST.moves_open(by=reader, state=one.state))),
            clocks=tuple(clocks_of(reader, THING, [ref])), history=moves_of(RIGHTS_REQUEST.name, [one.pk]),
        )  # fmt: skip


def record_on(reader: Reader, ref: str, record: int) -> tuple[RightsRow, Found] | None:
    """One record of a request, journalled; None where the reader may not know it."""
    reader.require(Permission.RIGHTS_WORK)
    with reading(reader):
        found = FoundRecord.objects.filter(request__ref=ref, pk=record).select_related("request").first()
        if found is None:
            return None
        journal.note(
            Verb.CONSULT, found.thing, found.ref, why=f"{found.request.kind}: {found.request.reference}"
        )
        return _row(found.request), _found([found])[0]


def answer_page(reader: Reader, ref: str) -> AnswerPage | None:
    """The answer as it stands, journalled; None where there is none yet or the reader may not know all of it."""
    reader.require(Permission.RIGHTS_WORK)
    with reading(reader):
        one = RightsRequest.objects.filter(ref=ref, state__in=["proposed", "approved", "sent"]).first()
        if one is None or FoundRecord.objects.filter(request=one).count() != one.found:
            return None
        journal.note(Verb.CONSULT, THING, ref, why="took the answer as a file")
        return AnswerPage(_row(one), one.name, answer_of(one))


def _has_changed(one: RightsRequest) -> bool:
    return one.kind not in ("rectification", "erasure") and answer_of(one).digest != one.digest


def _row(one: RightsRequest) -> RightsRow:
    return RightsRow(one.ref, one.kind, one.reference, one.officer, one.received_on, one.made_at, one.state)


def _found(rows: Iterable[FoundRecord]) -> tuple[Found, ...]:
    rows = list(rows)
    titles, follows = _titles(rows), _follows(rows)
    return tuple(
        Found(
            row.pk, row.thing, row.ref, titles.get((row.thing, row.thing_id), ""), row.on, row.found_by, row.decision,
            row.ground, row.words, row.decided_by, follows.get(row.thing_id, "") if row.thing == "report" else "",
        )
        for row in rows
    )  # fmt: skip


def _titles(rows: list[FoundRecord]) -> dict[tuple[str, int], str]:
    ids: dict[str, list[int]] = {"report": [], "arrest": [], "concern": []}
    for row in rows:
        ids[row.thing].append(row.thing_id)
    reports = Report.objects.filter(pk__in=ids["report"]).values_list("id", "title")
    arrests = Arrest.objects.filter(pk__in=ids["arrest"]).values_list("id", "offence")
    return {
        **{("report", pk): title for pk, title in reports},
        **{("arrest", pk): offence for pk, offence in arrests},
        **{("concern", pk): "A safeguarding concern" for pk in ids["concern"]},
    }


def _follows(rows: list[FoundRecord]) -> dict[int, str]:
    ids = [row.thing_id for row in rows if row.thing == "report"]
    links = ReportLink.objects.filter(earlier__in=ids, kind="replaces")
    replaced = dict(links.values_list("earlier", "later__ref"))
    closed = Report.objects.filter(pk__in=ids).exclude(closed_at=None).values_list("id", "closed_why")
    return {
        pk: f"Corrected by {replaced[pk]}. Whoever had it was told"
        if pk in replaced
        else f"No longer stands: {why}"
        for pk, why in closed
    }


def _others(one: RightsRequest) -> tuple[Elsewhere, ...]:
    cards = body_cards()
    rows = list(AskedBody.objects.filter(request=one).order_by("body", "id"))
    asked = {row.body for row in rows if row.access}
    return tuple(
        Elsewhere(cards[row.body].name, cards[row.body].desk, row.access)
        for row in rows
        if row.access or row.body not in asked
    )
