"""How the wall of clocks is narrowed."""

from throughline.kernel.problems import LONGEST_WORDS
from throughline.web.fields import Choice, Select, TextArea
from throughline.web.forms import Form

WHEN = {"past": "Past their end", "day": "In the next day", "week": "In the next seven days"}


class WhyForm(Form):
    """Why a clock stands still, or goes on."""

    why = TextArea(
        "Why?",
        hint="Kept in the journal, which auditors read. Name nobody",
        limit=LONGEST_WORDS - 1,
        rows=3,
        needed="Say why, in a few words",
    )


class FilterForm(Form):
    """Which clocks to show."""

    kind = Select("Kind", hint="Of clock", empty="Every kind", choices=[])
    body = Select("Body", hint="Whose it is", empty="Every body", choices=[])
    when = Select("Ends", hint="By the clock now", empty="At any time",
                  choices=[Choice(key, text) for key, text in WHEN.items()])  # fmt: skip
