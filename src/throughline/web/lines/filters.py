"""The filters of the list of lines as its address carries them, and the addresses of the pages beside this one."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from throughline.access.reader import Reader
from throughline.lines.queries import LineList, line_list
from throughline.web.lines.forms import FilterForm

SIZE = 25


@dataclass(frozen=True, slots=True)
class Selected:
    """One filter in force: what it is, its value in words, and the list without it."""

    what: str
    text: str
    href: str


def filtered(reader: Reader, form: FilterForm, *, before: str) -> LineList:
    """The lines that the filters let through; a filter at fault lets everything through."""
    form.is_valid()
    chosen = {name: str(form.answers.get(name, "")) for name in form.fields}
    return line_list(
        reader, state=chosen["state"], brand=chosen["brand"], body=chosen["body"],
        area=chosen["area"] or chosen["town"], before=before, size=SIZE,
    )  # fmt: skip


def selected(form: FilterForm, asked: QueryDict) -> list[Selected]:
    """The filters in force."""
    out = []
    for name in form.fields:
        if value := form.answers.get(name):
            texts = {choice.value: choice.text for choice in form[name].choices}
            label, text = form[name].field.label, texts.get(value, value)
            out.append(Selected(label, text, address(asked, **{name: "", "before": ""})))
    return out


def address(asked: QueryDict, **changed: str) -> str:
    """The list under these filters, some of them changed."""
    query = asked.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{reverse('lines')}?{query.urlencode()}" if query else reverse("lines")
