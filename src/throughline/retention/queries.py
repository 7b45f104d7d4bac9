"""Reading what is due for review, one review, holds and certificates: as far as the reader may know the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import Report
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.retention.groups import USUAL, Group, groups
from throughline.retention.models import Disposal, Hold, Review, standing_holds

_DUE = """
with asked as (
  select r.id, r.ref, r.title, r.recorded_at, r.date_of_intelligence, v.group_key, v.review_on, v.state, v.proposed_by,
         v.proposed_at
    from retention_review v join intelligence_report r on r.id = v.report_id
   where r.owner = %(body)s and v.state <> 'disposed' and (%(report)s = '' or r.ref = %(report)s)
     and (%(report)s <> '' or v.state = 'proposed' or v.review_on <= %(today)s or (v.review_on is null
       and r.date_of_intelligence < (%(today)s - make_interval(years => %(shortest)s))::date))
  union all
  select r.id, r.ref, r.title, r.recorded_at, r.date_of_intelligence, %(usual)s, null, 'open', null, null
    from intelligence_report r
   where r.owner = %(body)s and (%(report)s = '' or r.ref = %(report)s)
     and (%(report)s <> '' or r.date_of_intelligence < (%(today)s - make_interval(years => %(shortest)s))::date)
     and not exists (select from retention_review v where v.report_id = r.id)
), dated as (
  select a.*, greatest(a.date_of_intelligence, (
      select max(s.seen_on) from intelligence_item i join intelligence_item_selector k on k.item_id = i.id
        join selectors_sighting s on s.kind = k.kind and s.key = k.key where i.report_id = a.id)) as clear_from
    from asked a
), due as (
  select d.*, coalesce(d.review_on, (d.clear_from + make_interval(years => g.years))::date) as due_on
    from dated d join unnest(%(groups)s::text[], %(years)s::int[]) as g(key, years) on g.key = d.group_key
)
select ref, title, recorded_at, group_key, clear_from, due_on, review_on is not null, state, proposed_by, proposed_at
  from due
 where %(report)s <> '' or state = 'proposed' or due_on <= %(today)s
 order by (state = 'proposed') desc, due_on, ref offset %(offset)s limit %(size)s
"""
"""Only what was recorded longer ago than the shortest period can be due: what is younger is not looked at.

A date is compared with a date: a policy lets nothing but leakproof conditions go before it into an index, and date
against timestamp is none.
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A report and when it is due for review: so many years after the last event that names what it names.

    ``is_set``: the day was set by a decision to keep it, and no newer event moves it.
    """

    ref: str
    title: str
    recorded_at: datetime
    group: Group
    clear_from: date
    due_on: date
    is_set: bool
    state: str
    proposed_by: str
    proposed_at: datetime | None


@dataclass(frozen=True, slots=True)
class HoldCard:
    """A hold: on one report or, where ``report`` is '', on all of the body."""

    ref: str
    report: str
    asked_by: str
    why: str
    until: date | None
    placed_by: str
    placed_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One report under review: when it is due, what holds it, and what was decided before."""

    due: Due
    reason: str
    is_mine: bool
    holds: tuple[HoldCard, ...]
    held_by: str
    history: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was disposed of: metadata alone. ``gone`` is how many of each kind, the most first."""

    ref: str
    report: str
    rule: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime
    gone: tuple[tuple[str, int], ...]


def due_list(reader: Reader, *, offset: int = 0, size: int = 25) -> list[Due]:
    """Own reports whose disposal waits for a second person, then those due for review, the longest overdue first."""
    reader.require(Permission.RETENTION_REVIEW)
    with reading(reader):
        rows = _due(reader, offset=offset, size=size)
        journal.note(Verb.CONSULT, "reviews", why="looked at a list", refs=[row.ref for row in rows])
    return rows


def due_count(reader: Reader, *, cap: int) -> int:
    """How many wait, up to a bound."""
    with reading(reader):
        return len(_due(reader, offset=0, size=cap))


def review_page(reader: Reader, ref: str) -> ReviewPage | None:
    """An own report under review, journalled; None where the reader's body has none such that stands."""
    reader.require(Permission.RETENTION_REVIEW)
    with reading(reader):
        due = next(iter(_due(reader, report=ref)), None)
        if due is None:
            return None
        report = Report.objects.get(ref=ref, owner=reader.body)
        review = Review.objects.filter(report=report).first()
        holds = Hold.objects.filter(report=report).order_by("-id")
        journal.note(Verb.CONSULT, "review", ref, why="opened the review")
        return ReviewPage(
            due, review.reason if review else "", review is not None and review.proposed_person == reader.person,
            tuple(map(_hold, [*holds, *standing_holds(clock.today()).filter(report=None, body=reader.body)])),
            (review or Review(report=report, body=reader.body)).held_by() or "",
            moves_of("review", [review.pk]) if review else (),
        )  # fmt: skip


def certificates(reader: Reader, *, offset: int = 0, size: int = 25) -> list[Certificate]:
    """The certificates of the reader's body, the newest first."""
    with reading(reader):
        return [_certificate(row) for row in Disposal.objects.order_by("-id")[offset : offset + size]]


def certificate(reader: Reader, ref: str) -> Certificate | None:
    """One certificate, journalled; None where the reader may not know of it."""
    with reading(reader):
        row = Disposal.objects.filter(ref=ref).first()
        if row is None:
            return None
        journal.note(Verb.CONSULT, "certificate", ref, why="opened the certificate")
        return _certificate(row)


def disposed_under(reader: Reader, ref: str) -> str:
    """The certificate under which a report was disposed of, '' for one that stands or may not be known."""
    with reading(reader):
        found = Disposal.objects.filter(report__ref=ref).values_list("ref", flat=True).first()
    return found or ""


def standing(reader: Reader) -> list[HoldCard]:
    """The holds of the reader's body that stand, the newest first."""
    reader.require(Permission.RETENTION_REVIEW)
    with reading(reader):
        return [_hold(row) for row in standing_holds(clock.today()).filter(body=reader.body).order_by("-id")]


def _due(reader: Reader, *, report: str = "", offset: int = 0, size: int = 1) -> list[Due]:
    every = groups()
    asked: dict[str, Any] = {
        "usual": USUAL, "body": reader.body, "today": clock.today(), "report": report, "offset": offset, "size": size,
        "shortest": min(one.clear_years for one in every.values()), "groups": list(every),
        "years": [one.clear_years for one in every.values()],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DUE, asked)
        return [
            Due(ref, title, recorded, every[group], clear, on, is_set, state, by or "", at)
            for ref, title, recorded, group, clear, on, is_set, state, by, at in cursor.fetchall()
        ]


def _hold(row: Hold) -> HoldCard:
    report = row.report.ref if row.report else ""
    return HoldCard(
        row.ref, report, row.asked_by, row.why, row.until, row.placed_by, row.placed_at, row.lifted_by, row.lifted_at,
        row.lifted_why,
    )  # fmt: skip


def _certificate(row: Disposal) -> Certificate:
    # The report may be closed to an overseer; its reference stands on the certificate all the same.
    report = Report.objects.filter(pk=row.report_id).values_list("ref", flat=True).first()
    return Certificate(
        row.ref, report or "", row.rule, row.reason, row.proposed_by, row.proposed_at, row.confirmed_by,
        row.confirmed_at, _counts(row.gone.items()),
    )  # fmt: skip


def _counts(gone: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((name, int(n)) for name, n in gone if n), key=lambda one: (-one[1], one[0])))
