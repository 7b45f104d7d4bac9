"""What is asked about the columns of a file and about its codes: one question a column, and one a code."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from throughline.intelligence.report_columns import COLUMNS
from throughline.intelligence.report_layout import (
    BORN,
    GIVEN,
    GRADE,
    MANY,
    NAME,
    POSTCODE,
    SELECTOR,
    STREET,
    SURNAME,
    Layout,
    code_of,
)
from throughline.loads.meanings import BLANK, codes_of
from throughline.loads.preview import Preview
from throughline.selectors.registry import KINDS
from throughline.web.fields import Choice, Select, Text
from throughline.web.forms import Form

LONGEST_NAME: Final = 60
USE_NAMES: Final[dict[str, str]] = {
    "report": "Reference of the report", "date_of_intelligence": "Date of the intelligence", "title": "Title",
    "item": "Number of the item", "text": "Text of the item", "source": "Source evaluation (1 to 3)",
    "assessment": "Intelligence assessment (A to E)", "handling": "Handling code (P or C)",
    GRADE: "Grade in one cell, such as 2BP", "action": "Action code", "sanitisation": "Sanitisation code",
    "instructions": "Handling instructions", "marking": "Protective marking", "circulation": "Circulation",
    "selectors": "Selectors, written kind:value",
    **{f"{SELECTOR}{kind.name}": f"Selector: {kind.label}" for kind in KINDS.values()},
    SURNAME: "Person: surname", GIVEN: "Person: given names", NAME: "Person: whole name", BORN: "Person: date of birth",
    STREET: "Place: house and street", POSTCODE: "Place: postcode, to go with the street",
}  # fmt: skip
NEEDED: Final = ("date_of_intelligence", "title", "text", "marking")
FIXED: Final = ("title", "marking", "circulation", "source", "assessment", "handling")
"""What may be the same in every row of a file."""
IN_EVERY_ROW: Final = "Only if no column holds it, and it is the same in every row"


class ColumnsForm(Form):
    """A question for each column of one file; `uses` is their answers, by the heading."""

    headings: tuple[str, ...] = ()

    @property
    def uses(self) -> dict[str, str]:
        """What each heading is used for."""
        given = {heading: self.answers[f"use_{n}"] for n, heading in enumerate(self.headings)}
        return {heading: use for heading, use in given.items() if use}

    def rules(self) -> None:
        """Each single use once, and what every report needs from somewhere."""
        seen: dict[str, str] = {}
        for number, heading in enumerate(self.headings):
            use = self.answers[f"use_{number}"]
            if use and use in seen and use not in MANY:
                self.refuse(f"use_{number}", f"'{seen[use]}' holds this already: choose it for one column")
            seen.setdefault(use, heading)
        for column in NEEDED:
            if column not in seen and not self.answers.get(f"fixed_{column}"):
                same = ", or say below what it is in every row" if column in FIXED else ""
                self.refuse("", f"Choose the column that holds: {USE_NAMES[column].lower()}{same}")
        for column in FIXED:
            if column in seen and self.answers[f"fixed_{column}"]:
                self.refuse(f"fixed_{column}", f"'{seen[column]}' holds this already: leave this empty")


def columns_form(seen: Preview) -> type[ColumnsForm]:
    """The form for one file."""
    uses = [Choice(use, name) for use, name in USE_NAMES.items()]
    asked: dict[str, Any] = {
        f"use_{n}": Select(
            label=column.heading, choices=uses, empty="Leave aside",
            hint=f"Such as: {'; '.join(column.values)}" if column.values else "Nothing stands under it",
        )
        for n, column in enumerate(seen.columns)
    }  # fmt: skip
    asked |= {f"fixed_{column}": _fixed(column) for column in FIXED}
    asked["save_as"] = Text(
        "Keep this as a map for your body", limit=LONGEST_NAME, width="govuk-input--width-20",
        hint="A name, such as 'Monthly return'. The next file with the same header is read by it. "
        "Leave it empty to use it this once.",
    )  # fmt: skip
    asked["headings"] = tuple(column.heading for column in seen.columns)
    return type("ColumnsOfOneFile", (ColumnsForm,), asked)


def _fixed(column: str) -> Text | Select:
    if column == "title":
        return Text(USE_NAMES[column], hint=IN_EVERY_ROW, width="govuk-input--width-20")
    codes = [code for code in codes_of(column, ()) if code != BLANK]
    return Select(
        label=USE_NAMES[column],
        hint=IN_EVERY_ROW,
        choices=[Choice(code, code) for code in codes],
        empty="Differs, or none",
    )


def layout_chosen(seen: Preview, form: ColumnsForm, *, meanings: Mapping[str, Mapping[str, str]]) -> Layout:
    """The layout that the answers give, with the meanings of codes that were given before."""
    fixed = {column: form.answers[f"fixed_{column}"] for column in FIXED if form.answers[f"fixed_{column}"]}
    uses = form.uses
    kept = {use: values for use, values in meanings.items() if use in uses.values()}
    return Layout(uses=uses, fixed=fixed, values=kept, sheet=seen.sheet, header_line=seen.header_line)


def values_form(unknown: Mapping[str, Sequence[str]], layout: Layout, bodies: Sequence[str]) -> type[Form]:
    """A question for each code that is none of the standard's."""
    asked: dict[str, Any] = {}
    for use, values in unknown.items():
        choices = [
            Choice(code, "Nothing: read it as blank" if code == BLANK else code)
            for code in codes_of(use, bodies)
        ]
        for number, value in enumerate(values):
            asked[f"{_name(use)}_{number}"] = Select(
                label=f"{USE_NAMES[use]}: {value}",
                hint="What it means in your force, or leave it",
                choices=choices,
                empty="Leave as it is, and refuse those rows",
            )
    return type("CodesOfOneFile", (Form,), asked)


def _name(use: str) -> str:
    return f"means_{COLUMNS.index(use)}" if use in COLUMNS else "means_grade"


def meanings_chosen(unknown: Mapping[str, Sequence[str]], form: Form, layout: Layout) -> Layout:
    """The layout with what the codes mean."""
    values = {use: dict(meanings) for use, meanings in layout.values.items()}
    for use, found in unknown.items():
        for number, value in enumerate(found):
            meaning = form.answers[f"{_name(use)}_{number}"]
            if meaning:
                values.setdefault(use, {})[code_of(value)] = "" if meaning == BLANK else meaning
    return replace(layout, values=values)
