"""The filters of the list of lines as its address carries them, and the addresses of the pages beside this one."""

from dataclasses import dataclass

from django.http import QueryDict

from throughline.access.reader import Reader
from throughline.lines.queries import line_list
from throughline.lines.ranking import ranked_lines, with_scores
from throughline.web import filtering
from throughline.web.lines.forms import NEWEST, FilterForm
from throughline.web.lines.shown import RowShown, rows_shown
from throughline.web.turning import offset_in

SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the list: its rows, how many there are in all, and the addresses of the pages beside it."""

    rows: list[RowShown]
    total: int
    is_more: bool = False
    is_cut: bool = False
    is_newest_first: bool = False
    first: str = ""
    next: str = ""


def filtered(reader: Reader, form: FilterForm, asked: QueryDict) -> Listed:
    """The lines that the filters let through; a filter at fault lets everything through."""
    form.is_valid()
    return (
        _newest(reader, form, asked) if form.answers.get("order") == NEWEST else _ranked(reader, form, asked)
    )


def _ranked(reader: Reader, form: FilterForm, asked: QueryDict) -> Listed:
    offset = offset_in(asked)
    found = ranked_lines(reader, offset=offset, size=SIZE, **chosen_of(form))
    following = str(offset + SIZE)
    return Listed(
        rows=rows_shown(found.rows), total=found.total, is_cut=found.is_cut,
        first=address(asked, offset="") if offset else "",
        next=address(asked, offset=following) if found.total > offset + SIZE else "",
    )  # fmt: skip


def _newest(reader: Reader, form: FilterForm, asked: QueryDict) -> Listed:
    before = asked.get("before", "")
    found = line_list(reader, before=before, size=SIZE, **chosen_of(form))
    return Listed(
        rows=rows_shown(with_scores(reader, found.rows)), total=found.total, is_more=found.is_more,
        is_newest_first=True, first=address(asked, before="") if before else "",
        next=address(asked, before=found.next_before) if found.next_before else "",
    )  # fmt: skip


def chosen_of(form: FilterForm) -> dict[str, str]:
    """The filters as the register takes them."""
    chosen = {name: str(form.answers.get(name) or "") for name in form.fields}
    return {
        "state": chosen["state"], "brand": chosen["brand"], "body": chosen["body"],
        "area": chosen["area"] or chosen["town"],
    }  # fmt: skip


def selected(form: FilterForm, asked: QueryDict) -> list[filtering.Selected]:
    """The filters in force."""
    chosen = {name: str(form.answers.get(name) or "") for name in form.fields}
    return filtering.selected(
        form, chosen, lambda name: address(asked, **{name: "", "before": "", "offset": ""})
    )


def address(asked: QueryDict, **values: str) -> str:
    """The list under these filters, some of them changed."""
    return filtering.changed("lines", asked, **values)
