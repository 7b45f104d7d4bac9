"""Every question of every form has help beside it, or is one of the few that explain themselves."""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import throughline.web
from throughline.loads.call_files import CallTable
from throughline.loads.contents import LINES, REPORTS
from throughline.loads.preview import Column, Preview
from throughline.loads.queries import RefusedRow
from throughline.web.fields import Field, Text
from throughline.web.forms import Form
from throughline.web.loads.calls import columns_form as call_columns_form
from throughline.web.loads.contents import WORDINGS
from throughline.web.loads.forms import columns_form, values_form
from throughline.web.loads.mending import cells_form
from throughline.web.operations.forms import return_form
from throughline.web.reports.version_forms import version_item_form

PLAIN = {
    "SignInForm": ("username", "password"),
    "FilterForm": ("owner", "state", "kind", "other", "ours", "body", "area"),
    "LookForm": ("verb",),
    "NarrowForm": ("group", "owner", "state"),
    # Carried along out of sight.
    "WhichForm": ("selector", "why"),
}
"""The two boxes of signing in, and filters whose every choice is a word of the list beside them."""


def _every_form() -> list[type[Form]]:
    for found in pkgutil.walk_packages(throughline.web.__path__, "throughline.web."):
        importlib.import_module(found.name)
    seen = Preview((), "", 1, (), (Column("Ref", (), ""), Column("When", ("1/2/2026",), "")), ("Ref", "When"))
    made = [
        version_item_form(1), return_form(date(2026, 11, 2)),
        values_form({"source": ["B"]}, WORDINGS[REPORTS], ["NORF"]),
        *(columns_form(seen, wording) for wording in (WORDINGS[REPORTS], WORDINGS[LINES])),
        *(cells_form([RefusedRow(2, "", "", "", "", {}, ())], WORDINGS[kind]) for kind in (REPORTS, LINES)),
        call_columns_form(CallTable("", 1, ("Wann",), (("1",),))),
    ]  # fmt: skip
    return list(dict.fromkeys([*_below(Form), *made]))


def _below(base: type[Form]) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        if form.__module__.startswith("throughline."):
            yield form
            yield from _below(form)


def _has_help(field: Field[Any]) -> bool:
    """A hint of its own, or one beside each of its choices."""
    choices = getattr(field, "choices", ())
    return bool(field.hint) or (bool(choices) and all(choice.hint for choice in choices))


def without_help(forms: list[type[Form]]) -> list[str]:
    """The questions with nothing beside them, by form and name."""
    return [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms
        for name, field in form.fields.items()
        if not _has_help(field) and name not in PLAIN.get(form.__name__, ())
    ]


def test_every_question_has_help_beside_it() -> None:
    forms = _every_form()
    assert len(forms) > 40
    assert {name for form in forms for name in form.fields} >= {
        "fixed_title",
        "means_source_0",
        "selectors_2",
    }
    assert without_help(forms) == []


def test_one_without_is_found() -> None:
    bare = type("BareForm", (Form,), {"what": Text("What"), "why": Text("Why", hint="Kept in the journal")})
    assert without_help([bare]) == [f"{bare.__module__}.BareForm.what"]


def test_nothing_is_called_plain_that_is_not_there_or_has_help() -> None:
    forms = _every_form()
    there = {
        (form.__name__, name) for form in forms for name, field in form.fields.items() if not _has_help(field)
    }
    assert {(form, name) for form, names in PLAIN.items() for name in names} <= there
