"""Filters of a list as its address carries them: the address of the list under them, and those in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from throughline.web.forms import Form


@dataclass(frozen=True, slots=True)
class Selected:
    """One filter in force: what it is, its value in words, and the list without it."""

    what: str
    text: str
    href: str


def address(route: str, chosen: Mapping[str, str]) -> str:
    """The list of a route under these filters; one without a value is left out."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse(route)}?{query}" if query else reverse(route)


def changed(route: str, asked: QueryDict, **values: str) -> str:
    """The list as it was asked for, some of what its address says changed ('' takes it out)."""
    query = asked.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{reverse(route)}?{query.urlencode()}" if query else reverse(route)


def selected(form: Form, chosen: Mapping[str, str], without: Callable[[str], str]) -> list[Selected]:
    """The filters in force, each with the address that ``without`` gives for the list when it is taken out."""
    out = []
    for name, value in chosen.items():
        if value:
            text = next((choice.text for choice in form[name].choices if choice.value == value), value)
            out.append(Selected(form[name].field.label, text, without(name)))
    return out
