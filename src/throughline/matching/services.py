"""Matching sightings, telling both sides, judging a hit, and checking before acting."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.events import EnquiryMade, HitsRaised
from throughline.matching.models import Enquiry, HitSide
from throughline.matching.queries import Holding, check_holdings
from throughline.matching.rarity import rarity
from throughline.matching.workflow import DISMISSAL_REASONS, HIT
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards, body_ids, body_names
from throughline.selectors.registry import KINDS, Selector

NOTICES_APIECE = 5
"""Up to so many hits of one batch are told one by one; more are told as one notice with a count."""


_Counted = tuple[str, str, int, int, int]
"""A kind, a key, how many bodies hold it openly, how often it was seen in those, and how many hold it at all."""

_PAIR = 2


class HitProblem(ValueError):
    """What is wrong with a judgement, in a sentence."""


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
            cursor.execute(
                "select matching_raise(%s, %s, %s::smallint[], %s, %s, %s, %s, %s, %s)",
                [kinds, keys, bodies, *_scores(counted)],
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
    ids = [i for fact in facts for i in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute("select matching_forget(%s)", [ids])
        opened = cursor.fetchone()[0]
    journal.note(Verb.ERASE, "sightings", why="withdrawn", sightings=len(ids))
    _tell_sides(sides=opened)


def tell_of_hits(facts: Sequence[Payload]) -> None:
    """Tell both sides of new hits: the body that has just recorded, and the holder of an old report alike."""
    _tell_sides(hits=[i for fact in facts for i in fact["hits"]])


def _tell_sides(*, hits: Sequence[int] = (), sides: Sequence[int] = ()) -> None:
    if not hits and not sides:
        return
    with connection.cursor() as cursor:
        cursor.execute("select * from matching_sides_to_tell(%s, %s)", [list(hits), list(sides)])
        rows = [_Side(*row) for row in cursor.fetchall()]
    told: dict[tuple[int, int], list[_Side]] = defaultdict(list)
    for side in rows:
        told[side.body, side.compartment].append(side)
    names = body_names(side.other for side in rows)
    tell([message for group in told.values() for message in _hit_messages(group, names)])


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


def _hit_messages(group: list[_Side], names: dict[int, str]) -> list[Message]:
    if len(group) > NOTICES_APIECE:
        first = group[0]
        return [
            Message(
                first.body,
                "hits",
                f"{len(group):,} new hits with other bodies",
                "hits",
                "",
                first.compartment,
            )
        ]
    return [
        Message(
            side.body, "hit",
            f"{names[side.other]} holds the same {_within_a_sentence(KINDS[side.kind].label)} as you, "
            f"which you have held since {side.held_since:%-d %B %Y}",
            "hit", side.ref, side.compartment,
        )
        for side in group
    ]  # fmt: skip


def tell_of_enquiry(facts: Sequence[Payload]) -> None:
    """Tell each holder who asked and why; a holder with a silent interest also learns that nothing was shown."""
    cards = body_cards()
    messages = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute("select * from matching_holders_to_tell(%s)", [fact["enquiry"]])
            for ref, kind, key, asked_by, person, why, body, compartment, is_silent in cursor.fetchall():
                asker = cards[asked_by]
                silence = " Your interest is silent: they were not shown it." if is_silent else ""
                text = (
                    f"{person} at {asker.name} checked {Selector(kind, key).shown}, which you hold. "
                    f"Reason: {why}. Ring them at {asker.desk}.{silence}"
                )
                messages.append(Message(body, "enquiry", text, "check", ref, compartment))
    tell(messages)


def _within_a_sentence(label: str) -> str:
    """``Phone number`` as it stands inside a sentence; initials such as IMEI stay as they are."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


@writes
def judge_hit(*, by: Reader, ref: str, verb: str, reason: str = "", note: str = "") -> None:
    """Confirm, dismiss (with a reason), doubt or reconsider the reader's own side of a hit.

    Raises:
        HitProblem: a dismissal without one of the reasons, or another reason without words.
        HitSide.DoesNotExist: the reader may not know such a hit.
    """
    if verb == "dismiss" and reason not in DISMISSAL_REASONS:
        raise HitProblem("Choose a reason for dismissing the hit.")
    if verb == "dismiss" and reason == "other" and not note.strip():
        raise HitProblem("Say what the other reason is.")
    side = HitSide.objects.select_for_update(of=("self",)).get(hit__ref=ref, body=by.body)
    why = ". ".join(part for part in (DISMISSAL_REASONS.get(reason, ""), note.strip()) if part)
    HIT.make(verb, side, by=by, why=why)
    HitSide.objects.filter(pk=side.pk).update(reason=why, decided_by=by.name, decided_at=clock.now())
    journal.note(Verb.ALTER, "hit", ref, why=why, verb=verb)


@writes
def run_check(*, by: Reader, selector: Selector, why: str) -> list[Holding]:
    """Check a selector before acting: who holds it, at the degree that this reader may know.

    Each check is journalled with its reason, and each holder is told, silent or not.

    Raises:
        CheckProblem: no reason was given.
        NotAllowed: the person's role does not check.
    """
    by.require(Permission.CHECK_RUN)
    if not why.strip():
        raise CheckProblem(
            "Say why you are checking: it is kept in the journal and shown to whoever holds it."
        )
    holdings, codes = check_holdings(by, selector), body_ids()
    enquiry = Enquiry.objects.create(
        ref=new_ref("EN"), kind=selector.kind, key=selector.key, body=by.body, person=by.person,
        person_name=by.name, why=why.strip()[:500], at=clock.now(),
        pointed=[codes[h.body] for h in holdings if h.degree == "existence"],
    )  # fmt: skip
    degrees = [h.degree for h in holdings]
    journal.note(
        Verb.CONSULT, "check", enquiry.ref, why=why.strip()[:500], kind=selector.kind,
        content=degrees.count("content"), existence=degrees.count("existence"),
    )  # fmt: skip
    announce(EnquiryMade(enquiry=enquiry.pk))
    return [replace(holding, enquiry=enquiry.ref) for holding in holdings]
