"""What the lists of links share: the filter in force, and the pages beside this one under it."""

from django.http import QueryDict

from throughline.web import filtering
from throughline.web.filtering import Selected, changed
from throughline.web.links.forms import FilterForm
from throughline.web.turning import Turn, offset_in, turned


def listed(
    route: str, asked: QueryDict, form: FilterForm, *, size: int, is_more: bool
) -> tuple[list[Selected], Turn]:
    """The filters in force and the turning of pages, for the list at ``route``."""
    selected = filtering.selected(
        form, {"state": form.answers.get("state") or ""},
        lambda name: changed(route, asked, **{name: "", "offset": ""}),
    )  # fmt: skip
    turn = turned(
        offset_in(asked), lambda at: changed(route, asked, offset=str(at)), size=size, is_more=is_more
    )
    return selected, turn
