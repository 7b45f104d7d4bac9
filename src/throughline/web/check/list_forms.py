"""What a person gives to check a list: the values, pasted or in a file, what they are, and the reason."""

from django.core.files.uploadedfile import UploadedFile

from throughline.matching.bulk_lines import (
    LARGEST_FILE,
    MOST_LINES,
    ListProblem,
    Typed,
    ValueList,
    lines_of_file,
    sort_list,
    typed_lines,
)
from throughline.selectors.registry import KINDS
from throughline.web.check.forms import ASK_SILENTLY, LONGEST_REASON
from throughline.web.fields import Choice, ManyOf, Select, Text, TextArea, Upload
from throughline.web.forms import Form


class ListForm(Form):
    """A list, perhaps what all of it is, and the reason; once valid, `values` is the list as it was read."""

    values_pasted = TextArea(
        "Paste a list",
        hint=f"One value on each line, up to {MOST_LINES:,}. Where a value could be several things, write its "
        "kind before it, as in phone:07700 900123",
        limit=LARGEST_FILE,
        rows=8,
    )
    file = Upload(
        "Or choose a file",
        hint="A text file with one value on each line, or a CSV with a column named selector (and one named kind, "
        "if you have it)",
        accept=".txt,.csv",
        largest=LARGEST_FILE,
    )
    kind = Select(
        label="What they are",
        hint="Leave this unless every line is of one kind",
        choices=[Choice(kind.name, kind.label) for kind in KINDS.values()],
        empty="Work it out, line by line",
    )
    why = Text(
        "Why do you ask?",
        hint="Kept in the journal with each value, and shown to whoever holds it, such as: numbers in a seized phone",
        needed="Say why you ask: it is kept in the journal and shown to whoever holds it",
        limit=LONGEST_REASON,
    )
    silent = ManyOf(label="Who may learn that you asked", choices=[ASK_SILENTLY])
    values: ValueList

    def rules(self) -> None:
        """Read the list from the box or from the file, and find what is wrong with it as a whole."""
        is_in_file = isinstance(self.file, UploadedFile)
        if is_in_file == bool(self.values_pasted):
            both = (
                "Paste a list or choose a file, not both" if is_in_file else "Paste a list or choose a file"
            )
            self.refuse("values_pasted", both)
            return
        try:
            lines = (
                _of_file(self.file)
                if isinstance(self.file, UploadedFile)
                else typed_lines(self.values_pasted)
            )
            self.values = sort_list(lines, kind=self.kind)
        except ListProblem as problem:
            self.refuse("file" if is_in_file else "values_pasted", str(problem))


def _of_file(file: UploadedFile) -> list[Typed]:
    return lines_of_file(file.read(), name=str(file.name))
