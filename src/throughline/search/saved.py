"""Every way in which saved searches change and are read: kept, paused, resumed, ended, and what they have found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.intelligence.models import Report
from throughline.intelligence.sanitising import STANDS
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.organisations.queries import body_cards
from throughline.search.asked import Asked, read_text
from throughline.search.models import Alert, SavedSearch
from throughline.search.narrowed import GROUPS, Narrowed
from throughline.search.workflow import SAVED_SEARCH
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS, Selector

MOST_SAVED = 50
"""Searches that one person may have at a time: each is run over all that is new."""


class SavedSearchProblem(ValueError):
    """What is wrong with a search to be kept, in a sentence."""


@writes
def save_search(*, by: Reader, name: str, text: str, narrowed: Narrowed) -> str:
    """Keep a search under a name, to be told of what it finds from now on; returns its reference.

    Raises:
        SavedSearchProblem: no name, nothing to look for, or too many searches.
    """
    by.require(Permission.SEARCH_RUN)
    asked = read_text(text)
    if not name.strip():
        raise SavedSearchProblem("Give the search a name, so that you know it when it finds something.")
    marks = _marks(asked)
    if not marks:
        raise SavedSearchProblem(
            "There is nothing in this search to look for. Add a word, a name or a number."
        )
    if SavedSearch.objects.filter(person=by.person).exclude(state="ended").count() >= MOST_SAVED:
        raise SavedSearchProblem(f"You have {MOST_SAVED} saved searches, which is the most. End one first.")
    row = SavedSearch.objects.create(
        ref=new_ref("SS"), person=by.person, body=by.body, name=name.strip(), text=asked.text,
        group=narrowed.group, owner=narrowed.owner, report_state=narrowed.state, at=clock.now(), marks=marks,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "saved search", row.ref, why="saved a search")
    return row.ref


def _marks(asked: Asked) -> list[str]:
    """What anything that the search can find carries at least one of: a stem, three letters of a value, a sound."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select array(select 'w:' || unnest(tsvector_to_array(to_tsvector('english', %s))))"
            " || array(select 'n:' || unnest(search_name_marks(%s)))",
            [f"{asked.text} {asked.also}", [way for ways in asked.ways for way in ways]],
        )
        marks = list(cursor.fetchone()[0])
    return sorted({*marks, *(f"f:{three}" for three in _threes(asked))})


def _threes(asked: Asked) -> list[str]:
    """The first three letters or digits that stand together in each fragment and each whole value."""
    values = [*asked.fragments, *(one.key.lower() for one in asked.exact)]
    runs = [
        "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in v).split()
        for v in values
    ]
    return [
        next(run[:3] for run in parts if len(run) >= len("abc"))
        for parts in runs
        if any(r[2:] for r in parts)
    ]


def _move(by: Reader, ref: str, verb: str) -> None:
    row = SavedSearch.objects.select_for_update().get(ref=ref)
    SAVED_SEARCH.make(verb, row, by=by)
    journal.note(Verb.ALTER, "saved search", ref, why=verb)


@writes
def pause_search(*, by: Reader, ref: str) -> None:
    """Stop a saved search for a while: what arrives meanwhile is not told."""
    _move(by, ref, "pause")


@writes
def resume_search(*, by: Reader, ref: str) -> None:
    """Let a paused search run again, from now on."""
    _move(by, ref, "resume")


@writes
def end_search(*, by: Reader, ref: str) -> None:
    """End a saved search for good."""
    _move(by, ref, "end")


@writes
def see_alerts(*, by: Reader, ref: str) -> int:
    """Mark what a saved search has found as seen; returns how much that was."""
    by.require(Permission.SEARCH_RUN)
    rows = Alert.objects.filter(saved__ref=ref, seen_at__isnull=True)
    count = rows.update(seen_at=clock.now())
    journal.note(Verb.ALTER, "saved search", ref, why="marked as seen", count=count)
    return count


@dataclass(frozen=True, slots=True)
class SavedCard:
    """One saved search: what it looks for, and how much that is new it has found that its person may know."""

    ref: str
    name: str
    text: str
    group: str
    owner: str
    report_state: str
    state: str
    at: datetime
    unseen: int

    @property
    def narrowed(self) -> Narrowed:
        """What the search is narrowed to."""
        return Narrowed(self.group, self.owner, self.report_state)


def saved_searches(reader: Reader) -> list[SavedCard]:
    """The reader's own saved searches that have not ended, newest first."""
    reader.require(Permission.SEARCH_RUN)
    with reading(reader):
        rows = list(SavedSearch.objects.filter(person=reader.person).exclude(state="ended").order_by("-id"))
        unseen = _unseen(rows)
    return [_card(row, unseen.get(row.pk, 0)) for row in rows]


def saved_search(reader: Reader, ref: str) -> SavedCard | None:
    """One of the reader's own saved searches, or None."""
    return next((card for card in saved_searches(reader) if card.ref == ref), None)


def _unseen(rows: list[SavedSearch]) -> dict[int, int]:
    counted = Alert.objects.filter(saved__in=rows, seen_at__isnull=True).values("saved_id")
    return {row["saved_id"]: row["n"] for row in counted.annotate(n=Count("id"))}


def _card(row: SavedSearch, unseen: int) -> SavedCard:
    return SavedCard(
        row.ref, row.name, row.text, row.group, row.owner, row.report_state, row.state, row.at, unseen
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A saved search that has found something not looked at yet: how much, and since when."""

    ref: str
    name: str
    count: int
    since: datetime


def waiting_alerts(reader: Reader) -> list[Waiting]:
    """Saved searches with something new, those that have waited longest first."""
    with reading(reader):
        rows = Alert.objects.filter(person=reader.person, seen_at__isnull=True).exclude(saved__state="ended")
        found: dict[str, Waiting] = {}
        for alert in rows.select_related("saved").order_by("id"):
            one = found.get(alert.saved.ref) or Waiting(alert.saved.ref, alert.saved.name, 0, alert.at)
            found[one.ref] = Waiting(one.ref, one.name, one.count + 1, one.since)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class AlertRow:
    """Something that a saved search found: a report by its title, or a value by where it was seen."""

    thing: str
    ref: str
    label: str
    shown: str
    owner_name: str
    on: date
    at: datetime
    is_seen: bool


def alert_page(
    reader: Reader, ref: str, *, offset: int = 0, size: int = 25
) -> tuple[list[AlertRow], int | None]:
    """What a saved search has found that the reader may know now, newest first; and where the next page starts."""
    reader.require(Permission.SEARCH_RUN)
    cards = body_cards()
    with reading(reader):
        rows = Alert.objects.filter(saved__ref=ref, person=reader.person).order_by("-id")
        found = list(rows[offset : offset + size + 1])
        reports = Report.objects.in_bulk([a.thing_id for a in found if a.thing == "report"])
        sightings = Sighting.objects.in_bulk([a.thing_id for a in found if a.thing == "sighting"])
        out = []
        for alert in found[:size]:
            seen = alert.seen_at is not None
            if report := reports.get(alert.thing_id) if alert.thing == "report" else None:
                out.append(
                    AlertRow("report", report.ref, _label(report), report.title, cards[report.owner].name,
                             report.date_of_intelligence, alert.at, seen)
                )  # fmt: skip
            if sighting := sightings.get(alert.thing_id) if alert.thing == "sighting" else None:
                one = Selector(sighting.kind, sighting.key)
                out.append(
                    AlertRow(sighting.source, sighting.source_ref, KINDS[one.kind].label, one.shown,
                             cards[sighting.owner].name, sighting.seen_on, alert.at, seen)
                )  # fmt: skip
        journal.note(
            Verb.CONSULT, "saved search", ref, why="looked at what it found", refs=[row.ref for row in out]
        )
    return out, (offset + size if len(found) > size else None)


def _label(report: Report) -> str:
    """A report says so where it no longer stands."""
    return "Report" if report.state in STANDS else f"Report, {report.state}"


def in_words(card: SavedCard) -> str:
    """What a saved search is narrowed to, in words; '' if to nothing."""
    names = {body.code: body.name for body in body_cards().values()}
    parts = [GROUPS.get(card.group, ""), names.get(card.owner, ""), card.report_state]
    return ", ".join(part for part in parts if part)
