"""A day and a time of day that were asked for side by side, as one moment."""

from datetime import date, datetime

from throughline.clashes.times import read_time
from throughline.kernel.working_days import NoSuchTime, at_in_london
from throughline.web.fields import Wrong
from throughline.web.forms import Form


def time_of_day(text: str) -> None:
    """Refuse what is no time of day."""
    try:
        read_time(text)
    except ValueError as problem:
        raise Wrong(str(problem)) from None


def moment_of(form: Form, day: date | None, at: str, *, field: str) -> datetime | None:
    """A day and a time of day as a moment; refused beside its field where only one is given or the clocks skip it."""
    if day is None or not at:
        if day or at:
            form.refuse(field, "Give both a day and a time")
        return None
    try:
        return at_in_london(day, read_time(at))
    except NoSuchTime as problem:
        form.refuse(field, str(problem))
        return None
