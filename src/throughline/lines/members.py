"""Which line stands for which: those that are merged, and those that are not, as the present reader may know them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.kernel.planner import any_of
from throughline.lines.models import CountyLine, LineMerge


def heads() -> QuerySet[CountyLine]:
    """The lines that are merged into no other."""
    merged = LineMerge.objects.filter(line=OuterRef("pk"), undone_at__isnull=True, overtaken_by="")
    return CountyLine.objects.filter(~Exists(merged))


def is_merged(line: CountyLine) -> str:
    """The reference of the line that stands for this one, or '' when it stands for itself."""
    standing = LineMerge.objects.filter(line=line, undone_at__isnull=True, overtaken_by="")
    return standing.values_list("head__ref", flat=True).first() or ""


def members_of(lines: Iterable[int], *, until: datetime | None = None) -> dict[int, int]:
    """The lines for which these stand, each with the one that stands for it; with ``until`` as it was then."""
    wanted = set(lines)
    rows = LineMerge.objects.order_by("at", "pk")
    if until is None:
        rows = rows.filter(undone_at__isnull=True, overtaken_by="")
        standing = rows.filter(any_of('"lines_merge"."head_id"', wanted))
        return dict(standing.values_list("line_id", "head_id"))
    then = rows.filter(Q(undone_at__isnull=True) | Q(undone_at__gte=until), at__lt=until)
    ever = set(then.filter(head__in=wanted).values_list("line_id", flat=True))
    # The newest that stood then: an older one was overtaken by it.
    newest = dict(then.filter(line__in=ever).values_list("line_id", "head_id"))
    return {line: head for line, head in newest.items() if head in wanted}
