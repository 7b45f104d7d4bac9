"""When a bail period begins and ends: pure rules over the law as data."""

from datetime import date, datetime, timedelta

from throughline.custody.law import Stage
from throughline.kernel import clock
from throughline.kernel.terms import Term, Unit, last_day_of_months
from throughline.kernel.working_days import end_of_day

BAIL = "pre-charge bail"
WARN_HOURS = (28 * 24, 7 * 24, 24)
"""Four weeks, one week and one day before its end: our defaults, since each extension takes somebody's time."""
REVIEW = Term(
    "rui review", "Review of a release under investigation", "By policy, no statute sets it: 30 days are our default",
    Unit.DAYS, 30, warn_hours=(72,), is_unverified=True,
    pause="By policy, no statute sets it: while a prosecutor has the file, or the suspect is in custody elsewhere",
)  # fmt: skip


def bail_start(arrested_at: datetime) -> date:
    """The bail start date: the day after the arrest (PACE 1984 s.47ZB, not read)."""
    return clock.day_of(arrested_at) + timedelta(days=1)


def stage_end(stage: Stage, *, starts_on: date, is_longer: bool = False) -> datetime:
    """The last minute of a stage: its months beginning with the bail start date, never counted from the stage before.

    Raises:
        ValueError: the court states the end of such a stage.
    """
    months = stage.longer if is_longer and stage.longer else stage.months
    if months is None:
        raise ValueError(f"The end of {stage.name} is stated by the court.")
    return end_of_day(last_day_of_months(starts_on, months))


def term_of(stage: Stage) -> Term:
    """The term of a stage for the engine of clocks: one key for all, so that one bail clock runs at a time."""
    return Term(
        BAIL, "Pre-charge bail", f"{stage.name} ({stage.source})", Unit.STATED, warn_hours=WARN_HOURS,
        is_unverified=bool(stage.unverified),
    )  # fmt: skip
