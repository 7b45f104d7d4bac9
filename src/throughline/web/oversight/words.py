"""How figures of indicators are said."""

from datetime import date, timedelta

from throughline.oversight.queries import Count, Measured
from throughline.oversight.suppressing import SMALLEST
from throughline.web.words import day

HIDDEN = "Kept back"
NATIONAL = "National bodies"
WHY_HIDDEN = (
    f"A figure of another body that rests on fewer than {SMALLEST} cases is kept back, and so is whatever would give "
    "it away. What is silent or in a closed compartment is not counted."
)


def share_of(count: Count) -> str:
    """``83%``, or why there is none."""
    if count.denominator is None:
        return HIDDEN
    return "No case" if count.share is None else f"{count.share:.0%}"


def cases_of(count: Count) -> str:
    """``5 of 6``, or why there is none."""
    if count.denominator is None or count.numerator is None:
        return HIDDEN
    return f"{count.numerator:,} of {count.denominator:,}"


def period_of(found: Measured) -> str:
    """``1 October 2025 to 31 October 2026``."""
    return f"{day(found.since)} to {day(found.until - timedelta(days=1))}"


def region_named(region: str) -> str:
    """A region by its name; bodies of the whole nation are of none."""
    return NATIONAL if region == "National" else region


def month_of(first: date) -> str:
    """``October 2025``."""
    return f"{first:%B %Y}"
