"""What is asked about the columns of a file and about its codes: one question a column, and one a code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from throughline.intelligence.report_layout import GRADE, Layout, code_of
from throughline.loads.contents import content_of
from throughline.loads.meanings import BLANK, CODED, codes_of
from throughline.loads.preview import Preview
from throughline.web.fields import Choice, Select, Text
from throughline.web.forms import Form
from throughline.web.loads.contents import WORDINGS, Wording

LONGEST_NAME: Final = 60
IN_EVERY_ROW: Final = "Only if no column holds it, and it is the same in every row"


class UsesForm(Form):
    """A question for each column of one file."""

    headings: tuple[str, ...] = ()

    @property
    def uses(self) -> dict[str, str]:
        """What each heading is used for."""
        given = {heading: self.answers[f"use_{n}"] for n, heading in enumerate(self.headings)}
        return {heading: use for heading, use in given.items() if use}

    def used_once(self, many: Collection[str] = ()) -> dict[str, str]:
        """The first heading of each use; a second is refused, unless the use is one of ``many``."""
        seen: dict[str, str] = {}
        for number, heading in enumerate(self.headings):
            use = self.answers[f"use_{number}"]
            if use and use in seen and use not in many:
                self.refuse(f"use_{number}", f"'{seen[use]}' holds this already: choose it for one column")
            seen.setdefault(use, heading)
        return seen


class ColumnsForm(UsesForm):
    """The same for reports and lines; `uses` is the answers, by the heading."""

    wording: Wording

    def rules(self) -> None:
        """Each single use once, and what every report needs from somewhere."""
        seen = self.used_once(self.wording.many)
        for column in self.wording.needed:
            whole = column == "source" and GRADE in seen
            if column not in seen and not whole and not self.answers.get(f"fixed_{column}"):
                same = ", or say below what it is in every row" if column in self.wording.fixed else ""
                self.refuse("", f"Choose the column that holds: {self.wording.uses[column].lower()}{same}")
        for column in self.wording.fixed:
            if column in seen and self.answers[f"fixed_{column}"]:
                self.refuse(f"fixed_{column}", f"'{seen[column]}' holds this already: leave this empty")


def columns_form(seen: Preview, wording: Wording) -> type[ColumnsForm]:
    """The form for one file."""
    uses = [Choice(use, name) for use, name in wording.uses.items()]
    asked: dict[str, Any] = {
        f"use_{n}": Select(
            label=column.heading, choices=uses, empty="Leave aside",
            hint=f"Such as: {'; '.join(column.values)}" if column.values else "Nothing stands under it",
        )
        for n, column in enumerate(seen.columns)
    }  # fmt: skip
    asked |= {f"fixed_{column}": _fixed(column, wording.uses[column]) for column in wording.fixed}
    asked["save_as"] = Text(
        "Keep this as a map for your body", limit=LONGEST_NAME, width="govuk-input--width-20",
        hint="A name, such as 'Monthly return'. The next file with the same header is read by it. "
        "Leave it empty to use it this once.",
    )  # fmt: skip
    asked |= {"headings": tuple(column.heading for column in seen.columns), "wording": wording}
    return type("ColumnsOfOneFile", (ColumnsForm,), asked)


def _fixed(column: str, label: str) -> Text | Select:
    if column not in CODED:
        return Text(label, hint=IN_EVERY_ROW, width="govuk-input--width-20")
    codes = [code for code in codes_of(column, ()) if code != BLANK]
    return Select(
        label=label,
        hint=IN_EVERY_ROW,
        choices=[Choice(code, code) for code in codes],
        empty="Differs, or none",
    )


def layout_chosen(
    seen: Preview, form: ColumnsForm, *, content: str, meanings: Mapping[str, Mapping[str, str]]
) -> Layout:
    """The layout that the answers give, with the meanings of codes that were given before."""
    answers = {column: form.answers[f"fixed_{column}"] for column in WORDINGS[content].fixed}
    fixed = {column: answer for column, answer in answers.items() if answer}
    uses = form.uses
    kept = {use: values for use, values in meanings.items() if use in uses.values()}
    shape = content_of(content).standard.shape
    return Layout(
        uses=uses, fixed=fixed, values=kept, sheet=seen.sheet, header_line=seen.header_line, shape=shape
    )


def values_form(unknown: Mapping[str, Sequence[str]], wording: Wording, bodies: Sequence[str]) -> type[Form]:
    """A question for each code that is none of the standard's."""
    asked: dict[str, Any] = {}
    for use, values in unknown.items():
        choices = [
            Choice(code, "Nothing: read it as blank" if code == BLANK else code)
            for code in codes_of(use, bodies)
        ]
        for number, value in enumerate(values):
            asked[f"{_name(use)}_{number}"] = Select(
                label=f"{wording.uses[use]}: {value}",
                hint="What it means in your force, or leave it",
                choices=choices,
                empty="Leave as it is, and refuse those rows",
            )
    return type("CodesOfOneFile", (Form,), asked)


def _name(use: str) -> str:
    return f"means_{use}"


def meanings_chosen(unknown: Mapping[str, Sequence[str]], form: Form, layout: Layout) -> Layout:
    """The layout with what the codes mean."""
    values = {use: dict(meanings) for use, meanings in layout.values.items()}
    for use, found in unknown.items():
        for number, value in enumerate(found):
            meaning = form.answers[f"{_name(use)}_{number}"]
            if meaning:
                values.setdefault(use, {})[code_of(value)] = "" if meaning == BLANK else meaning
    return replace(layout, values=values)
