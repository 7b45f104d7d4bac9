"""The filters of the journal as its address carries them."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

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


@dataclass(frozen=True, slots=True)
class Selected:
    """One filter in force: what it is, its value in words, and the journal without it."""

    what: str
    text: str
    href: str


def chosen(form: LookForm) -> dict[str, str]:
    """The value of each filter; one at fault lets everything through."""
    form.is_valid()
    return {name: form.answers.get(name, "") for name in form.fields}


def selected(filters: dict[str, str]) -> list[Selected]:
    """The filters in force."""
    return [
        Selected(LookForm.fields[name].label, _words(name, value), address({**filters, name: ""}))
        for name, value in filters.items()
        if value
    ]


def _words(name: str, value: str) -> str:
    return next((words for verb, words in DONE.items() if name == "verb" and verb == value), value)


def address(filters: dict[str, str], *, before: str = "") -> str:
    """The journal under these filters, from an entry on if one is given."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**filters, "before": before}.items() if value})
    return f"{reverse('journal')}?{query.urlencode()}" if query else reverse("journal")
