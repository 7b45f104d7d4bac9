"""The filters of the list of hits as its address carries them, and the addresses of the pages beside this one."""

from django.http import QueryDict

from throughline.access.reader import Reader
from throughline.matching.groups import GroupList, hit_groups
from throughline.organisations.queries import body_cards
from throughline.web import filtering
from throughline.web.fields import Choice
from throughline.web.filtering import changed
from throughline.web.hits.forms import EVERY_STATE, FIRST_STATE, FilterForm
from throughline.web.turning import Turn, turned

SIZE = 25


def filter_form(reader: Reader, asked: QueryDict) -> FilterForm:
    """The filters, read from an address."""
    others = [Choice(card.code, card.name) for card in body_cards().values() if card.code != reader.body_code]
    return FilterForm(asked, choices={"other": others})


def filtered(reader: Reader, form: FilterForm, *, offset: int) -> GroupList:
    """The hits that the filters let through; a filter at fault lets everything through."""
    form.is_valid()
    chosen = {name: form.answers.get(name, "") for name in form.fields}
    state = {"": FIRST_STATE, EVERY_STATE: ""}.get(chosen["state"], chosen["state"])
    return hit_groups(
        reader, state=state, kind=chosen["kind"], other=chosen["other"], offset=offset, size=SIZE
    )


def selected(form: FilterForm, asked: QueryDict) -> list[filtering.Selected]:
    """The filters in force."""
    chosen = {name: str(form.answers.get(name) or "") for name in form.fields}
    return filtering.selected(form, chosen, lambda name: changed("hits", asked, **{name: "", "offset": ""}))


def turn(hits: GroupList, asked: QueryDict, *, offset: int) -> Turn:
    """The pages beside this one, under the same filters."""
    return turned(
        offset,
        lambda at: changed("hits", asked, offset=str(at)),
        size=SIZE,
        is_more=hits.next_offset is not None,
    )
