"""How a person wants to be told."""

from throughline.web.fields import Choice, ManyOf
from throughline.web.forms import Form
from throughline.web.notices.words import KINDS


class PreferencesForm(Form):
    """The kinds to be gathered by the day."""

    gathered = ManyOf(
        label="Which kinds shall be gathered by the day?",
        hint="They stand as one line for each day, and open one by one. Nothing is left out",
        choices=[Choice(kind, words) for kind, words in KINDS.items()],
    )
