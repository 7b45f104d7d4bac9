"""Reading the register: every line as far as the evidence that the reader may know supports it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.counting import count_up_to
from throughline.kernel.history import Moved, moves_of
from throughline.lines.known import Known, Piece, by_line, known
from throughline.lines.members import heads, is_merged, members_of
from throughline.lines.models import CheckBack, CountyLine, Evidence, LineMerge, LineStanding
from throughline.lines.statements import AREA, TEXT, shown_value
from throughline.lines.workflow import CLOSED, LINE, OPEN, OPEN_STATES
from throughline.matching.models import Hit
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import KINDS, Selector

COUNTED = 10_000
"""A list counts up to here."""
NAMED = 20
"""A value may stand on so many lines before the rest is left for the list."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line in a list."""

    ref: str
    state: str
    lead: str
    lead_name: str
    known: Known


@dataclass(frozen=True, slots=True)
class LineList:
    """A page of lines, newest first, the reference after which the next page starts ('' at the end), and how many."""

    rows: tuple[LineRow, ...]
    next_before: str
    total: int
    is_more: bool


def line_list(
    reader: Reader, *, state: str = "", brand: str = "", body: str = "", area: str = "", before: str = "",
    size: int = 25,
) -> LineList:  # fmt: skip
    """The lines that the reader may know, filtered; the count is of these alone. Journalled.

    ``body`` is the code of the body that leads, or ``none``; ``area`` is the code of a body or a part of the name of
    a town that a line exports from or imports to.
    """
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        rows = filtered_lines(cards, state=state, brand=brand, body=body, area=area)
        total = len(rows.values_list("pk")[: COUNTED + 1])
        mark = CountyLine.objects.filter(ref=before).values_list("pk", flat=True).first() if before else None
        found = list((rows.filter(pk__lt=mark) if mark else rows)[: size + 1])
        shown = line_rows(reader, found[:size], cards)
        journal.note(Verb.CONSULT, "line list", why="looked at a list", refs=[row.ref for row in shown])
    following = found[size - 1].ref if len(found) > size else ""
    return LineList(shown, following, min(total, COUNTED), total > COUNTED)


def filtered_lines(
    cards: dict[int, BodyCard], *, state: str = "", brand: str = "", body: str = "", area: str = ""
) -> QuerySet[CountyLine]:
    """The lines of ``line_list``, newest first, each that stands for itself. Inside ``reading(reader)``."""
    rows = heads().order_by("-pk")
    if state == OPEN:
        rows = rows.filter(state__in=OPEN_STATES)
    elif state:
        rows = rows.filter(state=state)
    if body == "none":
        rows = rows.filter(lead__isnull=True)
    elif body:
        rows = rows.filter(lead__in=[n for n, card in cards.items() if card.code == body])
    along = LineMerge.objects.filter(head=OuterRef(OuterRef("pk")), undone_at__isnull=True, overtaken_by="")
    said = standing_evidence().filter(Q(line=OuterRef("pk")) | Q(line__in=along.values("line")))
    if brand:
        rows = rows.filter(Exists(said.filter(statement="brand", value__icontains=brand)))
    if area:
        sides = said.filter(statement__in=("exports from", "imports to"), kind__in=AREA)
        rows = rows.filter(
            Exists(sides.filter(value__iexact=area))
            | Exists(sides.filter(value__icontains=area, kind="town"))
        )
    return rows


def standing_evidence() -> QuerySet[Evidence]:
    """The evidence that has not been withdrawn, as far as the present reader may know it."""
    return Evidence.objects.filter(withdraws__isnull=True, withdrawal__isnull=True)


def line_rows(reader: Reader, lines: Sequence[CountyLine], cards: dict[int, BodyCard]) -> tuple[LineRow, ...]:
    """These lines as rows of a list, in their order. Must run inside ``reading(reader)``."""
    pieces = by_line(_pieces(reader, lines, cards))
    return tuple(
        LineRow(
            line.ref, line.state, cards[line.lead].code if line.lead else "",
            cards[line.lead].name if line.lead else "", known(pieces.get(line.ref, ())),
        )
        for line in lines
    )  # fmt: skip


def _pieces(
    reader: Reader, of: Iterable[CountyLine], cards: dict[int, BodyCard], *, until: datetime | None = None
) -> list[Piece]:
    """The evidence of these lines, and of those that they stand for, that the reader may know, oldest first.

    With ``until`` as it stood then.
    """
    lines = {line.pk: line.ref for line in of}
    along = members_of(lines, until=until)
    rows = Evidence.objects.filter(line__in=[*lines, *along]).order_by("pk")
    if until:
        rows = rows.filter(recorded_at__lt=until)
    # Plain rows: of ten thousand lines there are some hundred thousand, and a model of each would take half the time.
    found = list(rows.values_list(*_ROW, named=True))
    withdrawals = {row.withdraws_id: row for row in found if row.withdraws_id}
    names = {card.code: card.name for card in cards.values()}
    of_whom = _OfWhom(cards, names, reader)
    return [
        _piece(of_whom, row, lines[along.get(row.line_id, row.line_id)], withdrawals.get(row.id))
        for row in found
        if not row.withdraws_id
    ]


def known_lines(reader: Reader, lines: Iterable[CountyLine]) -> dict[int, Known]:
    """What the reader may know of each line, by its id. Must run inside ``reading(reader)``."""
    found = list(lines)
    pieces = by_line(_pieces(reader, found, body_cards()))
    return {line.pk: known(pieces.get(line.ref, ())) for line in found}


def known_together(reader: Reader, lines: Iterable[CountyLine]) -> Known:
    """What the reader may know of some lines as if they were one. Must run inside ``reading(reader)``."""
    return known(_pieces(reader, lines, body_cards()))


_ROW = (
    "id", "line_id", "ref", "statement", "kind", "value", "detail", "from_on", "to_on", "words", "source_ref", "grade",
    "seen_on", "recorded_at", "recorded_by", "by_body", "owner", "withdraws_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _OfWhom:
    """Who reads, and the bodies by id and their names by code: the same for every piece."""

    cards: dict[int, BodyCard]
    names: dict[str, str]
    reader: Reader


def _piece(of: _OfWhom, row: Any, line: str, gone: Any) -> Piece:
    card, reader = of.cards[row.owner], of.reader
    return Piece(
        ref=row.ref, line=line, statement=row.statement, kind=row.kind, value=row.value,
        shown=shown_value(row.kind, row.value, statement=row.statement, bodies=of.names), detail=row.detail,
        from_on=row.from_on, to_on=row.to_on, words=row.words, source_ref=row.source_ref, grade=row.grade,
        seen_on=row.seen_on, recorded_at=row.recorded_at, recorded_by=row.recorded_by, body=card.code,
        body_name=card.name, may_withdraw=reader.may(Permission.LINE_KEEP) and reader.body in (row.by_body, row.owner),
        withdrawn_at=gone.recorded_at if gone else None, withdrawn_why=gone.words if gone else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckBackView:
    """One check-back of a line, to come or done."""

    ref: str
    due_on: date
    is_sign_of_life: bool
    is_due: bool
    done_at: datetime | None
    done_by: str
    found: str


@dataclass(frozen=True, slots=True)
class Stood:
    """Where the line stood from a moment on."""

    at: datetime
    state: str
    lead_name: str
    officer: str


@dataclass(frozen=True, slots=True)
class MergeView:
    """A line that this one stands for, and the reference by which the merge is undone."""

    batch: str
    line: str
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line as this reader may know it, now or as it was known on a day."""

    ref: str
    state: str
    lead: str
    lead_name: str
    desk: str
    officer: str
    is_led_by_us: bool
    added_at: datetime
    closed_on: date | None
    known_on: date | None
    known: Known
    pieces: tuple[Piece, ...]
    standings: tuple[Stood, ...]
    check_backs: tuple[CheckBackView, ...]
    moves: tuple[str, ...]
    history: tuple[Moved, ...]
    merged_into: str
    merges: tuple[MergeView, ...]


def line_page(
    reader: Reader, ref: str, *, known_on: date | None = None, why: str = "opened the line"
) -> LinePage | None:
    """Open one line, journalled; None when the reader may not know of it, or did not stand on that day.

    ``known_on`` shows what had been recorded by the end of that day, as far as the reader may know it now.
    """
    reader.require(Permission.LINE_READ)
    cards, until = body_cards(), _end_of(known_on)
    with reading(reader):
        line = CountyLine.objects.filter(ref=ref).first()
        if line is None:
            return None
        pieces = _pieces(reader, [line], cards, until=until)
        stood = list(LineStanding.objects.filter(line=line).order_by("pk"))
        back = list(CheckBack.objects.filter(line=line).order_by("due_on", "pk"))
        history = moves_of(LINE.name, [line.pk])
        merged = is_merged(line)
        merges = list(
            LineMerge.objects.filter(head=line, undone_at__isnull=True, overtaken_by="").select_related(
                "line"
            )
        )
        journal.note(
            Verb.CONSULT, "county line", ref, why=why, owner=line.lead,
            **({"known_on": known_on} if known_on else {}),
        )  # fmt: skip
    stood = [one for one in stood if until is None or one.at < until]
    now, lead = stood[-1] if stood else None, cards.get(line.lead or 0)
    ours = line.lead in (None, reader.body) and not merged
    at_the_time = cards.get(now.lead or 0) if now else None
    lead = lead if until is None else at_the_time
    return LinePage(
        ref=line.ref, state=now.standing if now else "", lead=lead.code if lead else "",
        lead_name=lead.name if lead else "", desk=lead.desk if lead else "", officer=now.officer if now else "",
        is_led_by_us=line.lead == reader.body, added_at=line.added_at,
        closed_on=line.closed_on if until is None else None, known_on=known_on, known=known(pieces),
        pieces=tuple(pieces), standings=tuple(_stood(one, cards) for one in stood),
        check_backs=tuple(_back(one) for one in back) if until is None else (),
        moves=tuple(dict.fromkeys(LINE.moves_open(by=reader, state=line.state))) if ours and until is None else (),
        history=tuple(m for m in history if until is None or m.at < until), merged_into=merged,
        merges=tuple(MergeView(m.batch, m.line.ref, m.at, m.by_name, m.why) for m in merges) if until is None else (),
    )  # fmt: skip


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.LONDON)


def _stood(one: LineStanding, cards: dict[int, BodyCard]) -> Stood:
    return Stood(one.at, one.standing, cards[one.lead].name if one.lead else "", one.officer)


def _back(one: CheckBack) -> CheckBackView:
    return CheckBackView(
        one.ref, one.due_on, one.is_sign_of_life, one.done_at is None and one.due_on <= clock.today(), one.done_at,
        one.done_by, one.found,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnLine:
    """A line on which a value stands, as a hit, a report or the answer to a check names it."""

    ref: str
    name: str
    state: str


def lines_with(reader: Reader, selectors: Iterable[Selector], *, ref: str = "") -> tuple[OnLine, ...]:
    """The lines on which one of these stands, by evidence that the reader may know, and the line of a reference.

    None without the role for it.
    """
    wanted = set(selectors)
    if not reader.may(Permission.LINE_READ) or not (wanted or ref):
        return ()
    cards = body_cards()
    with reading(reader):
        said = standing_evidence().filter(
            value__in={s.key for s in wanted}, kind__in={s.kind for s in wanted}
        )
        ids = {
            line for line, kind, value in said.values_list("line_id", "kind", "value")
            if Selector(kind, value) in wanted
        }  # fmt: skip
        if ref:
            ids |= set(CountyLine.objects.filter(ref=ref).values_list("pk", flat=True))
        merged = LineMerge.objects.filter(line__in=ids, undone_at__isnull=True, overtaken_by="")
        ids |= set(merged.values_list("head_id", flat=True))
        found = list(heads().filter(pk__in=ids).order_by("-pk")[:NAMED])
        rows = line_rows(reader, found, cards)
    return tuple(OnLine(row.ref, row.known.name, row.state) for row in rows)


def line_known_as(reader: Reader, own_reference: str) -> str:
    """The line that the reader's body keeps under a reference of its own, or the one that stands for it; '' if none."""
    with reading(reader):
        said = standing_evidence().filter(
            statement="own reference", kind=TEXT, value=own_reference, owner=reader.body
        )
        line = said.order_by("pk").values_list("line__ref", "line_id").first()
        if line is None:
            return ""
        merged = LineMerge.objects.filter(line=line[1], undone_at__isnull=True, overtaken_by="")
        return merged.values_list("head__ref", flat=True).first() or line[0]


def lines_of_hit(reader: Reader, ref: str) -> tuple[OnLine, ...]:
    """The lines on which the value of a hit stands, as far as the reader may know hit and line."""
    with reading(reader):
        hit = Hit.objects.filter(ref=ref).first()
    return lines_with(reader, [Selector(hit.kind, hit.key)]) if hit else ()


@dataclass(frozen=True, slots=True)
class LineWaiting:
    """A line that waits for the reader's body: what for is said by the pile it stands in."""

    ref: str
    name: str
    since: datetime
    check_back: str = ""
    is_sign_of_life: bool = False


def _proposed(reader: Reader) -> QuerySet[CountyLine]:
    return heads().filter(Q(lead=reader.body) | Q(lead__isnull=True), state=LINE.start).order_by("pk")


def proposed_count(reader: Reader, *, cap: int) -> int:
    """How many proposed lines there are on which the reader's body leads, or nobody does, up to ``cap``."""
    with reading(reader):
        return count_up_to(_proposed(reader), cap)


def proposed_lines(reader: Reader, *, size: int) -> tuple[LineWaiting, ...]:
    """Proposed lines on which the reader's body leads, or nobody does, oldest first."""
    cards = body_cards()
    with reading(reader):
        found = list(_proposed(reader)[:size])
        pieces = by_line(_pieces(reader, found, cards))
    return tuple(LineWaiting(one.ref, known(pieces.get(one.ref, ())).name, one.added_at) for one in found)


def due_check_backs() -> QuerySet[CheckBack]:
    """The check-backs of closed lines whose day has come and that nobody has done. Inside ``reading(reader)``."""
    return CheckBack.objects.filter(done_at__isnull=True, due_on__lte=clock.today(), line__state__in=CLOSED)


def _due(reader: Reader) -> QuerySet[CheckBack]:
    return due_check_backs().filter(line__lead=reader.body)


def check_back_count(reader: Reader, *, cap: int) -> int:
    """How many check-backs of closed lines led by the reader's body are due, up to ``cap``."""
    with reading(reader):
        return count_up_to(_due(reader), cap)


def check_backs_due(reader: Reader, *, size: int) -> tuple[LineWaiting, ...]:
    """The check-backs of closed lines led by the reader's body whose day has come, longest due first."""
    cards = body_cards()
    with reading(reader):
        found = list(_due(reader).select_related("line").order_by("due_on", "pk")[:size])
        pieces = by_line(_pieces(reader, [one.line for one in found], cards))
    return tuple(
        LineWaiting(
            one.line.ref, known(pieces.get(one.line.ref, ())).name,
            datetime.combine(one.due_on, time(), tzinfo=clock.LONDON), one.ref, one.is_sign_of_life,
        )
        for one in found
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckBackPage:
    """A check-back to be done: the line, and the numbers to look for."""

    ref: str
    line: str
    name: str
    due_on: date
    is_sign_of_life: bool
    closed_on: date | None
    numbers: tuple[str, ...]


def check_back_page(reader: Reader, ref: str) -> CheckBackPage | None:
    """One check-back that nobody has done yet; None when the reader may not know of it."""
    reader.require(Permission.LINE_DECIDE)
    cards = body_cards()
    with reading(reader):
        row = CheckBack.objects.filter(ref=ref, done_at__isnull=True).select_related("line").first()
        if row is None:
            return None
        said = known(_pieces(reader, [row.line], cards))
        journal.note(Verb.CONSULT, "county line", row.line.ref, why="a check-back", owner=row.line.lead)
    numbers = tuple(f.shown for f in said.facts if f.statement == "number" and f.kind in KINDS)
    return CheckBackPage(
        row.ref, row.line.ref, said.name, row.due_on, row.is_sign_of_life, row.line.closed_on, numbers
    )
