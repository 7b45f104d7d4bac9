"""The filters of the journal as its address carries them."""

from throughline.web import filtering
from throughline.web.fields import Choice, Select, Text
from throughline.web.forms import Form
from throughline.web.journal.words import DONE


class LookForm(Form):
    """Which entries to list."""

    who = Text("Who", hint="Part of a name")
    verb = Select(
        label="What was done",
        choices=[Choice(verb.value, words) for verb, words in DONE.items()],
        empty="Anything",
    )
    ref = Text("Reference", hint="In full, as in IR-2345-6789")


def chosen(form: LookForm) -> dict[str, str]:
    """The value of each filter; one at fault lets everything through."""
    form.is_valid()
    return {name: form.answers.get(name, "") for name in form.fields}


def selected(filters: dict[str, str]) -> list[filtering.Selected]:
    """The filters in force."""
    return [
        filtering.Selected(LookForm.fields[name].label, _words(name, value), address({**filters, name: ""}))
        for name, value in filters.items()
        if value
    ]


def _words(name: str, value: str) -> str:
    return next((words for verb, words in DONE.items() if name == "verb" and verb == value), value)


def address(filters: dict[str, str], *, before: str = "") -> str:
    """The journal under these filters, from an entry on if one is given."""
    return filtering.address("journal", {**filters, "before": before})
