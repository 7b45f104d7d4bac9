"""What is asked of someone who records an authority for call data, keeps it for longer, or ends it."""

from throughline.kernel import clock
from throughline.telecoms.authorities import LONGEST_REF, LONGEST_TEXT, Particulars
from throughline.web.fields import Day, ManyOf, Text, TextArea
from throughline.web.forms import Form

LONGEST_REASON = 500
_WHY = "Kept in the journal and in the history of the authority"


class ParticularsForm(Form):
    """What an authority says; once valid, `said` is what the service takes."""

    grounds = TextArea(
        "Grounds", hint="On which the data was obtained, such as: prevention of crime, a line into Thetford",
        needed="Say on which grounds the data was obtained", limit=LONGEST_TEXT, rows=3,
    )  # fmt: skip
    necessity = TextArea(
        "Why it is necessary", hint="What it is to show that nothing less would, such as: who replaced the number",
        limit=LONGEST_TEXT, rows=3,
    )  # fmt: skip
    proportionality = TextArea(
        "Why it is proportionate", hint="Why the aim outweighs the intrusion, and how it is kept small",
        limit=LONGEST_TEXT, rows=3,
    )  # fmt: skip
    starts_on = Day("First day of the period", hint="Of the calls that may be obtained, such as 1 10 2026",
                    needed="Enter the first day of the period")  # fmt: skip
    ends_on = Day("Last day of the period", hint="Of the calls that may be obtained, such as 31 10 2026",
                  needed="Enter the last day of the period")  # fmt: skip
    keep_until = Day("Last day of keeping", hint="The day after it all that is held is deleted, such as 31 10 2027",
                     needed="Enter the last day on which the data may be kept")  # fmt: skip
    bodies = ManyOf(
        "Other bodies that may use it",
        hint="Leave empty for your own body alone. Whoever you choose sees all that is held under it",
    )

    def particulars(self, ids: dict[str, int]) -> Particulars:
        """What was said, with the bodies by their ids."""
        first, last, kept = self.starts_on, self.ends_on, self.keep_until
        assert first and last and kept  # noqa: S101 each is needed
        return Particulars(
            self.grounds, first, last, kept, self.necessity, self.proportionality,
            tuple(ids[code] for code in self.bodies),
        )  # fmt: skip

    def rules(self) -> None:
        """Days in their order."""
        first, last, kept = self.starts_on, self.ends_on, self.keep_until
        if first and last and last < first:
            self.refuse("ends_on", "The last day of the period must not be before its first")
        if kept and kept < clock.today():
            self.refuse("keep_until", "The last day of keeping must be today or later")


class AuthorityForm(ParticularsForm):
    """The same for one that nobody has recorded yet."""

    ref = Text("Reference", hint="As your body files it, such as NORF-CD-7", needed="Enter the reference",
               limit=LONGEST_REF, width="govuk-input--width-20")  # fmt: skip


class KeepForm(Form):
    """Another last day, and why."""

    keep_until = Day("Last day of keeping", hint="Later or earlier than now, such as 31 10 2027",
                     needed="Enter the last day on which the data may be kept")  # fmt: skip
    why = Text("Why does the day change?", hint=f"{_WHY}, such as: the trial is put off to May",
               needed="Say why the day changes", limit=LONGEST_REASON)  # fmt: skip


class EndForm(Form):
    """Why an authority ends."""

    why = Text("Why does it end?", hint=f"{_WHY}, such as: the case is closed",
               needed="Say why it ends", limit=LONGEST_REASON)  # fmt: skip
