"""Who else asked about a value, in words."""

from collections.abc import Sequence
from datetime import timedelta

from throughline.kernel import clock
from throughline.matching.asked import KNOWN_FOR, AskedBy
from throughline.web.words import day, plural

WEEK = timedelta(days=7)


def asked_words(asked: Sequence[AskedBy]) -> str:
    """`2 other bodies asked about it this week: Kent Police on 3 November 2026, ...`; nothing if nobody did."""
    if not asked:
        return ""
    named = [one for one in asked if one.body_name]
    unnamed = len(asked) - len(named)
    since = clock.now() - WEEK
    recent = sum(one.at >= since for one in asked)
    span = "this week" if recent == len(asked) else f"in the last {KNOWN_FOR.days // 7} weeks"
    parts = []
    if named:
        who = ", ".join(f"{one.body_name} on {day(one.at)}" for one in named)
        parts.append(f"{plural(len(named), 'other body', 'other bodies')} asked about it {span}: {who}.")
    if unnamed:
        parts.append(
            f"{plural(unnamed, 'enquiry', 'enquiries')} {span} by a body that asks not to be named, "
            f"the newest on {day(max(one.at for one in asked if not one.body_name))}."
        )
    return " ".join(parts)
