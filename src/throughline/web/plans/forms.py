"""What is asked of someone who states officer-days, asks for a plan, or says what is so of a line in one."""

from collections.abc import Mapping, Sequence
from datetime import date

from throughline.loads.services import LARGEST
from throughline.tasking.days import LONGEST, Days
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.proposing import LONGEST_WHY, MOST_WEEKS, Asked, Saying
from throughline.web.fields import Choice, Field, OneOf, Select, Text, TextArea, Upload, Wrong
from throughline.web.forms import Form
from throughline.web.plans.words import SAYINGS, SKILLS
from throughline.web.words import day


def _figure(text: str) -> None:
    try:
        float(text)
    except ValueError:
        raise Wrong("Enter officer-days in figures, such as 12 or 7.5") from None


class DaysForm(Form):
    """Officer-days of each skill and week: what there is, and what is reserved for something else."""

    weeks: tuple[date, ...] = ()

    def rules(self) -> None:
        for skill in SKILLS:
            for n in range(len(self.weeks)):
                if self._days(f"reserved_{skill}_{n}") > self._days(f"days_{skill}_{n}"):
                    self.refuse(f"reserved_{skill}_{n}", "No more can be reserved than there is")

    def _days(self, name: str) -> float:
        return float(self.answers.get(name) or 0)

    @property
    def stated(self) -> list[Days]:
        """What the service takes: every skill and week in which something stands."""
        found = []
        for skill in SKILLS:
            for n, week in enumerate(self.weeks):
                if self.answers[f"days_{skill}_{n}"] or self.answers[f"reserved_{skill}_{n}"]:
                    reserved = self._days(f"reserved_{skill}_{n}")
                    why = self.answers[f"for_{skill}"] if reserved else ""
                    found.append(Days(skill, week, self._days(f"days_{skill}_{n}"), reserved, why))
        return found


def days_form(weeks: Sequence[date]) -> type[DaysForm]:
    """The form for these weeks."""
    asked: dict[str, Field[str]] = {}
    for skill in tactics().skills:
        for n, week in enumerate(weeks):
            where = f"{SKILLS[skill]}, week from {day(week)}"
            asked[f"days_{skill}_{n}"] = _box(f"{where}: officer-days", "All that the body has of the skill")
            asked[f"reserved_{skill}_{n}"] = _box(f"{where}: reserved", "Of these, for other priorities")
        asked[f"for_{skill}"] = Text(
            f"{SKILLS[skill]}: reserved for",
            hint="The priorities that the reserved days go to",
            limit=LONGEST,
        )
    return type("DaysForm", (DaysForm,), {**asked, "weeks": tuple(weeks), "__module__": __name__})


def _box(label: str, hint: str) -> Text:
    return Text(label, hint=hint, check=_figure, limit=8)


def typed_days(held: Mapping[tuple[str, date], Days], weeks: Sequence[date]) -> dict[str, str]:
    """What stands in the boxes for days that are held."""
    typed: dict[str, str] = {}
    for (skill, week), one in sorted(held.items(), key=lambda at: at[0][1]):
        n = weeks.index(week)
        typed |= {f"days_{skill}_{n}": f"{one.days:g}", f"reserved_{skill}_{n}": f"{one.reserved:g}"}
        if one.reserved_for:
            typed[f"for_{skill}"] = one.reserved_for
    return typed


class DaysFileForm(Form):
    """A spreadsheet of officer-days."""

    file = Upload(
        "File of officer-days", needed="Choose a file", largest=LARGEST, accept=".csv,.xlsx,.xlsm,.jsonl",
        hint="CSV, Excel or JSON Lines, with the columns skill and days_a_week, and if you like body, week, reserved "
        "and reserved_for",
    )  # fmt: skip
    do = OneOf(
        "What should be done?", hint="A load keeps all rows or none", needed="Choose what should be done",
        choices=[Choice("try", "Try it, and change nothing"), Choice("load", "Load it")],
    )  # fmt: skip


def _weeks(text: str) -> None:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_WEEKS):
        raise Wrong(f"Enter a number of weeks from 1 to {MOST_WEEKS}")


class AskForm(Form):
    """A plan to be proposed."""

    weeks = Text(
        "Weeks", hint=f"1 to {MOST_WEEKS}, from the next Monday on", needed="Enter how many weeks", check=_weeks,
        width="govuk-input--width-2",
    )  # fmt: skip

    @property
    def asked(self) -> Asked:
        """What the service takes."""
        return Asked(weeks=int(self.weeks))


class SayForm(Form):
    """What a person says of a line in a plan."""

    what = OneOf(
        "What is so?", hint="It stands when the plan is worked out anew", needed="Choose what is so",
        choices=[Choice(value, text) for value, text in SAYINGS.items()],
    )  # fmt: skip
    body = Select("Body", hint="Of those that could lead it", empty="Any body")
    week = Select("Week", hint="In which work on it begins", empty="Any week")
    why = TextArea(
        "Why?", hint="Whoever reads the plan reads this", needed="Say why", limit=LONGEST_WHY, rows=2
    )

    def rules(self) -> None:
        if self.what in ("pinned", "cannot") and not self.body:
            self.refuse("body", "Choose the body that you mean")
        if self.what == "moved" and not self.week:
            self.refuse("week", "Choose the week that you mean")

    def saying(self, line: str) -> Saying:
        """What the service takes."""
        week = date.fromisoformat(self.week) if self.week else None
        return Saying(line, self.what, self.why, self.body, week)


class WhyForm(Form):
    """Why a plan is adopted or set aside."""

    why = TextArea(
        "Why?",
        hint="It is kept with the decision, under your name",
        needed="Say why",
        limit=LONGEST_WHY,
        rows=3,
    )


class LinesForm(Form):
    """Which lines of a plan to list."""

    show = Select(
        "Which", hint="Of the plan", empty="Every line",
        choices=[Choice("in", "To be worked"), Choice("out", "Not now"), Choice("changed", "Changed since the last")],
    )  # fmt: skip
    body = Select("Body", hint="That leads or supports", empty="Every body")
    region = Select("Region", hint="Where the harm is", empty="Every region")
    sort = Select(
        "Order", hint="Of the list", empty="Greatest gain first",
        choices=[Choice("week", "Earliest week first"), Choice("days", "Most officer-days first")],
    )  # fmt: skip
