"""Makes a page of a template and plain values; a live record never reaches a template."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from throughline.access.permissions import Permission
from throughline.web.flash import told
from throughline.web.forms import Form
from throughline.web.navigation import parts_for, places_for
from throughline.web.request import Visit

HIGHEST = "OFFICIAL-SENSITIVE"
PLAIN = (str, int, float, Decimal, date, time, timedelta, Enum, UUID, type(None), Form)


def page(
    request: Visit,
    template: str,
    *,
    title: str,
    status: int = 200,
    marking: str = HIGHEST,
    active: str = "",
    **values: object,
) -> HttpResponse:
    """Answer with a page: `active` is the key of its place in the navigation, `values` what it shows.

    A form among the values under the name `form` brings its error summary along. Raises TypeError when a
    value is not plain: following a relation from a template could show what the reader may not know.
    """
    for name, value in values.items():
        require_plain(value, name)
    frame = _frame(request, title=title, marking=marking, active=active, form=values.get("form"))
    return HttpResponse(render_to_string(template, {**frame, **values}), status=status)


def in_turn(*parts: tuple[str, Callable[[], Mapping[str, object]]]) -> StreamingHttpResponse:
    """Answer with templates one after the other, each sent as soon as it is made, so that the first is seen at once.

    The values of each are made when its turn comes, and are plain as those of a page; nothing is read any more by then.
    """

    def pieces() -> Iterator[str]:
        for template, make in parts:
            values = make()
            require_plain(values, template)
            yield render_to_string(template, dict(values))

    return StreamingHttpResponse(pieces())


def require_plain(value: object, path: str) -> None:
    """Raise TypeError, naming the place, unless a value is texts, numbers, dates and dataclasses alone."""
    if _is_plain(value):
        return
    for step, part in _parts(value, path):
        require_plain(part, step)


def _is_plain(value: object) -> bool:
    """The same without a word of where: a page of 10,000 values is looked through whenever it is asked for."""
    inside = _inside(type(value))  # type: ignore[arg-type]  # every type can be hashed
    return inside is not None and all(map(_is_plain, inside(value)))


@cache
def _inside(of: type) -> Callable[[Any], Iterable[object]] | None:
    """What gives the parts of a value of this type; None where no template takes it."""
    if issubclass(of, PLAIN):
        return _nothing
    if issubclass(of, Mapping):
        return of.values
    if issubclass(of, list | tuple | set | frozenset):
        return iter
    if is_dataclass(of):
        names = [field.name for field in fields(of)]
        return lambda value: [getattr(value, name) for name in names]
    return None


def _nothing(_: object) -> tuple[()]:
    return ()


def _parts(value: object, path: str) -> list[tuple[str, object]]:
    if isinstance(value, Mapping):
        return [(f"{path}[{key!r}]", part) for key, part in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [(f"{path}[{place}]", part) for place, part in enumerate(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return [(f"{path}.{field.name}", getattr(value, field.name)) for field in fields(value)]
    raise TypeError(
        f"{path} is of {type(value)}, and a template takes plain values only: make a dataclass of it."
    )


def _frame(request: Visit, *, title: str, marking: str, active: str, form: object) -> dict[str, object]:
    reader = getattr(request, "reader", None)
    return {
        "title": title,
        "marking": marking,
        "reader": reader,
        "first_bar": parts_for(reader, active),
        "second_bar": places_for(reader, active),
        "may_search": active != "search" and reader is not None and reader.may(Permission.SEARCH_RUN),
        "flash": told(request),
        "problems": form.problems if isinstance(form, Form) else [],
        "nonce": getattr(request, "nonce", ""),
        "csrf_token": get_token(request),
    }
