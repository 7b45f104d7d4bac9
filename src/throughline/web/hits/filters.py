"""The filters of the list of hits as its address carries them, and the addresses of the pages beside this one."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from throughline.access.reader import Reader
from throughline.matching.groups import GroupList, hit_groups
from throughline.organisations.queries import body_cards
from throughline.web.fields import Choice
from throughline.web.hits.forms import EVERY_STATE, FIRST_STATE, FilterForm
from throughline.web.turning import Turn

SIZE = 25


@dataclass(frozen=True, slots=True)
class Selected:
    """One filter in force: what it is, its value in words, and the list without it."""

    what: str
    text: str
    href: str


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


def selected(form: FilterForm, asked: QueryDict) -> list[Selected]:
    """The filters in force."""
    out = []
    for name in form.fields:
        value = form.answers.get(name)
        if value:
            text = next(choice.text for choice in form[name].choices if choice.value == value)
            out.append(Selected(form[name].field.label, text, _address(asked, **{name: "", "offset": ""})))
    return out


def turn(hits: GroupList, asked: QueryDict, *, offset: int) -> Turn:
    """The pages beside this one, under the same filters."""
    before = _address(asked, offset=str(max(0, offset - SIZE))) if offset else ""
    after = _address(asked, offset=str(hits.next_offset)) if hits.next_offset else ""
    return Turn(offset // SIZE + 1, before, after)


def _address(asked: QueryDict, **changed: str) -> str:
    query = asked.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{reverse('hits')}?{query.urlencode()}" if query else reverse("hits")
