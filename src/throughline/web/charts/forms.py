"""What a person says of a chart: a value to add, two things to join, a name, a note, and with whom to share it."""

from throughline.network.chart.arranging import LAYOUTS
from throughline.network.chart.services import LONGEST_NAME, LONGEST_NOTE
from throughline.web.fields import Choice, ManyOf, OneOf, Select, Text, TextArea
from throughline.web.forms import Form


class AddForm(Form):
    """One more value or line."""

    value = Text(
        "Add a value or a line", needed="Enter a value or the reference of a line",
        hint="Such as 07700 900123, a vehicle, a person with a date of birth, or a reference CL-...",
    )  # fmt: skip


class WayForm(Form):
    """The two ends of a way."""

    one = Select("From", needed="Choose where the way starts", hint="Something on the chart")
    other = Select("To", needed="Choose where it ends", hint="Something else on the chart")


class LayoutForm(Form):
    """How everything is to be laid out anew."""

    layout = Select(
        "Lay out anew", needed="Choose a layout", hint="This moves everything: nothing else does",
        choices=[Choice(name, words) for name, words in LAYOUTS.items()],
    )  # fmt: skip


class SaveForm(Form):
    """The name of a chart, and what is to be said of the whole."""

    name = Text(
        "Name of the chart",
        hint="Such as a line, or what you ask",
        needed="Name the chart",
        limit=LONGEST_NAME,
    )
    note = TextArea(
        "Note on the chart", hint="Whoever opens the chart reads it: write nothing that they may not know", rows=3,
        limit=LONGEST_NOTE,
    )  # fmt: skip


class NoteForm(Form):
    """What stands beside one thing."""

    note = TextArea(
        "Note", hint="Whoever may open the chart and know this reads it", rows=3, limit=LONGEST_NOTE,
    )  # fmt: skip


class ShareForm(Form):
    """Who else opens the chart."""

    shared = OneOf(
        "Who opens this chart?", hint="Each sees of it what they may know themselves, and your notes beside that",
        needed="Say who opens this chart",
        choices=[Choice("me", "Only me"), Choice("shared", "My body, and those chosen below")],
    )  # fmt: skip
    bodies = ManyOf("Other bodies", hint="Leave all empty for your body alone")
