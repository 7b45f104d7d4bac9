"""Matching sightings, telling both sides, judging a hit, and checking before acting."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.answering import URGENT_FROM
from throughline.matching.asked import messages_to_fellows
from throughline.matching.clocks import deadlines, run_clocks, start_late_clocks
from throughline.matching.events import EnquiryMade, HitsRaised
from throughline.matching.models import Enquiry, HitSide
from throughline.matching.people.telling import announce_opened
from throughline.matching.queries import Holding, check_holdings, pointed_to
from throughline.matching.rarity import rarity
from throughline.matching.reasons import reason_in_words
from throughline.matching.telling import apiece, within_a_sentence
from throughline.matching.workflow import HIT
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards, body_ids, body_names
from throughline.selectors.registry import KINDS, Selector

_Counted = tuple[str, str, int, int, int]
"""A kind, a key, how many bodies hold it openly, how often it was seen in those, and how many hold it at all."""

_PAIR = 2


LONGEST_REASON = 500
"""What the journal keeps of a reason."""

_HOLD_BACK = """
with wanted as (select distinct * from unnest(%s::text[], %s::text[]) as w(kind, key)),
held as materialized (
  select pg_advisory_xact_lock(number) from (
    select hashtextextended('enquiry ' || kind || ':' || key, 0) as number from wanted order by 1) n
) select w.kind, w.key from wanted w, (select count(*) from held) h where exists (
  select from selectors_sighting s where s.key = w.key and s.kind = w.kind and s.owner = %s and s.silent)
"""
"""Two bodies that ask about one value at the same moment ask one after the other, so that the second is told."""


class CheckProblem(ValueError):
    """What is wrong with a check, in a sentence."""


def match_sightings(facts: Sequence[Payload]) -> None:
    """Put new sightings into the index and raise the hits they bring."""
    ids = [i for fact in facts for i in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute("select matching_post(%s)", [ids])
        found = json.loads(cursor.fetchone()[0])
    hits = _raise_and_rank(found["met"], found["counted"])
    _tell_sides(sides=found["opened"])
    if hits:
        journal.note(Verb.COMBINE, "sightings", why="matching", sightings=len(ids), hits=len(hits))
        announce(HitsRaised(hits=hits))


def _raise_and_rank(met: Sequence[tuple[str, str, int]], counted: Sequence[_Counted]) -> list[int]:
    """Raise the hits of new postings that met another body's, and rank anew those of the values that grew."""
    if not counted:
        return []
    with connection.cursor() as cursor:
        hits: list[int] = []
        if met:
            kinds, keys, bodies = _columns(met)
            due = deadlines()
            cursor.execute(
                "select matching_raise(%s, %s, %s::smallint[], %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [kinds, keys, bodies, *_scores(counted), due.ordinary, due.urgent, URGENT_FROM],
            )
            hits = cursor.fetchone()[0]
        # Two holders that have just met have one hit, and it was born with its rarity.
        new = {(kind, key) for kind, key, _ in met} if len(hits) >= len(met) else set()
        older = [row for row in counted if row[4] > _PAIR or (row[0], row[1]) not in new]
        if older:
            cursor.execute("select matching_rank(%s, %s, %s, %s, %s, %s)", _scores(older))
    return hits


def _scores(counted: Sequence[_Counted]) -> list[list[Any]]:
    """Columns of kind, key, holders, times, whether common, and rarity: what the doors of the engine take."""
    scored = [(row, rarity(weight=KINDS[row[0]].weight, holders=row[2], times=row[3])) for row in counted]
    return _columns([(*row[:4], score.is_common, score.score) for row, score in scored])


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def forget_sightings(facts: Sequence[Payload]) -> None:
    """Take withdrawn sightings out of the index, and tell hits that a silence kept quiet."""
    forget([i for fact in facts for i in fact["sightings"]])


def forget(ids: Sequence[int]) -> None:
    """Take these sightings out of the index at once, and tell hits that a silence kept quiet."""
    announce_opened(ids)
    with connection.cursor() as cursor:
        cursor.execute("select matching_forget(%s)", [list(ids)])
        opened = cursor.fetchone()[0]
    journal.note(Verb.ERASE, "sightings", why="withdrawn", sightings=len(ids))
    _tell_sides(sides=opened)


def tell_of_hits(facts: Sequence[Payload]) -> None:
    """Tell both sides of new hits: the body that has just recorded, and the holder of an old report alike."""
    _tell_sides(hits=[i for fact in facts for i in fact["hits"]])


def _tell_sides(*, hits: Sequence[int] = (), sides: Sequence[int] = ()) -> None:
    if not hits and not sides:
        return
    if sides:
        start_late_clocks(sides)
    with connection.cursor() as cursor:
        cursor.execute("select * from matching_sides_to_tell(%s, %s)", [list(hits), list(sides)])
        rows = [_Side(*row) for row in cursor.fetchall()]
    tell(_hit_messages(rows, body_names(side.other for side in rows)))
    run_clocks(side.answer_by for side in rows)


@dataclass(frozen=True, slots=True)
class _Side:
    ref: str
    kind: str
    key: str
    body: int
    other: int
    compartment: int
    held_since: object
    is_common: bool
    answer_by: datetime | None


def _hit_messages(sides: list[_Side], names: dict[int, str]) -> list[Message]:
    def one(side: _Side) -> Message:
        text = (
            f"{names[side.other]} holds the same {within_a_sentence(KINDS[side.kind].label)} as you, "
            f"which you have held since {side.held_since:%-d %B %Y}"
        )
        return Message(side.body, "hit", text, "hit", side.ref, side.compartment)

    def many(side: _Side, count: int) -> Message:
        return Message(
            side.body, "hits", f"{count:,} new hits with other bodies", "hits", "", side.compartment
        )

    return apiece(sides, lambda side: (side.body, side.compartment), one, many)


@writes
def judge_hit(*, by: Reader, ref: str, verb: str, reason: str = "", note: str = "") -> None:
    """Confirm, dismiss (with a reason), doubt or reconsider the reader's own side of a hit.

    Raises:
        HitProblem: a dismissal without one of the reasons, or another reason without words.
        HitSide.DoesNotExist: the reader may not know such a hit.
    """
    why = reason_in_words(verb=verb, reason=reason, note=note)
    side = HitSide.objects.select_for_update(of=("self",)).get(hit__ref=ref, body=by.body)
    HIT.make(verb, side, by=by, why=why)
    HitSide.objects.filter(pk=side.pk).update(reason=why, decided_by=by.name, decided_at=clock.now())
    journal.note(Verb.ALTER, "hit", ref, why=why, verb=verb)


def may_ask(by: Reader, *, why: str, silent: bool) -> str:
    """The reason as it is kept, once it is clear that this person may ask.

    Raises:
        CheckProblem: no reason was given.
        NotAllowed: the person's role does not check, or does not ask silently.
    """
    by.require(Permission.CHECK_RUN)
    if silent:
        by.require(Permission.INTEREST_KEEP)
    if not why.strip():
        raise CheckProblem(
            "Say why you are checking: it is kept in the journal and shown to whoever holds it."
        )
    return why.strip()[:LONGEST_REASON]


def kept_silent(selectors: Sequence[Selector], *, by: Reader) -> set[Selector]:
    """Of these, what the reader's own body keeps silent: asking about it openly would tell what the silence hides.

    Each value is held for the rest of the transaction against anyone else who asks about it.
    """
    with connection.cursor() as cursor:
        kinds, keys = [s.kind for s in selectors], [s.key for s in selectors]
        cursor.execute(_HOLD_BACK, [kinds, keys, by.body])
        return {Selector(kind, key) for kind, key in cursor.fetchall()}


@writes
def run_check(*, by: Reader, selector: Selector, why: str, silent: bool = False) -> list[Holding]:
    """Check a selector before acting: who holds it, at the degree that this reader may know.

    Each check is journalled with its reason, and each holder is told, silent or not. A check that is itself
    ``silent`` is told to holders without a name, and to nobody else.

    Raises:
        CheckProblem: no reason was given.
        NotAllowed: the person's role does not check, or does not ask silently.
    """
    why = may_ask(by, why=why, silent=silent)
    holdings = check_holdings(by, selector)
    is_silent = silent or bool(kept_silent([selector], by=by))
    enquiry = Enquiry.objects.create(
        ref=new_ref("EN"), kind=selector.kind, key=selector.key, body=by.body, person=by.person,
        person_name=by.name, why=why, at=clock.now(), silent=is_silent,
        pointed=pointed_to(holdings, body_ids()),
    )  # fmt: skip
    degrees = [h.degree for h in holdings]
    journal.note(
        Verb.CONSULT, "check", enquiry.ref, why=why, kind=selector.kind,
        content=degrees.count("content"), existence=degrees.count("existence"), silent=is_silent,
    )  # fmt: skip
    announce(EnquiryMade(enquiry=enquiry.pk))
    return [replace(holding, enquiry=enquiry.ref) for holding in holdings]


def tell_of_enquiry(facts: Sequence[Payload]) -> None:
    """Tell each holder who asked and why, and each body that asked the same that it is not alone.

    A holder with a silent interest also learns that nothing was shown.
    """
    cards = body_cards()
    messages = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute("select * from matching_holders_to_tell(%s)", [fact["enquiry"]])
            messages += [told_holder(HolderRow(*row), cards) for row in cursor.fetchall()]
    tell([*messages, *messages_to_fellows([fact["enquiry"] for fact in facts], cards)])


class HolderRow(NamedTuple):
    """A row of the engine's doors to holders: the enquiry, what it asked, by whom and why, and who holds it how."""

    enquiry_ref: str
    kind: str
    key: str
    asked_by: int
    person_name: str
    why: str
    is_unnamed: bool
    body: int
    compartment: int
    is_silent: bool


def told_holder(row: HolderRow, cards: dict[int, BodyCard]) -> Message:
    """What one holder reads of one enquiry."""
    shown, asker = Selector(row.kind, row.key).shown, cards[row.asked_by]
    silence = " Your interest is silent: they were not shown it." if row.is_silent else ""
    if row.is_unnamed:
        text = f"A body that asks not to be named checked {shown}, which you hold.{silence}"
    else:
        text = (
            f"{row.person_name} at {asker.name} checked {shown}, which you hold. "
            f"Reason: {row.why}. Ring them at {asker.desk}.{silence}"
        )
    return Message(row.body, "enquiry", text, "check", row.enquiry_ref, row.compartment)
