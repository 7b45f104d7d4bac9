"""A hit as its page shows it: both sides with their sightings, why it ranks where it does, and its history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel.explain import Reason
from throughline.matching.queries import HitPage, HitRow, SideView, hit_page
from throughline.matching.rarity import Step
from throughline.matching.thread import ThreadNote
from throughline.web.asked import asked_words
from throughline.web.hits.words import MOVES, RANKED_BY
from throughline.web.moves import Button, Entry
from throughline.web.sightings import SeenRow, seen_rows


@dataclass(frozen=True, slots=True)
class SideShown:
    """One body's side."""

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
    times: int
    since: date | None
    rows: tuple[SeenRow, ...]
    ask_href: str


@dataclass(frozen=True, slots=True)
class HitShown:
    """Everything on the page of a hit."""

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
    sides: tuple[SideShown, ...]
    buttons: tuple[Button, ...]
    may_dismiss: bool
    history: tuple[Entry, ...]
    asked: str
    thread: tuple[ThreadNote, ...]
    is_thread_shared: bool
    other_name: str
    second_look_by: str
    may_write: bool


def hit_shown(reader: Reader, ref: str) -> HitShown | None:
    """Open a hit, journalled; None when the reader may not know of it."""
    hit = hit_page(reader, ref)
    if hit is None:
        return None
    return HitShown(
        ref=hit.ref, kind=hit.kind, kind_label=hit.kind_label, shown=hit.shown, raised_at=hit.raised_at,
        rarity=hit.rarity,
        is_common=hit.is_common, sides=tuple(_side(reader, side, hit.ref) for side in hit.sides),
        reasons=tuple(Reason(RANKED_BY[r.name], r.value, r.sentence) for r in hit.reasons),
        buttons=tuple(Button(verb, MOVES[verb].button) for verb in hit.moves if verb != "dismiss"),
        may_dismiss="dismiss" in hit.moves, history=_history(hit), asked=asked_words(hit.asked),
        steps=hit.steps, related=hit.related,
        thread=hit.thread, is_thread_shared=hit.is_thread_shared, second_look_by=hit.second_look_by,
        may_write=reader.may(Permission.HIT_JUDGE),
        other_name=next(side.body_name for side in hit.sides if not side.is_own),
    )  # fmt: skip


def _side(reader: Reader, side: SideView, ref: str) -> SideShown:
    may_ask = side.degree == "existence" and not side.is_own and reader.may(Permission.REQUEST_MAKE)
    return SideShown(
        body_name=side.body_name, desk=side.desk, desk_email=side.desk_email, is_own=side.is_own, state=side.state,
        reason=side.reason, decided_by=side.decided_by, decided_at=side.decided_at, degree=side.degree,
        is_old=side.is_old,
        answer_by=side.answer_by, is_overdue=side.is_overdue, escalated_at=side.escalated_at,
        times=len(side.seen), since=min((s.seen_on for s in side.seen), default=None),
        rows=seen_rows(reader, side.seen), ask_href=reverse("request-of-hit", args=[ref]) if may_ask else "",
    )  # fmt: skip


def _history(hit: HitPage) -> tuple[Entry, ...]:
    moved = [Entry(MOVES[m.verb].history, m.by, m.at, m.why) for m in reversed(hit.history)]
    return (*moved, Entry("Raised", "Throughline", hit.raised_at, "Two bodies turned out to hold the same."))
