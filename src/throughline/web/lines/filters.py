"""The filters of the list of lines as its address carries them, and the addresses of the pages beside this one."""

from django.http import QueryDict

from throughline.access.reader import Reader
from throughline.lines.queries import LineList, line_list
from throughline.web import filtering
from throughline.web.lines.forms import FilterForm

SIZE = 25


def filtered(reader: Reader, form: FilterForm, *, before: str) -> LineList:
    """The lines that the filters let through; a filter at fault lets everything through."""
    form.is_valid()
    chosen = {name: str(form.answers.get(name, "")) for name in form.fields}
    return line_list(
        reader, state=chosen["state"], brand=chosen["brand"], body=chosen["body"],
        area=chosen["area"] or chosen["town"], before=before, size=SIZE,
    )  # fmt: skip


def selected(form: FilterForm, asked: QueryDict) -> list[filtering.Selected]:
    """The filters in force."""
    chosen = {name: str(form.answers.get(name) or "") for name in form.fields}
    return filtering.selected(form, chosen, lambda name: address(asked, **{name: "", "before": ""}))


def address(asked: QueryDict, **values: str) -> str:
    """The list under these filters, some of them changed."""
    return filtering.changed("lines", asked, **values)
