"""What is asked of someone who records an arrest, decides on release, extends bail, or keeps its conditions."""

from datetime import datetime
from typing import Any

from throughline.custody.law import Regime, Stage, bail_ranks, case_says, cases
from throughline.custody.services import VICTIMS, ArrestDraft, Extension, Release
from throughline.kernel.problems import LONGEST_WORDS
from throughline.kernel.working_days import NATION_NAMES, Nation
from throughline.web.custody.words import STATES
from throughline.web.fields import Choice, Day, OneOf, Select, Text, TextArea
from throughline.web.forms import Form
from throughline.web.moments import moment_of, time_of_day

_FULL = LONGEST_WORDS - 1
_NOT_READ = "Not verified"
_NATIONS = (Nation.ENGLAND, Nation.WALES)


class FilterForm(Form):
    """Which arrests to list."""

    state = Select(
        "State", hint="Now", empty="Every state", choices=[Choice(key, text) for key, text in STATES.items()]
    )


class AtForm(Form):
    """A day and a time."""

    on = Day("Day", hint="On which it happened", needed="Enter the day", past=True)
    at = Text("Time", hint="Such as 16:30", needed="Enter the time", limit=5, width="govuk-input--width-5",
              check=time_of_day)  # fmt: skip

    def rules(self) -> None:
        self.moment()

    def moment(self) -> datetime | None:
        """The moment that was said."""
        return moment_of(self, self.on, self.at, field="at")


class ArrestForm(AtForm):
    """An arrest. Day and time are of the arrest itself."""

    suspect = Text("Who was arrested?", hint="As the custody record has the name", limit=120,
                   needed="Enter who was arrested")  # fmt: skip
    offence = Text("Offence", hint="For which the person was arrested", limit=200, needed="Enter the offence")
    place = Text("Custody suite", hint="Where the person is held", limit=120)
    nation = OneOf("Where?", hint=f"This law of bail is that of England and Wales. {_NOT_READ}",
                   needed="Choose where", choices=[Choice(one, NATION_NAMES[one]) for one in _NATIONS])  # fmt: skip
    case = OneOf("Kind of case", hint="It decides how long bail can be", needed="Choose the kind of case",
                 choices=[Choice(key, name, case_says()[key]) for key, name in cases().items()])  # fmt: skip
    lead = OneOf("May the lead of the line know of it?", hint="If another body leads the line",
                 needed="Choose whether it may", choices=[Choice("yes", "Yes"), Choice("no", "No")])  # fmt: skip

    def draft(self, at: datetime) -> ArrestDraft:
        """What the service takes."""
        return ArrestDraft(
            self.suspect, self.offence, at, self.case, self.nation, self.place, self.lead == "yes"
        )


class InvestigationForm(Form):
    """Release without bail."""

    necessity = TextArea(
        "Why is bail with conditions not necessary and proportionate?", limit=_FULL, rows=4,
        hint="Under investigation there are no conditions, no breach of them, and no time in law",
        needed="Say why bail is, or is not, necessary and proportionate",
    )  # fmt: skip
    victims = OneOf("Victims' views on conditions", needed="Choose whether victims' views were sought",
                    hint=f"To be sought where practicable. {_NOT_READ}",
                    choices=[Choice(key, text) for key, text in VICTIMS.items()])  # fmt: skip
    victims_said = TextArea("What did they say, or why was it not practicable?", hint="In their sense; name nobody",
                            limit=_FULL, rows=3)  # fmt: skip

    def release(self) -> Release:
        """What the service takes."""
        return Release(self.necessity, self.victims, self.victims_said)


class BailForm(InvestigationForm):
    """Release on bail."""

    necessity = TextArea(
        "Why is bail necessary and proportionate?", limit=_FULL, rows=4,
        hint="In all the circumstances, having regard to the conditions (condition D, PACE 1984 s.47ZC)",
        needed="Say why bail is, or is not, necessary and proportionate",
    )  # fmt: skip
    rank = OneOf("Decided by", hint="The rank that decided", needed="Choose who decided", choices=[])
    words = TextArea("First condition", hint="What the person must do, or must not. More can be set afterwards",
                     limit=_FULL, rows=2)  # fmt: skip
    because = TextArea(
        "What is it to prevent?", hint="Such as interference with witnesses", limit=_FULL, rows=2
    )

    def rules(self) -> None:
        if bool(self.words) != bool(self.because):
            self.refuse("because", "Say what the condition is to prevent")

    def release(self) -> Release:
        conditions = ((self.words, self.because),) if self.words else ()
        return Release(self.necessity, self.victims, self.victims_said, self.rank, conditions)


class WhyForm(Form):
    """Why, in words."""

    why = TextArea(
        "In your own words", hint="Kept in the history", needed="Say why, in a few words", limit=_FULL, rows=3
    )


class ConditionForm(Form):
    """A condition of bail."""

    words = TextArea("Condition", hint="What the person must do, or must not", limit=_FULL, rows=2,
                     needed="Say what the person must do, or must not")  # fmt: skip
    because = TextArea("What is it to prevent?", hint="Such as interference with witnesses", limit=_FULL, rows=2,
                       needed="Say what it is to prevent")  # fmt: skip


class BreachForm(AtForm):
    """A breach of bail."""

    what = TextArea("What was broken?", hint="Bail itself, or which condition", limit=_FULL, rows=2,
                    needed="Say what was broken")  # fmt: skip
    done = TextArea("What was done about it?", hint="Such as an arrest", limit=_FULL, rows=2,
                    needed="Say what was done about it")  # fmt: skip


def extension_form(law: Regime, stage: Stage) -> type[Form]:
    """The form for one stage: the conditions of which whoever extends must be satisfied, and its rank or court."""
    asked: dict[str, Any] = {}
    if stage.by == "rank":
        ranks = [Choice(key, bail_ranks()[key]) for key in stage.ranks]
        asked["rank"] = OneOf("Rank that decides", hint=stage.source, needed="Choose the rank", choices=ranks)
    else:
        asked["court"] = Text("Court", hint=stage.source, needed="Name the court", limit=200)
        asked["applied_on"] = Day("Day of the application", hint="Before the period ends",
                                  needed="Enter the day on which the court was applied to", past=True)  # fmt: skip
    if stage.by == "court" and stage.months is None:
        asked["until"] = Day("Extended until", hint="As the court stated", needed="Enter the day")
    if stage.longer:
        asked["length"] = OneOf(
            "How long?", hint="The longer one only where section 47ZF(7) applies", needed="Choose how long",
            choices=[Choice("usual", f"{stage.months} months"), Choice("longer", f"{stage.longer} months")],
        )  # fmt: skip
    if stage.needs_dpp:
        asked["dpp"] = TextArea("Designated exceptionally complex", hint="By whom, and when the DPP was consulted",
                                needed="Say who designated it, and when the DPP was consulted", limit=_FULL,
                                rows=2)  # fmt: skip
    for one in law.conditions_for(stage):
        asked[f"condition_{one.key}"] = TextArea(
            f"Condition {one.key}", hint=f"{one.says} ({one.source})", needed=f"Say how condition {one.key} is met",
            limit=_FULL, rows=2,
        )  # fmt: skip
    asked["representations"] = TextArea(
        "Representations", hint="What the person or representative was told, said, and was told in the end",
        needed="Say what the person or representative said, and was told", limit=_FULL, rows=2,
    )  # fmt: skip
    asked["why"] = TextArea("Why is it extended?", hint="Kept in the history", needed="Say why bail is extended",
                            limit=_FULL, rows=3)  # fmt: skip
    return type("ExtensionForm", (Form,), {"__doc__": "An extension of bail.", **asked})


def extension_of(form: Form, stage: Stage) -> Extension:
    """What the service takes of such a form."""
    told = form.answers
    return Extension(
        stage.key, told["why"],
        {key.removeprefix("condition_"): words for key, words in told.items() if key.startswith("condition_")},
        told["representations"], told.get("rank", ""), told.get("dpp", ""), told.get("court", ""),
        told.get("applied_on"), told.get("length") == "longer", told.get("until"),
    )  # fmt: skip
