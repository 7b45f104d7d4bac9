"""Reading holdings and hits at the degree that the reader may know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.counting import count_up_to
from throughline.kernel.explain import Reason
from throughline.kernel.history import Moved, moves_of
from throughline.kernel.planner import without
from throughline.matching.ageing import is_old
from throughline.matching.asked import AskedBy, asked_about
from throughline.matching.models import Enquiry, Hit, HitSide, SecondLook
from throughline.matching.rarity import Step, rarity, rarity_steps
from throughline.matching.thread import ThreadNote, thread_of
from throughline.matching.workflow import HIT
from throughline.organisations.queries import BodyCard, body_cards, body_ids
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS, Selector

RELATED = 10
"""So many hits that share a report with one are named on its page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting whose content the reader may know."""

    source: str
    ref: str
    grade: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Holding:
    """What one body holds: ``content`` with its sightings, or ``existence`` with the desk to ring and no more."""

    degree: str
    body: str
    body_name: str
    desk: str
    desk_email: str
    ref: str | None = None
    since: date | None = None
    times: int | None = None
    seen: tuple[Seen, ...] = ()
    enquiry: str = ""


def pointed_to(holdings: Iterable[Holding], codes: Mapping[str, int]) -> list[int]:
    """The bodies of which an answer says only that they hold something, by id: these may be asked for access."""
    return [codes[holding.body] for holding in holdings if holding.degree == "existence"]


def check_holdings(reader: Reader, selector: Selector) -> list[Holding]:
    """Who holds this selector, content first. Must run inside ``reading(reader)``; journalled by the caller."""
    reader.require(Permission.CHECK_RUN)
    with connection.cursor() as cursor:
        cursor.execute("select * from matching_check(%s, %s)", [selector.kind, selector.key])
        return holdings_from(cursor.fetchall(), body_cards())


def check_all_holdings(
    reader: Reader, selectors: Sequence[Selector], *, noted_by: datetime
) -> list[list[Holding]]:
    """The same for many selectors, in their order: what was noted by a moment, as this reader may know it now."""
    reader.require(Permission.CHECK_RUN)
    rows: list[list[Answered]] = [[] for _ in selectors]
    with connection.cursor() as cursor:
        kinds, keys = [s.kind for s in selectors], [s.key for s in selectors]
        cursor.execute("select * from matching_check_all(%s, %s, %s)", [kinds, keys, noted_by])
        for place, *answered in cursor.fetchall():
            rows[place - 1].append(tuple(answered))
    cards = body_cards()
    return [holdings_from(found, cards) for found in rows]


Answered = tuple[str, int, str, str, str, date]
"""A row of the engine's answer: degree, body, and of content its source, reference, grade and date."""


def holdings_from(rows: Sequence[Answered], cards: dict[int, BodyCard]) -> list[Holding]:
    """What the engine answered for one value, put together body by body: content first, then existence."""
    pointed: list[int] = []
    seen: dict[int, list[Seen]] = {}
    for degree, body, source, ref, grade, seen_on in rows:
        if degree == "content":
            seen.setdefault(body, []).append(Seen(source, ref, grade, seen_on))
        else:
            pointed.append(body)
    content = [_content(cards[body], found) for body, found in seen.items()]
    existence = [_existence(cards[body]) for body in pointed]
    return sorted(content, key=lambda h: h.body) + sorted(existence, key=lambda h: h.body)


def _content(card: BodyCard, seen: list[Seen]) -> Holding:
    # A sanitised version repeats what was seen, and is no sighting of its own beside it.
    first_hand = [s for s in seen if s.source != "version"] or seen
    newest_first = tuple(sorted(seen, key=lambda s: (s.seen_on, s.ref), reverse=True))
    return Holding(
        degree="content", body=card.code, body_name=card.name, desk=card.desk, desk_email=card.desk_email,
        ref=newest_first[0].ref, since=newest_first[-1].seen_on, times=len(first_hand), seen=newest_first,
    )  # fmt: skip


def _existence(card: BodyCard) -> Holding:
    return Holding("existence", card.code, card.name, card.desk, card.desk_email)


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit in a list."""

    ref: str
    kind: str
    shown: str
    other: str
    other_name: str
    state: str
    other_state: str
    rarity: float
    is_common: bool
    holders: int
    times: int
    raised_at: datetime
    answer_by: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class HitList:
    """A page of hits and where the next page starts (None at the end)."""

    rows: tuple[HitRow, ...]
    next_offset: int | None


def hit_list(
    reader: Reader, *, state: str = "raised", kind: str = "", other: str = "", offset: int = 0, size: int = 25,
    oldest_first: bool = False, after: str = "",
) -> HitList:  # fmt: skip
    """The hits of the reader's own body in one state ('' for all), overdue first, then rarest; nothing is cut off.

    ``after`` is the reference of the last hit of the page before, for a list that is read oldest first.
    """
    reader.require(Permission.HIT_READ)
    cards = body_cards()
    with reading(reader):
        rows = HitSide.objects.filter(body=reader.body, told=True).prefetch_related("hit")
        if state:
            rows = rows.filter(state=state)
        if kind:
            rows = rows.filter(kind=kind)
        if other:
            rows = rows.filter(other__in=[n for n, card in cards.items() if card.code == other])
        if after:
            rows = rows.filter(id__gt=rows.filter(hit__ref=after).values("id")[:1])
        order = ("id",) if oldest_first else ("-overdue", "-rarity", "id")
        found = list(rows.order_by(*order)[offset : offset + size + 1])
        page = hit_rows(reader, found[:size])
        journal.note(Verb.CONSULT, "hit list", why="looked at a list", refs=[row.ref for row in page])
    return HitList(page, offset + size if len(found) > size else None)


def hits_by_due(reader: Reader, *, size: int) -> tuple[HitRow, ...]:
    """The hits that the reader's body has yet to answer and whose clock runs, the soonest due first."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        sides = HitSide.objects.filter(body=reader.body, told=True, state=HIT.start, answer_by__isnull=False)
        found = hit_rows(reader, list(sides.prefetch_related("hit").order_by("answer_by", "id")[:size]))
        journal.note(Verb.CONSULT, "hit list", why="looked at the clocks", refs=[row.ref for row in found])
    return found


def _row(side: HitSide, cards: dict[int, BodyCard], other_state: str) -> HitRow:
    hit, other = side.hit, cards[side.other]
    return HitRow(
        ref=hit.ref, kind=hit.kind, shown=Selector(hit.kind, hit.key).shown, other=other.code, other_name=other.name,
        state=side.state, other_state=other_state, rarity=side.rarity, is_common=hit.common, holders=hit.holders,
        times=hit.times, raised_at=hit.raised_at, answer_by=side.answer_by, is_overdue=_is_overdue(side),
    )  # fmt: skip


def chosen_hits(reader: Reader, refs: Sequence[str]) -> tuple[HitRow, ...]:
    """Of these hits, those that the reader's body is told of, rarest first; journalled."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        sides = HitSide.objects.filter(body=reader.body, told=True, hit__ref__in=refs).prefetch_related("hit")
        found = list(sides.order_by("-rarity", "id"))
        journal.note(Verb.CONSULT, "hit list", why="chose hits to judge", refs=[s.hit.ref for s in found])
        return hit_rows(reader, found)


def hit_rows(reader: Reader, sides: Sequence[HitSide]) -> tuple[HitRow, ...]:
    """Sides of the reader's body as rows of a list, in their order. Must run inside ``reading(reader)``."""
    cards = body_cards()
    others = dict(
        HitSide.objects.filter(hit__in=[side.hit_id for side in sides])
        .exclude(body=reader.body)
        .values_list("hit_id", "state")
    )
    return tuple(_row(side, cards, others.get(side.hit_id, HIT.start)) for side in sides)


def _is_overdue(side: HitSide) -> bool:
    return side.state == HIT.start and side.answer_by is not None and side.answer_by <= clock.now()


def waiting_hits(reader: Reader, *, cap: int = 1000) -> int:
    """How many hits wait for the reader's body, counted up to ``cap``."""
    with reading(reader):
        rows = HitSide.objects.filter(body=reader.body, told=True, state="raised").order_by("id")
        with without("sort", "bitmapscan"):
            return count_up_to(rows, cap)


def hits_raised_since(reader: Reader, moment: datetime) -> int:
    """How many hits that the reader's body is told of were raised since a moment."""
    with reading(reader):
        return HitSide.objects.filter(body=reader.body, told=True, hit__raised_at__gte=moment).count()


@dataclass(frozen=True, slots=True)
class SideView:
    """One body's side of a hit as the reader may know it."""

    body: str
    body_name: str
    desk: str
    desk_email: str
    is_own: bool
    state: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    answer_by: datetime | None
    is_overdue: bool
    escalated_at: datetime | None
    degree: str
    is_old: bool
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class HitPage:
    """A hit with both sides, why it ranks where it does, and the moves open to the reader."""

    ref: str
    kind: str
    kind_label: str
    shown: str
    raised_at: datetime
    rarity: float
    is_common: bool
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    related: tuple[HitRow, ...]
    sides: tuple[SideView, ...]
    moves: tuple[str, ...]
    history: tuple[Moved, ...]
    asked: tuple[AskedBy, ...]
    thread: tuple[ThreadNote, ...]
    is_thread_shared: bool
    second_look_by: str


def hit_page(reader: Reader, ref: str, *, why: str = "opened the hit") -> HitPage | None:
    """Open one hit, journalled; None when the reader may not know of it."""
    reader.require(Permission.HIT_READ)
    with reading(reader):
        hit = Hit.objects.filter(ref=ref).first()
        sides = list(HitSide.objects.filter(hit=hit)) if hit else []
        own = next((s for s in sides if s.body == reader.body), None)
        if hit is None or own is None:
            return None
        sightings = list(
            Sighting.objects.filter(key=hit.key, kind=hit.kind, owner__in=[hit.body_a, hit.body_b])
            .order_by("-seen_on", "-id")
            .values_list("owner", "source", "source_ref", "grade", "seen_on")[:500]
        )
        history = moves_of(HIT.name, [s.pk for s in sides])
        sides = [own, next((s for s in sides if s is not own), _closed(own))]
        selector = Selector(hit.kind, hit.key)
        asked = asked_about(reader, [selector]).get(selector, ()) if reader.may(Permission.CHECK_RUN) else ()
        thread = thread_of(reader, hit.pk)
        related = _related(reader, own, [row[2] for row in sightings])
        look = SecondLook.objects.filter(side=own, state="asked").first()
        journal.note(Verb.CONSULT, "hit", ref, why=why)
    cards, score = body_cards(), rarity(weight=KINDS[hit.kind].weight, holders=hit.holders, times=hit.times)
    return HitPage(
        ref=hit.ref, kind=hit.kind, kind_label=KINDS[hit.kind].label, shown=Selector(hit.kind, hit.key).shown,
        raised_at=hit.raised_at, rarity=own.rarity, is_common=hit.common, reasons=score.reasons,
        steps=rarity_steps(weight=KINDS[hit.kind].weight, holders=hit.holders, times=hit.times), related=related,
        sides=tuple(_side(s, cards[s.body], sightings, s is own) for s in sides),
        moves=tuple(dict.fromkeys(HIT.moves_open(by=reader, state=own.state))),
        history=history, asked=asked, thread=thread, is_thread_shared=own.other_told,
        second_look_by=look.asked_by if look else "",
    )  # fmt: skip


def _closed(own: HitSide) -> HitSide:
    """The other side as it reads where a compartment keeps what it decided: as one that nobody has judged yet.

    To say that it is kept would tell of the compartment.
    """
    return HitSide(body=own.other, other=own.body, answer_by=own.answer_by)


def _related(reader: Reader, own: HitSide, sources: Sequence[str]) -> tuple[HitRow, ...]:
    """Other hits with the same body on what stands in the same items that the reader may know."""
    keys = Sighting.objects.filter(source_ref__in=sources[: RELATED * 5]).values_list("kind", "key")[:500]
    values = set(keys)
    sides = HitSide.objects.filter(
        body=reader.body, other=own.other, told=True, hit__key__in={key for _, key in values}
    ).exclude(pk=own.pk)  # fmt: skip
    found = sides.order_by("-rarity", "id").select_related("hit")[:100]
    return hit_rows(reader, [side for side in found if (side.kind, side.hit.key) in values][:RELATED])


def _side(
    side: HitSide,
    card: BodyCard,
    sightings: list[tuple[int, str, str, str, date]],
    is_own: bool,  # noqa: FBT001
) -> SideView:
    seen = tuple(
        Seen(source, ref, grade, on) for owner, source, ref, grade, on in sightings if owner == side.body
    )
    return SideView(
        body=card.code, body_name=card.name, desk=card.desk, desk_email=card.desk_email, is_own=is_own,
        state=side.state, reason=side.reason, decided_by=side.decided_by, decided_at=side.decided_at,
        answer_by=side.answer_by if side.state == HIT.start else None, is_overdue=_is_overdue(side),
        escalated_at=side.escalated_at,
        degree="content" if seen else "existence", seen=seen,
        is_old=is_old(max((s.seen_on for s in seen), default=None), today=clock.today()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """A check that the reader's own body has run."""

    ref: str
    kind: str
    shown: str
    who: str
    why: str
    at: datetime


def recent_enquiries(reader: Reader, *, size: int = 10) -> list[EnquiryRow]:
    """The newest checks of the reader's own."""
    reader.require(Permission.CHECK_RUN)
    with reading(reader):
        rows = list(Enquiry.objects.filter(person=reader.person).order_by(F("id").desc())[:size])
    return [
        EnquiryRow(r.ref, r.kind, Selector(r.kind, r.key).shown, r.person_name, r.why, r.at) for r in rows
    ]


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a check or a hit told a reader: that a body holds a selector, and the compartment of the reader's side."""

    selector: Selector
    body: int
    compartment: int


def pointer_of_check(reader: Reader, ref: str, body: str) -> Pointer | None:
    """The pointer that a check of this person's own gave to a body, or None."""
    holder = body_ids().get(body)
    with reading(reader):
        found = Enquiry.objects.filter(ref=ref, person=reader.person, pointed__contains=[holder]).first()
    return Pointer(Selector(found.kind, found.key), holder, 0) if found and holder else None


def pointer_of_hit(reader: Reader, ref: str) -> Pointer | None:
    """The pointer that a hit of the reader's body gives to the other side, or None."""
    with reading(reader):
        side = HitSide.objects.filter(hit__ref=ref, body=reader.body, told=True).select_related("hit").first()
    return Pointer(Selector(side.kind, side.hit.key), side.other, side.compartment) if side else None
