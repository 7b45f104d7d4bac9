"""Whom a schedule is about, and for which request or case."""

from throughline.rights.gathering import KINDS_OF_REQUEST
from throughline.selectors.names import words_of
from throughline.selectors.registry import NotASelector, Selector, parse
from throughline.web.fields import Choice, Day, OneOf, Text, TextArea, Wrong
from throughline.web.forms import Form

MOST_VALUES = 50


def _is_whole(name: str) -> None:
    if len(words_of(name)) < len(("given", "surname")):
        raise Wrong("Enter a given name and a surname, such as Alex Example: one word is in too many records")


class RightsForm(Form):
    """Once valid, `selectors` are the values that were typed."""

    kind = OneOf(
        label="What is it for?",
        hint="It stands in the journal beside every record that is shown",
        needed="Choose what it is for",
        choices=[Choice(*kind) for kind in KINDS_OF_REQUEST.items()],
    )
    reference = Text(
        "Reference of the request or case",
        hint="That under which your body keeps it, such as DP/2026/114. Put no name in it",
        needed="Enter the reference of the request or case",
        limit=100,
    )
    name = Text(
        "Name of the person",
        hint="Given name and surname. Other forms of the name and near spellings are looked for too",
        needed="Enter the name of the person",
        limit=100,
        check=_is_whole,
    )
    born = Day("Date of birth", hint="If it is known. People of that name born on another day are left out",
               past=True)  # fmt: skip
    values = TextArea(
        "Numbers, vehicles, addresses and other values",
        hint=f"Those that the person uses, one on each line, at most {MOST_VALUES}",
        limit=5_000,
    )
    selectors: tuple[Selector, ...] = ()

    def rules(self) -> None:
        lines = [line for line in self.values.splitlines() if line.strip()]
        if len(lines) > MOST_VALUES:
            self.refuse("values", f"Enter at most {MOST_VALUES} values; there are {len(lines)}")
            return
        try:
            self.selectors = tuple(dict.fromkeys(parse(line) for line in lines))
        except NotASelector as problem:
            self.refuse("values", str(problem))
