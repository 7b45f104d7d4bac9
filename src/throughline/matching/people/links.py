"""Reading proposed links: the list that a body works, one link explained, and who is whom by what was judged."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.matching.people.around import around, said_of
from throughline.matching.people.explaining import Change, Part, changes, parts_in_words, probability_of
from throughline.matching.people.joined import as_said, joined_by_rule
from throughline.matching.people.known import Known, known_links
from throughline.matching.people.model import people_model
from throughline.matching.people.models import LinkJudgement
from throughline.matching.people.records import Told, records_of
from throughline.matching.people.who import SAME, Ends, standing
from throughline.matching.people.worth import may_be_child, worth
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.kinds.person import person_parts
from throughline.selectors.models import Sighting
from throughline.selectors.registry import Selector

OPEN = "open"
_COMPARED = {"address": "street"}
"""The one field that is compared under another name."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A body that holds the other person: whom to ring, and no more."""

    body: str
    name: str
    desk: str
    desk_email: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in the list. Of one whose other side the reader may not know, ``other`` is '' and ``probability`` None."""

    ref: str
    one: str
    other: str
    probability: float | None
    is_strong: bool
    may_be_child: bool
    sightings: int
    verdict: str
    pointed: tuple[Pointed, ...]
    made_at: datetime
    is_by_rule: bool = False
    """Joined by the rules of two bodies: nobody has judged it, and nobody need."""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A page of links, how many there are of the kind, and where the next page starts (None at the end)."""

    rows: tuple[LinkRow, ...]
    total: int
    next_offset: int | None


def link_list(reader: Reader, *, verdict: str = OPEN, offset: int = 0, size: int = 25) -> LinkList:
    """The links of the reader's body that nobody there has judged (or those judged so), the most telling first."""
    reader.require(Permission.HIT_READ)
    cards = body_cards()
    with reading(reader):
        known = known_links()
        said = _standing(reader, known)
        chosen = [one for one in known if (said[one.ref].verdict if one.ref in said else OPEN) == verdict]
        ranked = _ranked(chosen)
        rows = tuple(_row(one, said.get(one.ref, _Stand()), cards) for one in ranked[offset : offset + size])
        journal.note(Verb.CONSULT, "link list", why="looked at a list", refs=[row.ref for row in rows])
    return LinkList(rows, len(ranked), offset + size if len(ranked) > offset + size else None)


def _ranked(known: Iterable[Known]) -> list[Known]:
    """What can be judged first, the most telling first; then whom to ring, once for each person and bodies."""
    ranked = sorted(known, key=lambda one: (not one.is_content, -_worth(one), one.ref))
    first: dict[object, Known] = {}
    for one in ranked:
        first.setdefault(one.ref if one.is_content else (one.key_a or one.key_b, one.pointed), one)
    return list(first.values())


def waiting_links(reader: Reader, *, cap: int) -> int:
    """How many links wait for the reader's body: those of whose people it may know both."""
    with reading(reader):
        known = [one for one in known_links() if one.is_content]
        said = _standing(reader, known)
    return min(sum(one.ref not in said for one in known), cap)


def links_with(reader: Reader, selectors: Iterable[Selector]) -> tuple[LinkRow, ...]:
    """The links of people whom the reader may know, the most telling first; none of other kinds of value."""
    keys = sorted({selector.key for selector in selectors if selector.kind == "person"})
    if not keys or not reader.may(Permission.HIT_READ):
        return ()
    cards = body_cards()
    with reading(reader):
        known = known_links(keys=keys)
        said = _standing(reader, known)
        rows = tuple(_row(one, said.get(one.ref, _Stand()), cards) for one in _ranked(known))
        if rows:
            journal.note(Verb.CONSULT, "link list", why="links of a person", refs=[row.ref for row in rows])
    return rows


def _own_verdicts(reader: Reader, known: Sequence[Known]) -> dict[str, str]:
    """What the reader's own body says of each link now."""
    rows = LinkJudgement.objects.filter(owner=reader.body, link__in=[one.ref for one in known])
    refs = {(one.key_a, one.key_b): one.ref for one in known}
    found = standing(said_of(rows))
    return {refs[ends]: verdict for (_, ends), verdict in found.items() if ends in refs}


def _by_rule(known: Sequence[Known]) -> set[str]:
    """Of these links, those that rules of bodies join and of which nobody has said anything: they need no answer."""
    refs = {(one.key_a, one.key_b): one.ref for one in known if one.is_content}
    joined = [one for one in joined_by_rule(key for ends in refs for key in ends) if one.ends in refs]
    said = (
        said_of(LinkJudgement.objects.filter(link__in=[refs[one.ends] for one in joined])) if joined else []
    )
    return {refs[one.ends] for one in as_said(joined, said)}


@dataclass(frozen=True, slots=True)
class _Stand:
    """What stands of a link for the reader's body: by its own word, or by rule; '' where it is open."""

    verdict: str = ""
    is_by_rule: bool = False


def _standing(reader: Reader, known: Sequence[Known]) -> dict[str, _Stand]:
    by_rule = dict.fromkeys(_by_rule(known), _Stand(SAME, is_by_rule=True))
    return by_rule | {ref: _Stand(verdict) for ref, verdict in _own_verdicts(reader, known).items()}


def _worth(one: Known) -> float:
    """Of a link whose other side is not known only its strength may order it."""
    bits = one.bits if one.is_content else 0.0 if one.is_strong else -1.0
    keys = [key for key in (one.key_a, one.key_b) if key]
    child = any(may_be_child(key, clock.today()) for key in keys)
    return worth(probability=probability_of(bits), sightings=one.sightings, may_be_child=child)


def _row(one: Known, stand: _Stand, cards: Mapping[int, BodyCard]) -> LinkRow:
    first, second = (one.key_a, one.key_b) if one.key_a else (one.key_b, "")
    return LinkRow(
        ref=one.ref, one=_shown(first), other=_shown(second) if second else "",
        probability=probability_of(one.bits) if one.is_content else None, is_strong=one.is_strong,
        may_be_child=any(may_be_child(key, clock.today()) for key in (first, second) if key),
        sightings=one.sightings, verdict=stand.verdict, is_by_rule=stand.is_by_rule, made_at=one.made_at,
        pointed=tuple(Pointed(card.code, card.name, card.desk, card.desk_email)
                      for card in (cards[body] for body in one.pointed)),
    )  # fmt: skip


def _shown(key: str) -> str:
    return Selector("person", key).shown


@dataclass(frozen=True, slots=True)
class Source:
    """Where the reader may read of one of the two."""

    ref: str
    source: str
    body_name: str
    seen_on: date


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement as it was made, by which weights."""

    verdict: str
    by: str
    body_name: str
    at: datetime
    why: str
    model: str
    probability: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One link explained; of one whose other side is not known, only the row and whom to ring."""

    row: LinkRow
    bits: float
    start: float
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    model: str
    sources: tuple[tuple[Source, ...], tuple[Source, ...]]
    history: tuple[Judged, ...]
    group: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    """The rules of bodies that join the two without a person's yes, by their references; none where people judged."""


def link_page(reader: Reader, ref: str, *, why: str = "opened a proposed link") -> LinkPage | None:
    """Open one link, journalled; None when the reader may not know of it."""
    reader.require(Permission.HIT_READ)
    cards = body_cards()
    with reading(reader):
        one = next(iter(known_links([ref])), None)
        if one is None:
            return None
        stand = _standing(reader, [one]).get(one.ref, _Stand())
        journal.note(Verb.CONSULT, "link", ref, why=why, degree=one.degree)
        if not one.is_content:
            return LinkPage(_row(one, stand, cards), 0.0, 0.0, (), (), "", ((), ()), (), (), (), ())
        found = around([one.key_a, one.key_b])
        history = [row for row in found.judged if row.link == ref]
        told = [_told(one.key_a, one.sighting_a), _told(one.key_b, one.sighting_b)]
        sources = _sources([one.key_a, one.key_b], cards)
    parts = {name: (int(level), float(bits)) for name, (level, bits) in json.loads(one.parts).items()}
    first, second = (next(records_of(each)) for each in told)
    people, ends = found.people, (one.key_a, one.key_b)
    return LinkPage(
        row=_row(one, stand, cards), bits=one.bits, start=one.bits - sum(bits for _, bits in parts.values()),
        parts=parts_in_words(parts, first, second, _as_written(one, told)),
        changes=changes(parts, one.bits), model=one.model,
        sources=(sources[one.key_a], sources[one.key_b]),
        history=tuple(_as_judged(row, reader, cards) for row in history),
        group=_group_with(people.groups, ends), rules=found.rules_of(ends),
        contradictions=tuple((_shown(a), _shown(b)) for a, b in people.contradictions),
    )  # fmt: skip


def _as_written(one: Known, told: Sequence[Told]) -> dict[str, tuple[str, str]]:
    """Names, dates of birth and what travels with both as people write them, by the name of the comparison."""
    (surname_a, given_a, born_a), (surname_b, given_b, born_b) = (
        person_parts(one.key_a),
        person_parts(one.key_b),
    )
    travelling = {
        _COMPARED.get(field, field): (_values(kind, told[0]), _values(kind, told[1]))
        for kind, field in people_model().travels.items()
    }
    return {
        "given": (given_a.title(), given_b.title()), "surname": (surname_a, surname_b),
        "born": (_day(born_a), _day(born_b)), **travelling,
    }  # fmt: skip


def _values(kind: str, told: Told) -> str:
    return ", ".join(Selector(kind, key).shown for key in sorted(told.travels.get(kind, ())))


def _day(born: str) -> str:
    return f"{date.fromisoformat(born):%-d %B %Y}"


def _told(key: str, sighting: int) -> Told:
    """What a sighting that the reader may know tells of a person, or the value alone."""
    if not sighting:
        return Told(key)
    ref = Sighting.objects.filter(pk=sighting).values_list("source_ref", flat=True).first()
    travels: dict[str, list[str]] = {}
    for kind, value in (
        Sighting.objects.filter(source_ref=ref).exclude(kind="person").values_list("kind", "key")
    ):
        travels.setdefault(kind, []).append(value)
    return Told(key, sighting, travels)


def _sources(keys: Sequence[str], cards: Mapping[int, BodyCard]) -> dict[str, tuple[Source, ...]]:
    found: dict[str, list[Source]] = {key: [] for key in keys}
    rows = Sighting.objects.filter(kind="person", key__in=keys).order_by("-seen_on", "-id")[:50]
    for key, ref, source, owner, seen_on in rows.values_list(
        "key", "source_ref", "source", "owner", "seen_on"
    ):
        found[key].append(Source(ref, source, cards[owner].name, seen_on))
    return {key: tuple(each) for key, each in found.items()}


def _as_judged(row: LinkJudgement, reader: Reader, cards: Mapping[int, BodyCard]) -> Judged:
    return Judged(
        row.verdict, row.by_name, cards[row.owner].name, row.at, row.why, row.model, probability_of(row.bits),
        row.owner == reader.body,
    )  # fmt: skip


def _group_with(groups: Iterable[tuple[str, ...]], ends: Ends) -> tuple[str, ...]:
    """The others of the group in which both stand, as people read them; none where they are not joined."""
    group = next((group for group in groups if set(ends) <= set(group)), ())
    return tuple(_shown(key) for key in group)
