"""Gathers what is held on one person, as far as the reader may know it, into a schedule for people to decide on.

Everything is read under row-level security and by the doors of search, so no rule of need-to-know stands here. Standing
enquiries are never on a schedule: that one is kept, silent or not, is not told to whom it is about by this way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.custody.models import Arrest
from throughline.intelligence.models import Item, Report
from throughline.kernel import clock
from throughline.organisations.queries import body_cards
from throughline.safeguarding.models import Concern, Particulars
from throughline.search.asked import read_text
from throughline.search.doors import known_people, known_reports
from throughline.search.names import best_of, likeness
from throughline.search.narrowed import Narrowed
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS, Selector

MOST: Final = 2_000
"""Names alike, and reports that hold the words, that are looked through; a schedule that meets this says so."""


@dataclass(frozen=True, slots=True)
class Held:
    """One record: what it is, whose, of which day, and why it was found."""

    thing: str
    ref: str
    title: str
    owner: str
    is_own: bool
    on: date
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The records of the reader's own body first, then by day; ``is_cut``: a search met its bound and left some out."""

    rows: tuple[Held, ...]
    is_cut: bool

    @property
    def own(self) -> int:
        """How many are of the reader's own body, on which it decides."""
        return sum(row.is_own for row in self.rows)


class Row(NamedTuple):
    """A record with its own number, that of its body and that of its compartment."""

    thing: str
    id: int
    ref: str
    title: str
    owner: int
    compartment: int
    on: date
    why: Iterable[str]


Found = dict[str, dict[str, None]]
"""References, each with why it was found, in order and once."""


def gather_held(
    reader: Reader, *, kind: str, reference: str, name: str, born: date | None, values: Sequence[Selector]
) -> Schedule:
    """Every record that the reader may know and that names this person or one of these values.

    ``reference`` is that of the request or the case: it is the reason in the journal, beside each record found. With a
    day of birth, people of that name born on another day are left out.
    """
    reader.require(Permission.RIGHTS_WORK)
    with reading(reader):
        rows, is_cut = look_for(reader, name=name, born=born, values=values)
        why = f"{kind}: {reference}"
        journal.note_all(
            [Entry(Verb.COMBINE, "schedule", "", why, {"records": len(rows), "values": len(values)}),
             *(Entry(Verb.CONSULT, row.thing, row.ref, why) for row in rows)]
        )  # fmt: skip
    cards = body_cards()
    held = [
        Held(
            row.thing,
            row.ref,
            row.title,
            cards[row.owner].name,
            row.owner == reader.body,
            row.on,
            tuple(row.why),
        )
        for row in sorted(rows, key=lambda row: (row.owner != reader.body, row.on, row.ref))
    ]
    return Schedule(tuple(held), is_cut=is_cut)


def look_for(
    reader: Reader, *, name: str, born: date | None, values: Sequence[Selector]
) -> tuple[list[Row], bool]:
    """The rows, and whether a search met its bound. Must run inside ``reading(reader)``; the caller journals."""
    people, names_cut = _people(name, born)
    items = _seen([*values, *people])
    worded, words_cut = _worded(name)
    rows = _reports(items, worded)
    if reader.may(Permission.CUSTODY_READ):
        rows += _arrests(name)
    if reader.may(Permission.CONCERN_READ):
        rows += _concerns(name, [*values, *people])
    return rows, names_cut or words_cut


def _people(name: str, born: date | None) -> tuple[list[Selector], bool]:
    """The people whose name is like this one, likeliest first; and whether there were too many to look through."""
    asked = read_text(name)
    if not asked.name:
        return [], False
    names, sounds = known_people(asked, Narrowed(), None, size=MOST)
    scored = {key: likeness(asked.name, words, sounds) for key, words in names.items()}
    keys = [key for key in best_of(scored) if born is None or key.endswith(f"|{born.isoformat()}")]
    return [Selector("person", key) for key in keys], len(names) >= MOST


def _seen(values: Sequence[Selector]) -> Found:
    """The items of reports in which these values were seen, all of them."""
    found: Found = {}
    for one in dict.fromkeys(values):
        rows = Sighting.objects.filter(kind=one.kind, key=one.key, source="report")
        for ref in rows.values_list("source_ref", flat=True):
            found.setdefault(ref, {})[f"{KINDS[one.kind].label}: {one.shown}"] = None
    return found


def _worded(name: str) -> tuple[list[int], bool]:
    """The numbers of reports whose words hold the name or another form of it; and whether there were too many."""
    ids = known_reports(read_text(name), Narrowed(), None, size=MOST)
    return ids, len(ids) >= MOST


def _reports(items: Found, worded: Sequence[int]) -> list[Row]:
    found: dict[int, dict[str, None]] = {}
    for report, ref in (
        Item.objects.filter(ref__in=list(items)).values_list("report_id", "ref").order_by("id")
    ):
        found.setdefault(report, {}).update(items[ref])
    for report in worded:
        found.setdefault(report, {})["The name in its words"] = None
    return [
        Row(
            "report",
            one.pk,
            one.ref,
            one.title,
            one.owner,
            one.compartment,
            one.date_of_intelligence,
            found[one.pk],
        )
        for one in Report.objects.filter(pk__in=list(found))
    ]


def _arrests(name: str) -> list[Row]:
    return [
        Row("arrest", one.pk, one.ref, one.offence, one.owner, one.compartment, clock.day_of(one.arrested_at),
            {"Suspect": None})
        for one in Arrest.objects.filter(_holds_words("suspect", name))
    ]  # fmt: skip


def _concerns(name: str, values: Sequence[Selector]) -> list[Row]:
    about = _holds_words("name", name)
    for one in values:
        about |= Q(kind=one.kind, key=one.key)
    ids = list(Particulars.objects.filter(about).values_list("concern_id", flat=True))
    return [
        Row("concern", one.pk, one.ref, "A safeguarding concern", one.owner, one.compartment,
            clock.day_of(one.raised_at), {"Who it is about": None})
        for one in Concern.objects.filter(pk__in=ids)
    ]  # fmt: skip


def _holds_words(field: str, name: str) -> Q:
    """Every word of the name stands in the field, in any order."""
    holds = Q()
    for word in name.split():
        holds &= Q(**{f"{field}__icontains": word})
    return holds
