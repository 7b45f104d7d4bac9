"""Makes a page of a template and plain values; a live record never reaches a template."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from throughline.access.permissions import Permission
from throughline.web.flash import told
from throughline.web.forms import Form
from throughline.web.navigation import places_for
from throughline.web.request import Visit

HIGHEST = "OFFICIAL-SENSITIVE"
PLAIN = str | int | float | Decimal | date | time | timedelta | Enum | UUID | None


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


def require_plain(value: object, path: str) -> None:
    """Raise TypeError, naming the place, unless a value is texts, numbers, dates and dataclasses alone."""
    if isinstance(value, PLAIN | Form):
        return
    for step, part in _parts(value, path):
        require_plain(part, step)


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
        "places": places_for(reader, active),
        "may_search": active != "search" and reader is not None and reader.may(Permission.SEARCH_RUN),
        "flash": told(request),
        "problems": form.problems if isinstance(form, Form) else [],
        "nonce": getattr(request, "nonce", ""),
        "csrf_token": get_token(request),
    }
