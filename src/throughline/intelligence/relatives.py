"""Which versions a report has: drawn from it or it from them, replaced by it or in its place."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from throughline.intelligence.models import Report, ReportLink


@dataclass(frozen=True, slots=True)
class Relative:
    """Another version that the reader may know, and when the tie was made."""

    ref: str
    title: str
    owner: int
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Relatives:
    """The versions beside a report, of those that the reader may know, each list oldest first."""

    derived_from: tuple[Relative, ...] = ()
    versions: tuple[Relative, ...] = ()
    replaces: tuple[Relative, ...] = ()
    replaced_by: tuple[Relative, ...] = ()


def relatives_of(report: Report) -> Relatives:
    """The versions of a report; must run inside ``reading``: the database shows no tie to what is closed."""
    back = ReportLink.objects.filter(later=report).select_related("earlier").order_by("id")
    on = ReportLink.objects.filter(earlier=report).select_related("later").order_by("id")
    found = list(
        chain(
            ((link.kind, _relative(link.earlier, link)) for link in back),
            ((f"{link.kind} this", _relative(link.later, link)) for link in on),
        )
    )

    def of(kind: str) -> tuple[Relative, ...]:
        return tuple(relative for named, relative in found if named == kind)

    return Relatives(of("derived_from"), of("derived_from this"), of("replaces"), of("replaces this"))


def _relative(report: Report, link: ReportLink) -> Relative:
    return Relative(report.ref, report.title, report.owner, report.state, link.made_at)
