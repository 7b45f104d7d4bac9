"""The questions before a sample of the journal is drawn."""

from datetime import timedelta

from throughline.kernel import clock
from throughline.web.fields import Choice, Day, Select, Text, Wrong, day_boxes
from throughline.web.forms import Form

USUAL_DAYS, LONGEST_SEED = 28, 12


def _is_number(text: str) -> None:
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_SEED):
        raise Wrong(f"The seed must be a whole number of at most {LONGEST_SEED} digits, such as 2026")


class SampleForm(Form):
    """Which looks to draw from, how many, and by which seed."""

    since = Day("First day", hint="For example, 2 11 2026", needed="Enter the first day", past=True)
    until = Day("Last day", hint="A day that is over, so that the same looks are there when it is drawn again",
                needed="Enter the last day", past=True)  # fmt: skip
    size = Select("How many looks", hint="Fewer are drawn where there are fewer", needed="Choose how many looks",
                  choices=[Choice(str(n), str(n)) for n in (10, 25, 50, 100)])  # fmt: skip
    seed = Text("Seed", hint="Any whole number. Keep it with the review: whoever enters it again draws the same looks",
                needed="Enter a seed, such as 2026", width="govuk-input--width-10", check=_is_number)  # fmt: skip

    def rules(self) -> None:
        """The period is in order, and over."""
        since, until = self.answers["since"], self.answers["until"]
        if until < since:
            self.refuse("until", "The last day must not be before the first day")
        elif until >= clock.today():
            self.refuse("until", "The last day must be before today: looks are still being added to today")


def usual_answers() -> dict[str, object]:
    """What stands in the boxes at first: the four weeks that ended yesterday, and 25 looks."""
    today = clock.today()
    return {
        "since": day_boxes(today - timedelta(days=USUAL_DAYS)),
        "until": day_boxes(today - timedelta(days=1)),
        "size": "25",
    }
