"""Searching everything that a reader may know, ranked, with why each was found.

Reports are ranked by cover density (C. Clarke, G. Cormack, E. Tudhope, Relevance Ranking for One to Three Term Queries,
Information Processing & Management 36(2), 2000: PostgreSQL's ``ts_rank_cd``, words of the title weighing ten times
those of the text) times an exponential prior of their age (X. Li, W. B. Croft, Time-Based Language Models, CIKM 2003):

    score = cover / (cover + 1) * (0.5 + 0.5 * 2 ** (-days / 365))

The newest 200 that hold the words are ranked. Nothing in the score comes from rows that the reader may not know: there
is no frequency of words over all reports in it, which would tell of them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Item, Report
from throughline.kernel import clock
from throughline.lines.queries import OnLine, lines_with
from throughline.matching.models import Hit, HitSide
from throughline.matching.queries import Seen
from throughline.organisations.queries import BodyCard, body_cards
from throughline.search.asked import Asked, read_text
from throughline.search.doors import known_people, known_reports, known_values
from throughline.search.highlights import CLOSE, OPEN, Piece, fragment_in, pieces_of
from throughline.search.names import Likeness, best_of, likeness
from throughline.search.narrowed import GROUPS, Narrowed
from throughline.selectors.models import Interest
from throughline.selectors.names import words_of
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse

MOST_REPORTS, MOST_VALUES, MOST_PEOPLE = 200, 100, 100
"""So many are found, ranked and paged through; who needs more narrows the search."""
LOOKED_AT = 300
"""People that the database gives as likely, to be ranked."""
SEEN_AT_MOST = 200
"""Sightings of one value that are counted; a value that is everywhere has thousands."""
SEEN_SHOWN = 3
READ_FOR_WORDS = 100
"""Reports that are read for words near those typed, where nothing was found."""
_WORD = re.compile(r"[^\W\d_]{4,40}")
HALF_LIFE = 365.0
"""Days in which the newer half of a report's score halves."""


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report that holds the words: its title and the passage that holds them, in pieces."""

    ref: str
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    is_conditioned: bool
    owner_name: str
    date_of_intelligence: date
    state: str
    score: float


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A selector, or a person by name and date of birth: why it was found, and where the reader may see it."""

    kind: str
    key: str
    kind_label: str
    shown: tuple[Piece, ...]
    why: str
    times: int
    is_more: bool
    bodies: tuple[str, ...]
    last_on: date
    seen: tuple[Seen, ...]
    score: float


@dataclass(frozen=True, slots=True)
class FoundInterest:
    """A standing interest of the reader's own body in a value that was found."""

    ref: str
    kind_label: str
    shown: tuple[Piece, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit of the reader's own body on a value that was found."""

    ref: str
    kind_label: str
    shown: tuple[Piece, ...]
    other_name: str
    state: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that one search found, best first in each group, and what else could be done with the text."""

    people: tuple[FoundValue, ...] = ()
    values: tuple[FoundValue, ...] = ()
    reports: tuple[FoundReport, ...] = ()
    lines: tuple[OnLine, ...] = ()
    interests: tuple[FoundInterest, ...] = ()
    hits: tuple[FoundHit, ...] = ()
    exact: tuple[Selector, ...] = ()
    meant: tuple[str, ...] = ()

    def count(self, group: str) -> int:
        """How many results a group has."""
        return len(getattr(self, group))


def search_everything(reader: Reader, text: str, narrowed: Narrowed) -> Found:
    """Everything that the reader may know and that the text may mean; journalled with what it showed."""
    reader.require(Permission.SEARCH_RUN)
    asked, cards = read_text(text), body_cards()
    owner = _owner_id(cards, narrowed.owner)
    with reading(reader):
        people, values = _values(reader, asked, narrowed, owner, cards)
        reports = _reports(asked, narrowed, owner, cards)
        held = [*people, *values]
        found = Found(
            people=tuple(one for _, one in people) if narrowed.asks_for("people") else (),
            values=tuple(one for _, one in values) if narrowed.asks_for("values") else (),
            reports=reports,
            lines=_lines(reader, asked, narrowed, held),
            interests=_interests(reader, held) if narrowed.asks_for("interests") else (),
            hits=_hits(reader, held, cards) if narrowed.asks_for("hits") else (),
            exact=asked.exact if reader.may(Permission.CHECK_RUN) else (),
        )
        if not any(found.count(group) for group in GROUPS):
            found = replace(found, meant=_meant(asked.text))
        refs = [
            *(r.ref for r in found.reports),
            *(i.ref for i in found.interests),
            *(h.ref for h in found.hits),
            *(line.ref for line in found.lines),
        ]
        journal.note(
            Verb.CONSULT, "search", why="searched", refs=refs[:MOST_REPORTS],
            **{group: found.count(group) for group in GROUPS},
        )  # fmt: skip
    return found


def _owner_id(cards: dict[int, BodyCard], code: str) -> int | None:
    """The body's number; 0, which no body has, for a code that none has."""
    return next((n for n, card in cards.items() if card.code == code), 0) if code else None


def _meant(text: str) -> tuple[str, ...]:
    """What may have been meant: words near those typed, from the newest reports that the reader may know."""
    newest = list(Report.objects.order_by("-id").values_list("id", flat=True)[:READ_FOR_WORDS])
    rows = Item.objects.filter(report__in=newest).values_list("text", "report__title")
    known = {word.lower() for row in rows for part in row for word in _WORD.findall(part or "")}
    typed = [word.lower() for word in _WORD.findall(text)]
    near = {word: get_close_matches(word, known, n=2, cutoff=0.8) for word in typed if word not in known}
    return tuple(
        dict.fromkeys(text.lower().replace(word, other) for word, found in near.items() for other in found)
    )


# --- Reports --------------------------------------------------------------------------------------------------------

_RANKED = """
select i.report_id, max(ts_rank_cd('{{0.1, 0.2, 0.4, 1.0}}', i.search, q.query, 32)) as cover,
       (array_agg(i.id order by ts_rank_cd(i.search, q.query) desc, i.id))[1] as item
  from intelligence_item i, {query} q where i.report_id = any(%(reports)s) and i.search @@ q.query group by i.report_id
"""
_QUERY = "(select websearch_to_tsquery('english', %(text)s) || {also} as query)"
_HEADLINES = """
select i.id, ts_headline('english', i.text, q.query, %(passage)s), ts_headline('english', r.title, q.query, %(title)s)
  from intelligence_item i join intelligence_report r on r.id = i.report_id, {query} q where i.id = any(%(items)s)
"""
_MARKS = f"StartSel={OPEN}, StopSel={CLOSE}"


def _reports(
    asked: Asked, narrowed: Narrowed, owner: int | None, cards: dict[int, BodyCard]
) -> tuple[FoundReport, ...]:
    if not narrowed.asks_for("reports"):
        return ()
    ids = known_reports(asked, narrowed, owner, size=MOST_REPORTS)
    if not ids:
        return ()
    # All that follows goes through the lock: what is shown must pass the policy itself.
    query = _QUERY.format(also="to_tsquery('english', %(also)s)" if asked.also else "''::tsquery")
    terms = {"text": asked.text, "also": asked.also}
    with connection.cursor() as cursor:
        cursor.execute(_RANKED.format(query=query), {**terms, "reports": ids})
        covers = {report: (cover, item) for report, cover, item in cursor.fetchall()}
        cursor.execute(
            _HEADLINES.format(query=query),
            {**terms, "items": [item for _, item in covers.values()],
             "passage": f"{_MARKS}, MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter= \u2026 ",
             "title": f"{_MARKS}, HighlightAll=true"},
        )  # fmt: skip
        lines = {item: (passage, title) for item, passage, title in cursor.fetchall()}
    today, handling = clock.today(), dict(Item.objects.filter(id__in=lines).values_list("id", "handling"))
    found = [
        _report(report, cover, *lines[item], handling=handling[item], cards=cards, today=today)
        for report in Report.objects.filter(id__in=covers)
        for cover, item in [covers[report.pk]]
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.date_of_intelligence, one.ref)))


def _report(
    report: Report, cover: float, passage: str, title: str, *, handling: str, cards: dict[int, BodyCard], today: date
) -> FoundReport:  # fmt: skip
    days = max((today - report.date_of_intelligence).days, 0)
    # Under handling code C the conditions stand before the text, so no passage is torn out of it.
    is_conditioned = handling == "C"
    return FoundReport(
        ref=report.ref, title=pieces_of(title), passage=() if is_conditioned else pieces_of(passage),
        is_conditioned=is_conditioned, owner_name=cards[report.owner].name,
        date_of_intelligence=report.date_of_intelligence, state=report.state,
        score=round(cover * (0.5 + 0.5 * 2 ** (-days / HALF_LIFE)), 6),
    )  # fmt: skip


# --- People and other values ----------------------------------------------------------------------------------------

_SEEN = """
select k.kind, k.key, s.owner, s.source, s.source_ref, s.grade, s.seen_on
  from unnest(%(kinds)s::text[], %(keys)s::text[]) k(kind, key) cross join lateral (
    select * from selectors_sighting s where s.key = k.key and s.kind = k.kind
       and (%(owner)s::int is null or s.owner = %(owner)s) and (%(since)s::date is null or s.seen_on >= %(since)s)
       and (%(until)s::date is null or s.seen_on <= %(until)s) limit %(most)s) s
"""
_Held = tuple[Selector, FoundValue]


def _values(
    reader: Reader, asked: Asked, narrowed: Narrowed, owner: int | None, cards: dict[int, BodyCard]
) -> tuple[list[_Held], list[_Held]]:
    """People and other values that were found, each with where it was seen."""
    if not narrowed.asks_for("people", "values", "interests", "hits"):
        return [], []
    is_any = narrowed.asks_for("interests", "hits")
    alike = likely_people(asked, narrowed, owner) if is_any or narrowed.asks_for("people") else {}
    keys = dict.fromkeys(Selector("person", key) for key in alike)
    if is_any or narrowed.asks_for("values") or asked.holds_a_digit:
        keys.update(dict.fromkeys(known_values(asked, narrowed, owner, size=MOST_VALUES)))
    seen = _sightings(list(keys), narrowed, owner)
    held = [
        (one, _value(one, asked, alike.get(one.key) if one.kind == "person" else None, seen[one], cards))
        for one in keys
        if seen[one]
    ]
    people = [pair for pair in held if pair[0].kind == "person"][:MOST_PEOPLE]
    values = [pair for pair in held if pair[0].kind != "person"][:MOST_VALUES]
    return _ranked(people), _ranked(values)


def _ranked(held: list[_Held]) -> list[_Held]:
    return sorted(held, key=lambda pair: (-pair[1].score, -pair[1].last_on.toordinal(), pair[0].key))


def likely_people(asked: Asked, narrowed: Narrowed, owner: int | None) -> dict[str, Likeness]:
    """The keys of people whose name is like the one asked for, likeliest first. Inside ``reading(reader)``."""
    if not asked.name or len("".join(asked.name)) < len("Jo X"):
        return {}
    names, sounds = known_people(asked, narrowed, owner, size=LOOKED_AT)
    scored = {key: likeness(asked.name, words, sounds) for key, words in names.items()}
    return {key: scored[key] for key in best_of(scored)}


def _sightings(
    keys: Sequence[Selector], narrowed: Narrowed, owner: int | None
) -> dict[Selector, list[tuple[int, Seen]]]:
    """Where the reader may see each value, through the lock."""
    found: dict[Selector, list[tuple[int, Seen]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _SEEN,
            {"kinds": [one.kind for one in keys], "keys": [one.key for one in keys], "owner": owner,
             "since": narrowed.since, "until": narrowed.until, "most": SEEN_AT_MOST + 1},
        )  # fmt: skip
        for kind, key, body, source, ref, grade, on in cursor.fetchall():
            found[Selector(kind, key)].append((body, Seen(source, ref, grade, on)))
    return found


def _value(
    one: Selector,
    asked: Asked,
    alike: Likeness | None,
    seen: list[tuple[int, Seen]],
    cards: dict[int, BodyCard],
) -> FoundValue:
    newest = sorted((s for _, s in seen), key=lambda s: (s.seen_on, s.ref), reverse=True)
    why, score = (alike.why, alike.score) if alike else _fragment_worth(one, asked)
    shown = _name_pieces(one.shown, asked) if alike else fragment_in(one.shown, asked.fragments)
    return FoundValue(
        kind=one.kind, key=one.key, kind_label=KINDS[one.kind].label, shown=shown, why=why,
        times=min(len(seen), SEEN_AT_MOST), is_more=len(seen) > SEEN_AT_MOST,
        bodies=tuple(sorted({cards[body].name for body, _ in seen})), last_on=newest[0].seen_on,
        seen=tuple(newest[:SEEN_SHOWN]), score=score,
    )  # fmt: skip


def _fragment_worth(one: Selector, asked: Asked) -> tuple[str, float]:
    """The whole value is worth more than its beginning or end, and these more than its middle."""
    key = one.key.lower()
    if one in asked.exact or key in asked.fragments:
        return "the same value", 1.0
    if any(key.removeprefix("+").startswith(f) or key.endswith(f) for f in asked.fragments):
        return "begins or ends with it", 0.8
    return "holds it", 0.6


def _name_pieces(shown: str, asked: Asked) -> tuple[Piece, ...]:
    """A name with the words marked that were asked for, in any of their forms."""
    wanted = {way for ways in asked.ways for way in ways}
    words = shown.split(" ")
    out = []
    for place, word in enumerate(words):
        is_hit = bool(wanted & set(words_of(word)))
        out.append(Piece(word, is_hit=is_hit))
        if place < len(words) - 1:
            out.append(Piece(" "))
    return tuple(out)


# --- Interests and hits ---------------------------------------------------------------------------------------------


def _interests(reader: Reader, held: Sequence[_Held]) -> tuple[FoundInterest, ...]:
    if not held or not reader.may(Permission.INTEREST_KEEP):
        return ()
    by_value = dict(held)
    rows = Interest.objects.filter(owner=reader.body, state="kept", key__in=[one.key for one in by_value])
    return tuple(
        FoundInterest(row.ref, KINDS[row.kind].label, by_value[Selector(row.kind, row.key)].shown, row.why)
        for row in rows.order_by("-id")
        if Selector(row.kind, row.key) in by_value
    )


def _lines(reader: Reader, asked: Asked, narrowed: Narrowed, held: Sequence[_Held]) -> tuple[OnLine, ...]:
    """County lines of this name or reference, or on which a value that was found stands."""
    if not narrowed.asks_for("lines") or narrowed.owner or narrowed.since or narrowed.until:
        return ()
    named = [Selector(kind="brand", key=key) for key in _brand_in(asked.text)]
    return lines_with(reader, [*named, *(one for one, _ in held)], ref=asked.text.strip().upper())


def _brand_in(text: str) -> list[str]:
    try:
        return [parse(text, "brand").key]
    except NotASelector:
        return []


def _hits(reader: Reader, held: Sequence[_Held], cards: dict[int, BodyCard]) -> tuple[FoundHit, ...]:
    if not held or not reader.may(Permission.HIT_READ):
        return ()
    by_value = dict(held)
    hits = {
        hit.pk: hit
        for hit in Hit.objects.filter(key__in=[one.key for one in by_value])
        if Selector(hit.kind, hit.key) in by_value and reader.body in (hit.body_a, hit.body_b)
    }
    sides = HitSide.objects.filter(hit__in=hits, body=reader.body, told=True).order_by("-rarity", "id")[
        :MOST_VALUES
    ]
    return tuple(
        FoundHit(
            hits[side.hit_id].ref, KINDS[side.kind].label,
            by_value[Selector(side.kind, hits[side.hit_id].key)].shown, cards[side.other].name, side.state,
        )
        for side in sides
    )  # fmt: skip
