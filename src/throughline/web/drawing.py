"""How a question is drawn: the options that the GOV.UK macro of its kind takes."""

from collections.abc import Callable
from typing import Any

from throughline.web.fields import Field, TextArea
from throughline.web.forms import Shown

Options = dict[str, Any]
COUNTED_BELOW = 5_000
"""Text areas with a limit below this tell how many characters are left."""
BOXES = (("day", "govuk-input--width-2"), ("month", "govuk-input--width-2"), ("year", "govuk-input--width-4"))


def drawn(
    shown: Shown,
    *,
    size: str = "s",
    heading: bool = False,
    classes: str = "",
) -> tuple[str, Options]:
    """The kind of macro to call, and its options; `classes` go on the box or on the group of choices."""
    field = shown.field
    asked = {"text": field.label, "isPageHeading": heading}
    options: Options = {
        "id": field.id,
        "name": field.name,
        "classes": classes,
        "label": {**asked, "classes": f"govuk-label--{size}"},
        "fieldset": {"legend": {**asked, "classes": f"govuk-fieldset__legend--{size}"}},
        "hint": {"text": field.hint} if field.hint else None,
        "errorMessage": {"text": shown.fault} if shown.fault else None,
    }
    options |= OPTIONS[field.kind](field, shown)
    options["classes"] = f"{options.pop('width', '')} {classes}".strip()
    return _kind(field), options


def _kind(field: Field[Any]) -> str:
    counted = isinstance(field, TextArea) and field.limit < COUNTED_BELOW
    return "counted" if counted else field.kind


def _text(field: Any, shown: Shown) -> Options:
    return {
        "value": shown.typed,
        "type": field.input_type,
        "width": field.width,
        "autocomplete": field.autocomplete or None,
    }


def _password(field: Any, shown: Shown) -> Options:
    return {"autocomplete": field.autocomplete}


def _textarea(field: Any, shown: Shown) -> Options:
    return {"value": shown.typed, "rows": field.rows, "maxlength": field.limit}


def _select(field: Any, shown: Shown) -> Options:
    choices = [{"value": choice.value, "text": choice.text} for choice in shown.choices]
    return {"value": shown.typed, "items": [{"value": "", "text": field.empty}, *choices]}


def _choices(field: Any, shown: Shown) -> Options:
    chosen = shown.typed if isinstance(shown.typed, tuple | list) else [shown.typed]
    items = [
        {
            "value": choice.value,
            "text": choice.text,
            "hint": {"text": choice.hint} if choice.hint else None,
            "checked": choice.value in chosen,
        }
        for choice in shown.choices
    ]
    return {"idPrefix": field.id, "items": items}


def _date(field: Any, shown: Shown) -> Options:
    typed = shown.typed if isinstance(shown.typed, tuple | list) else ("", "", "")
    wrong = " govuk-input--error" if shown.fault else ""
    items = [
        {
            # The first box carries the plain id: the error summary leads there, not to the group.
            "id": field.id if part == "day" else f"{field.id}-{part}",
            "name": part,
            "classes": width + wrong,
            "value": value,
        }
        for (part, width), value in zip(BOXES, typed, strict=True)
    ]
    return {"id": f"{field.id}-group", "namePrefix": field.name, "items": items}


def _file(field: Any, shown: Shown) -> Options:
    return {"attributes": {"accept": field.accept} if field.accept else {}}


OPTIONS: dict[str, Callable[[Any, Shown], Options]] = {
    "text": _text,
    "password": _password,
    "textarea": _textarea,
    "select": _select,
    "radios": _choices,
    "checkboxes": _choices,
    "date": _date,
    "file": _file,
}
