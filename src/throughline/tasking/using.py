"""Days that the plan in force takes of each body, beside those that the bodies stated: what is left unused."""

from collections.abc import Sequence
from datetime import date, timedelta

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.tasking.days import days_of_bodies
from throughline.tasking.models import Plan, PlanLine


def used_days(reader: Reader, weeks: Sequence[date]) -> dict[str, float]:
    """For the code of each body, its officer-days in these weeks under the plan in force of the reader's body.

    Of lines that the reader may not know nothing is counted: their days stand among the unused.
    """
    reader.require(Permission.PLAN_READ)
    with reading(reader):
        plan = Plan.objects.filter(state="adopted").order_by("-pk").first()
        laid = (
            list(PlanLine.objects.filter(plan=plan, is_in=True).values_list("days", flat=True))
            if plan
            else []
        )
    used: dict[str, float] = {}
    for week, body, _, days, _ in (day for line in laid for day in line):
        if plan and plan.starts_on + timedelta(weeks=week - 1) in weeks:
            used[body] = used.get(body, 0.0) + days
    return used


def unused_days(reader: Reader, weeks: Sequence[date]) -> float:
    """Officer-days in these weeks that bodies have free and that no adopted plan takes, of those the reader may see."""
    used = used_days(reader, weeks)
    rows = days_of_bodies(reader, starts_on=weeks[0], weeks=len(weeks))
    return sum(max(0.0, row.days - row.reserved - used.get(row.code, 0.0)) for row in rows)
