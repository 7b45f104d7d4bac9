"""What a person asks of call data: which numbers, what about them, and why."""

import re
from datetime import date, datetime, time, timedelta

from throughline.kernel import clock
from throughline.web.fields import Choice, Day, OneOf, Select, Text
from throughline.web.forms import Form
from throughline.web.reports.forms import GradeForm

LONGEST_REASON = 500
"""What the journal keeps of a reason."""
MOST_NUMBERS = 100
"""A whole group blocked at once; of hundreds the command is asked."""
USE, TIME, SUCCESSOR, TOGETHER = "use", "time", "successor", "together"
ABOUT = (
    Choice(USE, "How it is used", hint="Volume, hours, contacts, bulk texts, handsets, where it is used"),
    Choice(
        TIME,
        "When and where it is used",
        hint="By day and hour, in all or in one week, and by cell; of several numbers, such as a line's, together",
    ),
    Choice(SUCCESSOR, "Which number took over from it", hint="For a number that fell silent or was cut off"),
    Choice(
        TOGETHER,
        "Who goes with it",
        hint="Who travels with it, meets it, shares its handset or supplies it",
    ),
)


def end_of(day: date | None) -> datetime | None:
    """The end of the day that was named, if one was, in London."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.LONDON) if day else None


class WhyForm(Form):
    """Why somebody looks."""

    why = Text(
        "Why do you ask?",
        hint="Kept in the journal, such as: number 2 of the line into Thetford",
        needed="Say why you ask: it is kept in the journal",
        limit=LONGEST_REASON,
    )


class AskForm(WhyForm):
    """Some numbers and a question about them; once valid, ``asked`` are the numbers as they were typed."""

    numbers = Text(
        "Which number?",
        hint="Or several with commas between them, where several phones were changed together",
        needed="Enter a number",
        limit=2_000,
    )
    about = OneOf("What do you want to know?", choices=ABOUT, needed="Choose what you want to know")
    silent_on = Day(
        "When did it fall silent?",
        hint="Only for which number took over, and only if it was not at its last call. For example, 27 3 2026",
        past=True,
    )
    asked: tuple[str, ...] = ()

    def rules(self) -> None:
        self.asked = tuple(
            dict.fromkeys(one.strip() for one in re.split(r"[,;\n]", self.numbers) if one.strip())
        )
        if not self.asked:
            self.refuse("numbers", "Enter a number")
        elif len(self.asked) > MOST_NUMBERS:
            self.refuse("numbers", f"Ask about {MOST_NUMBERS} numbers at most at a time")
        elif len(self.asked) > 1 and self.about == USE:
            self.refuse("numbers", "Ask how one number is used at a time")


class WeekForm(Form):
    """Which week a time map shows; the choices are the weeks of the data, by their Mondays."""

    week = Select(
        "Of which days?",
        hint="A week begins on Monday. Each says how often it was used",
        empty="The whole time",
    )


class WatchForm(Form):
    """A number whose successor is to be searched for by itself."""

    number = Text(
        "Which number?", hint="One of which there is call data that you may know", needed="Enter a number"
    )
    silent_on = Day(
        "When did it fall silent?",
        hint="Leave it empty if that was at its last call, or is still to come. For example, 27 3 2026",
        past=True,
    )
    line = Text("Of which county line?", hint="Its reference if it is of one, such as CL-7K3M-9QXT", limit=20)
    why = Text(
        "Why do you watch it?",
        hint="Kept in the journal and shown to your own body, such as: cut off by an order",
        needed="Say why you watch it: it is kept in the journal",
        limit=LONGEST_REASON,
    )


class WatchMoveForm(Form):
    """Why a watch ends, or goes on."""

    why = Text(
        "Why?",
        hint="Kept in the history and the journal, such as: it is the number of a taxi firm",
        needed="Say why: it is kept in the history",
        limit=LONGEST_REASON,
    )


class TookOverForm(GradeForm):
    """A person's yes to a replacement number: which line, how it is graded, and why they are convinced."""

    old = Text(
        "The number that fell silent", hint="As the answer has it", needed="Enter the number that fell silent"
    )
    new = Text(
        "The number that took over", hint="As the answer has it", needed="Enter the number that took over"
    )
    line = Text(
        "Which county line?",
        hint="Its reference, such as CL-7K3M-9QXT. The number goes to its numbers, with this as evidence",
        needed="Enter the reference of the line",
    )
    why = Text(
        "Why are you convinced?",
        hint="Kept with the finding, such as: the same offer went to the same customers within the hour",
        needed="Say why you are convinced: it is kept with the finding",
        limit=LONGEST_REASON,
    )
