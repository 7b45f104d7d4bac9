"""The one Jinja environment: where templates come from, and what every template may call."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)
from jinja2.utils import missing

from throughline.intelligence.older_grading import older_codes
from throughline.web import words
from throughline.web.drawing import drawn

ASKED_OF_NOTHING = frozenset({"undefined", "null", "caller", "successBanner", "typeClass", "actions"})
"""Names that the GOV.UK macros, translated from Nunjucks, look up without knowing if they are there."""


class Missing(ChainableUndefined):
    """A name or attribute that is not there is an error; a key that a mapping lacks is empty.

    The GOV.UK macros take their options as mappings and ask each for keys that callers may leave out; our own
    templates work on frozen dataclasses, where a missing attribute is always a slip.
    """

    def __new__(  # type: ignore[misc]
        cls, hint: str | None = None, obj: Any = missing, name: str | None = None, *exc: Any
    ) -> Undefined:
        """Choose between the lenient and the strict kind, by what was asked."""
        if isinstance(obj, Mapping) or name in ASKED_OF_NOTHING:
            return super().__new__(cls)
        return StrictUndefined(hint, obj, name, *exc)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The path of a named page: `url('reports:item', ref)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def loader() -> BaseLoader:
    """Our own templates, and the GOV.UK macros under their own prefix."""
    return ChoiceLoader(
        [
            PackageLoader("throughline.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )


def environment(**options: Any) -> Environment:
    """Named in TEMPLATES in the settings; Django passes its options and makes one for the process."""
    rules = {"loader": loader(), "undefined": Missing, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, **rules, "autoescape": True})  # noqa: S701 it is set, in the mapping
    made.globals.update(url=url, static=static, plural=words.plural, drawn=drawn)
    made.filters.update(
        day=words.day,
        moment=words.moment,
        duration=words.duration,
        number=words.number,
        grade_in_words=words.grade_in_words,
        older_codes=older_codes,
    )
    return made
