"""The life of a report."""

from typing import Any

from throughline.access.permissions import Permission
from throughline.kernel.workflow import Move, Workflow


def _all_graded(report: Any) -> str | None:
    waiting = report.waiting_items()
    return f"{waiting} of its items are not graded yet. Grade each one first." if waiting else None


def _has_a_circulation(report: Any) -> str | None:
    named = report.everyone or report.bodies or report.people or report.teams
    return None if named else "Choose who the report is circulated to first."


REPORT = Workflow(
    name="report",
    table="intelligence_report",
    # A report that comes in with its grades, from someone who may give them, has nothing to wait for.
    starts=("received", "graded"),
    moves=(
        Move("grade", "received -> graded", needs=Permission.REPORT_GRADE, guard=_all_graded),
        Move(
            "circulate", "graded -> circulated", needs=Permission.REPORT_CIRCULATE, guard=_has_a_circulation
        ),
        Move("widen", "circulated -> circulated", needs=Permission.REPORT_CIRCULATE),
        Move("reject", "received -> rejected", needs=Permission.REPORT_REJECT),
        Move("correct", "graded -> corrected", needs=Permission.REPORT_CORRECT),
        Move("correct", "circulated -> corrected", needs=Permission.REPORT_CORRECT),
        Move("withdraw", "graded -> withdrawn", needs=Permission.REPORT_WITHDRAW),
        Move("withdraw", "circulated -> withdrawn", needs=Permission.REPORT_WITHDRAW),
    ),
)
